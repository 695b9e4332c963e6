package io.landfall.consumer.damage;

import io.landfall.cli.TableLocation.Folder;
import io.landfall.consumer.bronze.Damage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Whether all the files of a table in a folder are there. */
public final class DamageCheck {

  private final Path table;
  private final Configuration configuration;

  public DamageCheck(Folder folder, Configuration configuration) {
    this.table = new Path(folder.toString());
    this.configuration = configuration;
  }

  /**
   * What is damaged of the table, if anything is: its log, or else files that its newest version
   * names. Listings of its two folders, and a look into the newest commit; no data file is opened.
   *
   * @param newest reads the log; asked only where the log's files are there, and empty if there is
   *     no table
   */
  public Optional<Damage> of(Supplier<Optional<NamedFiles>> newest) {
    Optional<Damage> missing = ofLog();
    if (missing.isPresent()) {
      return missing;
    }
    Optional<NamedFiles> named;
    try {
      named = newest.get();
    } catch (Exception e) {
      // Whoever stumbles over a log that holds something else has no exception of its own for it
      // (Spark's are not even declared); what is in the log tells. Where nothing is wrong with it,
      // the exception stays what it is.
      Optional<Damage> content = ofContent();
      if (content.isEmpty()) {
        throw e instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(e);
      }
      return content;
    }
    Optional<Damage> cut = ofTail();
    return cut.isPresent() ? cut : named.flatMap(this::ofData);
  }

  /** Which files of the log are missing or empty; to be asked before somebody reads it. */
  public Optional<Damage> ofLog() {
    try {
      return log(LogFiles.problems(table, configuration));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<Damage> ofTail() {
    try {
      return log(LogContent.ofNewest(table, configuration).stream().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<Damage> ofContent() {
    try {
      return log(LogContent.problems(table, configuration));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<Damage> log(List<String> problems) {
    return Damage.of(table.toString(), Damage.Part.LOG, "the files of its log", problems);
  }

  private Optional<Damage> ofData(NamedFiles newest) {
    try {
      return Damage.of(
          table.toString(),
          Damage.Part.DATA,
          "the %,d data files of version %d".formatted(newest.files().size(), newest.version()),
          DataFiles.problems(table, newest.files(), configuration));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
