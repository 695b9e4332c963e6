package io.landfall.consumer.bronze;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** Whether all the files of a table are there; needs no Spark. */
public final class DamageCheck {

  private DamageCheck() {}

  /**
   * What is damaged of the table in a folder, if anything is: its log, or else data files that its
   * newest version names. One listing of each of its two folders; no data file is opened.
   */
  public static Optional<Damage> of(Path table, Configuration configuration) {
    Optional<Damage> missing = ofLog(table, configuration);
    if (missing.isPresent()) {
      return missing;
    }
    try {
      return ofData(table, configuration);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      // Kernel has no exception of its own for a log that holds something else; what is in the log
      // tells. Where nothing is wrong with it, the exception stays what it is.
      return Optional.of(ofContent(table, configuration).orElseThrow(() -> e));
    }
  }

  /** Which files of the log are missing or empty; to be asked before somebody reads it. */
  static Optional<Damage> ofLog(Path table, Configuration configuration) {
    try {
      return log(table, LogFiles.problems(hadoop(table), configuration));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<Damage> ofContent(Path table, Configuration configuration) {
    try {
      return log(table, LogContent.problems(hadoop(table), configuration));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<Damage> log(Path table, List<String> problems) {
    return Damage.of(table.toString(), Damage.Part.LOG, "the files of its log", problems);
  }

  private static Optional<Damage> ofData(Path table, Configuration configuration)
      throws IOException {
    SnapshotFiles newest = SnapshotFiles.of(table, configuration);
    return Damage.of(
        table.toString(),
        Damage.Part.DATA,
        "the %,d data files of version %d".formatted(newest.files().size(), newest.version()),
        DataFiles.problems(hadoop(table), newest.files(), configuration));
  }

  private static org.apache.hadoop.fs.Path hadoop(Path table) {
    return new org.apache.hadoop.fs.Path(table.toUri());
  }
}
