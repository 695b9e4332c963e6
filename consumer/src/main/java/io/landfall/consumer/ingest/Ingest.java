package io.landfall.consumer.ingest;

import io.landfall.cli.LandfallException;
import io.landfall.cli.RefusalReason;
import io.landfall.consumer.bronze.SetAside;
import io.landfall.consumer.bronze.TableState;
import io.landfall.consumer.door.Batch;
import io.landfall.consumer.door.Door;
import io.landfall.consumer.door.Outcome;
import io.landfall.consumer.door.Protocol;
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
  private final OpenTransactionWatch transactions;

  /** Where the table stands. */
  private TableState state;

  /** What the query reads; none before the first. */
  private Optional<Reading> reading = Optional.empty();

  private long rows;
  private long quarantined;
  private int commits;

  /** How often in a row somebody else was quicker. */
  private int moves;

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
    this.transactions = new OpenTransactionWatch(topic, clock);
    this.state = ask().require();
  }

  /** Table, topic and what the run has read so far: whether and from where they go on. */
  private StartAnswer ask() throws InterruptedException {
    topic.refresh();
    TableState found = door.open(topic.id());
    return StartCheck.ask(topic, found, reading);
  }

  /** Lands what is committed in the topic, until it has caught up or is told to stop. */
  public Report run(Until until, BooleanSupplier stopped) throws InterruptedException {
    boolean ended = false;
    while (!ended && !stopped.getAsBoolean()) {
      ended = queryEnds(until, stopped);
    }
    return new Report(rows, quarantined, commits, state, stopped.getAsBoolean());
  }

  /** One query from where the table stands; false if another has to follow. */
  private boolean queryEnds(Until until, BooleanSupplier stopped) throws InterruptedException {
    Set<Integer> partitions = topic.partitions();
    reading = Optional.of(new Reading(state.position(), partitions));
    try (LandingQuery query = queries.start(state.position(), partitions, until, this::land)) {
      query.awaitEnd(until == Until.STOPPED ? looking(stopped) : stopped);
      if (until == Until.CAUGHT_UP || stopped.getAsBoolean()) {
        return true;
      }
      // A query that somebody else has stopped is no end of a run that goes on.
      state = ask().require();
    } catch (QueryFailure failure) {
      goOn(failure);
    }
    return false;
  }

  private BooleanSupplier looking(BooleanSupplier stopped) {
    return () -> {
      transactions.look();
      return stopped.getAsBoolean();
    };
  }

  /** A batch is one commit, if the table still stands where it goes on. */
  private Outcome land(Dataset<Row> records, Optional<Offsets> end) throws InterruptedException {
    topic.refresh();
    Offsets from = state.position();
    Batch batch = new Batch(topic.id(), from, end.orElse(from), clock.instant());
    Outcome outcome = door.append(records, batch);
    if (outcome instanceof Outcome.Committed committed) {
      state = committed.state();
      reading = reading.map(query -> query.at(state.position()));
      moves = 0;
      rows += committed.rows();
      commits++;
      count(committed.setAside());
    } else if (outcome instanceof Outcome.Moved moved) {
      throw moved(from, moved.state());
    }
    return outcome;
  }

  /** Ends the run with what a query failed of, unless another one may go on. */
  private void goOn(QueryFailure failure) throws InterruptedException {
    if (!failure.isMove()) {
      failure.requireUnclear(topic.name(), door.table().location());
    }
    // The topic knows best what is wrong with it: gone, made anew, shorter, expired, no broker.
    StartAnswer answer = ask();
    state = answer.require();
    if (answer instanceof StartAnswer.GoOn && !failure.isMove()) {
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

  private RuntimeException moved(Offsets expected, TableState found) {
    moves++;
    if (moves >= Protocol.ATTEMPTS) {
      return LandfallException.superseded(
          RefusalReason.OTHER_WRITER,
          "Somebody else writes the table at %s and was quicker %d times in a row; it stands at %s now. Nothing of this run's last batch was written. One consumer is enough for a table: stop the other one, or leave it to it."
              .formatted(door.table().location(), moves, found.position()));
    }
    LOG.atWarn()
        .addKeyValue("table", door.table().location())
        .addKeyValue("version", found.version())
        .addKeyValue("expected", expected)
        .addKeyValue("found", found.position())
        .log("Somebody else changed the table; going on from where it stands now");
    return new TableMoved();
  }
}
