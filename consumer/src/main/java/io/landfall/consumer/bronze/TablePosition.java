package io.landfall.consumer.bronze;

import io.landfall.consumer.landing.Offsets;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * Finds out which part of the topic a table holds: from the newest commit of ours, or from the rows
 * themselves.
 *
 * <p>The note in a commit is exact, with the markers and aborted records behind the last row. It
 * counts only if no commit after it brought or took rows, by its actions. After one that did,
 * RESTORE above all, the rows are asked: they are what is there, whatever the log tells.
 * Transaction versions are never asked, because RESTORE does not take them back.
 */
public final class TablePosition {

  private final TableDescription table;
  private final Supplier<Offsets> rows;

  /**
   * @param rows the offsets behind the last row of each partition of the topic; asked only if they
   *     must be
   */
  public TablePosition(TableDescription table, Supplier<Offsets> rows) {
    this.table = table;
    this.rows = () -> rows.get().furthest(table.begins());
  }

  /**
   * Where the table stands at its newest commit, with what happened to it unseen.
   *
   * @param history from the newest commit backwards, for as far as it is kept
   * @param known where it stood at an older version, where the walk back may end
   */
  public TableState at(long version, Iterator<Commit> history, Optional<TableState> known) {
    RecentCommits recent = new RecentCommits(table, version, history, known);
    return at(version, recent).after(recent.unseen());
  }

  /**
   * What happened to a table that nobody has answered for, the oldest commit first, with those of
   * ours between them; where it stands is not asked.
   */
  public static List<Commit> unseen(
      TableDescription table, long version, Iterator<Commit> history) {
    return new RecentCommits(table, version, history, Optional.empty()).unseen();
  }

  private TableState at(long version, RecentCommits recent) {
    if (recent.reached().isPresent()) {
      return recent.reached().get().at(version);
    }
    if (recent.newest().isPresent()) {
      CommitNote newest = recent.newest().get();
      return recent.rowsChanged() ? fromRows(version, newest, recent) : exact(version, newest);
    }
    boolean empty = recent.fromTheBeginning() && !recent.rowsChanged();
    return TableState.of(version, empty ? table.begins() : rows.get());
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
      Optional<CommitNote> note = commit.note();
      if (note.isPresent() && note.get().topicId().equals(topicId)) {
        return Optional.of(new Held(note.get().to(), note.get().quarantined()));
      }
      if (note.isEmpty() && !commit.isSupply() && commit.files().changeRows()) {
        return Optional.empty();
      }
      if (commit.version() == 0) {
        return Optional.of(Held.NOTHING);
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
      Optional<CommitNote> note =
          history.next().note().filter(each -> each.topicId().equals(table.topicId()));
      if (note.isPresent()) {
        return note.map(CommitNote::to);
      }
    }
    return Optional.empty();
  }

  private TableState exact(long version, CommitNote newest) {
    return new TableState(
        version,
        newest.to(),
        transaction(newest),
        newest.writer(),
        newest.quarantined(),
        List.of());
  }

  /**
   * After rows were put in, all that the newest note tells is still there, with the markers and the
   * quarantined records behind the last row. After rows were taken, the rows alone tell what is
   * left: a table that was restored may have come from another life than the notes before. What no
   * row tells is read again then, and brings nothing. The transaction is that of the application's
   * newest commit: it may be that RESTORE took the table back to an older epoch.
   */
  private TableState fromRows(long version, CommitNote newest, RecentCommits recent) {
    Offsets ends = rows.get();
    OptionalLong transaction = OptionalLong.empty();
    Iterator<CommitNote> notes = recent.notes();
    while (transaction.isEmpty() && notes.hasNext()) {
      transaction = transaction(notes.next());
    }
    return recent.rowsTaken()
        ? new TableState(version, ends, transaction, "")
        : new TableState(
            version, ends.furthest(newest.to()), transaction, "", newest.quarantined(), List.of());
  }

  private OptionalLong transaction(CommitNote note) {
    return note.applicationId().equals(table.applicationId())
        ? OptionalLong.of(Transaction.from(table.applicationId(), note.from()).version())
        : OptionalLong.empty();
  }
}
