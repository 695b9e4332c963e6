package io.landfall.consumer.bronze;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.landfall.consumer.landing.Offsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What each commit of ours says in its user metadata, as JSON: the stretch of the topic it holds,
 * for every partition, with those in which nothing was new.
 */
record CommitNote(String dataset, String topic, String topicId, Offsets from, Offsets to) {

  private static final JsonMapper JSON = new JsonMapper();

  String json() {
    ObjectNode note = JSON.createObjectNode();
    note.put("dataset", dataset).put("topic", topic).put("topicId", topicId);
    ObjectNode partitions = note.putObject("partitions");
    for (Map.Entry<Integer, Long> end : to.byPartition().entrySet()) {
      ArrayNode range = partitions.putArray(end.getKey().toString());
      range.add(from.in(end.getKey())).add(end.getValue().longValue());
    }
    return note.toString();
  }

  /** The note in a commit's user metadata; empty where there is none of ours. */
  static Optional<CommitNote> parse(String userMetadata) {
    JsonNode note;
    try {
      note = JSON.readTree(userMetadata);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
    if (!note.path("partitions").isObject() || !note.hasNonNull("topicId")) {
      return Optional.empty();
    }
    TreeMap<Integer, Long> from = new TreeMap<>();
    TreeMap<Integer, Long> to = new TreeMap<>();
    for (Map.Entry<String, JsonNode> range : note.path("partitions").properties()) {
      int partition = Integer.parseInt(range.getKey());
      from.put(partition, range.getValue().path(0).asLong());
      to.put(partition, range.getValue().path(1).asLong());
    }
    return Optional.of(
        new CommitNote(
            note.path("dataset").asText(),
            note.path("topic").asText(),
            note.path("topicId").asText(),
            new Offsets(from),
            new Offsets(to)));
  }
}
