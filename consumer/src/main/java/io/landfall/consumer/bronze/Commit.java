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

  /** What brings rows, by Delta's names. */
  private static final Set<String> APPENDS = Set.of("WRITE", "STREAMING UPDATE");

  /** What sets properties, as the adoption of another topic does. */
  private static final String DEFINES = "SET TBLPROPERTIES";

  /** The note of one that landed rows, or adopted a topic. */
  public Optional<CommitNote> note() {
    return APPENDS.contains(info.operation()) || isDefinition()
        ? info.userMetadata().flatMap(CommitNote::parse)
        : Optional.empty();
  }

  /** Whether it is one that brought rows of records that the table had passed. */
  public boolean isSupply() {
    return supply().isPresent();
  }

  private Optional<SupplyNote> supply() {
    return APPENDS.contains(info.operation())
        ? info.userMetadata().flatMap(SupplyNote::parse)
        : Optional.empty();
  }

  /** Whether it adopted another topic for the table's dataset. */
  public boolean isAdoption(TableDescription table) {
    return isDefinition() && landed(table).isPresent();
  }

  private boolean isDefinition() {
    return info.operation().equals(DEFINES);
  }

  /**
   * The note of one by which rows of the table's dataset were landed, of whichever topic of the
   * table's name: a topic that was made anew has another id.
   */
  public Optional<CommitNote> landed(TableDescription table) {
    return note().filter(note -> note.isOf(table));
  }

  /** Whether rows that it brought came from the table's topic through us. */
  public boolean bringsOurs(TableDescription table) {
    return (landed(table).isPresent() && !isDefinition())
        || supply().filter(note -> note.isOf(table)).isPresent();
  }
}
