package io.landfall.sandbox.season;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every peculiarity comes when it is asked for, and breaks nothing else. */
class EdgeCaseTest {

  private static final long SEED = 20241004;

  private static ReadGame game(EdgeCase... cases) {
    return ReadGame.of(Seasons.with(SEED, cases), Seasons.FIRST);
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {
        "CHART_EMPTY",
        "CHART_LATE",
        "CHART_PLAYER_MISSING",
        "CANCELLED",
        "POSTPONED",
        "DOUBLE_OVERTIME"
      })
  void theIdentitiesHoldWithIt(EdgeCase edgeCase) {
    for (long seed = 1; seed <= 5; seed++) {
      Identities.check(ReadGame.of(Seasons.with(seed, edgeCase), Seasons.FIRST));
    }
  }

  @Test
  void strengthsComeWhenAskedFor() {
    for (long seed = 1; seed <= 10; seed++) {
      assertThat(codes(seed, EdgeCase.FOUR_ON_FOUR)).contains("1441");
      assertThat(codes(seed, EdgeCase.FIVE_ON_THREE)).contains("1531");
      assertThat(codes(seed, EdgeCase.FOUR_ON_THREE)).contains("1431");
      assertThat(codes(seed, EdgeCase.PENALTY_SHOT)).contains("1010");
      assertThat(codes(seed, EdgeCase.SIX_ON_FIVE)).anyMatch(code -> code.matches("1.60"));
      assertThat(codes(seed, EdgeCase.BOTH_NETS_EMPTY)).anyMatch(code -> code.matches("0..0"));
    }
  }

  /** The codes of a game's plays and of its seconds. */
  private static Set<String> codes(long seed, EdgeCase edgeCase) {
    Set<String> codes = new HashSet<>();
    GeneratedGame game = Seasons.with(seed, edgeCase).game(Seasons.FIRST);
    game.plays().forEach(play -> codes.add(play.moment().strength().code()));
    return codes;
  }

  @Test
  void overtimeAndShootoutComeWhenAskedFor() {
    for (long seed = 1; seed <= 10; seed++) {
      assertThat(outcome(seed, EdgeCase.OVERTIME)).isEqualTo("OT");
      assertThat(outcome(seed, EdgeCase.SHOOTOUT)).isEqualTo("SO");
      assertThat(outcome(seed, EdgeCase.SHOOTOUT_ONE_GOAL)).isEqualTo("SO");
      ReadGame one = ReadGame.of(Seasons.with(seed, EdgeCase.SHOOTOUT_ONE_GOAL), Seasons.FIRST);
      assertThat(one.plays("goal"))
          .filteredOn(goal -> goal.at("/periodDescriptor/periodType").asText().equals("SO"))
          .allMatch(goal -> goal.at("/details/eventOwnerTeamId").asInt() == one.teamId(true));
    }
  }

  private static String outcome(long seed, EdgeCase edgeCase) {
    return ReadGame.of(Seasons.with(seed, edgeCase), Seasons.FIRST)
        .playByPlay
        .at("/gameOutcome/lastPeriodType")
        .asText();
  }

  @Test
  void aPlayoffGameCanHaveTwoOvertimesAndItsFifthPeriodIsOne() {
    Season season =
        Season.of(SEED, 1)
            .withPlayoffs(2024, 8)
            .having(Map.of(2024030111, Set.of(EdgeCase.DOUBLE_OVERTIME)));
    ReadGame game = ReadGame.of(season, 2024030111);
    Identities.check(game);
    assertThat(game.playByPlay.at("/gameOutcome/otPeriods").asInt()).isEqualTo(2);
    assertThat(game.playByPlay.at("/periodDescriptor/periodType").asText()).isEqualTo("OT");
    assertThat(game.playByPlay.get("gameType").asInt()).isEqualTo(3);
  }

  /** In these games a referee's arm is up at the moment at which the goal is due. */
  @ParameterizedTest
  @CsvSource({"5, 2024030177", "30, 2024030117", "54, 2024030154"})
  void theSecondOvertimeEndsSoonAfterItShould(long seed, int gameId) {
    Season season =
        Season.of(seed, 0)
            .withPlayoffs(2024, 56)
            .having(Map.of(gameId, Set.of(EdgeCase.DOUBLE_OVERTIME)));
    List<Play> plays = season.game(gameId).plays();
    Moment last = plays.get(plays.size() - 1).moment();
    assertThat(last.period()).isEqualTo(5);
    assertThat(last.second()).isBetween(701, 720);
  }

  @Test
  void aClockGoesOnAfterAHundredMinutes() {
    assertThat(Json.clock(5999)).isEqualTo("99:59");
    assertThat(Json.clock(6000)).isEqualTo("100:00");
    assertThat(Json.clock(6051)).isEqualTo("100:51");
  }

