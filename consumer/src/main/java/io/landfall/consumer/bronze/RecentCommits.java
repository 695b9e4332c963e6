package io.landfall.consumer.bronze;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The newest commits of a table, read back to those that somebody has answered for: a commit of
 * ours says up to which version its writer had looked before it, and the table's property {@link
 * TableProperties#ACCEPTED} up to which somebody has looked since. Older ones are not read, however
 * many there are.
 */
final class RecentCommits {

  private final TableDescription table;
  private final Iterator<Commit> history;
  private final Optional<TableState> known;
  private final Deque<Commit> unseen = new ArrayDeque<>();
  private final List<CommitNote> landed = new ArrayList<>();
  private Optional<TableState> reached = Optional.empty();
  private boolean rowsChanged;
  private boolean rowsTaken;
  private boolean beginning;

  /** Commits up to this version are answered for. */
  private long answered;

  /** The newest version that was not read. */
  private long next = Long.MAX_VALUE;

  /**
   * @param version the newest one
   * @param history from the newest commit backwards, for as far as it is kept
   * @param known where the table stood at an older version, where the walk back may end
   */
  RecentCommits(
      TableDescription table, long version, Iterator<Commit> history, Optional<TableState> known) {
    this.table = table;
    this.history = history;
    this.known = known;
    // Nobody can have looked at what was still to come.
    this.answered = table.accepted() < version ? table.accepted() : -1;
    while (reached.isEmpty() && (landed.isEmpty() || next > answered) && history.hasNext()) {
      take(history.next());
    }
  }

  private void take(Commit commit) {
    next = commit.version() - 1;
    Optional<CommitNote> ours = commit.landed(table);
    if (landed.isEmpty()
        && ours.isEmpty()
        && !rowsChanged
        && known.isPresent()
        && known.get().version() == commit.version()) {
      // Behind the notes: a log that was put back from a copy may have other commits of its number.
      reached = known;
      List<Commit> older = known.get().unseen();
      for (int i = older.size() - 1; i >= 0; i--) {
        keep(older.get(i));
      }
      return;
    }
    keep(commit);
    if (ours.isPresent()) {
      answered = Math.max(answered, ours.get().seen().orElse(commit.version() - 1));
    }
    Optional<CommitNote> here = ours.filter(note -> note.topicId().equals(table.topicId()));
    if (here.isPresent()) {
      landed.add(here.get());
    } else if (landed.isEmpty() && !commit.isSupply()) {
      rowsChanged |= commit.files().changeRows();
      rowsTaken |= commit.files().takeRows();
    }
    beginning |= commit.version() == 0;
  }

  private void keep(Commit commit) {
    if (commit.version() > answered) {
      unseen.addFirst(commit);
    }
  }

  /** Those that nobody has answered for, the oldest first, with those of ours between them. */
  List<Commit> unseen() {
    return List.copyOf(unseen);
  }

  /** The note of the newest one that landed rows of the topic. */
  Optional<CommitNote> newest() {
    return landed.stream().findFirst();
  }

  /** Where the table stood at a version behind which nothing was landed and no row changed. */
  Optional<TableState> reached() {
    return reached;
  }

  /** Whether rows may have changed behind the newest one that landed rows of the topic. */
  boolean rowsChanged() {
    return rowsChanged;
  }

  /** Whether rows may be gone that were there behind the newest one that landed rows of it. */
  boolean rowsTaken() {
    return rowsTaken;
  }

  /** Whether these are all that there ever were. */
  boolean fromTheBeginning() {
    return beginning;
  }

  /** The notes of all that landed rows of the topic, the newest first, for as far as is kept. */
  Iterator<CommitNote> notes() {
    Iterator<CommitNote> read = landed.iterator();
    return new Iterator<>() {
      private Optional<CommitNote> next = Optional.empty();

      @Override
      public boolean hasNext() {
        while (next.isEmpty() && (read.hasNext() || history.hasNext())) {
          next =
              read.hasNext()
                  ? Optional.of(read.next())
                  : history
                      .next()
                      .landed(table)
                      .filter(note -> note.topicId().equals(table.topicId()));
        }
        return next.isPresent();
      }

      @Override
      public CommitNote next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        CommitNote note = next.orElseThrow();
        next = Optional.empty();
        return note;
      }
    };
  }
}
