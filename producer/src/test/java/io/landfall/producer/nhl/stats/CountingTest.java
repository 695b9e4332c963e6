package io.landfall.producer.nhl.stats;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules at their edges, on a game made by hand. */
class CountingTest {

  private static final int FACE_OFF = 502;
  private static final int HIT = 503;
  private static final int GIVEAWAY = 504;
  private static final int GOAL = 505;
  private static final int SHOT_ON_GOAL = 506;
  private static final int MISSED_SHOT = 507;
  private static final int BLOCKED_SHOT = 508;
  private static final int PENALTY = 509;
  private static final int STOPPAGE = 516;
  private static final int TAKEAWAY = 525;

  private final SmallGame game = new SmallGame();

  private ObjectNode shot(int typeCode, int second, int shooter) {
    int team = shooter < 20 ? SmallGame.AWAY : SmallGame.HOME;
    String field = typeCode == GOAL ? "scoringPlayerId" : "shootingPlayerId";
    return game.play(typeCode, 1, second, team, field, shooter);
  }

  @ParameterizedTest
  @CsvSource({
    "506, 506, 3, true",
    "507, 506, 3, true",
    "506, 507, 0, true",
    "506, 505, 1, true",
    "506, 506, 4, false",
    "508, 506, 1, false",
    "506, 508, 1, false"
  })
  void aReboundIsAnUnblockedShotAtOnceAfterASavedOrMissedOne(
      int first, int second, int pause, boolean rebound) {
    shot(first, 100, 11);
    shot(second, 100 + pause, 12);
    // To the credit of the shot that gave it; the goal is the scorer's.
    assertThat(game.count(11, "I_F_rebounds")).isEqualTo(rebound ? 1 : 0);
    assertThat(game.count(12, "I_F_rebounds")).isZero();
    assertThat(game.count(12, "I_F_reboundGoals")).isEqualTo(second == GOAL ? 1 : 0);
    assertThat(game.count(21, "reboundsAgainst")).isEqualTo(rebound ? 1 : 0);
  }

  @Test
  void whatFollowsAGoalOrAnotherTeamsShotOrComesAfterAnythingElseIsNoRebound() {
    shot(GOAL, 10, 11);
    shot(SHOT_ON_GOAL, 11, 11);
    shot(SHOT_ON_GOAL, 12, 21);
    game.play(STOPPAGE, 1, 13);
    shot(SHOT_ON_GOAL, 13, 21);
    shot(SHOT_ON_GOAL, 1200, 11);
    game.play(SHOT_ON_GOAL, 2, 1200, SmallGame.AWAY, "shootingPlayerId", 11);
    assertThat(game.count(11, "reboundsFor") + game.count(11, "reboundsAgainst")).isZero();
  }

  @Test
  void savedIsWhatWasOnGoalOrUnblockedAndIsNoGoal() {
    shot(GOAL, 10, 11);
    shot(SHOT_ON_GOAL, 20, 11);
    shot(SHOT_ON_GOAL, 30, 11);
    shot(MISSED_SHOT, 40, 11);
    shot(BLOCKED_SHOT, 50, 11);
    assertThat(game.count(11, "I_F_shotAttempts")).isEqualTo(5);
    assertThat(game.count(11, "I_F_unblockedShotAttempts")).isEqualTo(4);
    assertThat(game.count(11, "I_F_shotsOnGoal")).isEqualTo(3);
    assertThat(game.count(11, "I_F_savedShotsOnGoal")).isEqualTo(2);
    assertThat(game.count(11, "I_F_savedUnblockedShotAttempts")).isEqualTo(3);
    assertThat(game.count(21, "savedUnblockedShotAttemptsAgainst")).isEqualTo(3);
  }

  @Test
  void aClockThatGoesBackIsWithinItsSecondsToo() {
    shot(SHOT_ON_GOAL, 103, 11);
    shot(SHOT_ON_GOAL, 100, 11);
    assertThat(game.count(11, "I_F_rebounds")).isEqualTo(1);
    shot(SHOT_ON_GOAL, 96, 11);
    assertThat(game.count(11, "I_F_rebounds")).isEqualTo(1);
  }

