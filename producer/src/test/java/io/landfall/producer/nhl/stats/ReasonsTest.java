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
    isUnusable("The play-by-play's homeTeam has no id or no abbrev: Team[id=2, abbrev=null]");
    home.put("abbrev", "HOM").put("id", 0);
    isUnusable("The play-by-play's homeTeam has no id or no abbrev: Team[id=0, abbrev=HOM]");
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

  @Test
  void aRosterThatCannotBeTold() {
    String spot = "rosterSpots[1] has no player, no position or a team that does not play: ";
    spot(1).put("teamId", 3);
    assertThat(reason()).startsWith(spot).contains("teamId=3");
    spot(1).put("teamId", 1).put("playerId", 0);
    assertThat(reason()).startsWith(spot).contains("playerId=0");
    spot(1).put("playerId", 12).remove("positionCode");
    assertThat(reason()).startsWith(spot).contains("positionCode=null");
    ((ArrayNode) game.plays.get("rosterSpots")).insertNull(1);
    assertThat(reason()).isEqualTo(spot + "null");
  }

  private String reason() {
    return ((Shaped.Unusable) game.shape()).reason();
  }

  @Test
  void aPlayerWhoIsListedTwiceAndMorePlayersThanThereCanBe() {
    spot(1).put("playerId", 11);
    isUnusable("rosterSpots of the play-by-play lists player 11 twice");
    spot(1).put("playerId", 12);
    ArrayNode spots = (ArrayNode) game.plays.get("rosterSpots");
    for (int i = spots.size(); i < 64; i++) {
      spots.addObject().put("teamId", 1).put("playerId", 100 + i).put("positionCode", "C");
    }
    assertThat(game.shape()).isInstanceOf(Shaped.Rows.class);
    spots.addObject().put("teamId", 1).put("playerId", 999).put("positionCode", "C");
    isUnusable(
        "rosterSpots of the play-by-play lists 65 players; a game has 40, and at most 64 can be"
            + " told apart");
  }

  @Test
  void aPlayWithoutPeriodOrTime() {
    ObjectNode period = (ObjectNode) firstPlay().get("periodDescriptor");
    period.put("number", 0);
    isUnusable("The play with sortOrder 1 is in no period: Period[number=0, periodType=REG]");
    period.put("number", 21);
    isUnusable("The play with sortOrder 1 is in no period: Period[number=21, periodType=REG]");
    period.put("number", 20);
    assertThat(game.shape()).isInstanceOf(Shaped.Rows.class);
    firstPlay().put("timeInPeriod", "1:2:3");
    isUnusable("The play with sortOrder 1 has the timeInPeriod 1:2:3, expected MM:SS");
    firstPlay().remove("periodDescriptor");
    isUnusable("The play with sortOrder 1 is in no period: null");
    ((ArrayNode) game.plays.get("plays")).insertNull(1);
    isUnusable("plays[1] is null");
  }

  @Test
  void anAnswerThatIsNoJsonOrNotAsTheApiHasIt() {
    assertThat(shape("nonsense"))
        .asString()
        .contains("The play-by-play answer (8 bytes) is no JSON: Unrecognized token 'nonsense'");
    assertThat(shape("null"))
        .isEqualTo(
            new Shaped.Unusable("The play-by-play answer is the JSON value null, not an object"));
    assertThat(shape("{\"plays\":[{\"typeCode\":{}}]}"))
        .asString()
        .contains(
            "The play-by-play answer (27 bytes) is not as the API has it, at"
                + " PlayByPlayJson[\"plays\"]->ArrayList[0]->PlayByPlayJson$Play[\"typeCode\"]:");
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
    game.line(11).put("toi", "01:01");
    game.line(13).put("toi", "00:59");
    game.line(23).remove("toi");
    assertThat(game.missing())
        .containsEntry(
            "shiftcharts",
            "seconds disagree with the box score's time on ice for 1 skaters and 2 goalies");
    assertThat(game.column(11, "all", "icetime")).contains(61.0);
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
          new ItemAnswers(game.responses().getItem(), Instant.EPOCH, answers, List.of());
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
    game.shift(11, 20, "00:00", "00:01");
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
    assertThat(game.missing().get("shiftcharts"))
        .startsWith(
            "The shiftcharts answer (15 bytes) is not as the API has it, at ShiftChartJson");
    game.chart.remove("data");
    assertThat(game.missing()).containsEntry("shiftcharts", "empty");
  }
}