  @Test
  void aPreseasonGameStaysFinal() {
    Season season = Season.of(SEED, 1).withPreseason(2024, 10);
    ReadGame game = ReadGame.of(season, 2024010003);
    Identities.check(game);
    assertThat(game.playByPlay.get("gameState").asText()).isEqualTo("FINAL");
    assertThat(game.playByPlay.get("gameType").asInt()).isEqualTo(1);
  }

  @Test
  void unknownThingsAndMissingFieldsComeWhenAskedFor() {
    assertThat(game(EdgeCase.UNKNOWN_EVENT_TYPE).plays("drone-on-the-ice")).hasSize(1);
    assertThat(game(EdgeCase.UNKNOWN_SHOT_TYPE).playByPlay.findValuesAsText("shotType"))
        .contains("lacrosse");
    assertThat(game(EdgeCase.GOAL_WITHOUT_SHOT_TYPE).plays("goal"))
        .anyMatch(goal -> !goal.get("details").has("shotType"));
    assertThat(game(EdgeCase.BENCH_MINOR).plays("penalty"))
        .anyMatch(penalty -> !penalty.get("details").has("committedByPlayerId"));
    assertThat(game(EdgeCase.TEAMMATE_BLOCKED).plays("blocked-shot"))
        .anyMatch(block -> block.at("/details/reason").asText().equals("teammate-blocked"));
  }

  @Test
  void manyPlaysCanShareASecondAndTheClockCanGoBackwards() {
    Map<String, Integer> bySecond = new HashMap<>();
    for (JsonNode play : game(EdgeCase.CROWDED_SECOND).playByPlay.get("plays")) {
      String when = play.at("/periodDescriptor/number") + play.get("timeInPeriod").asText();
      bySecond.merge(when, 1, Integer::sum);
    }
    assertThat(bySecond.values()).anyMatch(count -> count >= 15);
    assertThat(backwards(game(EdgeCase.CLOCK_BACKWARDS))).isEqualTo(1);
    assertThat(backwards(game())).isZero();
  }

  private static int backwards(ReadGame game) {
    int count = 0;
    int before = 0;
    for (JsonNode play : game.playByPlay.get("plays")) {
      int period = play.at("/periodDescriptor/number").asInt();
      int now = period * 1200 + ReadGame.seconds(play.get("timeInPeriod").asText());
      count += now < before ? 1 : 0;
      before = now;
    }
    return count;
  }

  @Test
  void elevenForwardsAndSevenDefensemenCanDress() {
    JsonNode stats = game(EdgeCase.ELEVEN_FORWARDS).boxScore.get("playerByGameStats");
    for (String team : List.of("awayTeam", "homeTeam")) {
      assertThat(stats.get(team).get("forwards")).hasSize(11);
      assertThat(stats.get(team).get("defense")).hasSize(7);
    }
  }

  @Test
  void theOldGenerationHasPlainNamesANestedBoxScoreAndBlockersAsOwners() {
    ReadGame game = game(EdgeCase.OLD_GENERATION);
    assertThat(game.playByPlay.get("rosterSpots").get(0).get("lastName").isTextual()).isTrue();
    assertThat(game.boxScore.at("/boxscore/playerByGameStats").isObject()).isTrue();
    assertThat(game.lines().get(0).has("shots")).isTrue();
    assertThat(game.plays("blocked-shot"))
        .isNotEmpty()
        .allSatisfy(
            block -> {
              int shooter = block.at("/details/shootingPlayerId").asInt();
              assertThat(block.get("details").has("reason")).isFalse();
              assertThat(block.at("/details/eventOwnerTeamId").asInt())
                  .isNotEqualTo(game.teamOf(shooter));
            });
  }

  @Test
  void shiftChartsHaveTheDefectsAskedFor() {
    int clean = game().chart.get("total").asInt();
    assertThat(game(EdgeCase.CHART_DUPLICATES).chart.get("total").asInt()).isEqualTo(clean + 4);
    assertThat(game(EdgeCase.CHART_DUPLICATES).shifts).hasSameSizeAs(game().shifts);
    assertThat(rows(EdgeCase.CHART_ZERO_LENGTH))
        .anyMatch(row -> row.get("duration").asText().equals("00:00"));
    assertThat(rows(EdgeCase.CHART_NULL_DURATION))
        .anyMatch(row -> row.get("typeCode").asInt() == 517 && row.get("duration").isNull());
    assertThat(rows(EdgeCase.CHART_END_BEFORE_START))
        .anyMatch(row -> row.get("endTime").asText().compareTo(row.get("startTime").asText()) < 0);
    Set<Integer> players = new HashSet<>();
    rows(EdgeCase.CHART_PLAYER_MISSING).forEach(row -> players.add(row.get("playerId").asInt()));
    assertThat(players).hasSize(37);
  }

  private static List<JsonNode> rows(EdgeCase edgeCase) {
    List<JsonNode> rows = new ArrayList<>();
    game(edgeCase).chart.get("data").forEach(rows::add);
    return rows;
  }
}
