package io.landfall.sandbox.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** How many rows a young table holds, from the commits in its log: cheap enough to ask often. */
final class LandedRows {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path log;
  private long rows;
  private int version;

  LandedRows(Path table) {
    this.log = table.resolve("_delta_log");
  }

  /** The rows of all commits until now. */
  long count() {
    try {
      while (true) {
        for (String action : Files.readAllLines(log.resolve("%020d.json".formatted(version)))) {
          rows += added(JSON.readTree(action));
        }
        version++;
      }
    } catch (NoSuchFileException e) {
      // The commit that comes next has not come yet.
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long added(JsonNode action) throws IOException {
    JsonNode statistics = action.path("add").path("stats");
    return statistics.isTextual()
        ? JSON.readTree(statistics.asText()).path("numRecords").asLong()
        : 0;
  }
}
