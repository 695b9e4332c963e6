package io.landfall.producer.nhl.stats;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.landfall.schemas.ItemAnswers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is derived from the plays of recorded games is what their box scores say. */
class BoxScoreTest {

  @BeforeAll
  static void recordings() {
    Recordings.needed();
  }

  static List<Integer> boxScores() {
    return Recordings.games(Endpoint.BOX_SCORE.label()).stream()
        .filter(Recordings.games(Endpoint.PLAY_BY_PLAY.label())::contains)
        .toList();
  }

  static List<Integer> completeGames() {
    return boxScores().stream()
        .filter(Recordings.games(Endpoint.SHIFT_CHART.label())::contains)
        .toList();
  }

  @Test
  void theCompleteRecordingsAreThere() {
    assertThat(completeGames()).contains(2023020204, 2024020001);
    assertThat(boxScores()).contains(2023020013, 2023020185, 2023020248);
  }

  @ParameterizedTest
  @MethodSource("boxScores")
  void countsOfAllSkatersAreTheBoxScores(int gameId) throws UnusableAnswer {
    ItemAnswers responses = Recordings.game(gameId);
    Evidence.Facts facts = Evidence.of(responses).facts().orElseThrow();
    Map<Integer, JsonNode> lines = skaterLines(gameId);
    List<String> wrong = new ArrayList<>();
    int skaters = 0;
    int cells = 0;
    for (Player player : facts.game().roster().players()) {
      if (player.goalie()) {
        continue;
      }
      skaters++;
      JsonNode line = requireNonNull(lines.get(player.id()), player.name());
      Counts own = facts.counting().own(player.index());
      Map<String, Integer> derived = new LinkedHashMap<>();
      derived.put("goals", own.of(Situation.ALL, Tally.GOALS));
      derived.put(
          "assists",
          own.of(Situation.ALL, Tally.PRIMARY_ASSISTS)
              + own.of(Situation.ALL, Tally.SECONDARY_ASSISTS));
      derived.put(line.has("sog") ? "sog" : "shots", own.of(Situation.ALL, Tally.SHOTS_ON_GOAL));
      derived.put("hits", own.of(Situation.ALL, Tally.HITS));
      derived.put("takeaways", own.of(Situation.ALL, Tally.TAKEAWAYS));
      derived.put("giveaways", own.of(Situation.ALL, Tally.GIVEAWAYS));
      derived.put("pim", own.of(Situation.ALL, Tally.PENALTY_MINUTES));
      derived.put("blockedShots", own.of(Situation.ALL, Tally.BLOCKS));
      derived.put("points", own.of(Situation.ALL, Tally.POINTS));
      cells += (int) derived.keySet().stream().filter(line::has).count();
      derived.forEach(
          (count, value) -> {
            if (line.has(count) && line.get(count).intValue() != value) {
              wrong.add("%s %s: %d, box score %s".formatted(player, count, value, line.get(count)));
            }
          });
    }
    AccuracyReport.add(
        "Goals, assists, points, shots, hits, takeaways, giveaways, penalty minutes and blocks ="
            + " box score",
        "cells",
        cells,
        wrong.size());
    assertThat(skaters).isEqualTo(36);
    assertThat(cells).isGreaterThanOrEqualTo(36 * 7);
    assertThat(wrong).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("completeGames")
  void secondsAndShiftsOfTheChartAreTheBoxScores(int gameId) {
    Map<Integer, JsonNode> lines = skaterLines(gameId);
    List<GenericRecord> rows = Answers.rows(Recordings.game(gameId));
    assertThat(rows).hasSize(180);
    for (GenericRecord row : rows) {
      assertThat(row.get("_coverage")).isEqualTo("plays+boxscore+shifts");
      if (row.get("situation").equals("all")) {
        JsonNode line = requireNonNull(lines.get(Integer.valueOf(row.get("playerId").toString())));
        String toi = line.get("toi").textValue();
        double seconds =
            60.0 * Integer.parseInt(toi.substring(0, 2)) + Integer.parseInt(toi.substring(3));
        assertThat(row.get("icetime")).as("icetime of %s", row.get("name")).isEqualTo(seconds);
        assertThat(row.get("shifts"))
            .as("shifts of %s", row.get("name"))
            .isEqualTo(line.get("shifts").intValue());
      }
    }
    AccuracyReport.add(
        "Time on ice and shifts of the shift chart = box score", "cells", 2 * lines.size(), 0);
  }

  @ParameterizedTest
  @MethodSource("completeGames")
  void completeGamesLackNothing(int gameId) {
    assertThat(Completeness.missing(Recordings.game(gameId))).isEmpty();
  }

  private static Map<Integer, JsonNode> skaterLines(int gameId) {
    JsonNode boxScore = Recordings.json(gameId, Endpoint.BOX_SCORE.label());
    JsonNode teams = boxScore.at("/playerByGameStats");
    if (teams.isMissingNode()) {
      teams = boxScore.at("/boxscore/playerByGameStats");
    }
    Map<Integer, JsonNode> lines = new LinkedHashMap<>();
    for (String team : List.of("awayTeam", "homeTeam")) {
      for (String group : List.of("forwards", "defense")) {
        teams.at("/" + team + "/" + group).forEach(l -> lines.put(l.get("playerId").intValue(), l));
      }
    }
    return lines;
  }
}
