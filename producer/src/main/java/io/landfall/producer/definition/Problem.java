package io.landfall.producer.definition;

/**
 * Something that is wrong with a file.
 *
 * @param file as its reader named it
 * @param line counted from 1
 * @param column counted from 1
 * @param message what is wrong, and what to write
 */
public record Problem(String file, int line, int column, String message)
    implements Comparable<Problem> {

  @Override
  public int compareTo(Problem other) {
    return line != other.line
        ? Integer.compare(line, other.line)
        : Integer.compare(column, other.column);
  }

  /** As compilers write it. */
  @Override
  public String toString() {
    return "%s:%d:%d: %s".formatted(file, line, column, message);
  }
}
