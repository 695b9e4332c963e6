package io.landfall.sandbox.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;

/**
 * What the API corrected in one game.
 *
 * @param rows how many rows of the table say something else from now on
 */
record Correction(int gameId, int rows) {

  /** From the API's answer, which lists each count of each player that changed. */
  static Correction of(JsonNode corrected) {
    Set<String> rows = new HashSet<>();
    for (JsonNode change : corrected.path("changes")) {
      rows.add(change.path("playerId").asText() + "/" + change.path("situation").asText());
    }
    return new Correction(corrected.path("gameId").asInt(), rows.size());
  }
}
