package io.landfall.sandbox.season;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A game as a client of the API reads it, and what it derives: knows nothing of the generator. */
final class ReadGame {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> NOBODY_ON_ICE = Set.of("period-start", "game-end");
  private static final Set<String> ALONE = Set.of("1010", "0101");

  /** A row of the shift chart, cleaned: no goal markers, no exact duplicates, nothing empty. */
  record ShiftRow(int player, int period, int start, int end) {
    /** For a faceoff the next second counts, for everything else the last one. */
    boolean on(int atPeriod, int second, boolean faceoff) {
      return period == atPeriod
          && (faceoff ? start <= second && second < end : start < second && second <= end);
    }
  }

  final JsonNode playByPlay;
  final JsonNode boxScore;
  final JsonNode chart;
  final List<ShiftRow> shifts = new ArrayList<>();
  final Map<Integer, Integer> teamOf = new HashMap<>();
  final Map<Integer, String> positionOf = new HashMap<>();

  private ReadGame(JsonNode playByPlay, JsonNode boxScore, JsonNode chart) {
    this.playByPlay = playByPlay;
    this.boxScore = boxScore;
    this.chart = chart;
    for (JsonNode spot : playByPlay.get("rosterSpots")) {
      teamOf.put(spot.get("playerId").asInt(), spot.get("teamId").asInt());
      positionOf.put(spot.get("playerId").asInt(), spot.get("positionCode").asText());
    }
    Set<ShiftRow> seen = new HashSet<>();
    for (JsonNode row : chart.get("data")) {
      ShiftRow shift =
          new ShiftRow(
              row.get("playerId").asInt(),
              row.get("period").asInt(),
              seconds(row.get("startTime").asText()),
              seconds(row.get("endTime").asText()));
      boolean real = row.get("typeCode").asInt() == 517 && shift.end() > shift.start();
      if (real && seen.add(shift)) {
        shifts.add(shift);
      }
    }
  }

  static ReadGame of(Season season, int gameId) {
    return of(season.snapshot(season.game(gameId), Optional.empty()));
  }

  static ReadGame of(GameSnapshot snapshot) {
    return new ReadGame(
        tree(GameJson.playByPlay(snapshot)),
        tree(GameJson.boxScore(snapshot)),
        tree(GameJson.shiftChart(snapshot.game())));
  }

