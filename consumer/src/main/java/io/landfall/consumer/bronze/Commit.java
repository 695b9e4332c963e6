package io.landfall.consumer.bronze;

import java.util.Optional;
import java.util.Set;

/**
 * An entry of a table's log: who did what to it.
 *
 * @param info what whoever committed it says of it
 * @param files what it did to the table's files
 * @param redefinition what it did to the table's definition, if anything
 */
public record Commit(
    long version, CommitInfo info, FileChanges files, Optional<Redefinition> redefinition) {

  private static final Set<String> APPENDS = Set.of("WRITE", "STREAMING UPDATE");

  /** The note of one that landed rows. */
  public Optional<CommitNote> note() {
    return APPENDS.contains(info.operation())
        ? info.userMetadata().flatMap(CommitNote::parse)
        : Optional.empty();
  }

  /**
   * Whether it is one by which rows of the table's dataset were landed, of whichever topic of the
   * table's name: a topic that was made anew has another id.
   */
  public boolean isOurs(TableDescription table) {
    return note().filter(note -> note.isOf(table)).isPresent();
  }
}
