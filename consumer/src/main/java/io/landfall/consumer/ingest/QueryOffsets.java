package io.landfall.consumer.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.landfall.consumer.landing.Offsets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Up to where a query reads in a batch, by its checkpoint, which Spark writes before the batch
 * runs. It knows the markers behind the last record, which no record tells of. How the file looks
 * is no promise of Spark's: where it looks different, nothing is said, and the rows decide alone.
 */
final class QueryOffsets {

  private static final JsonMapper JSON = new JsonMapper();

  /** A version, the batch's settings, then a line for each source. */
  private static final int LINE_OF_SOURCE = 2;

  private final Path checkpoint;
  private final String topic;

  QueryOffsets(Path checkpoint, String topic) {
    this.checkpoint = checkpoint;
    this.topic = topic;
  }

  /** The offset behind what a batch reads, in each partition. */
  Optional<Offsets> end(long batch) {
    try {
      List<String> lines =
          Files.readAllLines(checkpoint.resolve("offsets").resolve(Long.toString(batch)));
      return lines.size() > LINE_OF_SOURCE
          ? offsets(JSON.readTree(lines.get(LINE_OF_SOURCE)).path(topic))
          : Optional.empty();
    } catch (IOException e) {
      // Without the file the rows' own ends are a right position too: markers are read again.
      return Optional.empty();
    }
  }

  private static Optional<Offsets> offsets(JsonNode ends) {
    TreeMap<Integer, Long> offsets = new TreeMap<>();
    for (Map.Entry<String, JsonNode> end : ends.properties()) {
      if (!end.getKey().matches("\\d{1,9}") || !end.getValue().canConvertToLong()) {
        return Optional.empty();
      }
      offsets.put(Integer.parseInt(end.getKey()), end.getValue().asLong());
    }
    return offsets.isEmpty() ? Optional.empty() : Optional.of(new Offsets(offsets));
  }
}
