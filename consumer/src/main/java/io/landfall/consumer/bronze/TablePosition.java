package io.landfall.consumer.bronze;

import io.landfall.consumer.landing.Offsets;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Finds out which part of the topic a table holds: from the newest commit of ours, or from the rows
 * themselves.
 *
 * <p>The note in a commit is exact, with the markers and aborted records behind the last row. It
 * counts only if nothing but harmless commits came after it. After anything else, RESTORE above
 * all, the rows are asked: they are what is there, whatever the log tells. Transaction versions are
 * never asked, because RESTORE does not take them back.
 */
public final class TablePosition {

  /** Commits that neither bring nor take rows. */
  private static final Set<String> HARMLESS =
      Set.of(
          "OPTIMIZE",
          "VACUUM START",
          "VACUUM END",
          "ADD COLUMNS",
          "CHANGE COLUMN",
          "SET TBLPROPERTIES",
          "UNSET TBLPROPERTIES",
          "UPGRADE PROTOCOL",
          "COMPUTE STATS",
          "REORG");

  /** What may have a note of ours: rows, and the act by which another topic was adopted. */
  private static final Set<String> OURS = Set.of("WRITE", "STREAMING UPDATE", "SET TBLPROPERTIES");

  private static final String CREATED = "CREATE TABLE";

  private final String topicId;
  private final String applicationId;
  private final Offsets begins;
  private final Supplier<Offsets> rows;

  /**
   * @param rows the offsets behind the last row of each partition of the topic; asked only if they
   *     must be
   */
  public TablePosition(TableDescription table, Supplier<Offsets> rows) {
    this.topicId = table.topicId();
    this.applicationId = table.applicationId();
    this.begins = table.begins();
    this.rows = () -> rows.get().furthest(table.begins());
  }

  /**
   * Where the table stands at its newest commit.
   *
   * @param history from the newest commit backwards, for as far as it is kept
   * @param known where it stood at an older version, where the walk back may end
   */
  public TableState at(long version, Iterator<Commit> history, Optional<TableState> known) {
    boolean harmless = true;
    while (history.hasNext()) {
      Commit commit = history.next();
      if (commit.operation().equals(CREATED)) {
        return TableState.of(version, harmless ? begins : rows.get());
      }
      Optional<CommitNote> note = note(commit);
      if (note.isPresent()) {
        return harmless ? exact(version, note.get()) : fromRows(version, note.get(), history);
      }
      // Behind the notes: a log that was put back from a copy may have other commits of its number.
      if (harmless && known.isPresent() && known.get().version() == commit.version()) {
        return known.get().at(version);
      }
      harmless &= isHarmless(commit);
    }
    return TableState.of(version, rows.get());
  }

  /**
   * What a quarantine table holds of a topic, by the newest note of that topic; nothing where
   * somebody else's commit came after it, or the log does not go back that far.
   *
   * @param history from the newest commit backwards, for as far as it is kept
   */
  public static Optional<Held> held(String topicId, Iterator<Commit> history) {
    while (history.hasNext()) {
      Commit commit = history.next();
      if (commit.operation().equals(CREATED)) {
        return Optional.of(Held.NOTHING);
      }
      Optional<CommitNote> note = anyNote(commit);
      if (note.isPresent() && note.get().topicId().equals(topicId)) {
        return Optional.of(new Held(note.get().to(), note.get().quarantined()));
      }
      if (note.isEmpty() && !isHarmless(commit)) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  /**
   * Where the newest commit of ours ended, whatever came after it: what is before that was landed
   * once, and somebody took it away if it is not there. Empty where the log no longer tells.
   *
   * @param history from the newest commit backwards
   */
  public Optional<Offsets> landed(Iterator<Commit> history) {
    while (history.hasNext()) {
      Optional<CommitNote> note = note(history.next());
      if (note.isPresent()) {
        return note.map(CommitNote::to);
      }
    }
    return Optional.empty();
  }

  private static boolean isHarmless(Commit commit) {
    return HARMLESS.contains(commit.operation())
        || (OURS.contains(commit.operation())
            && commit.userMetadata().map(SupplyNote::isOne).orElse(false));
  }

  /** The note of a commit that landed rows of this topic, or adopted it. */
  private Optional<CommitNote> note(Commit commit) {
    return anyNote(commit).filter(note -> note.topicId().equals(topicId));
  }

  private static Optional<CommitNote> anyNote(Commit commit) {
    if (!OURS.contains(commit.operation())) {
      return Optional.empty();
    }
    return commit.userMetadata().flatMap(CommitNote::parse);
  }

  private TableState exact(long version, CommitNote newest) {
    return new TableState(
        version, newest.to(), transaction(newest), newest.writer(), newest.quarantined());
  }

  /**
   * Where a commit of ours has left rows, all before it is in the table too, with the markers that
   * no row tells of. A commit that brought no row, because all of its records went to quarantine,
   * leaves no trace in the rows: it counts as long as the one before it does.
   *
   * @param older what came before it, down to the newest commit of the application: it may be that
   *     RESTORE took the table back to an older epoch
   */
  private TableState fromRows(long version, CommitNote newest, Iterator<Commit> older) {
    Offsets ends = rows.get();
    Offsets withoutRows = Offsets.START;
    OptionalLong transaction = transaction(newest);
    Optional<CommitNote> landed = Optional.of(newest);
    while (landed.isPresent() && landed.get().rows() == 0) {
      withoutRows = withoutRows.furthest(landed.get().to());
      landed = nextNote(older);
      if (transaction.isEmpty() && landed.isPresent()) {
        transaction = transaction(landed.get());
      }
    }
    while (transaction.isEmpty() && older.hasNext()) {
      transaction = note(older.next()).map(this::transaction).orElse(OptionalLong.empty());
    }
    boolean there = landed.isEmpty() || ends.isBeyond(landed.get().from());
    Offsets position =
        there
            ? ends.furthest(landed.map(CommitNote::from).orElse(Offsets.START))
                .furthest(withoutRows)
            : ends;
    return new TableState(version, position, transaction, "", there ? newest.quarantined() : 0);
  }

  private Optional<CommitNote> nextNote(Iterator<Commit> older) {
    while (older.hasNext()) {
      Optional<CommitNote> note = note(older.next());
      if (note.isPresent()) {
        return note;
      }
    }
    return Optional.empty();
  }

  private OptionalLong transaction(CommitNote note) {
    return note.applicationId().equals(applicationId)
        ? OptionalLong.of(Transaction.from(applicationId, note.from()).version())
        : OptionalLong.empty();
  }
}
