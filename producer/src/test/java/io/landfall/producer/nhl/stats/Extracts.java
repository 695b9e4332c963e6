package io.landfall.producer.nhl.stats;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.landfall.schemas.ItemAnswers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Real games of which only an extract is kept (events with one actor, shifts, roster), put back
 * into the form of the API's answers as far as the extract goes: assists, players hit and the end
 * of the rink are not in it, and there is no box score.
 */
final class Extracts {

  static final List<Integer> GAMES = List.of(2023020105, 2023020207, 2023030222);

  private static final Map<String, Integer> CODES =
      Map.of(
          "faceoff", 502,
          "hit", 503,
          "giveaway", 504,
          "goal", 505,
          "shot-on-goal", 506,
          "missed-shot", 507,
          "blocked-shot", 508,
          "penalty", 509,
          "takeaway", 525);

  private static final Map<String, String> ACTORS =
      Map.of(
          "faceoff", "winningPlayerId",
          "hit", "hittingPlayerId",
          "giveaway", "playerId",
          "goal", "scoringPlayerId",
          "shot-on-goal", "shootingPlayerId",
          "missed-shot", "shootingPlayerId",
          "blocked-shot", "shootingPlayerId",
          "penalty", "committedByPlayerId",
          "takeaway", "playerId");

  private Extracts() {}

  static ItemAnswers game(int gameId) {
    JsonNode extract = extract(gameId);
    Map<String, byte[]> bodies = new LinkedHashMap<>();
    bodies.put(Endpoint.PLAY_BY_PLAY.label(), bytes(plays(gameId, extract)));
    bodies.put(Endpoint.SHIFT_CHART.label(), bytes(shifts(extract)));
    return Answers.of(gameId, bodies);
  }

  private static JsonNode extract(int gameId) {
    Path folder = Recordings.root().resolve("extracts");
    Path packed = folder.resolve(gameId + ".json.gz");
    return Recordings.tree(
        Recordings.read(Files.exists(packed) ? packed : folder.resolve(gameId + ".json")));
  }

  private static byte[] bytes(JsonNode node) {
    return node.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static ObjectNode plays(int gameId, JsonNode extract) {
    ObjectNode answer = Recordings.JSON.createObjectNode();
    answer.put("id", gameId).put("season", 20232024).put("gameState", "OFF");
    for (String side : List.of("away", "home")) {
      JsonNode team = extract.at("/teams/" + side);
      answer
          .putObject(side + "Team")
          .put("id", team.path("id").intValue())
          .put("abbrev", team.path("ab").textValue());
    }
    ArrayNode roster = answer.putArray("rosterSpots");
    extract
        .get("roster")
        .properties()
        .forEach(
            spot ->
                roster
                    .addObject()
                    .put("playerId", Integer.parseInt(spot.getKey()))
                    .put("teamId", spot.getValue().get("tid").intValue())
                    .put("lastName", spot.getValue().get("nm").textValue())
                    .put("positionCode", spot.getValue().get("pos").textValue()));
    ArrayNode plays = answer.putArray("plays");
    extract.get("events").forEach(event -> play(plays.addObject(), event, plays.size()));
    return answer;
  }

  private static void play(ObjectNode play, JsonNode event, int order) {
    String type = event.get("type").textValue();
    play.put("sortOrder", order)
        .put("typeCode", CODES.getOrDefault(type, 516))
        .put("timeInPeriod", event.get("clock").textValue())
        .put("situationCode", event.get("sit").asText());
    play.putObject("periodDescriptor")
        .put("number", event.get("per").intValue())
        .put("periodType", event.get("pt").textValue());
    ObjectNode details = play.putObject("details").put("reason", event.path("rsn").asText("?"));
    if (event.path("own").isInt()) {
      details.put("eventOwnerTeamId", event.get("own").intValue());
    }
    if (event.path("actor").isInt() && ACTORS.containsKey(type)) {
      details.put(ACTORS.get(type), event.get("actor").intValue());
    }
    if (event.path("blk").isInt()) {
      details.put("blockingPlayerId", event.get("blk").intValue());
    }
  }

  /** Seconds from the start of the game: 20 minutes a period, playoff overtimes too. */
  private static ObjectNode shifts(JsonNode extract) {
    ObjectNode answer = Recordings.JSON.createObjectNode();
    ArrayNode data = answer.putArray("data");
    for (JsonNode shift : extract.get("shifts")) {
      int start = shift.get("s").intValue();
      int end = shift.get("e").intValue();
      int period = start / 1200;
      data.addObject()
          .put("typeCode", 517)
          .put("playerId", shift.get("p").intValue())
          .put("period", period + 1)
          .put("startTime", clock(start - 1200 * period))
          .put("endTime", clock(end - 1200 * period));
    }
    return answer;
  }

  private static String clock(int seconds) {
    return String.format(Locale.ROOT, "%02d:%02d", seconds / 60, seconds % 60);
  }
}
