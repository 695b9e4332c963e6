package io.landfall.consumer.bronze;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Optional;

/**
 * What a commit of ours says in its user metadata that does not move the table's position: it
 * brings rows of records that lie before the position, and were left out when it passed them.
 *
 * @param writer of this commit, a name that no other commit has
 */
public record SupplyNote(String dataset, String topic, String topicId, String writer) {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String SUPPLY = "supply";

  public String json() {
    return JSON.createObjectNode()
        .put("dataset", dataset)
        .put("topic", topic)
        .put("topicId", topicId)
        .put("writer", writer)
        .put(SUPPLY, true)
        .toString();
  }

  /** Whether it is of rows of a table's dataset. */
  boolean isOf(TableDescription table) {
    return dataset.equals(table.property(TableProperties.DATASET))
        || topicId.equals(table.topicId());
  }

  /** The note in a commit's user metadata; empty where there is none of this kind. */
  static Optional<SupplyNote> parse(String userMetadata) {
    JsonNode note;
    try {
      note = JSON.readTree(userMetadata);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
    return note.path(SUPPLY).asBoolean() && note.hasNonNull("topicId")
        ? Optional.of(
            new SupplyNote(
                note.path("dataset").asText(),
                note.path("topic").asText(),
                note.path("topicId").asText(),
                note.path("writer").asText()))
        : Optional.empty();
  }
}
