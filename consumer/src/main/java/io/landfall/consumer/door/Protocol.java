package io.landfall.consumer.door;

import io.landfall.cli.LandfallException;
import io.landfall.cli.TableLocation;
import io.landfall.consumer.bronze.CommitNote;
import io.landfall.consumer.bronze.TableCheck;
import io.landfall.consumer.bronze.TableDescription;
import io.landfall.consumer.bronze.TableState;
import io.landfall.consumer.landing.Offsets;
import io.landfall.consumer.watch.Alarms;
import io.landfall.schemas.Dataset;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.apache.spark.sql.types.StructField;

/** What every door asks of a table, and what it notes in a commit. */
public final class Protocol {

  /** How often others may commit in between before that is no accident. */
  public static final int ATTEMPTS = 10;

  /** Tells this writer's commits from all others. */
  private final String writer = UUID.randomUUID().toString();

  private final TableLocation location;
  private final Dataset dataset;
  private final TableCheck check;

  /** Which table it was that this writer began with; empty as long as there was none. */
  private String tableId = "";

  public Protocol(TableLocation location, Dataset dataset) {
    this.location = location;
    this.dataset = dataset;
    this.check = new TableCheck(location, dataset);
  }

  /** Refuses a table of something else, or another one than this writer has begun with. */
  public void requireOurs(TableDescription table) {
    check.requireDataset(table);
    if (tableId.isEmpty()) {
      tableId = table.id();
    }
    if (!tableId.equals(table.id())) {
      throw LandfallException.refused(
          "Another table is at %s by now (id %s) than when this run began (id %s): the old one was dropped. Nothing of this batch was written. If it is meant to be so, start again; a new run lands what the table there does not have."
              .formatted(location, table.id(), tableId));
    }
  }

  /** Refuses a place where a table was when this writer began, and none is now. */
  public void requireNotGone() {
    if (!tableId.isEmpty()) {
      throw gone();
    }
  }

  private LandfallException gone() {
    return LandfallException.refused(
        "There is no table at %s any more: it was dropped, or its folder was removed, while this ran. Nothing of this batch was written. Bring it back from a copy; or start again, and a new table gets all that the topic holds."
            .formatted(location));
  }

  /**
   * Refuses a table that others have changed in a way that nobody has answered for, is another
   * topic's, or takes no plain rows.
   */
  public TableState require(TableDescription table, TableState state, String topicId) {
    Alarms.refuse(location, table, state);
    check.requireTopic(table, topicId);
    check.requireWritable(table);
    return state;
  }

  /** Columns of the newest schema that the table does not have yet. */
  public List<StructField> missing(TableDescription table) {
    return check.missing(table);
  }

  /**
   * What becomes of a batch by where the table stands now; nothing where it is still to be
   * committed.
   *
   * @param note of the commit that is to be, which may have been tried before
   * @throws LandfallException if the table takes no such rows any more
   */
  public Optional<Outcome> decided(
      TableDescription table, TableState state, CommitNote note, long rows) {
    requireOurs(table);
    require(table, state, note.topicId());
    if (state.isAfter(note)) {
      return Optional.of(new Outcome.Committed(state, rows));
    }
    return state.position().isAt(note.from())
        ? Optional.empty()
        : Optional.of(new Outcome.Moved(state));
  }

  /** The note for a batch with these rows. */
  public CommitNote note(Batch batch, String applicationId, Offsets rows) {
    return new CommitNote(
        dataset.name(),
        dataset.landing().name(),
        batch.topicId(),
        applicationId,
        writer,
        OptionalLong.empty(),
        batch.from(),
        batch.to(rows));
  }

  /** After as many attempts as there are. */
  public LandfallException busy() {
    return LandfallException.unavailable(
        "The table at %s was changed by others %d times while one commit was tried. Nothing of it was written. See DESCRIBE HISTORY %s for who does that."
            .formatted(location, ATTEMPTS, location.sql()),
        new ConcurrentModificationException());
  }
}
