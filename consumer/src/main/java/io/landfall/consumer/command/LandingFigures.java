package io.landfall.consumer.command;

import io.landfall.cli.End;
import io.landfall.cli.ExitCode;
import io.landfall.cli.RefusalReason;
import io.landfall.cli.metrics.Metric;
import io.landfall.cli.metrics.Metrics;
import io.landfall.cli.metrics.Metrics.Look;
import io.landfall.consumer.bronze.MeasuredTable;
import io.landfall.consumer.bronze.TableState;
import io.landfall.consumer.door.ObservedDoor;
import io.landfall.consumer.door.Outcome;
import io.landfall.consumer.landing.KafkaLandingTopic;
import io.landfall.consumer.landing.Offsets;
import io.landfall.consumer.landing.PublishedPosition;
import io.landfall.consumer.quarantine.Entries;
import io.landfall.schemas.Dataset;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What there is to tell of one dataset that is landed: figures, and where its table stands. Told by
 * the threads of command and query, looked at by that of the figures.
 */
final class LandingFigures implements ObservedDoor.Observer, AutoCloseable {

  /** The column of every dataset's rows by which the newest item is known. */
  private static final String FETCHED_AT = "_fetched_at";

  /** The reason of a refusal that has no word. */
  private static final String UNNAMED = "refused";

  private static final Duration TIME_TO_PUBLISH = Duration.ofSeconds(1);

  private final Dataset dataset;
  private final Metrics metrics;
  private final Clock clock;
  private Metrics.Closing looking = () -> {};
  private volatile Offsets position = Offsets.START;
  private volatile @Nullable KafkaLandingTopic topic;
  private volatile @Nullable PublishedPosition published;

  LandingFigures(Dataset dataset, Metrics metrics, Clock clock) {
    this.dataset = dataset;
    this.metrics = metrics;
    this.clock = clock;
    metrics.begin(Metric.COMMIT_SECONDS, dataset.name());
    metrics.begin(Metric.BATCH_ROWS, dataset.name());
    metrics.begin(Metric.ROWS_APPENDED, dataset.name());
  }

  /** The table was looked at; whether a run goes on from there is another question. */
  @Override
  public void opened(TableState state) {
    position = state.position();
  }

  /**
   * The run goes on from where the table was found.
   *
   * @param table for the figures' thread alone, like the one beside it
   */
  void begin(KafkaLandingTopic landing, MeasuredTable table, MeasuredTable beside) {
    topic = landing;
    published = landing.published(dataset.topics().positionGroup());
    publish();
    notStopped(dataset, metrics);
    looking =
        metrics.looking(
            Metrics.BETWEEN_LOOKS,
            List.of(
                new Look("lag of " + dataset.name(), () -> lag(landing)),
                new Look("table " + dataset.name(), new Table(table)::look),
                new Look("quarantine of " + dataset.name(), new Quarantine(beside)::look)));
  }

  private void publish() {
    KafkaLandingTopic to = topic;
    PublishedPosition where = published;
    if (to != null && where != null) {
      to.publish(where, position);
    }
  }

  @Override
  public void committed(Outcome.Committed commit, Duration took) {
    position = commit.state().position();
    metrics.observe(Metric.COMMIT_SECONDS, took, dataset.name());
    metrics.observe(Metric.BATCH_ROWS, commit.rows(), dataset.name());
    metrics.add(Metric.ROWS_APPENDED, commit.rows(), dataset.name());
    metrics.set(Metric.TABLE_VERSION, commit.state().version(), dataset.name());
    publish();
  }

  /** The run lives; to be called again and again. */
  void alive() {
    metrics.alive();
    PublishedPosition where = published;
    if (where != null) {
      where.repeat();
    }
  }

  private void lag(KafkaLandingTopic of) throws InterruptedException {
    // In this order: a commit in between cannot make it less than nothing.
    Offsets at = position;
    metrics.set(Metric.LAG_TO_LAST_STABLE, of.committedEnds().since(at), dataset.name());
    metrics.set(Metric.LAG, of.ends().since(at), dataset.name());
    Instant now = clock.instant();
    metrics.set(
        Metric.OPEN_TRANSACTION_AGE,
        of.openTransactions().stream()
            .mapToDouble(open -> open.age(now).toMillis() / 1000.0)
            .max()
            .orElse(0),
        dataset.name());
  }

  /** The table's size, and its newest item where it has another version than before. */
  private final class Table {
    private final MeasuredTable table;
    private long version = -1;

    Table(MeasuredTable table) {
      this.table = table;
    }

    void look() {
      MeasuredTable.Size size = table.size();
      metrics.set(Metric.TABLE_VERSION, size.version(), dataset.name());
      metrics.set(Metric.TABLE_FILES, size.files(), dataset.name());
      metrics.set(Metric.TABLE_BYTES, size.bytes(), dataset.name());
      if (size.version() != version) {
        table
            .greatest(FETCHED_AT)
            .ifPresentOrElse(
                micros ->
                    metrics.set(
                        Metric.NEWEST_ITEM_TIMESTAMP,
                        Instant.EPOCH.plus(micros, ChronoUnit.MICROS),
                        dataset.name()),
                () -> metrics.none(Metric.NEWEST_ITEM_TIMESTAMP, dataset.name()));
        version = size.version();
      }
    }
  }

  /** Its records are counted where it has another version than before. */
  private final class Quarantine {
    private final MeasuredTable table;
    private long version = -1;

    Quarantine(MeasuredTable table) {
      this.table = table;
    }

    void look() {
      if (!table.exists()) {
        metrics.set(Metric.QUARANTINE_RECORDS, 0, dataset.name());
        return;
      }
      long now = table.version();
      if (now != version) {
        metrics.set(Metric.QUARANTINE_RECORDS, Entries.of(table).counts().open(), dataset.name());
        version = now;
      }
    }
  }

  /** How a run ended: by a refusal, or not. */
  static void ended(Dataset dataset, End end, Metrics metrics) {
    if (end.exitCode() == ExitCode.OK) {
      notStopped(dataset, metrics);
    } else if (end.reason().isPresent() || end.exitCode() == ExitCode.REFUSED) {
      stopped(dataset, end.reason().map(RefusalReason::word).orElse(UNNAMED), metrics);
    }
  }

  /** Nothing is written for a reason, or nothing stands against it. */
  static void stopped(Dataset dataset, Optional<RefusalReason> reason, Metrics metrics) {
    reason.ifPresentOrElse(
        why -> stopped(dataset, why.word(), metrics), () -> notStopped(dataset, metrics));
  }

  private static void stopped(Dataset dataset, String reason, Metrics metrics) {
    notStopped(dataset, metrics);
    metrics.set(Metric.WRITER_STOPPED, 1, dataset.name(), reason);
  }

  private static void notStopped(Dataset dataset, Metrics metrics) {
    metrics.reset(Metric.WRITER_STOPPED, dataset.name());
    for (RefusalReason reason : RefusalReason.values()) {
      metrics.set(Metric.WRITER_STOPPED, 0, dataset.name(), reason.word());
    }
  }

  /** Looks once more, if the run ends by itself, and no more then. */
  void endLooking() {
    looking.close();
    looking = () -> {};
  }

  @Override
  public void close() {
    endLooking();
    PublishedPosition where = published;
    if (where != null) {
      try {
        where.awaitEnd(TIME_TO_PUBLISH);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
