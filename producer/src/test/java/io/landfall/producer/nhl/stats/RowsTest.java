package io.landfall.producer.nhl.stats;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

/** How a game's facts stand in its rows: who it is, his rank, his shares, and the order. */
class RowsTest {

  private final SmallGame game = new SmallGame();

  @Test
  void skatersByIdEachInFiveSituations() {
    List<String> keys =
        Answers.rows(game.responses()).stream()
            .map(row -> row.get("playerId") + " " + row.get("situation"))
            .toList();
    assertThat(keys).hasSize(20);
    assertThat(keys.subList(0, 6))
        .containsExactly("11 all", "11 5on5", "11 5on4", "11 4on5", "11 other", "12 all");
    assertThat(keys.subList(15, 20)).allMatch(key -> key.startsWith("22 "));
  }

  @Test
  void whoAndWhen() {
    ObjectNode spot = (ObjectNode) game.plays.get("rosterSpots").get(0);
    spot.putObject("firstName").put("cs", "Jiří").put("default", "Jiri");
    spot.put("lastName", "Novák");
    GenericRecord row = Answers.rows(game.responses()).get(0);
    Map<String, Object> expected = new LinkedHashMap<>();
    expected.put("playerId", "11");
    expected.put("playerTeam", "AWY");
    expected.put("opposingTeam", "HOM");
    expected.put("name", "Jiri Novák");
    expected.put("position", "C");
    expected.put("home_or_away", "AWAY");
    expected.put("gameId", SmallGame.ID);
    expected.put("gameDate", 20241004);
    expected.put("season", 20242025);
    expected.put("situation", "all");
    expected.put("_coverage", "plays+boxscore");
    expected.forEach((column, value) -> assertThat(row.get(column)).as(column).isEqualTo(value));
    assertThat(game.column(22, "all", "home_or_away")).contains("HOME");
    assertThat(game.column(22, "all", "playerTeam")).contains("HOM");
    assertThat(game.column(22, "all", "position")).contains("D");
    assertThat(game.column(22, "all", "name")).isEmpty();
  }

  /** Among the skaters of the team; who has the same time shares the rank. */
  @Test
  void theRankIsByTimeOnIceWithinTheTeam() {
    ArrayNode spots = (ArrayNode) game.plays.get("rosterSpots");
    ArrayNode forwards = (ArrayNode) game.boxScore.at("/playerByGameStats/awayTeam/forwards");
    for (int player : new int[] {14, 15}) {
      spots.addObject().put("teamId", 1).put("playerId", player).put("positionCode", "L");
      forwards.addObject().put("playerId", player).put("toi", "10:00");
    }
    game.line(11).put("toi", "20:00");
    game.line(12).put("toi", "05:00");
    game.line(13).put("toi", "60:00"); // a goalie
    game.line(21).put("toi", "10:01"); // of the other team
    assertThat(game.column(11, "all", "iceTimeRank")).contains(1);
    assertThat(game.column(14, "all", "iceTimeRank")).contains(2);
    assertThat(game.column(15, "all", "iceTimeRank")).contains(2);
    assertThat(game.column(12, "all", "iceTimeRank")).contains(4);
    assertThat(game.column(21, "all", "iceTimeRank")).contains(1);
    assertThat(game.column(22, "all", "iceTimeRank")).contains(2);
    assertThat(game.column(22, "5on5", "iceTimeRank")).isEmpty();
  }

  /** 11 and 21 play the first ten minutes, 12 and 22 the second. */
  @Test
  void sharesOnAndOffTheIce() {
    game.withoutBoxScore();
    for (int player : new int[] {11, 13, 21, 23}) {
      game.shift(player, 1, "00:00", "10:00");
    }
    for (int player : new int[] {12, 13, 22, 23}) {
      game.shift(player, 1, "10:00", "20:00");
    }
    shots(60, 11, 3, 1); // for the visitors, three on goal and one blocked
    shots(90, 21, 1, 0);
    shots(700, 12, 1, 0);
    shots(800, 22, 2, 2);
    Map<String, Object> expected = new LinkedHashMap<>();
    expected.put("corsiFor", 4);
    expected.put("corsiAgainst", 1);
    expected.put("fenwickFor", 3);
    expected.put("fenwickAgainst", 1);
    expected.put("corsiPercentage", 80.0);
    expected.put("onIce_corsiPercentage", 80.0);
    expected.put("fenwickPercentage", 75.0);
    expected.put("onIce_fenwickPercentage", 75.0);
    expected.put("offIce_corsiPercentage", 20.0);
    expected.put("offIce_fenwickPercentage", 100.0 * 1 / 3);
    expected.put("OffIce_F_shotAttempts", 1);
    expected.put("OffIce_A_shotAttempts", 4);
    expected.put("OffIce_A_unblockedShotAttempts", 2);
    for (String situation : List.of("all", "other")) {
      expected.forEach(
          (column, value) ->
              assertThat(game.column(11, situation, column))
                  .as("%s in %s", column, situation)
                  .contains(value));
    }
    assertThat(game.column(11, "5on5", "corsiFor")).contains(0);
    assertThat(game.column(11, "5on5", "corsiPercentage")).isEmpty();
    assertThat(game.column(11, "5on5", "offIce_corsiPercentage")).isEmpty();
    assertThat(game.column(11, "other", "icetime")).contains(600.0);
    assertThat(game.column(11, "5on5", "icetime")).contains(0.0);
    assertThat(game.column(11, "other", "shifts")).contains(1);
    assertThat(game.column(11, "5on5", "shifts")).contains(0);
  }

  private void shots(int second, int shooter, int onGoal, int blocked) {
    int team = shooter < 20 ? SmallGame.AWAY : SmallGame.HOME;
    for (int i = 0; i < onGoal + blocked; i++) {
      game.play(i < onGoal ? 506 : 508, 1, second + 5 * i, team, "shootingPlayerId", shooter)
          .put("situationCode", "1111");
    }
  }
}
