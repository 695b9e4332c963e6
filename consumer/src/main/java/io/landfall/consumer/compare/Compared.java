package io.landfall.consumer.compare;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How two tables compare; "here" is ours.
 *
 * @param onlyHere columns that only ours has, but for those with a leading underscore
 * @param keysBoth keys that are compared cell by cell
 * @param ambiguous keys under which the other table has rows that say different things; they are
 *     not compared
 * @param columns that both have, without the key, in our order
 */
public record Compared(
    Side here,
    Side there,
    List<String> onlyHere,
    List<String> onlyThere,
    Keys keysOnlyHere,
    Keys keysOnlyThere,
    Keys ambiguous,
    long keysBoth,
    List<ColumnCells> columns) {

  public Compared {
    onlyHere = List.copyOf(onlyHere);
    onlyThere = List.copyOf(onlyThere);
    columns = List.copyOf(columns);
  }

  /**
   * One of the tables.
   *
   * @param rows that were compared
   */
  public record Side(String table, long rows, long keys) {}

  /** So many, and the first few of them. */
  public record Keys(long count, List<String> examples) {

    public Keys {
      examples = List.copyOf(examples);
    }
  }

  /**
   * The cells of one column.
   *
   * @param differ how many
   * @param largest the largest difference between two numbers
   * @param example the first of those that differ
   */
  public record ColumnCells(
      String column,
      String typeHere,
      String typeThere,
      long differ,
      OptionalDouble largest,
      Optional<Example> example) {}

  /** A cell in both tables. */
  public record Example(String key, String here, String there) {}

  /** How many cells were compared. */
  public long cells() {
    return keysBoth * columns.size();
  }

  /** How many of them differ. */
  public long differing() {
    return columns.stream().mapToLong(ColumnCells::differ).sum();
  }

  /** Whether the two say the same of everything that both have columns for. */
  public boolean isSame() {
    return keysOnlyHere.count() == 0
        && keysOnlyThere.count() == 0
        && ambiguous.count() == 0
        && differing() == 0
        && onlyThere.isEmpty();
  }
}
