package io.landfall.consumer.watch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.landfall.consumer.bronze.BronzeSchema;
import io.landfall.consumer.bronze.CommitNote;
import io.landfall.consumer.bronze.TableProperties;
import io.landfall.consumer.landing.Offsets;
import io.landfall.consumer.testing.Readings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A table's log, written by hand: also what no engine would write. */
final class LogFolder {

  private static final JsonMapper JSON = new JsonMapper();

  /** What a table of readings is. */
  static final class Metadata {
    final Map<String, String> properties =
        new TreeMap<>(TableProperties.of(Readings.FIRST, Readings.TOPIC_ID));

    /** Names and types. */
    final Map<String, String> columns = new TreeMap<>();

    String id = "the table";

    Metadata() {
      for (var column : BronzeSchema.columns(Readings.FIRST.schema()).fields()) {
        columns.put(column.name(), column.dataType().typeName());
      }
    }

    ObjectNode json() {
      ObjectNode schema = JSON.createObjectNode().put("type", "struct");
      ArrayNode fields = schema.putArray("fields");
      columns.forEach(
          (name, type) ->
              fields.addObject().put("name", name).put("type", type).put("nullable", true));
      ObjectNode metadata = JSON.createObjectNode().put("id", id);
      metadata.put("schemaString", schema.toString());
      metadata.putArray("partitionColumns");
      properties.forEach(metadata.putObject("configuration")::put);
      return metadata;
    }
  }

  /** The lines of one commit. */
  static final class Lines {
    private final List<JsonNode> lines = new ArrayList<>();

    Lines info(String operation, String userMetadata) {
      ObjectNode info = line("commitInfo");
      info.put("timestamp", 1_700_000_000_000L)
          .put("operation", operation)
          .put("engineInfo", "somebody's engine");
      if (!userMetadata.isEmpty()) {
        info.put("userMetadata", userMetadata);
      }
      return this;
    }

    Lines add(String path, long rows, long deleted, boolean dataChange) {
      file(line("add"), path, rows, deleted, dataChange);
      return this;
    }

    Lines remove(String path, long rows, long deleted, boolean dataChange) {
      file(line("remove"), path, rows, deleted, dataChange);
      return this;
    }

    private static void file(
        ObjectNode file, String path, long rows, long deleted, boolean dataChange) {
      file.put("path", path).put("dataChange", dataChange);
      file.put("stats", "{\"numRecords\":%d}".formatted(rows));
      if (deleted > 0) {
        file.putObject("deletionVector").put("cardinality", deleted);
      }
    }

    Lines metadata(Metadata metadata) {
      line("metaData").setAll(metadata.json());
      return this;
    }

    Lines protocol(int reader, int writer, String... features) {
      ObjectNode protocol = line("protocol");
      protocol.put("minReaderVersion", reader).put("minWriterVersion", writer);
      ArrayNode named = protocol.putArray("writerFeatures");
      List.of(features).forEach(named::add);
      return this;
    }

    private ObjectNode line(String action) {
      ObjectNode line = JSON.createObjectNode();
      lines.add(line);
      return line.putObject(action);
    }
  }

  private final Path table;
  private long next;

  LogFolder(Path table) {
    this.table = table;
    try {
      Files.createDirectories(table.resolve("_delta_log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    commit(lines -> lines.info("CREATE TABLE", "").metadata(new Metadata()).protocol(1, 2));
  }

  /** Where the log is part of. */
  Path table() {
    return table;
  }

  /** The newest version. */
  long version() {
    return next - 1;
  }

  /** Writes a commit, and says which version it is. */
  long commit(Consumer<Lines> content) {
    Lines lines = new Lines();
    content.accept(lines);
    try {
      Files.writeString(
          table.resolve("_delta_log").resolve("%020d.json".formatted(next)),
          String.join("\n", lines.lines.stream().map(JsonNode::toString).toList()) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return next++;
  }

  /** What a commit of ours notes. */
  static String note(long from, long to, long seen) {
    return new CommitNote(
            "readings",
            "weather.readings.v1",
            Readings.TOPIC_ID,
            Readings.TOPIC_ID,
            "a writer",
            OptionalLong.of(seen),
            new Offsets(Map.of(0, from)),
            new Offsets(Map.of(0, to)),
            to - from,
            0)
        .json();
  }
}
