package io.landfall.consumer.damage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * Finds the files of a log that are there and hold something else than a log. Readers that stumble
 * over one rarely say over which; so this reads them all, and is only asked when one has stumbled.
 */
final class LogContent {

  private static final JsonMapper JSON = new JsonMapper();
  private static final byte[] PARQUET = "PAR1".getBytes(StandardCharsets.US_ASCII);

  private LogContent() {}

  /**
   * One problem for each such file of the table in a folder.
   *
   * @throws IOException if a file cannot be read for a reason that is not in it
   */
  static List<String> problems(Path table, Configuration configuration) throws IOException {
    Path folder = new Path(table, "_delta_log");
    FileSystem files = folder.getFileSystem(configuration);
    List<String> problems = new ArrayList<>();
    FileStatus[] entries = files.listStatus(folder);
    Arrays.sort(entries);
    for (FileStatus entry : entries) {
      String name = entry.getPath().getName();
      if (LogFiles.isCommit(name) && !isJson(files, entry)) {
        problems.add(name + " is no commit");
      } else if (LogFiles.isCheckpoint(name)
          && name.endsWith(".parquet")
          && !isParquet(files, entry)) {
        problems.add(name + " is no checkpoint");
      }
    }
    return problems;
  }

  /**
   * What is wrong with the newest commit, which a crash may have cut at the end of a line: it then
   * reads like a whole one that brought less.
   */
  static Optional<String> ofNewest(Path table, Configuration configuration) throws IOException {
    Path folder = new Path(table, "_delta_log");
    FileSystem files = folder.getFileSystem(configuration);
    Optional<Path> newest = Optional.empty();
    try {
      RemoteIterator<FileStatus> entries = files.listStatusIterator(folder);
      while (entries.hasNext()) {
        Path entry = entries.next().getPath();
        if (LogFiles.isCommit(entry.getName())
            && newest.map(path -> path.getName().compareTo(entry.getName()) < 0).orElse(true)) {
          newest = Optional.of(entry);
        }
      }
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
    return newest.isPresent() ? ofCommit(files, newest.get()) : Optional.empty();
  }

  private static Optional<String> ofCommit(FileSystem files, Path commit) throws IOException {
    long said = 0;
    long brought = 0;
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(files.open(commit), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode action = JSON.readTree(line);
        said = Math.max(said, rows(action.path("commitInfo")));
        String statistics = action.path("add").path("stats").asText();
        if (!statistics.isEmpty()) {
          brought += JSON.readTree(statistics).path("numRecords").asLong();
        }
      }
    } catch (JsonProcessingException | ChecksumException e) {
      // Whoever reads the log stumbles over it.
      return Optional.empty();
    }
    return brought < said
        ? Optional.of(
            "%s is cut: it says that it brought %,d rows, and names files of %,d"
                .formatted(commit.getName(), said, brought))
        : Optional.empty();
  }

  /** How many rows a commit says that it brought: by our note, or by Spark's figures. */
  private static long rows(JsonNode commitInfo) throws JsonProcessingException {
    if (!commitInfo.path("operation").asText().equals("WRITE")) {
      return 0;
    }
    String note = commitInfo.path("userMetadata").asText();
    if (note.startsWith("{")) {
      JsonNode rows = JSON.readTree(note).path("rows");
      if (rows.isIntegralNumber()) {
        return rows.asLong();
      }
    }
    return commitInfo.path("operationMetrics").path("numOutputRows").asLong();
  }

  private static boolean isJson(FileSystem files, FileStatus file) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(files.open(file.getPath()), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isBlank() && !JSON.readTree(line).isObject()) {
          return false;
        }
      }
      return true;
    } catch (JsonProcessingException | ChecksumException e) {
      return false;
    }
  }

  private static boolean isParquet(FileSystem files, FileStatus file) throws IOException {
    if (!file.isFile() || file.getLen() < 3L * PARQUET.length) {
      return false;
    }
    byte[] end = new byte[PARQUET.length];
    try (FSDataInputStream in = files.open(file.getPath())) {
      in.readFully(file.getLen() - end.length, end);
      return Arrays.equals(end, PARQUET);
    } catch (ChecksumException e) {
      return false;
    }
  }
}
