package io.landfall.consumer.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.landfall.cli.ExitCode;
import io.landfall.cli.LandfallException;
import io.landfall.cli.TableLocation.Folder;
import io.landfall.cli.kafka.KafkaSettings;
import io.landfall.consumer.bronze.TableState;
import io.landfall.consumer.door.Decision;
import io.landfall.consumer.door.Door;
import io.landfall.consumer.kernel.KernelTable;
import io.landfall.consumer.landing.KafkaLandingTopic;
import io.landfall.consumer.landing.Offsets;
import io.landfall.consumer.testing.DoorKind;
import io.landfall.consumer.testing.Readings;
import io.landfall.consumer.testing.SharedSpark;
import io.landfall.consumer.testing.TestBroker;
import io.landfall.consumer.testing.TestTopic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.conf.Configuration;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The promises of stage 2 over every door, on a real broker. */
class IngestTest {

  private static final SparkSession SPARK = SharedSpark.session();
  private static final Clock CLOCK =
      Clock.fixed(Instant.ofEpochSecond(1_700_000_000), ZoneOffset.UTC);

  @TempDir private static Path brokersFolder;
  private static TestBroker broker;

  @TempDir private Path temporary;
  private Path path;
  private TestTopic topic;

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

  @ParameterizedTest
  @EnumSource
  void everythingCommittedIsLandedInBoundedSteps(DoorKind kind) throws Exception {
    topic.commit(0, 25);
    topic.commit(1, 5);

    Ingest.Report report = once(door(kind), 10);

    assertThat(report.rows()).isEqualTo(30);
    assertThat(report.commits()).isGreaterThanOrEqualTo(3);
    assertLanded(30);
    assertThat(report.state().position()).isEqualTo(new Offsets(Map.of(0, 26L, 1, 6L)));
    Ingest.Report again = once(door(kind), 10);
    assertThat(again.commits()).isZero();
    assertThat(again.state().version()).isEqualTo(report.state().version());
    assertThat(temporary.resolve("scratch")).isEmptyDirectory();
  }

  @ParameterizedTest
  @MethodSource(DoorKind.ONE)
  void emptyTopicGivesATableAndNoCommit(DoorKind kind) throws Exception {
    Ingest.Report report = once(door(kind), 10);

    assertThat(report.state().version()).isZero();
    assertLanded(0);
  }

  @ParameterizedTest
  @EnumSource
  void abortedTransactionsAndMarkersLeaveNoHole(DoorKind kind) throws Exception {
    topic.abort(0, 3);
    topic.commit(0, 4);
    topic.abort(0, 5);
    Ingest.Report first = once(door(kind), 100);
    assertThat(first.rows()).isEqualTo(4);
    assertThat(first.state().position()).isEqualTo(new Offsets(Map.of(0, 15L, 1, 0L)));

    topic.abort(1, 2);
    Ingest.Report markers = once(door(kind), 100);
    assertThat(markers.commits()).isZero();
    assertThat(markers.state().version()).isEqualTo(first.state().version());

    topic.commit(1, 6);
    Ingest.Report last = once(door(kind), 100);
    assertThat(last.rows()).isEqualTo(6);
    assertThat(last.state().position()).isEqualTo(new Offsets(Map.of(0, 15L, 1, 10L)));
    assertThat(note(2)).contains("\"0\":[15,15]", "\"1\":[0,10]");
    assertLanded(10);
  }

  @ParameterizedTest
  @EnumSource
  void lostCheckpointLosesAndDoublesNothing(DoorKind kind) throws Exception {
    topic.commit(0, 8);
    topic.commit(1, 8);
    // Gone in the middle of a run, and before the next one.
    Path scratch = temporary.resolve("scratch");
    HookedDoor door = new HookedDoor(door(kind), batch -> delete(scratch));
    try {
      once(door, 5);
    } catch (RuntimeException e) {
      // Spark may miss what was deleted under it; what it has committed stays.
      assertThat(door.batches()).isPositive();
    }
    delete(scratch);

    once(door(kind), 5);

    assertLanded(16);
  }

