package io.landfall.consumer.door;

import io.landfall.cli.LandfallException;
import io.landfall.cli.TableLocation;
import io.landfall.consumer.bronze.CommitNote;
import io.landfall.consumer.bronze.RepairNote;
import io.landfall.consumer.bronze.TableCheck;
import io.landfall.consumer.bronze.TableDescription;
import io.landfall.consumer.bronze.TableState;
import io.landfall.consumer.landing.Offsets;
import io.landfall.schemas.Dataset;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Optional;
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

  public Protocol(TableLocation location, Dataset dataset) {
    this.location = location;
    this.dataset = dataset;
    this.check = new TableCheck(location, dataset);
  }

  /** Refuses a table that is not ours, is another topic's, or takes no plain rows. */
  public void requireOurs(TableDescription table, String topicId) {
    check.requireDataset(table);
    check.requireTopic(table, topicId);
    check.requireWritable(table);
  }

  /** Refuses a table that has lost rows which its transactions still count. */
  public TableState requireWhole(TableDescription table, TableState state) {
    check.requireNotTakenBack(table, state);
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
    requireOurs(table, note.topicId());
    if (state.isAfter(note)) {
      return Optional.of(new Outcome.Committed(state, rows));
    }
    if (!state.position().isAt(note.from())) {
      return Optional.of(new Outcome.Moved(state));
    }
    check.requireNotTakenBack(table, state);
    return Optional.empty();
  }

  /** The note for a batch with these rows. */
  public CommitNote note(Batch batch, String applicationId, Offsets rows) {
    return new CommitNote(
        dataset.name(),
        dataset.landing().name(),
        batch.topicId(),
        applicationId,
        writer,
        batch.from(),
        batch.to(rows));
  }

  /** The note for rows that are put back. */
  public RepairNote repairNote(Batch batch, long version, long rows) {
    return new RepairNote(
        dataset.name(), dataset.landing().name(), batch.topicId(), version, rows, batch.from());
  }

  /** After as many attempts as there are. */
  public LandfallException busy() {
    return LandfallException.unavailable(
        "The table at %s was changed by others %d times while one commit was tried. Nothing of it was written. See DESCRIBE HISTORY %s for who does that."
            .formatted(location, ATTEMPTS, location.sql()),
        new ConcurrentModificationException());
  }
}
