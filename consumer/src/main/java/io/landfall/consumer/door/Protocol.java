package io.landfall.consumer.door;

import io.landfall.cli.LandfallException;
import io.landfall.cli.Refusal;
import io.landfall.cli.RefusalReason;
import io.landfall.cli.TableLocation;
import io.landfall.consumer.bronze.CommitNote;
import io.landfall.consumer.bronze.Held;
import io.landfall.consumer.bronze.SetAside;
import io.landfall.consumer.bronze.SupplyNote;
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

  /** Of the table that the run began with; empty until it has looked. */
  private String tableId = "";

  public Protocol(TableLocation location, Dataset dataset) {
    this.location = location;
    this.dataset = dataset;
    this.check = new TableCheck(location, dataset);
  }

  /**
   * Refuses a table that is not ours, is another topic's, takes no plain rows, or has come in place
   * of the one that was there before.
   */
  public void requireOurs(TableDescription table, String topicId) {
    Refusal.requireNone(refusal(table, topicId));
    tableId = table.id();
  }

  /** Why nothing of the topic may be appended to a table, whatever it holds. */
  public Optional<Refusal> refusal(TableDescription table, String topicId) {
    return check
        .otherDataset(table)
        .or(() -> check.otherTopic(table, topicId))
        .or(() -> anotherTable(table))
        .or(() -> check.unwritable(table));
  }

  private Optional<Refusal> anotherTable(TableDescription table) {
    return tableId.isEmpty() || table.id().equals(tableId)
        ? Optional.empty()
        : Optional.of(
            new Refusal(
                RefusalReason.OTHER_TABLE,
                "The table at %s has id %s, and this run began with one of id %s: it was dropped and made anew, or another folder was put in its place."
                    .formatted(location, table.id(), tableId),
                "What this run knows of the one need not be true of the other.",
                "If it is meant to be so, start again, and the table that is there now says where to go on: landfall consumer run --table %s"
                    .formatted(location)));
  }

  /** Why nothing may be appended to a table that stands where it stands. */
  public Optional<Refusal> refusal(TableDescription table, TableState state) {
    return check.takenBack(table, state);
  }

  /** Refuses a table that is not ours or takes no plain rows, whatever topic it began with. */
  public void requireKind(TableDescription table) {
    check.requireDataset(table);
    Refusal.requireNone(check.unwritable(table));
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
   * @param setAside which records of the batch are in quarantine
   * @throws LandfallException if the table takes no such rows any more
   */
  public Optional<Outcome> decided(
      TableDescription table, TableState state, CommitNote note, SetAside setAside) {
    requireOurs(table, note.topicId());
    if (state.isAfter(note)) {
      return Optional.of(new Outcome.Committed(state, note.rows(), setAside));
    }
    if (!state.position().isAt(note.from())) {
      return Optional.of(new Outcome.Moved(state));
    }
    check.requireNotTakenBack(table, state);
    return Optional.empty();
  }

  /**
   * The note for a batch.
   *
   * @param ends the offset behind the last record of each partition
   * @param quarantined how many records of the topic are in quarantine, with those of the batch
   */
  public CommitNote note(
      Batch batch, String applicationId, Offsets ends, long rows, long quarantined) {
    return new CommitNote(
        dataset.name(),
        dataset.landing().name(),
        batch.topicId(),
        applicationId,
        writer,
        batch.from(),
        batch.to(ends),
        rows,
        quarantined);
  }

  /** The note for records of a batch that go to quarantine, where those before are held. */
  public CommitNote setAside(Batch batch, Held held, Offsets ends, long records) {
    return new CommitNote(
        dataset.name(),
        dataset.landing().name(),
        batch.topicId(),
        // Which of two writers comes first, the version decides that each began from.
        "",
        UUID.randomUUID().toString(),
        held.end(),
        held.end().furthest(batch.to(ends)),
        records,
        held.records() + records);
  }

  /** The note for rows of records that the table has passed. */
  public SupplyNote supply(String topicId) {
    return new SupplyNote(
        dataset.name(), dataset.landing().name(), topicId, UUID.randomUUID().toString());
  }

  /** After as many attempts as there are. */
  public LandfallException busy() {
    return LandfallException.unavailable(
        "The table at %s was changed by others %d times while one commit was tried. Nothing of it was written. See DESCRIBE HISTORY %s for who does that."
            .formatted(location, ATTEMPTS, location.sql()),
        new ConcurrentModificationException());
  }
}