  @ParameterizedTest
  @MethodSource(DoorKind.ONE)
  void continuousRunLandsWhatComesUntilItIsStopped(DoorKind kind) throws Exception {
    AtomicBoolean stopped = new AtomicBoolean();
    CompletableFuture<Ingest.Report> run = continuous(door(kind), stopped);
    topic.commit(0, 3);
    awaitRows(3, run);
    topic.commit(1, 4);
    awaitRows(7, run);
    stopped.set(true);

    assertThat(run.get().rows()).isEqualTo(7);
    assertLanded(7);
  }

  @ParameterizedTest
  @MethodSource(DoorKind.ONE)
  void whenToldToStopItStopsBetweenCommits(DoorKind kind) throws Exception {
    topic.commit(0, 100);
    AtomicBoolean stopped = new AtomicBoolean();
    HookedDoor door = new HookedDoor(door(kind), batch -> stopped.set(batch == 2));

    Ingest.Report report = ingest(door, 10).run(Ingest.Until.CAUGHT_UP, stopped::get);

    assertThat(report.rows()).isBetween(20L, 99L);
    assertLanded(report.rows());
  }

  @ParameterizedTest
  @MethodSource(DoorKind.ONE)
  void partitionThatIsNewAtTheStartIsRead(DoorKind kind) throws Exception {
    topic.commit(0, 3);
    once(door(kind), 100);
    try (KafkaLandingTopic known = topic.open()) {
      topic.widen(3);
      topic.commit(2, 5);
      ingest(known, door(kind), 100).run(Ingest.Until.CAUGHT_UP, () -> false);
    }

    assertLanded(8);
  }

  @ParameterizedTest
  @MethodSource(DoorKind.ONE)
  void partitionThatComesWhileThisRunsIsRead(DoorKind kind) throws Exception {
    AtomicBoolean stopped = new AtomicBoolean();
    CompletableFuture<Ingest.Report> run = continuous(door(kind), stopped);
    topic.commit(0, 3);
    awaitRows(3, run);
    topic.widen(3);
    topic.commit(2, 5);
    awaitRows(8, run);
    stopped.set(true);

    assertThat(run.get().rows()).isEqualTo(8);
    assertLanded(8);
  }

  /** One broker's restart is also the loss of every leader; connections that idle are closed. */
  @Test
  void continuousRunOutlivesIdleTimeAndARestartOfTheBroker() throws Exception {
    AtomicBoolean stopped = new AtomicBoolean();
    KafkaSettings impatient =
        new KafkaSettings(
            broker.kafka().bootstrapServers(), Map.of("connections.max.idle.ms", "300"));
    IngestSettings settings = new IngestSettings(100, temporary.resolve("scratch"));
    try (KafkaLandingTopic opened = KafkaLandingTopic.open(topic.dataset().landing(), impatient)) {
      Ingest ingest =
          new Ingest(
              opened,
              new SparkQueries(SPARK, impatient, topic.dataset().topics(), settings),
              door(DoorKind.FAST),
              CLOCK);
      CompletableFuture<Ingest.Report> run = continuous(ingest, stopped);
      topic.commit(0, 3);
      awaitRows(3, run);
      Thread.sleep(1_000);
      topic.commit(0, 2);
      awaitRows(5, run);
      broker.restart();
      topic.commit(1, 4);
      awaitRows(9, run);
      stopped.set(true);

      assertThat(run.get().rows()).isEqualTo(9);
    }
    assertLanded(9);
  }

  /** Another folder in the table's place: what this run knows is not true of it. */
  @ParameterizedTest
  @MethodSource(DoorKind.ONE)
  void anotherTableInItsPlaceIsRefused(DoorKind kind) throws Exception {
    topic.commit(0, 10);
    Path aside = temporary.resolve("aside");
    HookedDoor door =
        new HookedDoor(
            door(kind),
            batch -> {
              Files.move(path, aside);
              inAnotherSession(DoorKind.FAST);
              DeltaLog.clearCache();
            });

    assertRefused(door, "this run began with one of id", "put in its place");
    assertLanded(10);
  }

