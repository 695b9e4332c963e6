package io.landfall.consumer.ingest;

import io.landfall.consumer.bronze.BronzeTable;
import io.landfall.consumer.bronze.TableState;
import io.landfall.consumer.bronze.WrittenFile;
import io.landfall.consumer.landing.LandingTopic;
import io.landfall.consumer.landing.Offsets;
import io.landfall.consumer.landing.Stretch;
import io.landfall.program.Stop;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loop of stage 2: where does the table stand, what does the topic have beyond, append it. For
 * one thread.
 */
public final class Ingest {

  static final Logger LOG = LoggerFactory.getLogger(Ingest.class);

  /** A record waits this long at most for the question whether there is one. */
  private static final Duration PAUSE = Duration.ofMillis(100);

  /**
   * What a run did.
   *
   * @param rows appended
   * @param state where the table stands
   */
  public record Report(long rows, int commits, TableState state) {}

  private final LandingTopic topic;
  private final BronzeTable table;
  private final BatchWriter writer;
  private final Clock clock;
  private final long recordsPerCommit;

  /** Where the table stands. */
  private TableState state;

  /**
   * Up to where the topic was read. It may be beyond the table's position, because a stretch of
   * markers and aborted records gives no commit; reading it again and again would be a spin.
   */
  private Offsets looked;

  private long rows;
  private int commits;

  /**
   * @throws Stop if the topic does not go on where the table stands
   */
  public Ingest(
      LandingTopic topic, BronzeTable table, BatchWriter writer, Clock clock, long recordsPerCommit)
      throws InterruptedException {
    this.topic = topic;
    this.table = table;
    this.writer = writer;
    this.clock = clock;
    this.recordsPerCommit = recordsPerCommit;
    this.state = StartCheck.require(topic, table);
    this.looked = state.position();
  }

  /** Lands what is committed in the topic at this moment, then ends. */
  public Report once(BooleanSupplier stopped) throws InterruptedException {
    Offsets end = topic.committedEnds();
    while (end.isBeyond(looked) && !stopped.getAsBoolean()) {
      land(Stretch.between(looked, end, recordsPerCommit));
    }
    return report();
  }

  /** Lands whatever is committed in the topic, until it is told to stop. */
  public Report untilStopped(BooleanSupplier stopped) throws InterruptedException {
    while (!stopped.getAsBoolean()) {
      Offsets end = topic.committedEnds();
      if (end.isBeyond(looked)) {
        land(Stretch.between(looked, end, recordsPerCommit));
      } else {
        StartCheck.requireNotShorter(topic.name(), end, looked);
        Thread.sleep(PAUSE.toMillis());
      }
    }
    return report();
  }

  private Report report() {
    return new Report(rows, commits, state);
  }

  private void land(Stretch stretch) throws InterruptedException {
    long began = System.nanoTime();
    topic.refresh();
    List<WrittenFile> files = writer.write(stretch, topic.id(), clock.instant());
    if (files.isEmpty()) {
      looked = stretch.to();
      return;
    }
    BronzeTable.Append append = table.append(state.position(), stretch.to(), topic.id(), files);
    if (append instanceof BronzeTable.Append.Done done) {
      state = done.state();
      looked = stretch.to();
      committed(files, stretch, Duration.ofNanos(System.nanoTime() - began));
    } else if (append instanceof BronzeTable.Append.Moved moved) {
      writer.discard(files);
      LOG.atWarn()
          .addKeyValue("table", table.path())
          .addKeyValue("version", moved.state().version())
          .addKeyValue("expected", state.position())
          .addKeyValue("found", moved.state().position())
          .log("Somebody else changed the table; going on from where it stands now");
      state = moved.state();
      looked = state.position();
      StartCheck.require(topic, state);
    }
  }

  private void committed(List<WrittenFile> files, Stretch stretch, Duration took) {
    long landed = files.stream().mapToLong(WrittenFile::rows).sum();
    rows += landed;
    commits++;
    LOG.atInfo()
        .addKeyValue("rows", landed)
        .addKeyValue("version", state.version())
        .addKeyValue("from", stretch.from())
        .addKeyValue("to", stretch.to())
        .addKeyValue("seconds", "%.2f".formatted(took.toMillis() / 1000.0))
        .log("Committed to {}", table.dataset().name());
  }
}
