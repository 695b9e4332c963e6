package io.landfall.consumer.bronze;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.landfall.consumer.landing.Offsets;

/**
 * What a commit says that puts back rows which the table had lost. It is no {@link CommitNote}: all
 * of its rows lie before the table's position, which stays where it is.
 *
 * @param found the version at which they were found missing
 * @param before the position that they lie before
 */
public record RepairNote(
    String dataset, String topic, String topicId, long found, long rows, Offsets before) {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String REPAIRED = "repaired";

  public String json() {
    ObjectNode note = JSON.createObjectNode();
    note.put("dataset", dataset).put("topic", topic).put("topicId", topicId);
    ObjectNode repaired = note.putObject(REPAIRED);
    repaired.put("version", found).put("rows", rows);
    ObjectNode partitions = repaired.putObject("before");
    before.byPartition().forEach((partition, offset) -> partitions.put("" + partition, offset));
    return note.toString();
  }

  /**
   * By what Delta tells one repair from another: of two that found the same rows missing at one
   * version it takes one.
   */
  public static Transaction transaction(String applicationId, long found) {
    return new Transaction(applicationId + "/repair", found);
  }

  /** Whether a commit's user metadata is such a note. */
  static boolean isIn(String userMetadata, String topicId) {
    try {
      JsonNode note = JSON.readTree(userMetadata);
      return note.path(REPAIRED).isObject() && note.path("topicId").asText().equals(topicId);
    } catch (JsonProcessingException e) {
      return false;
    }
  }
}