  @ParameterizedTest
  @EnumSource
  void whenAnotherWriterIsQuickerNothingIsDoubled(DoorKind kind) throws Exception {
    for (DoorKind other : DoorKind.values()) {
      topic.commit(0, 10);
      topic.commit(1, 10);
      HookedDoor slow =
          new HookedDoor(
              door(kind),
              batch -> {
                if (batch == 1) {
                  inAnotherSession(other);
                }
              });
      once(slow, 100);
    }

    assertLanded(40);
  }

  @ParameterizedTest
  @EnumSource
  void tableRestoredWhileThisRunsIsRefused(DoorKind kind) throws Exception {
    topic.commit(0, 10);
    once(door(kind), 100);
    topic.commit(0, 10);
    once(door(kind), 100);
    topic.commit(0, 10);
    HookedDoor door =
        new HookedDoor(
            door(kind),
            batch -> SPARK.sql("RESTORE TABLE delta.`%s` TO VERSION AS OF 1".formatted(path)));

    assertRefused(door, "was restored", "run --refill");
    assertLanded(10);

    new Decision(SPARK, door.table(), topic.dataset())
        .make(true, OptionalLong.empty(), Offsets.START);
    once(door(kind), 100);
    assertLanded(30);
  }

  @ParameterizedTest
  @MethodSource(DoorKind.ONE)
  void expiredOffsetsAreRefused(DoorKind kind) throws Exception {
    topic.commit(0, 10);
    once(door(kind), 100);
    topic.commit(0, 40);
    topic.expire(0, 13);

    assertRefused(
        door(kind), "begins at offset 13, and the table stands at 11", "the 2 offsets between");
    assertLanded(10);
  }

  @ParameterizedTest
  @MethodSource(DoorKind.ONE)
  void offsetsThatExpireWhileThisRunsAreRefused(DoorKind kind) throws Exception {
    topic.commit(0, 100);
    HookedDoor door =
        new HookedDoor(
            door(kind),
            batch -> {
              // Once the query has decided to read them.
              topic.expire(0, 60);
            });

    assertRefused(door, "begins at offset 60, and the table stands at 0");
    assertLanded(0);
  }

  @ParameterizedTest
  @MethodSource(DoorKind.ONE)
  void topicMadeAnewIsRefused(DoorKind kind) throws Exception {
    topic.commit(0, 10);
    once(door(kind), 100);
    topic.recreate();

    assertRefused(door(kind), "deleted and created again");
    assertLanded(10);
  }

  /** Through one door: it is Spark's source that waits half a minute for a topic that is gone. */
  @ParameterizedTest
  @EnumSource(names = "FAST")
  void topicMadeAnewWhileThisRunsIsRefused(DoorKind kind) throws Exception {
    topic.commit(0, 10);
    HookedDoor door =
        new HookedDoor(
            door(kind),
            batch -> {
              if (batch == 1) {
                topic.recreate();
              }
            });

    assertThatThrownBy(() -> once(door, 100))
        .isInstanceOf(LandfallException.class)
        .hasMessageContaining("Nothing");
    assertThatThrownBy(() -> once(door(kind), 100))
        .hasMessageContaining("deleted and created again");
    assertLanded(0);
  }

