package io.landfall.producer.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.cli.ExitCode;
import io.landfall.producer.testing.Deployment;
import io.landfall.producer.testing.Deployment.Ended;
import io.landfall.producer.testing.Stations;
import io.landfall.producer.testing.TestBroker;
import io.landfall.schemas.DeadLetter;
import io.landfall.schemas.SingleObjectFormat;
import io.landfall.schemas.Topic;
import io.landfall.schemas.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.AbortTransactionSpec;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * What others do to the topics, on a real broker: it is told, and nothing is lost or doubled. At
 * once, because most of it is waiting for transactions that stay open; each test has topics of its
 * own.
 */
@Execution(ExecutionMode.CONCURRENT)
class StrangersTest {

  private static final SingleObjectFormat<DeadLetter> DEAD_LETTERS =
      SingleObjectFormat.of(DeadLetter.class);

  @TempDir static Path brokersFolder;
  private static TestBroker broker;

  @TempDir Path folder;
  private final Stations stations = new Stations();
  private Deployment own;
  private Topics topics;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = TestBroker.start(brokersFolder.resolve("kafka"));
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void deploy(TestInfo test) {
    own =
        new Deployment(
            broker,
            test.getTestMethod().orElseThrow().getName().substring(0, 12) + test.hashCode() + ".",
            folder,
            stations);
    topics = own.topics();
    for (int station = 0; station < 8; station++) {
      stations.measure("S" + station, station);
    }
  }

  @AfterEach
  void close() {
    own.close();
  }

  // What lies in ledger and runs

  @Test
  void aKeyWithoutAValueIsForgotten() throws Exception {
    own.succeed("run");
    int held = own.committed(topics.answers()).size();
    own.send(topics.ledger(), 0, Stations.key("S3"), null);
    own.send(topics.ledger(), 0, Topics.LISTED_DAYS, null);
    own.send(topics.ledger(), 0, Topics.OWNER, null);
    own.send(topics.runs(), 0, "schedule", null);
    assertThat(own.succeed("status").out()).contains("7 station days in the ledger", "No day");
    assertThat(own.succeed("run").out()).contains("(1 with new answers)", "; 0 rows emitted");
    assertThat(own.committed(topics.answers())).hasSize(held + 1);
  }

  @Test
  void whatCannotBeReadIsRefusedUntilItIsForgotten() throws Exception {
    own.succeed("run");
    for (Topic topic : List.of(topics.ledger(), topics.runs())) {
      List<String> keys =
          topic.equals(topics.ledger())
              ? List.of("S9/2024-10-01", Topics.OWNER, Topics.LISTED_DAYS)
              : List.of("schedule", "runs");
      for (String key : keys) {
        own.send(topic, 0, key, "not ours".getBytes(UTF_8));
        assertThat(own.run("status"))
            .returns(ExitCode.REFUSED, Ended::code)
            .extracting(Ended::message)
            .asString()
            .contains("Record " + topic.name() + ", partition 0, offset ", "key " + key)
            .contains("echo '" + key + "|NULL' | kafka-console-producer.sh --topic");
        own.send(topic, 0, key, null);
        own.succeed("status");
      }
    }
    own.succeed("run");
  }

  @Test
  void aRecordWithoutAKeyIsRefused() throws Exception {
    own.succeed("run");
    for (Topic topic : List.of(topics.ledger(), topics.runs())) {
      own.alter(topic.name(), "cleanup.policy", "delete");
      own.send(topic, 0, null, new byte[] {1});
      own.alter(topic.name(), "cleanup.policy", "compact");
      assertThat(own.run("status"))
          .returns(ExitCode.REFUSED, Ended::code)
          .extracting(Ended::message)
          .asString()
          .contains("partition 0, offset ", "has no key", "min.cleanable.dirty.ratio");
      own.delete(topic.name());
    }
  }

  // What lies in the archive

  @Test
  void recordsOfTheArchiveWithoutAKeyOrAValueAreDeadLetters() throws Exception {
    own.succeed("fetch");
    Topic archive = topics.answers();
    own.send(archive, 0, "S1/2024-10-01", null);
    own.send(archive, 1, null, new byte[] {1});
    own.send(archive, 0, null, null);
    own.send(archive, 1, "", new byte[0]);
    assertThat(own.succeed("run").out()).contains("8 rows emitted", "4 dead letters");
    List<String> reasons = new ArrayList<>();
    for (ConsumerRecord<String, byte[]> letter : own.committed(topics.deadLetters())) {
      reasons.add(DEAD_LETTERS.decode(letter.value()).getReason());
    }
    assertThat(reasons).hasSize(4).containsOnly("UNDECODABLE");
    stations.measure("S1", -7);
    assertThat(own.succeed("run", "--from", "2024-10-01").out())
        .contains("1 row emitted", "0 dead letters");
  }

