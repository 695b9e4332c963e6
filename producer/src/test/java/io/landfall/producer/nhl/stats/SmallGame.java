package io.landfall.producer.nhl.stats;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.landfall.producer.source.Shaped;
import io.landfall.schemas.ItemAnswers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.generic.GenericRecord;

/**
 * Answers made by hand for a game of six: two skaters and a goalie a side, 11, 12, 13 the visitors
 * and 21, 22, 23 the home team. Its trees may be changed at will before it is shaped.
 */
final class SmallGame {

  static final int ID = 2024020001;
  static final int AWAY = 1;
  static final int HOME = 2;

  final ObjectNode plays = Recordings.JSON.createObjectNode();
  final ObjectNode boxScore = Recordings.JSON.createObjectNode();
  final ObjectNode chart = Recordings.JSON.createObjectNode();
  private boolean withBoxScore = true;
  private int sortOrder;

  SmallGame() {
    plays.put("id", ID).put("season", 20242025).put("gameState", "OFF");
    plays.putObject("awayTeam").put("id", AWAY).put("abbrev", "AWY");
    plays.putObject("homeTeam").put("id", HOME).put("abbrev", "HOM");
    boxScore.put("id", ID).put("gameState", "OFF");
    ObjectNode teams = boxScore.putObject("playerByGameStats");
    ArrayNode spots = plays.putArray("rosterSpots");
    for (int team : List.of(AWAY, HOME)) {
      ObjectNode lines = teams.putObject(team == AWAY ? "awayTeam" : "homeTeam");
      for (String group : List.of("forwards", "defense", "goalies")) {
        int player = 10 * team + spots.size() % 3 + 1;
        String position = group.equals("goalies") ? "G" : group.equals("defense") ? "D" : "C";
        spots.addObject().put("teamId", team).put("playerId", player).put("positionCode", position);
        line(lines.putArray(group).addObject().put("playerId", player));
      }
    }
    plays.putArray("plays");
    chart.putArray("data");
    play(520, 1, 0);
    // A feed has every kind of play; these name nobody, and nothing is counted from them.
    for (int typeCode : List.of(502, 503, 504, 506, 507, 508, 525)) {
      play(typeCode, 1, 0).remove("situationCode");
    }
  }

  private static void line(ObjectNode line) {
    line.put("toi", "00:00").put("shifts", 0).put("goals", 0).put("assists", 0).put("sog", 0);
    line.put("hits", 0).put("takeaways", 0).put("giveaways", 0).put("pim", 0);
    line.put("blockedShots", 0);
  }

  /** One more play at five on five, in the order in which they are added. */
  ObjectNode play(int typeCode, int period, int second) {
    ObjectNode play = ((ArrayNode) plays.get("plays")).addObject();
    play.put("typeCode", typeCode).put("situationCode", "1551").put("sortOrder", ++sortOrder);
    play.put("timeInPeriod", "%02d:%02d".formatted(second / 60, second % 60));
    play.put("homeTeamDefendingSide", "left");
    play.putObject("periodDescriptor").put("number", period).put("periodType", "REG");
    return play;
  }

  /** A play of a team, with the details that follow in pairs of name and player. */
  ObjectNode play(int typeCode, int period, int second, int owner, Object... details) {
    ObjectNode play = play(typeCode, period, second);
    ObjectNode node = play.putObject("details").put("eventOwnerTeamId", owner);
    node.put("xCoord", 0).put("yCoord", 0);
    for (int i = 0; i < details.length; i += 2) {
      node.set((String) details[i], Recordings.JSON.valueToTree(details[i + 1]));
    }
    return play;
  }

  /** One more shift of the chart. */
  ObjectNode shift(int player, int period, String start, String end) {
    ObjectNode row = ((ArrayNode) chart.get("data")).addObject();
    row.put("typeCode", 517).put("playerId", player).put("period", period);
    return row.put("startTime", start).put("endTime", end);
  }

  /** One more skater in the roster, of the team that his number says. */
  void skater(int player) {
    ((ArrayNode) plays.get("rosterSpots"))
        .addObject()
        .put("teamId", player / 10)
        .put("playerId", player)
        .put("positionCode", "L");
  }

  /** A player's line in the box score. */
  ObjectNode line(int player) {
    for (var group : boxScore.get("playerByGameStats").get(player < 20 ? "awayTeam" : "homeTeam")) {
      if (group.get(0).get("playerId").intValue() == player) {
        return (ObjectNode) group.get(0);
      }
    }
    throw new IllegalArgumentException("No line for player " + player);
  }

  SmallGame withoutBoxScore() {
    withBoxScore = false;
    return this;
  }

  ItemAnswers responses() {
    Map<String, byte[]> bodies = new LinkedHashMap<>();
    bodies.put(Endpoint.PLAY_BY_PLAY.label(), plays.toString().getBytes(UTF_8));
    if (withBoxScore) {
      bodies.put(Endpoint.BOX_SCORE.label(), boxScore.toString().getBytes(UTF_8));
    }
    bodies.put(Endpoint.SHIFT_CHART.label(), chart.toString().getBytes(UTF_8));
    return Answers.of(ID, bodies);
  }

  Shaped shape() {
    return new NhlShaper().shape(responses());
  }

  /** Why the game is not complete, by endpoint. */
  Map<String, String> missing() {
    return Completeness.missing(responses());
  }

  /** A column of a skater's row. */
  Optional<Object> column(int player, String situation, String column) {
    for (GenericRecord row : Answers.rows(responses())) {
      if (row.get("playerId").equals(Integer.toString(player))
          && row.get("situation").equals(situation)) {
        return Optional.ofNullable(row.get(column));
      }
    }
    throw new AssertionError("No row of player %d in %s".formatted(player, situation));
  }

  int count(int player, String column) {
    return (Integer) column(player, "all", column).orElseThrow();
  }
}
