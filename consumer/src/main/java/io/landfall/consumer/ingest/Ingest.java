package io.landfall.consumer.ingest;

import io.landfall.cli.LandfallException;
import io.landfall.consumer.bronze.SetAside;
import io.landfall.consumer.bronze.TableState;
import io.landfall.consumer.door.Batch;
import io.landfall.consumer.door.Door;
import io.landfall.consumer.door.Outcome;
import io.landfall.consumer.landing.LandingTopic;
import io.landfall.consumer.landing.Offsets;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loop of stage 2: where does the table stand, a query from there, each batch one commit. For
 * one thread.
 */
public final class Ingest {

  private static final Logger LOG = LoggerFactory.getLogger(Ingest.class);

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
   * @param quarantined records that are no rows, and went to the quarantine table
   * @param state where the table stands
   * @param stopped whether it ended because it was told to
   */
  public record Report(
      long rows, long quarantined, int commits, TableState state, boolean stopped) {

    /** Of a run in which every record was a row. */
    public Report(long rows, int commits, TableState state, boolean stopped) {
      this(rows, 0, commits, state, stopped);
    }
  }

  private final LandingTopic topic;
  private final LandingQueries queries;
  private final Door door;
  private final Clock clock;

  /** Where the table stands. */
  private TableState state;

  private long rows;
  private long quarantined;
  private int commits;

  /**
   * @throws LandfallException if the table cannot be appended to, or the topic does not go on where
   *     it stands
   */
  public Ingest(LandingTopic topic, LandingQueries queries, Door door, Clock clock)
      throws InterruptedException {
    this.topic = topic;
    this.queries = queries;
    this.door = door;
    this.clock = clock;
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
    return new Report(rows, quarantined, commits, state, stopped.getAsBoolean());
  }

  /** One query from where the table stands; false if another has to follow. */
  private boolean queryEnds(Until until, BooleanSupplier stopped) throws InterruptedException {
    Set<Integer> partitions = topic.partitions();
    try (LandingQuery query = queries.start(state.position(), partitions, until, this::land)) {
      query.awaitEnd(stopped);
      // A query that somebody else has stopped is no end of a run that goes on.
      return until == Until.CAUGHT_UP || stopped.getAsBoolean();
    } catch (QueryFailure failure) {
      requireAnother(failure, partitions);
      return false;
    }
  }

  /** A batch is one commit, if the table still stands where it goes on. */
  private Outcome land(Dataset<Row> records, Optional<Offsets> end) throws InterruptedException {
    topic.refresh();
    Offsets from = state.position();
    Batch batch = new Batch(topic.id(), from, end.orElse(from), clock.instant());
    Outcome outcome = door.append(records, batch);
    if (outcome instanceof Outcome.Committed committed) {
      state = committed.state();
      rows += committed.rows();
      commits++;
      count(committed.setAside());
    } else if (outcome instanceof Outcome.Moved moved) {
      throw moved(from, moved.state());
    }
    return outcome;
  }

  /** Ends the run with what a query failed of, unless another one may go on. */
  private void requireAnother(QueryFailure failure, Set<Integer> partitions)
      throws InterruptedException {
    if (failure.isMove()) {
      return;
    }
    failure.requireUnclear(topic.name());
    // The topic knows best what is wrong with it: gone, made anew, shorter, expired, no broker.
    position();
    if (topic.partitions().equals(partitions)) {
      throw failure.told(topic.name());
    }
  }

  private void count(SetAside setAside) {
    quarantined += setAside.records();
    setAside
        .first()
        .ifPresent(
            first ->
                LOG.atWarn()
                    .addKeyValue("records", setAside.records())
                    .addKeyValue("table", door.quarantine().location())
                    .addKeyValue("first", first)
                    .log("Records are no rows and went to quarantine"));
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
}
