package io.landfall.consumer.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.landfall.cli.ExitCode;
import io.landfall.cli.LandfallException;
import io.landfall.cli.RefusalReason;
import io.landfall.consumer.door.Door;
import io.landfall.consumer.ingest.Ingest.Until;
import io.landfall.consumer.ingest.MemoryTopic.Place;
import io.landfall.consumer.landing.Offsets;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.spark.sql.kafka010.KafkaExceptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The loop by itself: topic, query and table are in memory. */
class IngestLoopTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.ofEpochSecond(1_700_000_000), ZoneOffset.UTC);

  private final MemoryTopic topic = new MemoryTopic(2);
  private final MemoryTable table = new MemoryTable();
  private MemoryQueries queries = new MemoryQueries(topic, 5, true);

  @AfterEach
  void everyQueryIsClosed() {
    assertThat(queries.running()).isZero();
  }

  @Test
  void everythingCommittedIsLandedInBoundedSteps() throws Exception {
    topic.commit(0, 24);
    topic.commit(1, 5);

    Ingest.Report report = once();

    assertThat(report).isEqualTo(new Ingest.Report(29, 5, table.state(), false));
    assertThat(report.state().position()).isEqualTo(new Offsets(Map.of(0, 25L, 1, 6L)));
    assertLanded(29);
    assertThat(once()).isEqualTo(new Ingest.Report(0, 0, table.state(), false));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void abortedRecordsMarkersAndOpenTransactionsAreNoRows(boolean endsAreKnown) throws Exception {
    queries = new MemoryQueries(topic, 3, endsAreKnown);
    topic.abort(0, 7);
    topic.commit(0, 4);
    topic.abort(0, 7);
    topic.open(1, 2);

    assertThat(once().rows()).isEqualTo(4);
    assertLanded(4);
    topic.commit(1, 1);
    topic.commit(0, 1);
    assertThat(once().rows()).isEqualTo(4);
    assertLanded(8);
  }

  @Test
  void commitWhoseAnswerIsLostIsNotMadeAgain() throws Exception {
    topic.commit(0, 12);
    LandfallException lost = LandfallException.unavailable("No answer", new IOException());
    table.afterNextCommit(
        () -> {
          throw lost;
        });

    assertThatThrownBy(this::once).isSameAs(lost);
    assertLanded(5, 12);
    assertThat(once().rows()).isEqualTo(7);
    assertLanded(12);
  }

  @Test
  void whereAnotherWriterMovedTheTableThisOneGoesOnFromThere() throws Exception {
    topic.commit(0, 12);
    topic.commit(1, 12);
    MemoryQueries others = new MemoryQueries(topic, 4, true);
    HookedDoor slow =
        new HookedDoor(
            door(queries),
            batch -> {
              if (batch == 2) {
                AtomicInteger asked = new AtomicInteger();
                ingest(others, door(others))
                    .run(Until.CAUGHT_UP, () -> asked.incrementAndGet() > 3);
              }
            });

    Ingest.Report report = ingest(queries, slow).run(Until.CAUGHT_UP, () -> false);

    assertThat(queries.started()).isEqualTo(2);
    assertThat(report.rows()).isBetween(1L, 23L);
    assertLanded(24);
  }

  @Test
  void whoIsSlowerEachTimeEndsAndSaysSo() {
    topic.commit(0, 40);
    MemoryQueries others = new MemoryQueries(topic, 1, true);
    HookedDoor slow =
        new HookedDoor(
            door(queries),
            batch -> {
              AtomicInteger asked = new AtomicInteger();
              ingest(others, door(others)).run(Until.CAUGHT_UP, () -> asked.incrementAndGet() > 2);
            });

    assertThatThrownBy(() -> ingest(queries, slow).run(Until.CAUGHT_UP, () -> false))
        .isInstanceOfSatisfying(
            LandfallException.class,
            stop -> {
              assertThat(stop.exitCode()).isEqualTo(ExitCode.SUPERSEDED);
              assertThat(stop.reason()).contains(RefusalReason.OTHER_WRITER);
            });
    assertLanded(10, 40);
  }

  @Test
  void topicMadeAnewIsRefused() throws Exception {
    topic.commit(0, 4);
    once();
    topic.recreate();
    topic.commit(0, 40);

    assertRefused(this::once, "deleted and created again");
    assertThat(table.rows()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 40})
  void topicMadeAnewWhileThisRunsIsRefused(int records) {
    topic.commit(0, 40);

    assertRefused(
        () ->
            run(
                Until.CAUGHT_UP,
                between(
                    2,
                    () -> {
                      topic.recreate();
                      topic.commit(0, records);
                    })),
        "deleted and created again");
    assertThat(table.rows()).isEqualTo(10);
  }

  @Test
  void expiredBeginningIsRefused() throws Exception {
    topic.commit(0, 8);
    once();
    topic.commit(0, 40);
    topic.expire(0, 13);

    assertRefused(
        this::once, "begins at offset 13, and the table stands at 9", "the 4 offsets between");
    assertLanded(8, 48);
  }

  @Test
  void offsetsThatExpireWhileThisRunsAreRefused() {
    topic.commit(0, 40);

    assertRefused(
        () -> run(Until.CAUGHT_UP, between(2, () -> topic.expire(0, 30))),
        "begins at offset 30, and the table stands at 10");
    assertLanded(10, 40);
  }

  @Test
  void shorterTopicIsRefused() throws Exception {
    topic.commit(0, 8);
    once();
    topic.shorten(0, 6);

    assertRefused(this::once, "ends at offset 6, and the table stands at 9");
    assertThat(table.rows()).isEqualTo(8);
  }

  @Test
  void topicThatLosesItsEndWhileThisRunsIsRefused() {
    topic.commit(0, 40);

    assertRefused(
        () -> run(Until.CAUGHT_UP, between(2, () -> topic.shorten(0, 7))),
        "ends at offset 7, and the table stands at 10");
    assertThat(table.rows()).isEqualTo(10);
  }

  @Test
  void partitionThatComesBeforeTheQueryIsRead() throws Exception {
    topic.commit(0, 12);
    Ingest ingest = ingest(queries, door(queries));
    topic.widen(3);
    topic.commit(2, 4);

    assertThat(ingest.run(Until.CAUGHT_UP, () -> false).rows()).isEqualTo(16);
    assertLanded(16);
  }

  @Test
  void continuousRunLandsWhatComesInNewPartitionsToo() throws Exception {
    topic.commit(0, 3);

    Ingest.Report report =
        run(
            Until.STOPPED,
            new BooleanSupplier() {
              private int asked;

              @Override
              public boolean getAsBoolean() {
                asked++;
                if (asked == 4) {
                  topic.widen(3);
                  topic.commit(2, 8);
                }
                if (asked == 8) {
                  topic.commit(1, 1);
                }
                return asked > 20;
              }
            });

    assertThat(report).isEqualTo(new Ingest.Report(12, 4, table.state(), true));
    assertLanded(12);
  }

  @Test
  void whenToldToStopItStopsBetweenCommits() throws Exception {
    topic.commit(0, 40);
    AtomicInteger asked = new AtomicInteger();

    Ingest.Report report = run(Until.CAUGHT_UP, () -> asked.incrementAndGet() > 4);

    assertThat(report).isEqualTo(new Ingest.Report(15, 3, table.state(), true));
    once();
    assertLanded(40);
  }

  @Test
  void interruptBetweenBatchesEndsTheRun() throws Exception {
    topic.commit(0, 40);

    assertThatThrownBy(
            () -> run(Until.CAUGHT_UP, between(2, () -> Thread.currentThread().interrupt())))
        .isInstanceOf(InterruptedException.class);
    assertLanded(10, 40);
    once();
    assertLanded(40);
  }

  @Test
  void interruptWithinABatchLeavesItWholeOrNotThere() throws Exception {
    topic.commit(0, 40);
    table.afterNextCommit(() -> Thread.currentThread().interrupt());

    assertThatThrownBy(this::once).isInstanceOf(InterruptedException.class);
    assertLanded(5, 40);
    once();
    assertLanded(40);
  }

  @Test
  void recordThatIsNoRowIsNamed() throws Exception {
    topic.commit(1, 4);
    topic.commitNoRow(1);

    assertRefused(
        this::once,
        "Topic weather.readings.v1, partition 1, offset 5 holds a record that cannot be decoded: no row.",
        "the table stands before this batch");
    assertThat(table.rows(1)).hasSize(4);
  }

  @Test
  void recordThatTheSourceCannotReadIsNamed() {
    topic.commit(1, 4);
    topic.failNextRead(
        KafkaExceptions.kafkaMalformedRecordTimestamp(
            "weather.readings.v1", 1, 2, Long.MAX_VALUE, null));

    assertRefused(this::once, "partition 1, offset 2 holds a record that cannot be decoded");
    assertThat(table.rows()).isZero();
  }

  @Test
  void readFailureOfATopicThatIsFineIsTold() throws Exception {
    topic.commit(0, 4);
    topic.failNextRead(new TimeoutException("no answer"));
    assertEnds(
        ExitCode.UNAVAILABLE,
        this::once,
        "Kafka stopped answering while topic weather.readings.v1 was read",
        "the same command goes on from there");

    topic.failNextRead(new TopicAuthorizationException("not yours"));
    assertEnds(ExitCode.USAGE, this::once, "Kafka does not let this user read topic");

    topic.failNextRead(
        KafkaExceptions.couldNotReadOffsetRange(
            1, 3, new TopicPartition("weather.readings.v1", 0), "group", null));
    assertRefused(this::once, "no longer has offsets that the table has not seen", "[1, 3)");

    assertThat(table.rows()).isZero();
    once();
    assertLanded(4);
  }

  @Test
  void brokerThatWentAwayIsToldByTheTopic() {
    topic.commit(0, 40);

    assertEnds(
        ExitCode.UNAVAILABLE,
        () -> run(Until.CAUGHT_UP, between(2, () -> topic.away(true))),
        "The broker is away");
    assertThat(table.rows()).isEqualTo(10);
  }

  @Test
  void whatNobodyExpectedIsToldAsItIs() {
    topic.commit(0, 4);
    IllegalStateException strange = new IllegalStateException("something else");
    topic.failNextRead(strange);

    assertThatThrownBy(this::once).isSameAs(strange);
  }

  private interface Run {
    Object run() throws Exception;
  }

  private static void assertRefused(Run run, String... why) {
    assertEnds(ExitCode.REFUSED, run, why);
  }

  private static void assertEnds(ExitCode code, Run run, String... why) {
    assertThatThrownBy(run::run)
        .isInstanceOfSatisfying(
            LandfallException.class, stop -> assertThat(stop.exitCode()).isEqualTo(code))
        .hasMessageContainingAll(why);
  }

  /** Something happens once, when so many batches of a run's first query are through. */
  private static BooleanSupplier between(int batches, Runnable happens) {
    AtomicInteger asked = new AtomicInteger();
    return () -> {
      // It is asked before the query and before each batch.
      if (asked.incrementAndGet() == batches + 2) {
        happens.run();
      }
      return false;
    };
  }

  private MemoryDoor door(MemoryQueries of) {
    return new MemoryDoor(table, topic, of);
  }

  private Ingest ingest(MemoryQueries of, Door door) throws InterruptedException {
    return new Ingest(topic.open(), of, door, CLOCK);
  }

  private Ingest.Report run(Until until, BooleanSupplier stopped) throws InterruptedException {
    return ingest(queries, door(queries)).run(until, stopped);
  }

  private Ingest.Report once() throws InterruptedException {
    return run(Until.CAUGHT_UP, () -> false);
  }

  private void assertLanded(int rows) {
    assertLanded(rows, rows);
  }

  /** Each record once and in order: the first ones of its partition, so many together. */
  private void assertLanded(int rows, int committed) {
    assertThat(table.rows()).isEqualTo(rows);
    int there = 0;
    for (int partition = 0; partition < topic.width(); partition++) {
      List<Place> records = topic.committed(partition);
      List<Place> landed = table.rows(partition);
      assertThat(landed).isEqualTo(records.subList(0, Math.min(landed.size(), records.size())));
      there += records.size();
    }
    assertThat(there).isEqualTo(committed);
  }
}
