package io.landfall.producer.nhl.stats;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.landfall.producer.source.Shaped;
import io.landfall.schemas.ApiAnswer;
import io.landfall.schemas.ItemAnswers;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Why answers cannot be used, or not yet, or what they still lack: each reason, with its values.
 */
class ReasonsTest {

  private final SmallGame game = new SmallGame();

  private void isUnusable(String reason) {
    assertThat(game.shape()).isEqualTo(new Shaped.Unusable(reason));
    assertThat(game.missing()).containsEntry("play-by-play", reason);
  }

  private void isWaiting(String reason) {
    assertThat(game.shape()).isEqualTo(new Shaped.Waiting("play-by-play: " + reason));
    assertThat(game.missing()).containsEntry("play-by-play", reason);
  }

  private ObjectNode spot(int index) {
    return (ObjectNode) game.plays.get("rosterSpots").get(index);
  }

  private ObjectNode firstPlay() {
    return (ObjectNode) game.plays.get("plays").get(0);
  }

  @Test
  void aPlayByPlayOfAnotherGame() {
    game.plays.put("id", 7);
    isUnusable("The play-by-play is of game 7, asked for was game 2024020001");
  }

  @ParameterizedTest
  @ValueSource(strings = {"FUT", "PRE", "LIVE", "CRIT", "OVER"})
  void aGameThatIsNotOver(String state) {
    game.plays.put("gameState", state);
    isWaiting("not ended: gameState is " + state);
  }

  @ParameterizedTest
  @ValueSource(strings = {"FINAL", "OFF"})
  void aGameThatIs(String state) {
    game.plays.put("gameState", state);
    game.boxScore.put("gameState", state);
    assertThat(game.shape()).isInstanceOf(Shaped.Rows.class);
    assertThat(game.missing()).containsOnlyKeys("shiftcharts");
  }

  @Test
  void anEndedGameWithoutPlaysOrRoster() {
    JsonNode plays = game.plays.remove("plays");
    isWaiting("ended, but without plays");
    game.plays.putArray("plays");
    isWaiting("ended, but without plays");
    game.plays.set("plays", plays);
    game.plays.putArray("rosterSpots");
    isWaiting("ended, but without a roster");
    game.plays.remove("rosterSpots");
    isWaiting("ended, but without a roster");
  }

  @Test
  void aTeamThatCannotBeTold() {
    ObjectNode home = (ObjectNode) game.plays.get("homeTeam");
    home.remove("abbrev");
    isUnusable("The play-by-play's homeTeam has no id or no abbrev: id 2, abbrev null");
    home.put("abbrev", "HOM").put("id", 0);
    isUnusable("The play-by-play's homeTeam has no id or no abbrev: id 0, abbrev HOM");
    home.put("id", SmallGame.AWAY);
    isUnusable("Both teams of the play-by-play have the id 1");
    game.plays.remove("awayTeam");
    isUnusable("The play-by-play's awayTeam has no id or no abbrev: null");
  }

  @Test
  void aGameWithoutASeason() {
    game.plays.remove("season");
    isUnusable("The play-by-play has no season");
  }

  /** The box score tells what a spot does not; without it the spot is lost, and only it. */
  @Test
  void aSpotThatCannotBeTold() {
    String odd = "odd roster spots: 1 (";
    spot(1).put("teamId", 3);
    isNamed(odd + "player 12 is of team 3)");
    spot(1).put("teamId", 1).remove("positionCode");
    isNamed(odd + "player 12 has the position null)");
    spot(1).put("positionCode", "G");
    isNamed(odd + "player 12 has the position G)");
    spot(1).put("positionCode", "D").put("playerId", 0);
    isNamed(
        "odd roster spots: 2 (rosterSpots[1] has no player; player 12 is in the box score only)");
    ((ArrayNode) game.plays.get("rosterSpots")).remove(1);
    isNamed(odd + "player 12 is in the box score only)");
    ((ArrayNode) game.plays.get("rosterSpots")).insertNull(1);
    isNamed(
        "odd roster spots: 2 (rosterSpots[1] has no player; player 12 is in the box score only)");
    game.withoutBoxScore();
    assertThat(game.missing()).containsEntry("play-by-play", odd + "rosterSpots[1] has no player)");
    assertThat(Answers.rows(game.responses())).hasSize(15);
  }