  // Open transactions

  @Test
  void nobodySaysThatAllIsWellBehindAnOpenTransaction() throws Exception {
    own.succeed("run");
    ExecutorService commands = Executors.newCachedThreadPool();
    stations.measure("S8", 8);
    try (Producer<String, byte[]> stranger = own.open("stranger", topics.answers(), 1)) {
      // Committed behind it, and not to be seen.
      own.send(topics.answers(), 1, Stations.key("S1"), new byte[] {1});
      List<Future<Ended>> ends = new ArrayList<>();
      ends.add(commands.submit(() -> own.run("shape")));
      ends.add(commands.submit(() -> own.run("status")));
      ends.add(commands.submit(() -> own.run("run")));
      for (Future<Ended> end : ends) {
        assertOpen(end.get(), topics.answers().name() + ", partition 1", "stranger");
      }
      stranger.abortTransaction();
    }
    own.succeed("status");
    assertThat(own.succeed("run").out()).contains("1 dead letter");
    assertThat(own.landed()).hasSize(9);
    commands.shutdownNow();
  }

  /** By itself: beside a run, one of the two would take over from the other. */
  @Test
  void nothingIsFetchedBehindAnOpenTransaction() throws Exception {
    own.succeed("run");
    stations.measure("S8", 8);
    try (Producer<String, byte[]> stranger = own.open("stranger", topics.answers(), 1)) {
      own.send(topics.answers(), 1, Stations.key("S1"), new byte[] {1});
      assertOpen(own.run("fetch"), topics.answers().name() + ", partition 1", "stranger");
      stranger.abortTransaction();
    }
    assertThat(own.succeed("run").out()).contains("1 dead letter");
    assertThat(own.landed()).hasSize(9);
  }

  @Test
  void aLedgerBehindAnOpenTransactionIsNotBelieved() throws Exception {
    own.succeed("run");
    try (Producer<String, byte[]> stranger = own.open("other", topics.ledger(), 0)) {
      stranger.flush();
      ExecutorService commands = Executors.newCachedThreadPool();
      Future<Ended> status = commands.submit(() -> own.run("status"));
      assertOpen(own.run("fetch"), topics.ledger().name() + ", partition 0", "other");
      assertOpen(status.get(), topics.ledger().name() + ", partition 0", "other");
      commands.shutdownNow();
      abort(own.admin(), new TopicPartition(topics.ledger().name(), 0));
    }
    assertThat(own.succeed("run").out()).contains("; 0 rows emitted");
  }

