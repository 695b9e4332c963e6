package io.landfall.consumer.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.landfall.cli.LandfallException;
import io.landfall.cli.RefusalReason;
import io.landfall.cli.TableLocation.Folder;
import io.landfall.consumer.adopt.Adoption;
import io.landfall.consumer.adopt.OverlapDoor;
import io.landfall.consumer.bronze.TableDescription;
import io.landfall.consumer.bronze.TableState;
import io.landfall.consumer.door.Door;
import io.landfall.consumer.kernel.KernelTable;
import io.landfall.consumer.landing.KafkaLandingTopic;
import io.landfall.consumer.landing.Offsets;
import io.landfall.consumer.testing.DoorKind;
import io.landfall.consumer.testing.ForeignAct;
import io.landfall.consumer.testing.HookedLogStore;
import io.landfall.consumer.testing.Readings;
import io.landfall.consumer.testing.SharedSpark;
import io.landfall.consumer.testing.TestBroker;
import io.landfall.consumer.testing.TestTopic;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.avro.generic.GenericRecord;
import org.apache.hadoop.conf.Configuration;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A topic that was made anew and adopted, over every door, on a real broker. */
class AdoptionTest {

  private static final SparkSession SPARK = SharedSpark.session();
  private static final Clock CLOCK =
      Clock.fixed(Instant.ofEpochSecond(1_700_000_000), ZoneOffset.UTC);

