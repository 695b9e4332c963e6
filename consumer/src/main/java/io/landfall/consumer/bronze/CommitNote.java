package io.landfall.consumer.bronze;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.landfall.consumer.landing.Offsets;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * What each commit of ours says in its user metadata, as JSON: the offset range that it holds, for
 * every partition, with those in which nothing was new.
 *
 * @param applicationId of the transaction; empty in commits of older releases
 * @param writer of this commit, a name that no other process and no other run has; empty in commits
 *     of older releases
 * @param seen the version up to which its writer had looked at what others did to the table; none
 *     in commits of older releases
 * @param rows that it brings; none where every record of the range is in the quarantine table, and
 *     {@link #ROWS_UNKNOWN} in commits of older releases
 * @param quarantined how many records of the topic, from its start to the end of the range, went to
 *     the quarantine table
 */
public record CommitNote(
    String dataset,
    String topic,
    String topicId,
    String applicationId,
    String writer,
    OptionalLong seen,
    Offsets from,
    Offsets to,
    long rows,
    long quarantined) {

  /** What older releases did not tell; they made no commit without rows. */
  static final long ROWS_UNKNOWN = -1;

  private static final JsonMapper JSON = new JsonMapper();

  public String json() {
    ObjectNode note = JSON.createObjectNode();
    note.put("dataset", dataset).put("topic", topic).put("topicId", topicId);
    note.put("applicationId", applicationId).put("writer", writer);
    seen.ifPresent(version -> note.put("seen", version));
    note.put("rows", rows).put("quarantined", quarantined);
    ObjectNode partitions = note.putObject("partitions");
    for (int partition : to.partitionsWith(from)) {
      ArrayNode range = partitions.putArray(Integer.toString(partition));
      range.add(from.in(partition)).add(Math.max(from.in(partition), to.in(partition)));
    }
    return note.toString();
  }

  /** The same of a writer who has looked at the table up to this version. */
  public CommitNote seen(long version) {
    return new CommitNote(
        dataset,
        topic,
        topicId,
        applicationId,
        writer,
        OptionalLong.of(version),
        from,
        to,
        rows,
        quarantined);
  }

  /** Whether it is of rows of a table's dataset. */
  boolean isOf(TableDescription table) {
    return dataset.equals(table.property(TableProperties.DATASET))
        || topicId.equals(table.topicId());
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
      int partition;
      try {
        partition = Integer.parseInt(range.getKey());
      } catch (NumberFormatException e) {
        return Optional.empty();
      }
      from.put(partition, range.getValue().path(0).asLong());
      to.put(partition, range.getValue().path(1).asLong());
    }
    return Optional.of(
        new CommitNote(
            note.path("dataset").asText(),
            note.path("topic").asText(),
            note.path("topicId").asText(),
            note.path("applicationId").asText(),
            note.path("writer").asText(),
            note.path("seen").isIntegralNumber()
                ? OptionalLong.of(note.path("seen").asLong())
                : OptionalLong.empty(),
            new Offsets(from),
            new Offsets(to),
            note.path("rows").asLong(ROWS_UNKNOWN),
            note.path("quarantined").asLong(0)));
  }
}