  @ParameterizedTest
  @EnumSource
  void recordsThatAreNoRowsDoNotStopTheOthers(DoorKind kind) throws Exception {
    topic.commit(1, 4);
    topic.commit(1, new byte[] {1, 2, 3});
    topic.commit(1, (byte[]) null);
    topic.commit(1, null, new byte[] {4}, List.of(new RecordHeader("why", new byte[] {5})));
    topic.commit(1, 3);

    Ingest.Report report = once(door(kind), 100);

    assertThat(report.rows()).isEqualTo(7);
    assertThat(report.quarantined()).isEqualTo(3);
    assertLanded(7);
    assertThat(
            SPARK
                .sql(
                    "SELECT _offset, reason, key, value, headers FROM delta.`%s_quarantine` ORDER BY 1"
                        .formatted(path))
                .collectAsList())
        .extracting(Row::toString)
        .hasSize(3)
        .element(2)
        .asString()
        .startsWith("[9,NO_KEY,null,")
        .endsWith("[{\"key\":\"why\",\"value\":\"BQ==\"}]]");
    Ingest.Report again = once(door(kind), 100);
    assertThat(again.commits()).isZero();
  }

  @ParameterizedTest
  @MethodSource(DoorKind.ONE)
  void newerSchemaStopsARun(DoorKind kind) throws Exception {
    topic.commit(1, 4);
    topic.commit(1, new byte[] {(byte) 0xC3, 1, 1, 2, 3, 4, 5, 6, 7, 8, 9});

    assertRefused(door(kind), "partition 1, offset 5", "0807060504030201", "Nothing of this batch");
    assertLanded(0);

    Door named = kind.to(SPARK, topic.dataset(), Folder.of(path), Set.of("0807060504030201"));
    Ingest.Report report = once(named, 100);
    assertThat(report.rows()).isEqualTo(4);
    assertThat(report.quarantined()).isEqualTo(1);
    assertLanded(4);
    topic.commit(1, 2);
    assertThat(once(door(kind), 100).rows()).isEqualTo(2);
  }

  /** Spark keeps microseconds, in a long; the source converts each record's time, come what may. */
  @ParameterizedTest
  @MethodSource(DoorKind.ONE)
  void timestampBeyondSparksStopsARunAndSaysHowToGoOn(DoorKind kind) throws Exception {
    long last = Long.MAX_VALUE / 1000;
    topic.commitAt(0, 0);
    topic.commitAt(0, last);
    assertThat(once(door(kind), 100).rows()).isEqualTo(2);
    topic.commitAt(0, last + 1);

    assertRefused(
        door(kind),
        topic.dataset().landing().name() + ", partition 0, offset 4",
        last + 1 + " ms since 1970",
        "message.timestamp.type=LogAppendTime",
        "landfall consumer run --adopt-topic --table " + path);
  }

  /** Spark says "illegal state" of much more than of lost offsets. */
  @ParameterizedTest
  @MethodSource(DoorKind.ONE)
  void whatNobodyExpectedIsToldAsItIs(DoorKind kind) throws Exception {
    topic.commit(0, 4);
    IllegalStateException strange = new IllegalStateException("something else");
    HookedDoor door =
        new HookedDoor(
            door(kind),
            batch -> {
              throw strange;
            });

    assertThatThrownBy(() -> once(door, 100)).isSameAs(strange);
  }

  @Test
  void settingThatSparkKeepsForItselfIsTold() throws Exception {
    topic.commit(0, 4);
    try (KafkaLandingTopic opened = topic.open()) {
      KafkaSettings kafka =
          new KafkaSettings(broker.kafka().bootstrapServers(), Map.of("key.deserializer", "x.Y"));
      LandingQueries queries =
          new SparkQueries(
              SPARK, kafka, topic.dataset().topics(), new IngestSettings(100, temporary));
      Ingest ingest = new Ingest(opened, queries, door(DoorKind.FAST), CLOCK);

      assertThatThrownBy(() -> ingest.run(Ingest.Until.CAUGHT_UP, () -> false))
          .isInstanceOfSatisfying(
              LandfallException.class,
              stop -> assertThat(stop.exitCode()).isEqualTo(ExitCode.USAGE))
          .hasMessageContaining("key.deserializer");
    }
  }

