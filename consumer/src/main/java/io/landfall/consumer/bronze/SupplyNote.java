package io.landfall.consumer.bronze;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

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

  /** Whether a commit's user metadata are such a note. */
  static boolean isOne(String userMetadata) {
    try {
      JsonNode note = JSON.readTree(userMetadata);
      return note.path(SUPPLY).asBoolean() && note.hasNonNull("topicId");
    } catch (JsonProcessingException e) {
      return false;
    }
  }
}