  @Test
  void aFaceOffCountsForItsWinnerAndAgainstItsLoser() {
    game.play(FACE_OFF, 1, 0, SmallGame.HOME, "winningPlayerId", 21, "losingPlayerId", 11);
    assertThat(game.count(21, "faceOffsWonFor")).isEqualTo(1);
    assertThat(game.count(22, "faceOffsLostFor")).isZero();
    assertThat(game.count(11, "faceOffsWonFor")).isZero();
    assertThat(game.count(12, "faceOffsLostFor")).isEqualTo(1);
  }

  @Test
  void hitsTakeawaysGiveawaysAndPenaltiesAreTheActorsAndHisTeams() {
    game.play(HIT, 1, 1, SmallGame.AWAY, "hittingPlayerId", 11, "hitteePlayerId", 21);
    game.play(TAKEAWAY, 1, 2, SmallGame.AWAY, "playerId", 12);
    game.play(GIVEAWAY, 1, 3, SmallGame.HOME, "playerId", 22);
    game.play(PENALTY, 1, 4, SmallGame.HOME, "committedByPlayerId", 21, "duration", 5);
    game.play(PENALTY, 1, 5, SmallGame.HOME, "duration", 2);
    assertThat(game.count(11, "I_F_hits")).isEqualTo(1);
    assertThat(game.count(21, "hitsAgainst")).isEqualTo(1);
    assertThat(game.count(21, "I_F_hits")).isZero();
    assertThat(game.count(12, "I_F_takeaways")).isEqualTo(1);
    assertThat(game.count(11, "takeawaysFor")).isEqualTo(1);
    assertThat(game.count(22, "I_F_giveaways")).isEqualTo(1);
    assertThat(game.count(11, "giveawaysAgainst")).isEqualTo(1);
    assertThat(game.count(21, "penaltiesFor")).as("a bench minor is the team's").isEqualTo(2);
    assertThat(game.column(11, "all", "penalityMinutesAgainst")).contains(7.0);
    assertThat(game.missing()).containsKey("boxscore");
    assertThat(game.missing().get("boxscore"))
        .isEqualTo(
            "disagrees with the plays, in skaters: hits of 1, takeaways of 1, penalty minutes of 1,"
                + " giveaways of 1");
  }

  /** In either generation of the API, whose owner of a block was another. */
  @ParameterizedTest
  @CsvSource({"1, blocked", "1, teammate-blocked", "2,"})
  void aBlockedShotIsItsShootersWhoeverOwnsTheEvent(int owner, String reason) {
    boolean mate = "teammate-blocked".equals(reason);
    ObjectNode block =
        game.play(
            BLOCKED_SHOT, 1, 9, owner, "shootingPlayerId", 11, "blockingPlayerId", mate ? 12 : 21);
    if (reason != null) {
      ((ObjectNode) block.get("details")).put("reason", reason);
    }
    assertThat(game.count(11, "I_F_blockedShotAttempts")).isEqualTo(1);
    assertThat(game.count(12, "blockedShotAttemptsFor")).isEqualTo(1);
    assertThat(game.count(21, "shotAttemptsAgainst")).isEqualTo(1);
    assertThat(game.count(21, "unblockedShotAttemptsAgainst")).isZero();
    if (mate) {
      assertThat(game.missing()).doesNotContainKey("boxscore");
    } else {
      assertThat(game.missing())
          .containsEntry("boxscore", "disagrees with the plays, in skaters: blocked shots of 1");
    }
  }

  /** A shooter whom the roster does not know leaves the owner to go by. */
  @ParameterizedTest
  @CsvSource({"508, 1, blocked, 1", "508, 2,, 1", "507, 1,, 1"})
  void anUnknownShootersAttemptIsHisTeams(int typeCode, int owner, String reason, int expected) {
    ObjectNode shot = game.play(typeCode, 1, 9, owner, "shootingPlayerId", 99);
    if (reason != null) {
      ((ObjectNode) shot.get("details")).put("reason", reason);
    }
    assertThat(game.count(11, "shotAttemptsFor")).isEqualTo(expected);
    assertThat(game.count(11, "I_F_shotAttempts")).isZero();
    assertThat(game.count(21, "shotAttemptsFor")).isZero();
  }

