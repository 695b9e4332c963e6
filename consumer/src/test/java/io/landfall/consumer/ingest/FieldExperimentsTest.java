package io.landfall.consumer.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.landfall.cli.ExitCode;
import io.landfall.cli.LandfallException;
import io.landfall.cli.RefusalReason;
import io.landfall.cli.TableLocation.Folder;
import io.landfall.consumer.ConsumerMain;
import io.landfall.consumer.adopt.Adoption;
import io.landfall.consumer.adopt.OverlapDoor;
import io.landfall.consumer.door.Decision;
import io.landfall.consumer.kernel.KernelTable;
import io.landfall.consumer.landing.KafkaLandingTopic;
import io.landfall.consumer.landing.Offsets;
import io.landfall.consumer.testing.BronzeTables;
import io.landfall.consumer.testing.DoorKind;
import io.landfall.consumer.testing.Readings;
import io.landfall.consumer.testing.SharedSpark;
import io.landfall.consumer.testing.TestBroker;
import io.landfall.consumer.testing.TestTopic;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.apache.avro.generic.GenericRecord;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a plain Spark query from Kafka to Delta was seen to do (Delta 4.0.0 and 4.1.0, Spark 4.0.1
 * and 4.1.1), and what ours does in its place. The runs of each go through the two doors in turn.
 *
 * <table>
 *   <caption>Experiments</caption>
 *   <tr><th></th><th>what was done</th><th>plain Spark</th><th>ours</th></tr>
 *   <tr><td>E10</td><td>two runs over one checkpoint, each with a staging table of its own</td>
 *     <td>the second failed, 0 of 10 rows</td><td>no staging table; all 20</td></tr>
 *   <tr><td>E11</td><td>RESTORE to the first of three batches, checkpoint put back too</td>
 *     <td>10 rows of 30: batches passed over as "already complete"</td>
 *     <td>stops and says so; with {@code --refill} all 30</td></tr>
 *   <tr><td>E12</td><td>checkpoint lost</td><td>40 rows of 30</td><td>30</td></tr>
 *   <tr><td>E13</td><td>transaction version = batch id, checkpoint lost, 10 new rows</td>
 *     <td>30 rows of 40, and success</td><td>40</td></tr>
 *   <tr><td>E14</td><td>the table's folder put back from an older copy, or deleted</td>
 *     <td>20 of 30, 10 of 40: the gap is never noticed</td><td>all</td></tr>
 *   <tr><td>E15</td><td>topic deleted and made anew with more records than before</td>
 *     <td>success, 100 of 150 lost</td><td>refused; adopted, all 150</td></tr>
 *   <tr><td>E16</td><td>aborted transactions</td><td>30 aborted rows landed</td><td>none</td></tr>
 *   <tr><td>E17</td><td>20 records committed behind an open transaction</td>
 *     <td>ends at once, lag 0</td><td>ends, and run and status say behind what</td></tr>
 * </table>
 */
class FieldExperimentsTest {

  private static final SparkSession SPARK = SharedSpark.session();

  @TempDir private static Path brokersFolder;
  private static TestBroker broker;

  @TempDir private Path temporary;
  private Path path;
  private TestTopic topic;
  private int runs;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = TestBroker.start(brokersFolder);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void create() throws Exception {
    path = temporary.resolve("readings");
    topic = new TestTopic(broker.kafka(), Readings.FIRST);
  }

  @AfterEach
  void close() {
    topic.close();
  }

  @Test
  void e10SecondRunLandsItsRowsToo() throws Exception {
    topic.commit(0, hours(0, 10));
    assertThat(run().rows()).isEqualTo(10);
    topic.commit(0, hours(10, 20));
    assertThat(run().rows()).isEqualTo(10);

    assertHours(20);
  }

  /** {@code DoorContract} and {@code IngestTest} have more of it. */
  @Test
  void e11RestoreIsNoSilentGap() throws Exception {
    for (int batch = 0; batch < 3; batch++) {
      topic.commit(0, hours(batch * 10, batch * 10 + 10));
      run();
    }
    SPARK.sql("RESTORE TABLE delta.`%s` TO VERSION AS OF 1".formatted(path));

    for (int door = 0; door < 2; door++) {
      assertRefused(RefusalReason.TAKEN_BACK);
    }
    assertHours(10);
    OptionalLong through =
        new Decision(SPARK, KernelTable.in(Folder.of(path), new Configuration()), topic.dataset())
            .make(true, OptionalLong.empty(), Offsets.START);
    assertThat(through).hasValue(4);
    run();
    assertHours(30);
  }

  /** Every run has new scratch; {@code IngestTest} takes it away from a running one, too. */
  @Test
  void e12LostCheckpointDoublesNothing() throws Exception {
    topic.commit(0, hours(0, 30));
    run();

    assertThat(run().rows()).isZero();
    assertHours(30);
  }

  @Test
  void e13LostCheckpointPassesOverNothing() throws Exception {
    for (int batch = 0; batch < 3; batch++) {
      topic.commit(0, hours(batch * 10, batch * 10 + 10));
      run();
    }
    topic.commit(0, hours(30, 40));

    assertThat(run().rows()).isEqualTo(10);
    assertHours(40);
  }

