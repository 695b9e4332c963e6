package io.landfall.consumer.watch;

import io.landfall.consumer.bronze.Commit;
import io.landfall.consumer.bronze.CommitNote;
import io.landfall.consumer.bronze.DecisionNote;
import io.landfall.consumer.bronze.FileChanges;
import io.landfall.consumer.bronze.Redefinition;
import io.landfall.consumer.bronze.TableDescription;
import io.landfall.consumer.bronze.TableProperties;
import io.landfall.consumer.watch.Alarm.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which commits are an alarm: by the actions in the log, for what a commit calls itself is no proof
 * of what it did.
 *
 * <p>An alarm is a file taken out with rows that are not elsewhere in the table; rows that did not
 * come through us, because where a table stands is told by its rows, and one with wrong coordinates
 * would double rows or have them left out; and a definition that protects the table less ({@link
 * Protection}). RESTORE is one in any case: it is somebody's act. All else is not: files rewritten
 * with as many rows as before (OPTIMIZE), VACUUM, new columns, statistics, comments, other
 * properties, a MERGE or a DELETE that changed nothing.
 */
final class Judge {

  private static final String RESTORE = "RESTORE";

  private final TableDescription table;

  Judge(TableDescription table) {
    this.table = table;
  }

  /**
   * What is wrong with commits.
   *
   * @param commits the oldest first
   */
  List<Alarm> of(List<Commit> commits) {
    List<Alarm> alarms = new ArrayList<>();
    @Nullable CommitNote last = null;
    for (Commit commit : commits) {
      alarms.addAll(of(commit));
      Optional<CommitNote> note = commit.landed(table);
      if (note.isPresent()) {
        if (last != null) {
          overlap(commit, last, note.get()).ifPresent(alarms::add);
        }
        last = note.get();
      }
    }
    return alarms;
  }

  private static Optional<Alarm> overlap(Commit commit, CommitNote last, CommitNote note) {
    return last.topicId().equals(note.topicId()) && last.to().isBeyond(note.from())
        ? Optional.of(
            new Alarm(
                commit.version(),
                Kind.OVERLAP,
                "a batch from position %s, though the commit of ours before it ends at %s: rows between may be in the table twice"
                    .formatted(note.from(), last.to()),
                commit.info()))
        : Optional.empty();
  }

  private List<Alarm> of(Commit commit) {
    if (commit.info().operation().equals(RESTORE)) {
      return List.of(alarm(commit, Kind.RESTORED, restored(commit)));
    }
    List<Alarm> alarms = new ArrayList<>();
    FileChanges files = commit.files();
    if (!files.removed().isEmpty()) {
      alarms.add(
          alarm(
              commit,
              Kind.ROWS_REMOVED,
              "%s taken out, and %s put in: rows were deleted, updated or overwritten"
                  .formatted(files.removed(), files.added())));
    } else if (files.rewriteLoses()) {
      alarms.add(
          alarm(
              commit,
              Kind.ROWS_REMOVED,
              "%s rewritten as %s: rows are gone, though the commit says that none changed"
                  .formatted(files.replaced(), files.written())));
    }
    if (alarms.isEmpty() && !commit.bringsOurs(table)) {
      foreignRows(commit).ifPresent(alarms::add);
    }
    commit.redefinition().ifPresent(redefinition -> alarms.addAll(redefined(commit, redefinition)));
    return alarms;
  }

  private Optional<Alarm> foreignRows(Commit commit) {
    FileChanges files = commit.files();
    if (!files.added().isEmpty()) {
      return Optional.of(
          alarm(
              commit,
              Kind.FOREIGN_ROWS,
              "%s put in by somebody else: rows that did not come from the topic through landfall, by whose coordinates the table may stand elsewhere than it does"
                  .formatted(files.added())));
    }
    return files.rewriteGains()
        ? Optional.of(
            alarm(
                commit,
                Kind.FOREIGN_ROWS,
                "%s rewritten as %s: there are more rows, though the commit says that none changed"
                    .formatted(files.replaced(), files.written())))
        : Optional.empty();
  }

  private List<Alarm> redefined(Commit commit, Redefinition redefinition) {
    if (commit.version() == 0) {
      // Whether what was created is a table of ours is looked at before anything else.
      return List.of();
    }
    boolean decided = commit.info().userMetadata().flatMap(DecisionNote::parse).isPresent();
    boolean adopted =
        commit.isAdoption(table)
            && commit
                .note()
                .filter(note -> note.topicId().equals(redefinition.after().topicId()))
                .isPresent();
    return new Protection(commit, redefinition)
        .alarms().stream()
            .filter(alarm -> !decided || alarm.kind() != Kind.PROPERTY)
            .filter(alarm -> !adopted || !alarm.isOf(TableProperties.TOPIC_ID))
            .toList();
  }

  private static String restored(Commit commit) {
    FileChanges files = commit.files();
    return "the table was restored to an older version: %s taken out, %s put back"
        .formatted(
            files.removed().isEmpty() ? files.replaced() : files.removed(),
            files.added().isEmpty() ? files.written() : files.added());
  }

  private static Alarm alarm(Commit commit, Kind kind, String what) {
    return new Alarm(commit.version(), kind, what, commit.info());
  }
}
