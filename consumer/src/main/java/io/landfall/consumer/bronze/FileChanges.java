package io.landfall.consumer.bronze;

import java.util.OptionalLong;

/**
 * What a commit did to the files of a table.
 *
 * @param added files with rows that are new, by what the commit says
 * @param removed files whose rows are gone, by what the commit says
 * @param written files with rows that the table is said to have had already
 * @param replaced files whose rows are said to be in others now
 */
public record FileChanges(Files added, Files removed, Files written, Files replaced) {

  /** What a commit without files does. */
  public static final FileChanges NONE =
      new FileChanges(Files.NONE, Files.NONE, Files.NONE, Files.NONE);

  /**
   * Some files.
   *
   * @param rows that they hold together, without those that are marked as deleted; none where a
   *     file does not tell
   */
  public record Files(long count, OptionalLong rows) {

    public static final Files NONE = new Files(0, OptionalLong.of(0));

    /** So many files of which nobody tells the rows. */
    public static Files of(long count) {
      return count == 0 ? NONE : new Files(count, OptionalLong.empty());
    }

    /** With one more. */
    public Files plus(OptionalLong more) {
      return new Files(
          count + 1,
          rows.isPresent() && more.isPresent()
              ? OptionalLong.of(rows.getAsLong() + more.getAsLong())
              : OptionalLong.empty());
    }

    public boolean isEmpty() {
      return count == 0;
    }

    @Override
    public String toString() {
      String files = count == 1 ? "1 file" : "%,d files".formatted(count);
      return rows.isPresent()
          ? files + " (%,d row%s)".formatted(rows.getAsLong(), rows.getAsLong() == 1 ? "" : "s")
          : files;
    }
  }

  /** Whether the table may have other rows after it than before. */
  public boolean changeRows() {
    return !added.isEmpty() || !removed.isEmpty() || rewriteLoses() || rewriteGains();
  }

  /** Whether rows that the table had before may be gone. */
  public boolean takeRows() {
    return !removed.isEmpty() || rewriteLoses();
  }

  /** Whether files were taken away as if their rows were elsewhere, and they are not. */
  public boolean rewriteLoses() {
    return known()
        ? replaced.rows().getAsLong() > written.rows().getAsLong()
        : written.isEmpty() && !replaced.isEmpty();
  }

  /** Whether files were put in as if the table had had their rows, and it had not. */
  public boolean rewriteGains() {
    return known()
        ? written.rows().getAsLong() > replaced.rows().getAsLong()
        : replaced.isEmpty() && !written.isEmpty();
  }

  private boolean known() {
    return written.rows().isPresent() && replaced.rows().isPresent();
  }
}
