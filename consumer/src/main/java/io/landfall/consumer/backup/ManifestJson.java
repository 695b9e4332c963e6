package io.landfall.consumer.backup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.landfall.consumer.landing.Offsets;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Manifests as JSON: for people too, so a line for each file. */
final class ManifestJson {

  /** Grows when a reader of before would get something wrong. */
  private static final int FORMAT = 1;

  private static final JsonMapper JSON = new JsonMapper();

  private ManifestJson() {}

  static List<String> lines(Manifest manifest) {
    ObjectNode root = JSON.createObjectNode();
    root.put("format", FORMAT).put("id", manifest.id());
    root.put("createdAt", manifest.createdAt().toString());
    root.put("landfall", manifest.landfall()).put("table", manifest.table());
    List<String> lines = new ArrayList<>();
    String head = root.toString();
    lines.add(head.substring(0, head.length() - 1) + ",\"tables\":[");
    for (int i = 0; i < manifest.tables().size(); i++) {
      table(manifest.tables().get(i), lines);
      lines.add(i + 1 < manifest.tables().size() ? "," : "]}");
    }
    return lines;
  }

  private static void table(TableCopy table, List<String> lines) {
    ObjectNode head = JSON.createObjectNode();
    head.put("suffix", table.suffix()).put("version", table.version());
    head.put("tableId", table.tableId()).put("topicId", table.topicId());
    table
        .position()
        .ifPresent(
            position -> {
              ObjectNode partitions = head.putObject("position");
              position
                  .byPartition()
                  .forEach((partition, offset) -> partitions.put(partition.toString(), offset));
            });
    head.put("rows", table.rows());
    String text = head.toString();
    lines.add(text.substring(0, text.length() - 1) + ",\"data\":[");
    files(table.data(), lines);
    lines.add("],\"log\":[");
    files(table.log(), lines);
    lines.add("]}");
  }

  private static void files(List<StoredFile> files, List<String> lines) {
    for (int i = 0; i < files.size(); i++) {
      StoredFile file = files.get(i);
      ObjectNode node = JSON.createObjectNode();
      node.put("path", file.path()).put("stored", file.stored());
      node.put("bytes", file.bytes()).put("sha256", file.sha256());
      lines.add(node + (i + 1 < files.size() ? "," : ""));
    }
  }

  /**
   * @throws Unreadable if this is no manifest, or one of a newer kind
   */
  static Manifest parse(byte[] content) throws Unreadable {
    JsonNode root;
    try {
      root = JSON.readTree(new String(content, StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new Unreadable("is no JSON");
    }
    if (root.path("format").asInt() > FORMAT) {
      throw new Unreadable("was written by a newer Landfall, " + root.path("landfall").asText());
    }
    try {
      List<TableCopy> tables = new ArrayList<>();
      for (JsonNode table : array(root, "tables")) {
        tables.add(table(table));
      }
      if (tables.isEmpty()) {
        throw new Unreadable("has no tables");
      }
      return new Manifest(
          text(root, "id"),
          Instant.parse(text(root, "createdAt")),
          text(root, "landfall"),
          text(root, "table"),
          tables);
    } catch (DateTimeException | NumberFormatException e) {
      throw new Unreadable("has a value that is none: " + e.getMessage());
    }
  }

  private static TableCopy table(JsonNode table) throws Unreadable {
    Optional<Offsets> position = Optional.empty();
    if (table.path("position").isObject()) {
      TreeMap<Integer, Long> offsets = new TreeMap<>();
      for (Map.Entry<String, JsonNode> entry : table.path("position").properties()) {
        offsets.put(Integer.parseInt(entry.getKey()), entry.getValue().asLong());
      }
      position = Optional.of(new Offsets(offsets));
    }
    return new TableCopy(
        text(table, "suffix"),
        number(table, "version"),
        text(table, "tableId"),
        text(table, "topicId"),
        position,
        number(table, "rows"),
        files(array(table, "data")),
        files(array(table, "log")));
  }

  private static List<StoredFile> files(ArrayNode nodes) throws Unreadable {
    List<StoredFile> files = new ArrayList<>();
    for (JsonNode node : nodes) {
      files.add(
          new StoredFile(
              inside(text(node, "path")),
              inside(text(node, "stored")),
              number(node, "bytes"),
              text(node, "sha256")));
    }
    return files;
  }

  /** A path that leads out of its folder would have a restore write elsewhere. */
  private static String inside(String path) throws Unreadable {
    if (path.isEmpty() || path.startsWith("/") || List.of(path.split("/", -1)).contains("..")) {
      throw new Unreadable("names a file outside of its folder: " + path);
    }
    return path;
  }

  private static String text(JsonNode node, String field) throws Unreadable {
    if (!node.path(field).isTextual()) {
      throw new Unreadable("lacks " + field);
    }
    return node.path(field).asText();
  }

  private static long number(JsonNode node, String field) throws Unreadable {
    if (!node.path(field).isIntegralNumber()) {
      throw new Unreadable("lacks " + field);
    }
    return node.path(field).asLong();
  }

  private static ArrayNode array(JsonNode node, String field) throws Unreadable {
    if (node.path(field) instanceof ArrayNode array) {
      return array;
    }
    throw new Unreadable("lacks " + field);
  }

  /** What keeps a manifest from being one, as the end of a sentence. */
  static final class Unreadable extends Exception {
    Unreadable(String problem) {
      super(problem);
    }

    String problem() {
      return String.valueOf(getMessage());
    }
  }
}
