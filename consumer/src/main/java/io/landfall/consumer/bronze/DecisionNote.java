package io.landfall.consumer.bronze;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Optional;

/**
 * What a commit says in its user metadata by which somebody, through a command of ours, decided how
 * to go on with a table.
 *
 * @param decision in a word
 * @param by the user of this machine who gave the command, as far as it tells
 */
public record DecisionNote(String decision, String by) {

  private static final String KEY = "landfall.decision";
  private static final JsonMapper JSON = new JsonMapper();

  public String json() {
    return JSON.createObjectNode().put(KEY, decision).put("by", by).toString();
  }

  /** The note in a commit's user metadata; empty where there is none of this kind. */
  public static Optional<DecisionNote> parse(String userMetadata) {
    try {
      var note = JSON.readTree(userMetadata);
      return note.path(KEY).isTextual()
          ? Optional.of(new DecisionNote(note.path(KEY).asText(), note.path("by").asText()))
          : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