  private void isNamed(String reason) {
    assertThat(game.missing()).containsEntry("play-by-play", reason);
    assertThat(Answers.rows(game.responses())).hasSize(20);
    assertThat(game.column(12, "all", "position")).contains("D");
    assertThat(game.column(12, "all", "playerTeam")).contains("AWY");
  }

  @Test
  void aRosterOfWhichNobodyCanBeTold() {
    game.withoutBoxScore();
    for (JsonNode spot : game.plays.get("rosterSpots")) {
      ((ObjectNode) spot).remove("positionCode");
    }
    assertThat(((Shaped.Unusable) game.shape()).reason())
        .startsWith("The play-by-play lists no player who can be told: odd roster spots: 6 (");
  }

  @Test
  void aPlayerWhoIsListedTwiceAndMorePlayersThanThereCanBe() {
    ArrayNode spots = (ArrayNode) game.plays.get("rosterSpots");
    spots.add(spot(1).deepCopy());
    isNamed("odd roster spots: 1 (player 12 is listed twice)");
    spots.remove(spots.size() - 1);
    for (int i = spots.size(); i < 64; i++) {
      spots.addObject().put("teamId", 1).put("playerId", 100 + i).put("positionCode", "C");
    }
    assertThat(game.shape()).isInstanceOf(Shaped.Rows.class);
    spots.addObject().put("teamId", 1).put("playerId", 999).put("positionCode", "C");
    isUnusable(
        "rosterSpots of the play-by-play lists 65 players; a game has 40, and at most 64 can be"
            + " told apart");
  }

  /** A few cost themselves; of many it is no play-by-play. */
  @Test
  void aPlayWithoutPeriodOrTime() {
    for (int i = 0; i < 30; i++) {
      game.play(503, 1, 10 + i, SmallGame.AWAY, "hittingPlayerId", 12);
    }
    ObjectNode hit = game.play(503, 1, 50, SmallGame.AWAY, "hittingPlayerId", 11);
    ObjectNode period = (ObjectNode) hit.get("periodDescriptor");
    for (int number : new int[] {0, 21}) {
      period.put("number", number);
      isLeftOut("plays left out: 1 (sortOrder 39 is in no period)");
    }
    period.put("number", 1);
    hit.put("timeInPeriod", "1:2:3");
    isLeftOut("plays left out: 1 (sortOrder 39 has the timeInPeriod 1:2:3, expected MM:SS)");
    hit.remove("periodDescriptor");
    isLeftOut("plays left out: 1 (sortOrder 39 is in no period)");
    hit.put("typeCode", 505);
    assertThat(game.column(11, "all", "I_F_goals")).as("a goal is lacking").isEmpty();
    ((ArrayNode) game.plays.get("plays")).insertNull(1);
    isLeftOut("plays left out: 2 (sortOrder 39 is in no period; null)");
    firstPlay().remove("periodDescriptor");
    isUnusable(
        "The play-by-play has too many plays that cannot be placed, of 40 plays left out: 3"
            + " (sortOrder 1 is in no period; sortOrder 39 is in no period; null)");
  }

  private void isLeftOut(String reason) {
    assertThat(game.missing().get("play-by-play")).contains(reason);
    assertThat(game.count(11, "I_F_hits")).isZero();
  }