  private static void assertOpen(Ended ended, String where, String whose) {
    assertThat(ended.code()).as(ended.err() + ended.out()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(ended.message())
        .contains("Records of " + where, "lie behind an open transaction", "began at offset ")
        .contains(whose, "producer id ", "kafka-transactions.sh abort --topic ");
  }

  /** What {@code kafka-transactions.sh abort} does. */
  private static void abort(Admin admin, TopicPartition partition) throws Exception {
    for (ProducerState open :
        admin
            .describeProducers(List.of(partition))
            .partitionResult(partition)
            .get()
            .activeProducers()) {
      if (open.currentTransactionStartOffset().isPresent()) {
        admin
            .abortTransaction(
                new AbortTransactionSpec(
                    partition,
                    open.producerId(),
                    (short) open.producerEpoch(),
                    open.coordinatorEpoch().orElse(0)))
            .all()
            .get();
      }
    }
  }

  @Test
  void anOlderRunsOwnTransactionIsEndedFirst() throws Exception {
    own.succeed("run");
    Producer<String, byte[]> older = own.open("landfall-weather-fetch", topics.ledger(), 0);
    long start = System.nanoTime();
    own.succeed("run");
    assertThat((System.nanoTime() - start) / 1e9).isLessThan(20);
    older.close(Duration.ZERO);
  }

  @Test
  void aTransactionThatEndsInAWhileIsWaitedFor() throws Exception {
    own.succeed("fetch");
    try (Producer<String, byte[]> other = own.open("live", topics.answers(), 0)) {
      ExecutorService commands = Executors.newCachedThreadPool();
      Future<Ended> shape = commands.submit(() -> own.run("shape"));
      Thread.sleep(6_000);
      assertThat(shape.isDone()).isFalse();
      other.commitTransaction();
      assertThat(shape.get().code()).as(shape.get().err()).isEqualTo(ExitCode.OK);
      assertThat(shape.get().out()).contains("8 rows emitted", "1 dead letter");
      commands.shutdownNow();
    }
  }

  // The archive

  @Test
  void anArchiveThatIsShorterThanWhatWasShapedIsRefused() throws Exception {
    own.succeed("run");
    own.admin()
        .alterConsumerGroupOffsets(
            own.group(),
            Map.of(new TopicPartition(topics.answers().name(), 1), new OffsetAndMetadata(900)))
        .all()
        .get();
    stations.measure("S8", 8);
    for (String command : List.of("run", "shape")) {
      assertThat(own.run(command))
          .returns(ExitCode.REFUSED, Ended::code)
          .extracting(Ended::message)
          .asString()
          .contains(topics.answers().name() + ", partition 1, ends at offset ", "has come to 900")
          .contains("--group " + own.group() + " ", "--reset-offsets --to-earliest");
    }
    toTheEarliest();
    assertThat(own.succeed("run").out()).contains("1 row emitted");
    assertThat(own.landed()).hasSize(9).allMatch(row -> row.contains(" 1 "));
  }

  private void toTheEarliest() throws Exception {
    Map<TopicPartition, OffsetAndMetadata> start = new HashMap<>();
    for (int partition = 0; partition < topics.answers().partitions(); partition++) {
      start.put(new TopicPartition(topics.answers().name(), partition), new OffsetAndMetadata(0));
    }
    own.admin().alterConsumerGroupOffsets(own.group(), start).all().get();
  }

  @Test
  void anArchiveThatHasLostItsBeginningBeforeItWasShapedIsRefused() throws Exception {
    own.succeed("run");
    own.deleteState();
    stations.measure("S8", 8).measure("S9", 9);
    own.succeed("fetch");
    Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
    for (int partition = 0; partition < topics.answers().partitions(); partition++) {
      all.put(
          new TopicPartition(topics.answers().name(), partition), RecordsToDelete.beforeOffset(-1));
    }
    own.admin().deleteRecords(all).all().get();
    for (String command : List.of("run", "shape")) {
      assertThat(own.run(command))
          .returns(ExitCode.REFUSED, Ended::code)
          .extracting(Ended::message)
          .asString()
          .contains(" begins at offset ", "were deleted", "kafka-consumer-groups.sh");
    }
    // As the message says: go on without them, and fetch their items again.
    Map<TopicPartition, OffsetAndMetadata> beginnings = new HashMap<>();
    for (TopicPartition partition : all.keySet()) {
      long beginning =
          own.admin()
              .listOffsets(Map.of(partition, OffsetSpec.earliest()))
              .partitionResult(partition)
              .get()
              .offset();
      beginnings.put(partition, new OffsetAndMetadata(beginning));
    }
    own.admin().alterConsumerGroupOffsets(own.group(), beginnings).all().get();
    assertThat(own.succeed("run", "--from", "2024-10-01", "--to", "2024-10-01").out())
        .contains("; 2 rows emitted");
    assertThat(own.landed()).hasSize(10);
  }

  @Test
  void anArchiveThatWasMadeAnewIsRefused() throws Exception {
    own.succeed("run");
    own.delete(topics.answers().name());
    stations.measure("S8", 8);
    for (String command : List.of("run", "fetch", "shape", "run")) {
      assertThat(own.run(command))
          .returns(ExitCode.REFUSED, Ended::code)
          .extracting(Ended::message)
          .asString()
          .contains(topics.answers().name() + " was made anew", "The answers of 8 items")
          .contains("echo '_owner|NULL' | kafka-console-producer.sh");
    }
    assertThat(own.committed(topics.answers())).isEmpty();
    own.send(topics.ledger(), 0, Topics.OWNER, null);
    assertThat(own.succeed("run").out()).contains("1 row emitted");
  }

  /** A copy has no records of transactions: everything stands further in front. */
  @Test
  void aCopyOfTheArchiveThatWasRestoredIsRefusedAndThenDerivedAgainLikeTheOldOne()
      throws Exception {
    own.succeed("run");
    List<ConsumerRecord<String, byte[]>> saved = own.committed(topics.answers());
    own.delete(topics.answers().name());
    for (String command : List.of("run", "reshape")) {
      assertThat(own.run(command))
          .returns(ExitCode.REFUSED, Ended::code)
          .extracting(Ended::message)
          .asString()
          .contains(topics.answers().name() + " was made anew");
    }
    for (ConsumerRecord<String, byte[]> record : saved) {
      own.send(topics.answers(), record.partition(), record.key(), record.value());
    }
    own.send(topics.ledger(), 0, Topics.OWNER, null);
    assertThat(own.succeed("run").out()).contains("0 rows emitted");
    assertThat(own.succeed("reshape", "--dry-run").out()).contains("8 station days derived");
    assertThat(own.succeed("reshape").out()).contains("reshape: 8 station days derived", "0 rows");
  }

  @Test
  void theLastRunsAreNotedWithWhatCameOfThem() throws Exception {
    own.succeed("run");
    own.succeed("fetch");
    assertThat(own.succeed("status").out().lines().dropWhile(line -> !line.startsWith("Last runs")))
        .hasSizeGreaterThanOrEqualTo(3)
        .anyMatch(line -> line.matches(".* fetch +.* exit code 0; 0 station days due, .*"))
        .anyMatch(
            line ->
                line.matches(
                    ".* run +.* exit code 0; 8 station days due \\(8 complete\\), .* 8 rows"));
    assertThat(own.succeed("status", "-o", "json").out())
        .contains("\"due\":8,\"complete\":8,", "{\"dead_letters\":0,");
  }

  @Test
  void aLedgerThatIsGoneIsNotBegunAnew() throws Exception {
    own.succeed("run");
    own.delete(topics.ledger().name());
    for (String command : List.of("run", "fetch")) {
      assertThat(own.run(command))
          .returns(ExitCode.REFUSED, Ended::code)
          .extracting(Ended::message)
          .asString()
          .contains(topics.ledger().name() + " is gone or empty", "--one-time-load");
    }
    assertThat(own.succeed("run", "--one-time-load").out()).contains("; 0 rows emitted");
  }

  // The state of shape

  @Test
  void aStateTopicThatForgetsIsRefused() throws Exception {
    own.succeed("run");
    for (String policy : List.of("delete", "compact,delete")) {
      own.alter(own.changelog(), "cleanup.policy", policy);
      for (String command : List.of("run", "shape", "status")) {
        assertThat(own.run(command))
            .returns(ExitCode.REFUSED, Ended::code)
            .extracting(Ended::message)
            .asString()
            .contains(own.changelog() + " has cleanup.policy=" + policy)
            .contains("--add-config cleanup.policy=compact");
      }
    }
    own.alter(own.changelog(), "cleanup.policy", "compact");
    assertThat(own.succeed("run").out()).contains("; 0 rows emitted");
  }

  @Test
  void aStateTopicThatIsGoneOrEmptyIsRefused() throws Exception {
    own.succeed("run");
    own.delete(own.changelog());
    assertStateIsLost("is not there");
    make(topics.answers().partitions() + 1);
    assertStateIsLost("has 3 partitions, not 2");
    own.delete(own.changelog());
    make(topics.answers().partitions());
    assertStateIsLost("is empty");
    // Though nothing says any more that it had shaped.
    own.admin().deleteConsumerGroups(List.of(own.group())).all().get();
    assertStateIsLost("is empty");
    // The way out that it names.
    own.deleteState();
    own.delete(own.changelog());
    for (Topic topic : List.of(topics.landing(), topics.manifests(), topics.deadLetters())) {
      own.delete(topic.name());
    }
    assertThat(own.succeed("run").out()).contains("8 rows emitted");
  }

  private void make(int partitions) throws Exception {
    own.admin()
        .createTopics(
            List.of(
                new NewTopic(own.changelog(), Optional.of(partitions), Optional.empty())
                    .configs(topics.ledger().settings())))
        .all()
        .get();
  }

  private void assertStateIsLost(String how) {
    for (String command : List.of("run", "shape", "status")) {
      assertThat(own.run(command))
          .returns(ExitCode.REFUSED, Ended::code)
          .extracting(Ended::message)
          .asString()
          .contains(own.changelog(), how, "Bring the topic back", "delete the topics");
    }
  }

  @Test
  void aStateTopicThatHasLostItsBeginningIsRefused() throws Exception {
    own.succeed("run");
    own.alter(own.changelog(), "cleanup.policy", "delete");
    own.admin()
        .deleteRecords(
            Map.of(new TopicPartition(own.changelog(), 0), RecordsToDelete.beforeOffset(1)))
        .all()
        .get();
    own.alter(own.changelog(), "cleanup.policy", "compact");
    assertStateIsLost("partition 0, begins at offset 1");
  }

  // What Kafka itself forgets

  @Test
  void expiredOffsetsGiveNoRowTwice() throws Exception {
    own.succeed("run");
    stations.measure("S2", 20);
    own.succeed("run", "--from", "2024-10-01");
    List<String> before = own.landed();
    assertThat(before).hasSize(9);
    for (boolean stateIsGone : new boolean[] {false, true}) {
      own.admin().deleteConsumerGroups(List.of(own.group())).all().get();
      assertThat(own.shaped()).isEmpty();
      if (stateIsGone) {
        own.deleteState();
      }
      own.succeed("shape");
      assertThat(own.landed()).as("state is gone: " + stateIsGone).isEqualTo(before);
    }
    stations.measure("S2", 21);
    assertThat(own.succeed("run", "--from", "2024-10-01").out()).contains("1 row emitted");
  }
}
