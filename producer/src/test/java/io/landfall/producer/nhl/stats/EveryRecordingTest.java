package io.landfall.producer.nhl.stats;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every recorded play-by-play gives rows, and its header agrees with them. */
class EveryRecordingTest {

  @BeforeAll
  static void recordings() {
    Recordings.needed();
  }

  static List<Integer> games() {
    return Recordings.games(Endpoint.PLAY_BY_PLAY.label());
  }

  @Test
  void thereAreMany() {
    assertThat(games()).hasSizeGreaterThan(80);
  }

  @ParameterizedTest
  @MethodSource("games")
  void headerScoreAndShotsAreTheTeamsCounts(int gameId) {
    List<GenericRecord> rows = Answers.rows(Recordings.game(gameId));
    assertThat(rows).hasSize(180);
    JsonNode header = Recordings.json(gameId, Endpoint.PLAY_BY_PLAY.label());
    int different = 0;
    for (String side : List.of("HOME", "AWAY")) {
      JsonNode team = header.get(side.equals("HOME") ? "homeTeam" : "awayTeam");
      JsonNode other = header.get(side.equals("HOME") ? "awayTeam" : "homeTeam");
      GenericRecord row =
          rows.stream().filter(r -> r.get("home_or_away").equals(side)).findFirst().orElseThrow();
      boolean shootout = header.at("/gameOutcome/lastPeriodType").asText().equals("SO");
      boolean won = team.get("score").intValue() > other.get("score").intValue();
      int shootoutGoal = shootout && won ? 1 : 0;
      assertThat((Integer) row.get("goalsFor") + shootoutGoal)
          .as("%s goals of %d", side, gameId)
          .isEqualTo(team.get("score").intValue());
      int offByOne = OFF_BY_ONE.getOrDefault(gameId + side, 0);
      assertThat((Integer) row.get("shotsOnGoalFor") + offByOne)
          .as("%s shots of %d", side, gameId)
          .isEqualTo(team.get("sog").intValue());
      different += offByOne == 0 ? 0 : 1;
    }
    AccuracyReport.add("Goals and shots of the teams = header", "cells", 4, different);
  }

  /** Header shots less the plays' shots, where a change of scoring was under way. */
  private static final Map<String, Integer> OFF_BY_ONE =
      Map.of("2024020770AWAY", -1, "2025020561HOME", -1, "2025021123HOME", -1);
}
