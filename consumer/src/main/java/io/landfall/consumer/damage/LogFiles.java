package io.landfall.consumer.damage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * Whether the files of a Delta log are all there: from the newest whole checkpoint on, a commit for
 * each version, and none of them empty.
 *
 * <p>Readers do not look that closely. An empty commit is read as one that brought nothing; where
 * the newest commits are gone, the table is taken for an older one. Both would have rows that were
 * landed pass for rows that never came.
 */
final class LogFiles {

  private static final Pattern COMMIT = Pattern.compile("(\\d{20})\\.json");
  private static final Pattern CHECKSUM = Pattern.compile("(\\d{20})\\.crc");
  private static final Pattern CHECKPOINT =
      Pattern.compile(
          "(\\d{20})\\.checkpoint(?:\\.\\d{10}\\.(\\d{10}))?(?:\\.[^.]+)?\\.(?:parquet|json)");

  /** No commit and no checkpoint is as short as a line end or a pair of braces. */
  private static final int NOTHING = 2;

  private static final String LAST_CHECKPOINT = "_last_checkpoint";
  private static final JsonMapper JSON = new JsonMapper();

  private LogFiles() {}

  static boolean isCommit(String name) {
    return COMMIT.matcher(name).matches();
  }

  static boolean isCheckpoint(String name) {
    return CHECKPOINT.matcher(name).matches();
  }

  /** What is wrong with the log of the table in a folder; empty where nothing is, or no log. */
  static List<String> problems(Path table, Configuration configuration) throws IOException {
    Path folder = new Path(table, "_delta_log");
    FileSystem files = folder.getFileSystem(configuration);
    List<String> problems = look(files, folder);
    // A listing is no snapshot: while somebody commits, it may have a version and not the one
    // before. What is really missing is still missing the next time.
    return problems.isEmpty() ? problems : look(files, folder);
  }

  private static List<String> look(FileSystem files, Path folder) throws IOException {
    // Before the listing, so that a checkpoint that is named must be in it.
    OptionalLong named = namedCheckpoint(files, folder);
    Map<String, Long> sizes = new TreeMap<>();
    try {
      RemoteIterator<FileStatus> entries = files.listStatusIterator(folder);
      while (entries.hasNext()) {
        FileStatus entry = entries.next();
        if (entry.isFile()) {
          sizes.put(entry.getPath().getName(), entry.getLen());
        }
      }
    } catch (FileNotFoundException e) {
      return List.of();
    }
    return problems(sizes, named);
  }

  /**
   * The checkpoint that the log points to; none where it does not, or the pointer is unreadable.
   */
  private static OptionalLong namedCheckpoint(FileSystem files, Path folder) throws IOException {
    try (InputStream in = files.open(new Path(folder, LAST_CHECKPOINT))) {
      var version = JSON.readTree(in).path("version");
      return version.isIntegralNumber() ? OptionalLong.of(version.asLong()) : OptionalLong.empty();
    } catch (FileNotFoundException | JsonProcessingException e) {
      // A hint that readers do without.
      return OptionalLong.empty();
    }
  }

  /**
   * The same, from the names and sizes of the log's files.
   *
   * @param named the version of the checkpoint that the log points to
   */
  static List<String> problems(Map<String, Long> sizes, OptionalLong named) {
    TreeMap<Long, Integer> parts = new TreeMap<>();
    TreeMap<Long, Integer> partsWanted = new TreeMap<>();
    TreeSet<Long> commits = new TreeSet<>();
    TreeSet<Long> versions = new TreeSet<>();
    List<String> problems = new ArrayList<>();
    for (Map.Entry<String, Long> file : sizes.entrySet()) {
      Matcher commit = COMMIT.matcher(file.getKey());
      Matcher checksum = CHECKSUM.matcher(file.getKey());
      Matcher checkpoint = CHECKPOINT.matcher(file.getKey());
      if (commit.matches()) {
        commits.add(Long.parseLong(commit.group(1)));
      } else if (checkpoint.matches()) {
        long version = Long.parseLong(checkpoint.group(1));
        int wanted = checkpoint.group(2) == null ? 1 : Integer.parseInt(checkpoint.group(2));
        parts.merge(version, 1, Integer::sum);
        partsWanted.put(version, wanted);
      } else if (checksum.matches()) {
        versions.add(Long.parseLong(checksum.group(1)));
        continue;
      } else {
        continue;
      }
      if (file.getValue() <= NOTHING) {
        problems.add(file.getKey() + " is empty");
      }
    }
    versions.addAll(commits);
    versions.addAll(parts.keySet());
    parts.entrySet().removeIf(p -> p.getValue() < partsWanted.getOrDefault(p.getKey(), 1));
    named.ifPresent(
        version -> {
          if (!parts.containsKey(version)) {
            problems.add("the checkpoint of version %d is missing".formatted(version));
          }
        });
    if (!versions.isEmpty()) {
      problems.addAll(gaps(commits, parts.isEmpty() ? -1 : parts.lastKey(), versions.last()));
    }
    return problems;
  }

  private static List<String> gaps(Set<Long> commits, long checkpoint, long newest) {
    List<String> problems = new ArrayList<>();
    // The commit at a checkpoint says where the table stands, if it is the newest.
    for (long version = Math.min(checkpoint + 1, newest); version <= newest; version++) {
      if (!commits.contains(version)) {
        problems.add("%020d.json is missing".formatted(version));
      }
    }
    return problems;
  }
}
