package io.landfall.consumer.bronze;

import io.landfall.consumer.landing.Offsets;
import java.util.List;
import java.util.OptionalLong;

/**
 * Where a table stands.
 *
 * @param version of the Delta table
 * @param position everything before it, and nothing behind it, is in the table at this version
 * @param transaction the highest transaction version that was ever committed under the table's
 *     application id; none where no commit had one
 * @param writer whose commit brought it to the position; empty where no note tells
 * @param quarantined how many records before the position are in the quarantine table and not here,
 *     unless they became rows later; 0 where no note tells
 * @param unseen what happened to it that nobody has answered for, the oldest first, with commits of
 *     ours between them
 */
public record TableState(
    long version,
    Offsets position,
    OptionalLong transaction,
    String writer,
    long quarantined,
    List<Commit> unseen) {

  public TableState {
    unseen = List.copyOf(unseen);
  }

  /** With nothing in quarantine, and nothing unseen. */
  public TableState(long version, Offsets position, OptionalLong transaction, String writer) {
    this(version, position, transaction, writer, 0, List.of());
  }

  /** Where rows say that it stands, with nothing known of transactions. */
  static TableState of(long version, Offsets position) {
    return new TableState(version, position, OptionalLong.empty(), "");
  }

  /** The same at another version, which brought and took no rows. */
  TableState at(long other) {
    return new TableState(other, position, transaction, writer, quarantined, unseen);
  }

  /** The same with what happened unseen. */
  TableState after(List<Commit> commits) {
    return new TableState(version, position, transaction, writer, quarantined, commits);
  }

  /** The same, with what the table's log says of transactions. */
  public TableState withTransaction(OptionalLong highest) {
    return new TableState(version, position, highest, writer, quarantined, unseen);
  }

  /**
   * Whether rows were taken away that had been committed: the table's transactions are further than
   * its rows, because RESTORE takes back the one and not the other.
   */
  public boolean wasTakenBack() {
    return transaction.isPresent() && transaction.getAsLong() >= Transaction.version(position);
  }

  /** Whether a commit with this note is what brought the table here. */
  public boolean isAfter(CommitNote note) {
    return position.isAt(note.to()) && writer.equals(note.writer()) && !writer.isEmpty();
  }
}
