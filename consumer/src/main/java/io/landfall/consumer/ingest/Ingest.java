package io.landfall.consumer.ingest;

import io.landfall.cli.LandfallException;
import io.landfall.consumer.bronze.TableState;
import io.landfall.consumer.door.Batch;
import io.landfall.consumer.door.Door;
import io.landfall.consumer.door.Outcome;
import io.landfall.consumer.door.UndecodableRecord;
import io.landfall.consumer.landing.LandingStream;
import io.landfall.consumer.landing.LandingTopic;
import io.landfall.consumer.landing.Offsets;
import io.landfall.consumer.landing.ReadFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loop of stage 2: where does the table stand, a query from there, each batch one commit. For
 * one thread.
 */
public final class Ingest {

  private static final Logger LOG = LoggerFactory.getLogger(Ingest.class);

  /** A record waits this long at most for the question whether there is one; 0 would spin. */
  private static final long PAUSE_MILLIS = 100;

  /** Until when a run goes on. */
  public enum Until {
    /** What was committed in the topic when it began is in the table. */
    CAUGHT_UP,
    /** Somebody says so. */
    STOPPED
  }

  /**
   * What a run did.
   *
   * @param rows appended
   * @param state where the table stands
   * @param stopped whether it ended because it was told to
   */
  public record Report(long rows, int commits, TableState state, boolean stopped) {}

  private final SparkSession spark;
  private final LandingTopic topic;
  private final LandingStream stream;
  private final Door door;
  private final Clock clock;
  private final Path scratch;

  /** Where the table stands. */
  private TableState state;

  private long rows;
  private int commits;

  /**
   * @param scratch for what may be deleted
   * @throws LandfallException if the table cannot be appended to, or the topic does not go on where
   *     it stands
   */
  public Ingest(
      SparkSession spark,
      LandingTopic topic,
      LandingStream stream,
      Door door,
      Clock clock,
      Path scratch)
      throws InterruptedException {
    this.spark = spark;
    this.topic = topic;
    this.stream = stream;
    this.door = door;
    this.clock = clock;
    this.scratch = scratch;
    this.state = position();
  }

  /** Where the table stands, from where the topic must go on. */
  private TableState position() throws InterruptedException {
    topic.refresh();
    TableState found = door.open(topic.id());
    StartCheck.require(topic, found);
    return found;
  }

  /** Lands what is committed in the topic, until it has caught up or is told to stop. */
  public Report run(Until until, BooleanSupplier stopped) throws InterruptedException {
    while (!stopped.getAsBoolean() && !queryEnds(until, stopped)) {
      state = position();
    }
    return new Report(rows, commits, state, stopped.getAsBoolean());
  }

  /** One query from where the table stands; false if another has to follow. */
  private boolean queryEnds(Until until, BooleanSupplier stopped) throws InterruptedException {
    Set<Integer> partitions = topic.partitions();
    String name = topic.name();
    BatchLog log = new BatchLog(name);
    spark.streams().addListener(log);
    try (LandingQuery query =
        LandingQuery.start(
            stream.from(state.position(), partitions),
            name,
            until == Until.CAUGHT_UP
                ? Trigger.AvailableNow()
                : Trigger.ProcessingTime(PAUSE_MILLIS),
            Scratch.in(scratch, "query-"),
            (id, records, end) -> land(id, records, end, log))) {
      query.awaitEnd(stopped);
      // A query that somebody else has stopped is no end of a run that goes on.
      return until == Until.CAUGHT_UP || stopped.getAsBoolean();
    } catch (StreamingQueryException | IllegalArgumentException e) {
      return !goesOn(new QueryFailure(e), partitions);
    } finally {
      try {
        log.awaitEnd();
      } finally {
        spark.streams().removeListener(log);
      }
    }
  }

  private void land(long id, Dataset<Row> records, Optional<Offsets> end, BatchLog log)
      throws InterruptedException {
    topic.refresh();
    Offsets from = state.position();
    Batch batch = new Batch(topic.id(), from, end.orElse(from), clock.instant());
    Outcome outcome = door.append(records, batch);
    if (outcome instanceof Outcome.Committed committed) {
      state = committed.state();
      rows += committed.rows();
      commits++;
      log.committed(id, committed, from);
    } else if (outcome instanceof Outcome.Moved moved) {
      throw moved(from, moved.state());
    }
  }

  private TableMoved moved(Offsets expected, TableState found) {
    LOG.atWarn()
        .addKeyValue("table", door.table().location())
        .addKeyValue("version", found.version())
        .addKeyValue("expected", expected)
        .addKeyValue("found", found.position())
        .log("Somebody else changed the table; going on from where it stands now");
    return new TableMoved();
  }

  /** Whether another query may follow one that failed; else what is to be told. */
  private boolean goesOn(QueryFailure failure, Set<Integer> partitions)
      throws InterruptedException {
    if (failure.isMove()) {
      return true;
    }
    if (failure.stop().isPresent()) {
      throw failure.stop().get();
    }
    if (failure.setting().isPresent()) {
      throw LandfallException.usage(
          "Spark's Kafka source does not take a setting: " + failure.setting().get(),
          new IllegalArgumentException());
    }
    if (failure.undecodable().isPresent()) {
      UndecodableRecord record = failure.undecodable().get();
      throw undecodable(record.partition(), record.offset(), String.valueOf(record.getMessage()));
    }
    Optional<ReadFailure> reading = failure.reading();
    if (reading.isPresent() && reading.get() instanceof ReadFailure.Unusable bad) {
      throw undecodable(bad.partition(), bad.offset(), bad.why());
    }
    // The topic knows best what is wrong with it: gone, made anew, shorter, expired, no broker.
    position();
    if (!topic.partitions().equals(partitions)) {
      return true;
    }
    if (reading.isEmpty()) {
      throw failure.asItIs();
    }
    throw stop(reading.get());
  }

  private LandfallException undecodable(int partition, long offset, String why) {
    return LandfallException.refused(
        "Topic %s, partition %d, offset %d holds a record that cannot be decoded: %s. Nothing from there on was written; the table stands before this batch."
            .formatted(topic.name(), partition, offset, why));
  }

  private LandfallException stop(ReadFailure failure) {
    if (failure instanceof ReadFailure.Forbidden forbidden) {
      return LandfallException.usage(
          "Kafka does not let this user read topic %s: %s Nothing of this batch was written."
              .formatted(topic.name(), forbidden.what()),
          new IOException(failure.toString()));
    }
    return failure instanceof ReadFailure.Gone gone
        ? LandfallException.refused(
            "Topic %s no longer has offsets that the table has not seen (%s): they expired or were deleted while this ran. Going on would lose rows; nothing of this batch was written."
                .formatted(topic.name(), gone.what()))
        : LandfallException.unavailable(
            "Kafka stopped answering while topic %s was read (%s). Nothing of this batch was written; the same command goes on from there."
                .formatted(topic.name(), ((ReadFailure.Unanswered) failure).what()),
            new IOException(failure.toString()));
  }
}
