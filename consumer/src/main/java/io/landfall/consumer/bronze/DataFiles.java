package io.landfall.consumer.bronze;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * Whether the files that a table's log names are there, as long as the log says. Each folder that
 * has some is listed once, which is one listing unless the table is partitioned; no file is opened.
 */
final class DataFiles {

  /** How much a file must have, if the log does not tell. */
  static final long ANY_SIZE = -1;

  /**
   * A file as the log names it.
   *
   * @param path encoded as in a URI; relative to the table's folder, or absolute
   * @param bytes its length, or {@link #ANY_SIZE}
   */
  record Named(String path, long bytes) {}

  private DataFiles() {}

  /** What is wrong with each file that is missing or has another length. */
  static List<String> problems(Path table, Iterable<Named> files, Configuration configuration)
      throws IOException {
    Map<Path, Map<String, Named>> byFolder = new TreeMap<>();
    for (Named file : files) {
      Path path = new Path(URI.create(file.path()));
      Path absolute = path.isAbsolute() ? path : new Path(table, path);
      byFolder
          .computeIfAbsent(absolute.getParent(), folder -> new TreeMap<>())
          .put(absolute.getName(), file);
    }
    List<String> problems = new ArrayList<>();
    for (Map.Entry<Path, Map<String, Named>> folder : byFolder.entrySet()) {
      problems.addAll(problems(folder.getKey(), folder.getValue(), configuration));
    }
    return problems;
  }

  private static List<String> problems(
      Path folder, Map<String, Named> wanted, Configuration configuration) throws IOException {
    List<String> problems = new ArrayList<>();
    try {
      RemoteIterator<FileStatus> entries =
          folder.getFileSystem(configuration).listStatusIterator(folder);
      while (entries.hasNext()) {
        FileStatus entry = entries.next();
        Named file = entry.isFile() ? wanted.remove(entry.getPath().getName()) : null;
        if (file != null && file.bytes() != ANY_SIZE && file.bytes() != entry.getLen()) {
          problems.add(
              "%s has %,d bytes, not %,d".formatted(file.path(), entry.getLen(), file.bytes()));
        }
      }
    } catch (FileNotFoundException e) {
      // No folder: all that should be in it is missing.
    }
    wanted.values().forEach(file -> problems.add(file.path() + " is missing"));
    return problems;
  }
}
