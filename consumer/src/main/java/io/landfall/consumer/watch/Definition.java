package io.landfall.consumer.watch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.landfall.consumer.bronze.Column;
import io.landfall.consumer.bronze.TableDescription;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a log says that a table is, in two actions that need not be in one commit. */
final class Definition {

  private static final JsonMapper JSON = new JsonMapper();

  /** What a writer of an older kind of protocol must meet, by the version that brought it. */
  private static final Map<String, Integer> IMPLIED =
      Map.of(
          "appendOnly", 2,
          "invariants", 2,
          "checkConstraints", 3,
          "generatedColumns", 4,
          "changeDataFeed", 4,
          "columnMapping", 5,
          "identityColumns", 6);

  /** From here on a protocol names its features. */
  private static final int NAMED = 7;

  private @Nullable JsonNode metadata;
  private @Nullable JsonNode protocol;

  void takeMetadata(JsonNode said) {
    metadata = said;
  }

  void takeProtocol(JsonNode said) {
    protocol = said;
  }

  boolean isEmpty() {
    return metadata == null && protocol == null;
  }

  boolean isWhole() {
    return metadata != null && protocol != null;
  }

  /** Takes what it does not know from another. */
  void orElse(Definition older) {
    metadata = metadata == null ? older.metadata : metadata;
    protocol = protocol == null ? older.protocol : protocol;
  }

  /** The table, with no features where the log does not tell them any more. */
  Optional<TableDescription> described() {
    return metadata == null
        ? Optional.empty()
        : Optional.of(described(metadata, protocol == null ? MissingNode.getInstance() : protocol));
  }

  private static TableDescription described(JsonNode metadata, JsonNode protocol) {
    Map<String, String> properties = new TreeMap<>();
    metadata
        .path("configuration")
        .properties()
        .forEach(property -> properties.put(property.getKey(), property.getValue().asText()));
    List<String> partitionColumns = new ArrayList<>();
    metadata.path("partitionColumns").forEach(column -> partitionColumns.add(column.asText()));
    return new TableDescription(
        metadata.path("id").asText(),
        properties,
        partitionColumns,
        features(protocol),
        columns(metadata.path("schemaString").asText()));
  }

  private static Set<String> features(JsonNode protocol) {
    int writer = protocol.path("minWriterVersion").asInt();
    Set<String> features = new HashSet<>();
    if (writer < NAMED) {
      IMPLIED.forEach(
          (feature, since) -> {
            if (since <= writer) {
              features.add(feature);
            }
          });
    }
    protocol.path("writerFeatures").forEach(feature -> features.add(feature.asText()));
    protocol.path("readerFeatures").forEach(feature -> features.add(feature.asText()));
    return features;
  }

  private static List<Column> columns(String schema) {
    List<Column> columns = new ArrayList<>();
    try {
      for (JsonNode field : JSON.readTree(schema).path("fields")) {
        JsonNode type = field.path("type");
        columns.add(
            new Column(
                field.path("name").asText(),
                type.isTextual() ? type.asText() : type.toString(),
                field.path("nullable").asBoolean(true)));
      }
    } catch (JsonProcessingException e) {
      // No column is told then, so that all that were there before are gone.
      return List.of();
    }
    return columns;
  }
}