  /** One field of the wrong type costs itself, wherever it stands. */
  @ParameterizedTest
  @ValueSource(
      strings = {"\"N/A\"", "\"\"", "true", "{\"a\":[1]}", "[[1],2]", "NaN", "1e99", "-Infinity"})
  void aFieldOfTheWrongType(String odd) {
    ObjectNode shot = game.play(506, 1, 9, SmallGame.AWAY, "shootingPlayerId", 11);
    for (int i = 0; i < 20; i++) {
      game.play(506, 1, 20 + i, SmallGame.AWAY, "shootingPlayerId", 12);
    }
    ((ObjectNode) shot.get("details")).put("xCoord", 424242).put("goalieInNetId", 0);
    shot.put("sortOrder", 434343);
    spot(1).put("sweaterNumber", 444444);
    String body = game.plays.toString();
    for (String number : new String[] {"424242", "434343", "444444"}) {
      ItemAnswers answers =
          Answers.with(game.responses(), "play-by-play", body.replace(number, odd).getBytes(UTF_8));
      assertThat(Answers.rows(answers)).hasSize(20);
      if (!odd.equals("1e99") || !number.equals("424242")) {
        assertThat(Completeness.missing(answers).get("play-by-play"))
            .contains("fields not as the API has them: 1 (/");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"periodDescriptor", "details", "homeTeamDefendingSide", "typeCode"})
  void aPartOfAPlayOfTheWrongType(String part) {
    for (int i = 0; i < 30; i++) {
      game.play(503, 1, 10 + i, SmallGame.AWAY, "hittingPlayerId", 12);
    }
    ObjectNode hit = game.play(503, 1, 50, SmallGame.AWAY, "hittingPlayerId", 11);
    for (String odd : List.of("7", "true", "[]", "\"x\"", "{\"number\":{}}")) {
      hit.set(part, Recordings.tree(odd.getBytes(UTF_8)));
      assertThat(Answers.rows(game.responses())).hasSize(20);
      assertThat(game.count(12, "I_F_hits")).isEqualTo(30);
    }
  }

  @Test
  void anAnswerThatIsNoJsonOrNotAsTheApiHasIt() {
    assertThat(shape("nonsense"))
        .asString()
        .contains("The play-by-play answer (8 bytes) is no JSON: Unrecognized token 'nonsense'");
    assertThat(shape("null"))
        .isEqualTo(
            new Shaped.Unusable("The play-by-play answer is the JSON value null, not an object"));
    assertThat(shape("[]"))
        .asString()
        .contains("The play-by-play answer (2 bytes) is not as the API has it, at");
    assertThat(shape("{\"plays\":[{\"typeCode\":{}}]}"))
        .isEqualTo(
            new Shaped.Unusable("The play-by-play is of game 0, asked for was game 2024020001"));
    assertThat(shape("{} {}")).isInstanceOf(Shaped.Unusable.class);
  }

  private Shaped shape(String playByPlay) {
    ItemAnswers responses =
        Answers.with(game.responses(), Endpoint.PLAY_BY_PLAY.label(), playByPlay.getBytes(UTF_8));
    return new NhlShaper().shape(responses);
  }

  @Test
  void whatWasNotFetched() {
    ItemAnswers all = game.responses();
    assertThat(Completeness.missing(Answers.without(all, "play-by-play")))
        .containsEntry("play-by-play", "not fetched");
    assertThat(new NhlShaper().shape(Answers.without(all, "play-by-play")))
        .isEqualTo(new Shaped.Waiting("play-by-play: not fetched"));
    assertThat(Completeness.missing(Answers.without(all, "boxscore")))
        .containsExactly(Map.entry("boxscore", "not fetched"), Map.entry("shiftcharts", "empty"));
    assertThat(Completeness.missing(Answers.without(all, "shiftcharts")))
        .containsExactly(Map.entry("shiftcharts", "no chart yet"));
  }

  @Test
  void aBoxScoreOfAnotherGameOrNotOver() {
    game.boxScore.put("id", 7);
    assertThat(game.missing())
        .containsEntry("boxscore", "The box score is of game 7, asked for was game 2024020001");
    game.boxScore.put("id", SmallGame.ID).put("gameState", "LIVE");
    assertThat(game.missing()).containsEntry("boxscore", "not ended: gameState is LIVE");
    assertThat(game.column(11, "all", "icetime")).isEmpty();
    assertThat(game.column(11, "all", "_coverage")).contains("plays");
  }

  @Test
  void aBoxScoreThatDisagreesCountByCountAndOneWithoutLines() {
    String disagrees = "disagrees with the plays, in skaters: ";
    game.line(11).put("goals", 1).put("assists", 1).put("sog", 1);
    game.line(12).put("sog", 2).put("blockedShots", 1);
    game.line(13).put("goals", 5); // a goalie's are not compared
    assertThat(game.missing())
        .containsEntry(
            "boxscore",
            disagrees + "goals of 1, assists of 1, shots on goal of 2, blocked shots of 1");
    game.boxScore.remove("playerByGameStats");
    assertThat(game.missing()).containsEntry("boxscore", disagrees + "no line at all of 4");
  }

  /** As in autumn 2023: one level deeper, shots for sog, and no shifts. */
  @Test
  void aBoxScoreOfTheOldGenerationIsReadToo() {
    game.play(506, 1, 1, SmallGame.AWAY, "shootingPlayerId", 11);
    for (int player : new int[] {11, 12, 21, 22}) {
      game.line(player).put("toi", "10:00").remove(List.of("sog", "shifts", "takeaways"));
    }
    game.line(11).put("shots", 1);
    game.boxScore.putObject("boxscore").set("playerByGameStats", stats());
    game.boxScore.remove("playerByGameStats");
    assertThat(game.missing()).containsOnlyKeys("shiftcharts");
    assertThat(game.column(11, "all", "icetime")).contains(600.0);
    assertThat(game.column(11, "all", "shifts")).isEmpty();
    ((ObjectNode) stats().at("/awayTeam/forwards/0")).put("shots", 2);
    assertThat(game.missing()).containsKey("boxscore");
  }

  private JsonNode stats() {
    JsonNode nested = game.boxScore.at("/boxscore/playerByGameStats");
    return nested.isMissingNode() ? game.boxScore.get("playerByGameStats") : nested;
  }

  @Test
  void whatTheBoxScoreDoesNotTellIsNotCompared() {
    game.play(503, 1, 1, SmallGame.AWAY, "hittingPlayerId", 11);
    assertThat(game.missing())
        .containsEntry("boxscore", "disagrees with the plays, in skaters: hits of 1");
    game.line(11).remove("hits");
    assertThat(game.missing()).doesNotContainKey("boxscore");
  }

  @Test
  void aChartThatLacksASecondOfAnyone() {
    for (int player : new int[] {11, 12, 13, 21, 22, 23}) {
      game.shift(player, 1, "01:00", "02:00");
      game.line(player).put("toi", "01:00").put("shifts", 1);
    }
    assertThat(game.missing()).isEmpty();
    assertThat(game.column(11, "all", "icetime")).contains(60.0);
    game.line(11).put("toi", "01:03");
    game.line(13).put("toi", "00:57");
    game.line(23).remove("toi");
    assertThat(game.missing())
        .containsEntry(
            "shiftcharts",
            "seconds disagree with the box score's time on ice for 1 skaters and 2 goalies");
    assertThat(game.column(11, "all", "icetime")).contains(63.0);
    assertThat(game.column(11, "all", "shifts")).contains(1);
    assertThat(game.column(11, "5on5", "icetime")).isEmpty();
    assertThat(game.column(11, "all", "_coverage")).contains("plays+boxscore");
  }

  @Test
  void aChartThatLacksASkaterAndAGoalie() {
    game.shift(12, 1, "01:00", "02:00");
    game.line(11).put("toi", "01:00");
    game.line(12).put("toi", "01:00");
    game.line(13).put("toi", "01:00");
    assertThat(game.missing())
        .containsEntry(
            "shiftcharts",
            "seconds disagree with the box score's time on ice for 1 skaters and 1 goalies");
  }

  /** A body is what the buffer has left, whether its bytes can be got at or not. */
  @Test
  void bodiesThatAreAPartOfALargerBuffer() {
    List<GenericRecord> rows = Answers.rows(game.responses());
    for (boolean readOnly : new boolean[] {false, true}) {
      List<ApiAnswer> answers = new ArrayList<>();
      for (ApiAnswer answer : game.responses().getAnswers()) {
        ByteBuffer body = answer.getBody();
        ByteBuffer larger = ByteBuffer.allocate(body.remaining() + 20).position(3);
        ByteBuffer part = larger.slice().position(4).put(body.duplicate()).flip().position(4);
        ByteBuffer given = readOnly ? part.asReadOnlyBuffer() : part;
        answers.add(ApiAnswer.newBuilder(answer).setBody(given).build());
      }
      ItemAnswers responses =
          new ItemAnswers(
              game.responses().getItem(), Instant.EPOCH, answers, List.of(), null, true, 1, 1);
      assertThat(Answers.rows(responses)).isEqualTo(rows);
    }
  }

  @Test
  void rowsOfAChartThatAreNoShiftsAreLeftOut() {
    for (int player : new int[] {11, 12, 13, 21, 22, 23}) {
      game.shift(player, 1, "00:00", "20:00");
      game.line(player).put("toi", "20:00").put("shifts", 1);
    }
    game.shift(11, 1, "00:00", "20:00");
    game.shift(11, 2, "00:10", "00:20").put("typeCode", 505);
    game.shift(99, 2, "00:10", "00:20");
    game.shift(11, 0, "00:10", "00:20");
    game.shift(11, 21, "00:10", "00:20");
    game.shift(11, 2, "00:10", "00:10");
    game.shift(11, 2, "00:20", "00:10");
    game.shift(11, 2, "10:00", "20:01");
    game.shift(11, 2, "", "00:10");
    ((ArrayNode) game.chart.get("data")).addNull();
    assertThat(game.missing()).isEmpty();
    assertThat(game.column(11, "all", "shifts")).contains(1);
    game.shift(11, 5, "00:00", "00:10");
    assertThat(game.missing()).as("a period that was not played").isEmpty();
    game.shift(11, 1, "00:00", "00:10").put("gameId", 7);
    assertThat(game.column(11, "all", "shifts")).as("another game").contains(1);
    game.play(520, 2, 0);
    assertThat(game.missing())
        .containsOnly(Map.entry("play-by-play", "on the ice, but in no roster: player 99"));
    game.shift(11, 2, "00:00", "00:03");
    assertThat(game.missing()).containsOnlyKeys("shiftcharts");
  }

  /** Without a box score a chart is believed while at most one play in a hundred contradicts it. */
  @Test
  void aChartThatContradictsTheSituationCodes() {
    game.withoutBoxScore();
    game.shift(11, 1, "00:00", "20:00");
    for (int i = 1; i <= 100; i++) {
      game.play(503, 1, i, SmallGame.AWAY, "hittingPlayerId", 11)
          .put("situationCode", i == 1 ? "1551" : "0100");
    }
    game.play(506, 1, 101, SmallGame.AWAY, "shootingPlayerId", 11).put("situationCode", "0101");
    assertThat(game.missing()).containsOnlyKeys("boxscore");
    assertThat(game.column(11, "all", "_coverage")).contains("plays+shifts");
    game.play(503, 1, 102, SmallGame.AWAY, "hittingPlayerId", 11);
    assertThat(game.missing())
        .containsEntry("shiftcharts", "shifts contradict the situation code at 2 of 101 plays");
    assertThat(game.column(11, "all", "corsiFor")).isEmpty();
  }

  @Test
  void aChartThatCannotBeRead() {
    game.chart.put("data", "none");
    assertThat(game.missing())
        .containsEntry("shiftcharts", "empty; fields not as the API has them: 1 (/data)");
    game.chart.remove("data");
    assertThat(game.missing()).containsEntry("shiftcharts", "empty");
  }
}