  @Test
  void anAttemptOfNobodysTeamCountsNowhere() {
    game.play(MISSED_SHOT, 1, 9, 77, "shootingPlayerId", 99);
    assertThat(game.count(11, "shotAttemptsFor") + game.count(21, "shotAttemptsFor")).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "left, 21, 80, HIGH", "left, 21, -80, LOW", "right, 21, -80, HIGH", "right, 21, 80, LOW",
    "left, 11, -80, HIGH", "left, 11, 80, LOW", "right, 11, 80, HIGH", "right, 11, -80, LOW",
    "left, 21, 60, MEDIUM", "up, 21, 80,", ", 21, 80,", "left, 21,,"
  })
  void dangerIsSeenTowardsTheAttackedGoalAndNullWithoutAPlace(
      String defends, int shooter, Integer x, Danger danger) {
    ObjectNode shot = shot(GOAL, 5, shooter);
    for (JsonNode play : game.plays.get("plays")) {
      ((ObjectNode) play).put("homeTeamDefendingSide", defends);
    }
    ObjectNode details = (ObjectNode) shot.get("details");
    details.remove("xCoord");
    if (x != null) {
      details.put("xCoord", x).put("yCoord", 0);
    }
    for (Danger each : Danger.values()) {
      String name = each.name().toLowerCase(Locale.ROOT);
      Optional<Object> expected =
          danger == null ? Optional.empty() : Optional.of(each == danger ? 1 : 0);
      for (String column : List.of("I_F_%sDangerShots", "I_F_%sDangerGoals")) {
        assertThat(game.column(shooter, "all", column.formatted(name))).isEqualTo(expected);
      }
    }
    assertThat(game.count(shooter, "I_F_goals")).isEqualTo(1);
  }

  /** A place of which one number is missing is none; of few shots that is no matter. */
  @Test
  void noPlaceIsHalfAPlace() {
    for (int i = 0; i < 18; i++) {
      shot(SHOT_ON_GOAL, 100 + i, 12);
    }
    ((ObjectNode) shot(SHOT_ON_GOAL, 5, 11).get("details")).remove("xCoord");
    ((ObjectNode) shot(SHOT_ON_GOAL, 9, 11).get("details")).remove("yCoord");
    assertThat(game.count(11, "I_F_shotsOnGoal")).isEqualTo(2);
    assertThat(game.count(11, "I_F_lowDangerShots")).isZero();
    ((ObjectNode) shot(SHOT_ON_GOAL, 9, 11).get("details")).remove("yCoord");
    assertThat(game.column(11, "all", "I_F_lowDangerShots")).isEmpty();
  }

  /** Where plays do not say who defends which end, zone codes and shots do. */
  @ParameterizedTest
  @CsvSource({
    "left, O, 3, HIGH",
    "right, O, 3, HIGH",
    "right, O, 2, LOW",
    "right, , 3, LOW",
    ", O, 1, HIGH",
    ", , 3, HIGH",
    ", , 2,",
    "right, D, 3, LOW"
  })
  void theEndsAreTold(String defends, String zone, int shots, Danger danger) {
    for (int i = 0; i < shots; i++) {
      ObjectNode details = (ObjectNode) shot(SHOT_ON_GOAL, 5 + 9 * i, 21).get("details");
      details.put("xCoord", 80).put("zoneCode", zone);
    }
    for (JsonNode play : game.plays.get("plays")) {
      ((ObjectNode) play).put("homeTeamDefendingSide", defends);
    }
    Optional<Object> high =
        danger == null ? Optional.empty() : Optional.of(danger == Danger.HIGH ? shots : 0);
    assertThat(game.column(21, "all", "I_F_highDangerShots")).isEqualTo(high);
  }

  @Test
  void aShootoutCountsNowhereAndAFailedAttemptIsNone() {
    ObjectNode play = game.play(GOAL, 5, 0, SmallGame.AWAY, "scoringPlayerId", 11);
    ((ObjectNode) play.get("periodDescriptor")).put("periodType", "SO");
    game.play(537, 1, 30, SmallGame.AWAY, "shootingPlayerId", 11);
    assertThat(game.count(11, "goalsFor") + game.count(11, "shotAttemptsFor")).isZero();
    assertThat(game.missing()).doesNotContainKey("boxscore");
  }

  /** The neighbours tell if they agree, and if no penalty can have come and gone between them. */
  @Test
  void aPlayWithoutASituationCodeHasThatOfItsNeighboursIfTheyAgree() {
    for (int i = 0; i < 20; i++) {
      shot(SHOT_ON_GOAL, 2 + i, 12);
    }
    shot(GOAL, 30, 11).remove("situationCode");
    assertThat(game.column(11, "5on5", "I_F_goals")).as("nothing after it").isEmpty();
    assertThat(game.column(11, "all", "I_F_goals")).contains(1);
    assertThat(game.column(12, "5on5", "I_F_shotsOnGoal")).contains(20);
    ObjectNode after = shot(SHOT_ON_GOAL, 140, 12);
    assertThat(game.column(11, "5on5", "I_F_goals")).contains(1);
    after.put("situationCode", "1541");
    assertThat(game.column(11, "5on5", "I_F_goals")).as("another code").isEmpty();
    assertThat(game.column(11, "5on4", "goalsFor")).isEmpty();
    after.put("situationCode", "1551").put("timeInPeriod", "02:21");
    assertThat(game.column(11, "5on5", "I_F_goals")).as("two minutes").isEmpty();
  }

  @Test
  void playsOfWhichTooManyHaveNoStrengthTellOfNoSituation() {
    shot(GOAL, 5, 11);
    shot(GOAL, 700, 11).put("situationCode", "x541");
    assertThat(game.column(11, "5on5", "I_F_goals")).isEmpty();
    assertThat(game.column(12, "5on5", "hitsFor")).isEmpty();
    assertThat(game.column(12, "all", "hitsFor")).contains(0);
  }

  @Test
  void playsAreInTheOrderOfSortOrder() {
    shot(SHOT_ON_GOAL, 10, 11).put("sortOrder", 900);
    shot(SHOT_ON_GOAL, 11, 12).put("sortOrder", 800);
    assertThat(game.count(12, "I_F_rebounds")).isEqualTo(1);
  }

  @Test
  void pointsAreGoalsAndAssists() {
    game.play(
        GOAL,
        1,
        1,
        SmallGame.AWAY,
        "scoringPlayerId",
        11,
        "assist1PlayerId",
        12,
        "assist2PlayerId",
        13);
    game.play(GOAL, 1, 9, SmallGame.AWAY, "scoringPlayerId", 12, "assist2PlayerId", 11);
    assertThat(game.count(11, "I_F_points")).isEqualTo(2);
    assertThat(game.count(12, "I_F_points")).isEqualTo(2);
    assertThat(game.count(12, "I_F_primaryAssists")).isEqualTo(1);
    assertThat(game.count(11, "I_F_secondaryAssists")).isEqualTo(1);
  }

  /** A second belongs to those who were on until it; a face-off to those who come for it. */
  @Test
  void atAChangeAGoalIsTheOldLinesAndTheFaceOffTheNewOnes() {
    game.withoutBoxScore();
    for (int goalie : new int[] {13, 23}) {
      game.shift(goalie, 1, "00:00", "20:00");
    }
    game.shift(11, 1, "00:00", "10:00");
    game.shift(12, 1, "10:00", "20:00");
    game.shift(21, 1, "00:00", "20:00");
    shot(GOAL, 600, 11).put("situationCode", "1111");
    shot(MISSED_SHOT, 601, 12).put("situationCode", "1111");
    game.play(FACE_OFF, 1, 600, SmallGame.HOME, "winningPlayerId", 21).put("situationCode", "1111");
    assertThat(game.count(11, "OnIce_F_goals")).isEqualTo(1);
    assertThat(game.count(12, "OnIce_F_goals")).isZero();
    assertThat(game.count(12, "OffIce_F_goals")).isEqualTo(1);
    assertThat(game.count(12, "OnIce_F_missedShots")).isEqualTo(1);
    assertThat(game.count(21, "OnIce_A_goals")).isEqualTo(1);
    assertThat(game.column(22, "all", "corsiPercentage")).isEqualTo(Optional.empty());
    assertThat(game.column(11, "all", "corsiPercentage")).contains(100.0);
    assertThat(game.column(21, "all", "corsiPercentage")).contains(0.0);
    assertThat(game.column(12, "all", "offIce_corsiPercentage")).contains(100.0);
    assertThat(game.missing()).containsOnlyKeys("boxscore");
  }

  @Test
  void ofAPenaltyShotOnlyTheShooterIsOnTheIce() {
    game.withoutBoxScore();
    for (int player : new int[] {11, 12, 13, 21, 22, 23}) {
      game.shift(player, 1, "00:00", "20:00");
    }
    game.play(HIT, 1, 5, SmallGame.AWAY, "hittingPlayerId", 11).put("situationCode", "1221");
    shot(SHOT_ON_GOAL, 9, 21).put("situationCode", "1010");
    shot(MISSED_SHOT, 11, 99).put("situationCode", "1010");
    assertThat(game.count(21, "OnIce_F_shotsOnGoal")).isEqualTo(1);
    assertThat(game.count(22, "OnIce_F_shotsOnGoal")).isZero();
    assertThat(game.count(22, "OffIce_F_shotsOnGoal")).isEqualTo(1);
    assertThat(game.count(11, "OnIce_A_shotsOnGoal")).isZero();
    assertThat(game.count(21, "OnIce_F_missedShots")).isZero();
  }

  @Test
  void aFaceOffSeesThoseWhoComeForItAndAnythingElseThoseWhoWereThere() {
    game.withoutBoxScore();
    game.shift(11, 1, "00:00", "10:00");
    game.shift(12, 1, "10:00", "20:00");
    game.shift(21, 1, "10:00", "20:00");
    game.play(STOPPAGE, 1, 600).put("situationCode", "0100");
    game.play(HIT, 1, 600, SmallGame.AWAY, "hittingPlayerId", 11).put("situationCode", "0100");
    game.play(FACE_OFF, 1, 600, SmallGame.AWAY).put("situationCode", "0110");
    game.play(FACE_OFF, 1, 1200, SmallGame.AWAY).put("situationCode", "0000");
    game.play(HIT, 1, 1200, SmallGame.AWAY, "hittingPlayerId", 12).put("situationCode", "0110");
    game.play(FACE_OFF, 1, 0, SmallGame.AWAY).put("situationCode", "0100");
    game.play(HIT, 1, 0, SmallGame.AWAY, "hittingPlayerId", 11).put("situationCode", "0100");
    assertThat(game.missing()).containsOnlyKeys("boxscore");
  }

  /** Five a side for a minute; the last second of it one of the visitors is missing. */
  @Test
  void secondsAndShiftsAreInTheSituationOfThoseOnTheIce() {
    game.withoutBoxScore();
    game.play(FACE_OFF, 1, 0, SmallGame.AWAY);
    for (int player : new int[] {14, 15, 16, 24, 25, 26}) {
      game.skater(player);
      game.shift(player, 1, "00:00", player == 16 ? "00:59" : "01:00");
    }
    for (int player : new int[] {11, 12, 13, 21, 22, 23}) {
      game.shift(player, 1, "00:00", "01:00");
    }
    assertThat(game.column(11, "5on5", "icetime")).contains(59.0);
    assertThat(game.column(11, "4on5", "icetime")).contains(1.0);
    assertThat(game.column(11, "5on4", "icetime")).contains(0.0);
    assertThat(game.column(11, "all", "icetime")).contains(60.0);
    assertThat(game.column(21, "5on4", "icetime")).contains(1.0);
    assertThat(game.column(21, "4on5", "shifts")).contains(0);
    assertThat(game.column(11, "5on5", "shifts")).contains(1);
    assertThat(game.column(11, "4on5", "shifts")).contains(1);
    assertThat(game.column(16, "4on5", "shifts")).contains(0);
    assertThat(game.column(16, "all", "shifts")).contains(1);
  }
}