  @ParameterizedTest
  @MethodSource(DoorKind.ONE)
  void nothingNewIsFoundWithoutAQuery(DoorKind kind) throws Exception {
    try (KafkaLandingTopic opened = topic.open()) {
      KernelTable table = KernelTable.in(Folder.of(path), new Configuration());
      assertThat(NothingNew.in(opened, table, topic.dataset())).isEmpty();
      topic.commit(0, 4);
      TableState state = once(door(kind), 100).state();

      assertThat(NothingNew.in(opened, table, topic.dataset()))
          .hasValueSatisfying(
              found -> assertThat(found.position().isAt(state.position())).isTrue());
      topic.commit(1, 1);
      assertThat(NothingNew.in(opened, table, topic.dataset())).isEmpty();
      topic.expire(1, 1);
      assertThatThrownBy(() -> NothingNew.in(opened, table, topic.dataset()))
          .isInstanceOf(LandfallException.class)
          .hasMessageContaining("begins at offset 1");
    }
  }

  private void assertRefused(Door door, String... why) {
    assertThatThrownBy(() -> once(door, 100))
        .isInstanceOfSatisfying(
            LandfallException.class,
            stop -> assertThat(stop.exitCode()).isEqualTo(ExitCode.REFUSED))
        .hasMessageContainingAll(why);
  }

  private Door door(DoorKind kind) {
    return kind.to(SPARK, topic.dataset(), path);
  }

  private Ingest ingest(Door door, int most) throws InterruptedException {
    return ingest(topic.open(), door, most);
  }

  private Ingest ingest(KafkaLandingTopic opened, Door door, int most) throws InterruptedException {
    return new Ingest(opened, queries(SPARK, most, temporary.resolve("scratch")), door, CLOCK);
  }

  private LandingQueries queries(SparkSession spark, int most, Path scratch) {
    return new SparkQueries(
        spark, broker.kafka(), topic.dataset().topics(), new IngestSettings(most, scratch));
  }

  private Ingest.Report once(Door door, int most) throws InterruptedException {
    try (KafkaLandingTopic opened = topic.open()) {
      return ingest(opened, door, most).run(Ingest.Until.CAUGHT_UP, () -> false);
    }
  }

  private void inAnotherSession(DoorKind kind) throws InterruptedException {
    SparkSession other = SPARK.newSession();
    try (KafkaLandingTopic opened = topic.open()) {
      new Ingest(
              opened,
              queries(other, 7, temporary.resolve("other")),
              kind.to(other, topic.dataset(), path),
              CLOCK)
          .run(Ingest.Until.CAUGHT_UP, () -> false);
    }
  }

  private CompletableFuture<Ingest.Report> continuous(Door door, AtomicBoolean stopped)
      throws InterruptedException {
    return continuous(ingest(door, 100), stopped);
  }

  private static CompletableFuture<Ingest.Report> continuous(Ingest ingest, AtomicBoolean stopped) {
    CompletableFuture<Ingest.Report> run = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                run.complete(ingest.run(Ingest.Until.STOPPED, stopped::get));
              } catch (Throwable e) {
                // Told where the test waits for the run.
                run.completeExceptionally(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return run;
  }

  private void awaitRows(long rows, CompletableFuture<Ingest.Report> run) throws Exception {
    while (landed() < rows) {
      assertThat(run).isNotDone();
      Thread.sleep(50);
    }
  }

  private long landed() {
    return SPARK.read().format("delta").load(path.toString()).count();
  }

  private void assertLanded(long rows) {
    assertThat(landed()).isEqualTo(rows);
    assertThat(
            SPARK
                .read()
                .format("delta")
                .load(path.toString())
                .select("_partition", "_offset")
                .distinct()
                .count())
        .isEqualTo(rows);
  }

  private String note(long version) throws IOException {
    return Files.readString(path.resolve("_delta_log").resolve("%020d.json".formatted(version)))
        .replace("\\\"", "\"");
  }

  private static void delete(Path folder) {
    new Scratch(folder).close();
  }
}