  private static final byte[] KEY = {'k'};

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
    path = temporary.resolve("read ings");
    topic = new TestTopic(broker.kafka(), Readings.FIRST);
  }

  @AfterEach
  void close() {
    topic.close();
    HookedLogStore.beforeNextCommit(() -> {});
    HookedLogStore.afterNextCommit(() -> {});
  }

  @ParameterizedTest
  @EnumSource
  void whatTheTableHoldsIsLeftOutAndTheRestIsLanded(DoorKind kind) throws Exception {
    topic.commit(0, hours(0, 20));
    topic.commit(1, hours(20, 30));
    run(kind, 100);
    String before = described().topicId();
    topic.recreate();
    // In other places and together with what is new.
    topic.commit(1, hours(0, 25));
    topic.commit(0, hours(25, 33));

    assertThatThrownBy(() -> run(kind, 100))
        .isInstanceOfSatisfying(
            LandfallException.class,
            refused -> assertThat(refused.reason()).contains(RefusalReason.TOPIC_RECREATED))
        .hasMessageContaining("landfall consumer run --adopt-topic --table " + path);
    assertHours(hoursOf(0, 30));

    adopt();
    Ingest.Report report = run(kind, 100);
    assertThat(report.rows()).isEqualTo(3);
    assertHours(hoursOf(0, 33));
    assertThat(report.state().position()).isEqualTo(new Offsets(Map.of(0, 9L, 1, 26L)));
    assertThat(described().earlierTopicIds()).containsExactly(before);
    assertThat(described().overlap()).isEqualTo(new Offsets(Map.of(0, 9L, 1, 26L)));

    // Behind the overlap the topic is like any other.
    topic.commit(0, hours(33, 40));
    assertThat(run(kind, 100).rows()).isEqualTo(7);
    assertThat(run(kind, 100).commits()).isZero();
    assertHours(hoursOf(0, 40));
    assertThat(KernelTable.in(Folder.of(path), new Configuration()).endsOfRows(before))
        .isEqualTo(new Offsets(Map.of(0, 20L, 1, 10L)));
  }

  /** He looked before the adoption, was frozen, and goes on: Delta passes over what he brings. */
  @Test
  void writerOfTheEarlierTopicIsTurnedAway() throws Exception {
    topic.commit(0, hours(0, 10));
    run(DoorKind.SPARK, 100);
    String before = described().topicId();
    topic.recreate();
    topic.commit(0, hours(0, 10));
    adopt();

    SPARK
        .table("delta.`%s`".formatted(path))
        .write()
        .format("delta")
        .mode("append")
        .option("txnAppId", before)
        .option("txnVersion", 1_000)
        .save(path.toString());

    assertHours(hoursOf(0, 10));
    assertThat(run(DoorKind.SPARK, 100).rows()).isZero();
  }

  /**
   * Of records that were left out no row tells. After rows were taken they are read again, also
   * those behind the overlap that a batch across its end had looked up.
   */
  @ParameterizedTest
  @MethodSource(DoorKind.ONE)
  void whatIsReadAgainAfterRowsWereTakenIsLookedUp(DoorKind kind) throws Exception {
    topic.commit(0, hours(0, 10));
    run(kind, 100);
    topic.recreate();
    topic.commit(0, hours(0, 10));
    adopt();
    topic.commit(0, hours(10, 12));
    topic.commit(0, hours(5, 10));
    assertThat(run(kind, 100).rows()).isEqualTo(2);

    ForeignAct.accepted(
        SPARK, path, topic.dataset(), topic.open().ends(), "DELETE FROM %s WHERE hour = 0");

    assertThat(run(kind, 100).rows()).isZero();
    assertHours(hoursOf(1, 12));
  }

  @ParameterizedTest
  @MethodSource(DoorKind.ONE)
  void topicThatBringsNothingNewIsDoneWithOnce(DoorKind kind) throws Exception {
    topic.commit(0, hours(0, 20));
    run(kind, 100);
    topic.recreate();
    topic.commit(0, hours(0, 20));
    topic.commit(0, hours(0, 20));
    adopt();

    Ingest.Report report = run(kind, 100);

    assertThat(report.rows()).isZero();
    assertThat(report.state().position()).isEqualTo(new Offsets(Map.of(0, 42L, 1, 0L)));
    assertThat(run(kind, 100).state().version()).isEqualTo(report.state().version());
    try (KafkaLandingTopic opened = topic.open()) {
      assertThat(
              NothingNew.in(
                  opened, KernelTable.in(Folder.of(path), new Configuration()), topic.dataset()))
          .isPresent();
    }
    assertHours(hoursOf(0, 20));
  }

  @ParameterizedTest
  @MethodSource(DoorKind.ONE)
  void otherContentOfTheSameRevisionIsRefused(DoorKind kind) throws Exception {
    topic.commit(0, hours(0, 5));
    run(kind, 100);
    topic.recreate();
    GenericRecord other = reading(3);
    other.put("gusts", 99);
    other.put("_content_hash", "another");
    topic.commit(0, List.of(reading(2), other, reading(7)));
    adopt();

    assertThatThrownBy(() -> run(kind, 100))
        .isInstanceOfSatisfying(
            LandfallException.class,
            refused -> assertThat(refused.reason()).contains(RefusalReason.CONFLICTING_ROWS))
        .hasMessageContainingAll(
            "partition 0, offset 1 has revision 1 of the row station=S3, hour=3 with content hash another",
            "landfall consumer run --table NEW");
    assertHours(hoursOf(0, 5));
  }

  /** Where records are left out, the others keep their keys and headers. */
  @ParameterizedTest
  @MethodSource(DoorKind.ONE)
  void recordThatIsNoRowGoesToQuarantineOutOfAnOverlapToo(DoorKind kind) throws Exception {
    topic.commit(0, hours(0, 20));
    run(kind, 100);
    topic.recreate();
    topic.commit(0, hours(0, 20));
    topic.commit(0, KEY, new byte[] {1, 2}, List.of(new RecordHeader("trace", new byte[] {1, 2})));
    topic.commit(0, hours(20, 25));
    adopt();

    run(kind, 100);

    assertHours(hoursOf(0, 25));
    List<Row> aside =
        SPARK
            .read()
            .format("delta")
            .load(path + "_quarantine")
            .select("reason", "key", "value", "headers")
            .collectAsList();
    assertThat(aside).hasSize(1);
    assertThat(aside.get(0).getString(0)).isEqualTo("UNKNOWN_FORMAT");
    assertThat(aside.get(0).<byte[]>getAs("key")).isEqualTo(KEY);
    assertThat(aside.get(0).<byte[]>getAs("value")).isEqualTo(new byte[] {1, 2});
    assertThat(aside.get(0).getString(3)).isEqualTo("[{\"key\":\"trace\",\"value\":\"AQI=\"}]");
  }

  @ParameterizedTest
  @MethodSource(DoorKind.ONE)
  void adoptingAgainLooksThroughWhatCameSince(DoorKind kind) throws Exception {
    topic.commit(0, hours(0, 5));
    run(kind, 100);
    topic.recreate();
    topic.commit(0, hours(0, 3));
    adopt();
    run(kind, 100);
    long version = described(kind).version();
    adopt();
    assertThat(described(kind).version()).isEqualTo(version);

    topic.commit(0, hours(0, 7));
    adopt();
    run(kind, 100);

    assertHours(hoursOf(0, 7));
    assertThat(described().earlierTopicIds()).hasSize(1);
  }

  /** Recreations, adoptions and kills by chance, through the doors in turn; the seed is told. */
  @Test
  void noRowStandsTwiceAndNoneIsLostWhateverHappens() throws Exception {
    long seed = Long.getLong("landfall.seed", new Random().nextLong());
    try {
      tell(new Random(seed));
    } catch (AssertionError | Exception e) {
      throw new AssertionError("-Dlandfall.seed=%d".formatted(seed), e);
    }
  }

  private void tell(Random random) throws Exception {
    List<Integer> sent = new ArrayList<>();
    Set<Integer> all = new TreeSet<>();
    int next = 0;
    DoorKind kind = door(random);
    for (int topics = 0; topics < Integer.getInteger("landfall.adopted.topics", 2); topics++) {
      if (topics > 0) {
        topic.recreate();
        // What was sent before comes again, to some point, in the partitions as they fall.
        sent = new ArrayList<>(sent.subList(0, random.nextInt(sent.size() + 1)));
        for (List<Integer> part : parts(sent, random)) {
          topic.commit(random.nextInt(2), readings(part));
        }
      }
      for (int transactions = random.nextInt(3); transactions >= 0; transactions--) {
        List<Integer> fresh = hoursOf(next, next + 1 + random.nextInt(12));
        next += fresh.size();
        topic.commit(random.nextInt(2), readings(fresh));
        sent.addAll(fresh);
      }
      if (topics > 0) {
        surviving(random, this::adopt);
        adopt();
      }
      all.addAll(sent);
      for (int kills = random.nextInt(3); kills > 0; kills--) {
        DoorKind through = kind;
        surviving(random, () -> run(through, 1 + random.nextInt(20)));
        kind = door(random);
        assertThat(landed()).isSubsetOf(all).doesNotHaveDuplicates();
      }
      run(kind, 1 + random.nextInt(20));
      assertHours(List.copyOf(all));
    }
  }

  private static DoorKind door(Random random) {
    return random.nextBoolean() ? DoorKind.FAST : DoorKind.SPARK;
  }

  private interface Step {
    void take() throws Exception;
  }

  /** Killed before or behind one of its commits, or not. */
  private static void surviving(Random random, Step step) throws Exception {
    HookedLogStore.Hook killed =
        () -> {
          throw new IOException("killed");
        };
    switch (random.nextInt(3)) {
      case 0 -> HookedLogStore.beforeNextCommit(killed);
      case 1 -> HookedLogStore.afterNextCommit(killed);
      default -> {}
    }
    try {
      step.take();
    } catch (Exception e) {
      assertThat(e).hasStackTraceContaining("killed");
    } finally {
      HookedLogStore.beforeNextCommit(() -> {});
      HookedLogStore.afterNextCommit(() -> {});
    }
  }

  private static List<List<Integer>> parts(List<Integer> all, Random random) {
    int cut = all.isEmpty() ? 0 : random.nextInt(all.size());
    return List.of(all.subList(0, cut), all.subList(cut, all.size()));
  }

  private List<GenericRecord> hours(int from, int to) {
    return readings(hoursOf(from, to));
  }

  private List<GenericRecord> readings(List<Integer> hours) {
    return hours.stream().map(this::reading).toList();
  }

  private GenericRecord reading(int hour) {
    return Readings.reading(topic.dataset().schema(), hour, 1, "UPSERT");
  }

  private static List<Integer> hoursOf(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }

  private Door door(DoorKind kind) {
    return new OverlapDoor(SPARK, topic.dataset(), kind.to(SPARK, topic.dataset(), path));
  }

  private void adopt() throws Exception {
    try (KafkaLandingTopic opened = topic.open()) {
      new Adoption(SPARK, topic.dataset(), KernelTable.in(Folder.of(path), new Configuration()))
          .adopt(opened);
    }
  }

  private Ingest.Report run(DoorKind kind, int most) throws InterruptedException {
    IngestSettings settings = new IngestSettings(most, temporary.resolve("scratch"));
    try (KafkaLandingTopic opened = topic.open()) {
      return new Ingest(
              opened,
              new SparkQueries(SPARK, broker.kafka(), topic.dataset().topics(), settings),
              door(kind),
              CLOCK)
          .run(Ingest.Until.CAUGHT_UP, () -> false);
    }
  }

  private TableDescription described() {
    return KernelTable.in(Folder.of(path), new Configuration()).describe();
  }

  private TableState described(DoorKind kind) {
    return kind.to(SPARK, topic.dataset(), path).table().state();
  }

  private List<Integer> landed() {
    if (!KernelTable.in(Folder.of(path), new Configuration()).exists()) {
      return List.of();
    }
    return SPARK
        .read()
        .format("delta")
        .load(path.toString())
        .select("hour")
        .collectAsList()
        .stream()
        .map((Row row) -> row.getInt(0))
        .sorted()
        .toList();
  }

  private void assertHours(List<Integer> hours) {
    assertThat(landed()).isEqualTo(hours);
  }
}