  private static JsonNode tree(byte[] json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static int seconds(String clock) {
    return Integer.parseInt(clock.substring(0, 2)) * 60 + Integer.parseInt(clock.substring(3));
  }

  List<JsonNode> plays(String kind) {
    List<JsonNode> found = new ArrayList<>();
    for (JsonNode play : playByPlay.get("plays")) {
      if (play.get("typeDescKey").asText().equals(kind)) {
        found.add(play);
      }
    }
    return found;
  }

  private List<JsonNode> countedPlays() {
    List<JsonNode> found = new ArrayList<>();
    for (JsonNode play : playByPlay.get("plays")) {
      if (!play.get("periodDescriptor").get("periodType").asText().equals("SO")) {
        found.add(play);
      }
    }
    return found;
  }

  int teamId(boolean home) {
    return playByPlay.get(home ? "homeTeam" : "awayTeam").get("id").asInt();
  }

  /** What the plays and shifts come to, for a skater or goalie: the fields of the box score. */
  Map<String, Integer> derivedLine(int player) {
    Map<String, Integer> line = new HashMap<>();
    for (JsonNode play : countedPlays()) {
      JsonNode details = play.path("details");
      switch (play.get("typeDescKey").asText()) {
        case "goal" -> {
          add(line, "goals", is(details, "scoringPlayerId", player));
          add(line, "sog", is(details, "scoringPlayerId", player));
          add(line, "assists", is(details, "assist1PlayerId", player));
          add(line, "assists", is(details, "assist2PlayerId", player));
        }
        case "shot-on-goal" -> add(line, "sog", is(details, "shootingPlayerId", player));
        case "hit" -> add(line, "hits", is(details, "hittingPlayerId", player));
        case "takeaway" -> add(line, "takeaways", is(details, "playerId", player));
        case "giveaway" -> add(line, "giveaways", is(details, "playerId", player));
        case "penalty" ->
            line.merge(
                "pim",
                is(details, "committedByPlayerId", player) ? details.get("duration").asInt() : 0,
                Integer::sum);
        case "blocked-shot" ->
            add(
                line,
                "blockedShots",
                is(details, "blockingPlayerId", player)
                    && teamOf(details.path("shootingPlayerId").asInt()) != teamOf(player));
        default -> {}
      }
    }
    for (ShiftRow shift : shifts) {
      if (shift.player() == player) {
        line.merge("seconds", shift.end() - shift.start(), Integer::sum);
        line.merge("shifts", 1, Integer::sum);
      }
    }
    return line;
  }

  private static void add(Map<String, Integer> line, String field, boolean yes) {
    line.merge(field, yes ? 1 : 0, Integer::sum);
  }

  private static boolean is(JsonNode details, String field, int player) {
    return details.path(field).asInt() == player;
  }

  /** The box score's lines of all forty. */
  List<JsonNode> lines() {
    JsonNode root = boxScore.has("boxscore") ? boxScore.get("boxscore") : boxScore;
    List<JsonNode> lines = new ArrayList<>();
    for (String team : List.of("awayTeam", "homeTeam")) {
      for (String group : List.of("forwards", "defense", "goalies")) {
        root.get("playerByGameStats").get(team).get(group).forEach(lines::add);
      }
    }
    return lines;
  }

  /** Plays whose situationCode is not what the shifts say, as text. */
  List<String> contradictions() {
    List<String> found = new ArrayList<>();
    for (JsonNode play : countedPlays()) {
      String kind = play.get("typeDescKey").asText();
      String code = play.get("situationCode").asText();
      String counted = countedCode(play, kind.equals("faceoff"));
      if (!NOBODY_ON_ICE.contains(kind) && !ALONE.contains(code) && !code.equals(counted)) {
        found.add("%s %s is %s by the shifts".formatted(play, code, counted));
      }
    }
    return found;
  }

  private String countedCode(JsonNode play, boolean faceoff) {
    int[] counts = new int[4];
    for (ShiftRow shift : onIce(play, faceoff)) {
      boolean home = teamOf(shift.player()) == teamId(true);
      boolean goalie = "G".equals(positionOf.get(shift.player()));
      counts[home ? (goalie ? 3 : 2) : (goalie ? 0 : 1)]++;
    }
    return "" + counts[0] + counts[1] + counts[2] + counts[3];
  }

  private List<ShiftRow> onIce(JsonNode play, boolean faceoff) {
    int period = play.get("periodDescriptor").get("number").asInt();
    int second = seconds(play.get("timeInPeriod").asText());
    return shifts.stream().filter(shift -> shift.on(period, second, faceoff)).toList();
  }

  int teamOf(int player) {
    return teamOf.getOrDefault(player, 0);
  }

  /**
   * Attempts of one kind for or against a skater while he is on the ice, in one situation.
   *
   * @param situation 5on5, 5on4, 4on5 or other
   */
  int onIceAttempts(int player, Set<String> kinds, boolean forHim, String situation) {
    int count = 0;
    for (JsonNode play : countedPlays()) {
      if (kinds.contains(play.get("typeDescKey").asText())) {
        JsonNode details = play.get("details");
        int shooter =
            details.path("scoringPlayerId").asInt(details.path("shootingPlayerId").asInt());
        boolean own = teamOf(shooter) == teamOf(player);
        String code = play.get("situationCode").asText();
        boolean on =
            ALONE.contains(code)
                ? shooter == player
                : onIce(play, false).stream().anyMatch(shift -> shift.player() == player);
        String seen = situation(code, player);
        count += on && own == forHim && seen.equals(situation) ? 1 : 0;
      }
    }
    return count;
  }

  private String situation(String code, int player) {
    boolean home = teamOf(player) == teamId(true);
    String skaters = home ? "" + code.charAt(2) + code.charAt(1) : code.substring(1, 3);
    boolean goalies = code.charAt(0) == '1' && code.charAt(3) == '1';
    return switch (goalies ? skaters : "") {
      case "55" -> "5on5";
      case "54" -> "5on4";
      case "45" -> "4on5";
      default -> "other";
    };
  }
}