  @Test
  void e14TableThatStandsEarlierGoesOnFromThere() throws Exception {
    Path copy = temporary.resolve("copy");
    topic.commit(0, hours(0, 10));
    run();
    topic.commit(0, hours(10, 20));
    run();
    BronzeTables.copy(path, copy);
    topic.commit(0, hours(20, 30));
    run();
    new Scratch(path).close();
    BronzeTables.copy(copy, path);
    DeltaLog.clearCache();

    assertThat(run().rows()).isEqualTo(10);
    assertHours(30);

    new Scratch(path).close();
    DeltaLog.clearCache();
    assertThat(run().rows()).isEqualTo(30);
    assertHours(30);
  }

  /** {@link AdoptionTest} has more of it. */
  @Test
  void e15TopicMadeAnewIsRefusedAndCanBeAdopted() throws Exception {
    topic.commit(0, hours(0, 100));
    run();
    topic.recreate();
    topic.commit(0, hours(100, 250));

    for (int door = 0; door < 2; door++) {
      assertRefused(RefusalReason.TOPIC_RECREATED);
    }
    assertHours(100);
    try (KafkaLandingTopic opened = topic.open()) {
      new Adoption(SPARK, topic.dataset(), KernelTable.in(Folder.of(path), new Configuration()))
          .adopt(opened);
    }
    run();
    assertHours(250);
  }

  @Test
  void e16AbortedRecordsAreNoRows() throws Exception {
    for (int transaction = 0; transaction < 3; transaction++) {
      topic.commit(0, hours(transaction * 10, transaction * 10 + 10));
      topic.abort(0, 10);
    }

    assertThat(run().rows()).isEqualTo(30);
    assertThat(run().rows()).isZero();
    assertHours(30);
  }

  @Test
  void e17RecordsBehindAnOpenTransactionAreNotCaughtUpWith() throws Exception {
    topic.commit(0, hours(0, 5));
    run();
    assertThat(status().path("state").asText()).isEqualTo("caught-up");
    AutoCloseable hanging = topic.hang("somebody else", 0, 3);
    try {
      topic.commit(0, hours(5, 25));

      assertThat(run().rows()).isZero();
      JsonNode status = status();
      assertThat(status.path("state").asText()).isEqualTo("behind-an-open-transaction");
      assertThat(status.path("lagCommitted").asLong()).isZero();
      assertThat(status.path("lagEnd").asLong()).isEqualTo(3 + 20 + 1);
      JsonNode open = status.path("openTransactions").path(0);
      assertThat(open.path("offset").asLong()).isEqualTo(6);
      assertThat(open.path("transactionalId").asText()).endsWith("somebody else");
      assertThat(consumer(ExitCode.OK, "run", "--once"))
          .contains("behind an open transaction: partition 0, from offset 6", "kafka-transactions");
    } finally {
      hanging.close();
    }

    assertThat(run().rows()).isEqualTo(20);
    assertThat(status().path("state").asText()).isEqualTo("caught-up");
    assertHours(25);
  }

  @Test
  void whatARunRefusesStatusSaysInOneWord() throws Exception {
    topic.commit(0, hours(0, 5));
    run();
    topic.recreate();

    String said = consumer(ExitCode.REFUSED, "status", "--output", "json");

    JsonNode status = new JsonMapper().readTree(said.lines().findFirst().orElseThrow());
    assertThat(status.path("state").asText()).isEqualTo("refused");
    assertThat(status.path("reason").asText()).isEqualTo("topic-recreated");
    assertThat(status.path("rows").asLong()).isEqualTo(5);
    assertThat(said).endsWith("landfall consumer status: reason: topic-recreated\n");
  }

  private JsonNode status() throws Exception {
    return new JsonMapper().readTree(consumer(ExitCode.OK, "status", "--output", "json"));
  }

  private String consumer(ExitCode code, String... command) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(said, true, UTF_8);
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(
        List.of(
            "--bootstrap-servers",
            broker.kafka().bootstrapServers(),
            "--topic-prefix",
            topic.dataset().topicPrefix(),
            "--table",
            path.toString(),
            "--scratch-dir",
            temporary.resolve("scratch").toString()));
    assertThat(
            ConsumerMain.program(Readings.FIRST, Clock.systemUTC())
                .run(Map.of(), out, out, arguments.toArray(String[]::new)))
        .as(said.toString(UTF_8))
        .isEqualTo(code);
    return said.toString(UTF_8);
  }

  private void assertRefused(RefusalReason reason) {
    assertThatThrownBy(this::run)
        .isInstanceOfSatisfying(
            LandfallException.class, refused -> assertThat(refused.reason()).contains(reason));
  }

  private Ingest.Report run() throws InterruptedException {
    DoorKind kind = runs++ % 2 == 0 ? DoorKind.FAST : DoorKind.SPARK;
    IngestSettings settings = new IngestSettings(1_000, temporary.resolve("scratch"));
    try (KafkaLandingTopic opened = topic.open()) {
      return new Ingest(
              opened,
              new SparkQueries(SPARK, broker.kafka(), topic.dataset().topics(), settings),
              new OverlapDoor(SPARK, topic.dataset(), kind.to(SPARK, topic.dataset(), path)),
              Clock.systemUTC())
          .run(Ingest.Until.CAUGHT_UP, () -> false);
    }
  }

  private List<GenericRecord> hours(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(hour -> Readings.reading(topic.dataset().schema(), hour, 1, "UPSERT"))
        .toList();
  }

  private void assertHours(int count) {
    assertThat(SPARK.read().format("delta").load(path.toString()).select("hour").collectAsList())
        .extracting(row -> row.getInt(0))
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, count).boxed().toList());
  }
}
