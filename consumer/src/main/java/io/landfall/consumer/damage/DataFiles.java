package io.landfall.consumer.damage;

import io.landfall.consumer.damage.NamedFiles.NamedFile;
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

  private DataFiles() {}

  /** What is wrong with each file that is missing or has another length. */
  static List<String> problems(Path table, Iterable<NamedFile> files, Configuration configuration)
      throws IOException {
    Path root = table.getFileSystem(configuration).makeQualified(table);
    Map<Path, Map<String, Long>> byFolder = new TreeMap<>();
    for (NamedFile file : files) {
      Path path = new Path(URI.create(file.path()));
      Path absolute =
          path.isAbsolute()
              ? path.getFileSystem(configuration).makeQualified(path)
              : new Path(root, path);
      byFolder
          .computeIfAbsent(absolute.getParent(), folder -> new TreeMap<>())
          .put(absolute.getName(), file.bytes());
    }
    List<String> problems = new ArrayList<>();
    for (Map.Entry<Path, Map<String, Long>> folder : byFolder.entrySet()) {
      Map<String, String> found = problems(folder.getKey(), folder.getValue(), configuration);
      found.forEach(
          (name, problem) -> {
            URI file = new Path(folder.getKey(), name).toUri();
            problems.add(root.toUri().relativize(file).getPath() + problem);
          });
    }
    return problems;
  }

  /**
   * By the names of the files; {@code wanted} has their lengths, and loses those that are there.
   */
  private static Map<String, String> problems(
      Path folder, Map<String, Long> wanted, Configuration configuration) throws IOException {
    Map<String, String> problems = new TreeMap<>();
    try {
      RemoteIterator<FileStatus> entries =
          folder.getFileSystem(configuration).listStatusIterator(folder);
      while (entries.hasNext()) {
        FileStatus entry = entries.next();
        String name = entry.getPath().getName();
        Long bytes = entry.isFile() ? wanted.remove(name) : null;
        if (bytes != null && bytes != NamedFile.ANY_SIZE && bytes != entry.getLen()) {
          problems.put(name, " has %,d bytes, not %,d".formatted(entry.getLen(), bytes));
        }
      }
    } catch (FileNotFoundException e) {
      // No folder: all that should be in it is missing.
    }
    wanted.keySet().forEach(name -> problems.put(name, " is missing"));
    return problems;
  }
}
