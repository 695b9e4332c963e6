package io.landfall.consumer.damage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

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
