package io.landfall.sandbox.season;

import io.landfall.sandbox.season.Event.Attempt;
import io.landfall.sandbox.season.Event.Result;
import java.util.Arrays;

/**
 * What the official lines of the forty players tell beyond the {@link Tally}: goals by strength,
 * plus and minus, and time on ice so far, which is counted from the shifts.
 */
final class BoxScore {

  /** One player's counts. */
  static final class Line {
    int plusMinus;
    int powerPlayGoals;
    int shifts;
    int seconds;
    final int[] shotsAgainst = new int[3];
    final int[] goalsAgainst = new int[3];
  }

  private static final int EVEN = 0;
  private static final int POWER_PLAY = 1;
  private static final int SHORTHANDED = 2;

  private final Line[] lines = new Line[Side.BOTH];

  BoxScore(GeneratedGame game) {
    Arrays.setAll(lines, player -> new Line());
    for (Shift shift : game.shifts()) {
      line(shift.player()).shifts++;
      line(shift.player()).seconds += shift.seconds();
    }
    for (Play play : game.plays()) {
      if (play.event() instanceof Attempt attempt && attempt.onGoal() && !game.shootout(play)) {
        shot(play.moment(), attempt);
      }
    }
  }

  Line line(int player) {
    return lines[player];
  }

  private void shot(Moment at, Attempt shot) {
    int strength = strength(at.strength(), Side.of(shot.shooter()));
    boolean goal = shot.result() == Result.GOAL;
    if (shot.goalie() >= 0) {
      line(shot.goalie()).shotsAgainst[strength]++;
      line(shot.goalie()).goalsAgainst[strength] += goal ? 1 : 0;
    }
    if (goal) {
      goal(at, shot, strength);
    }
  }

  private void goal(Moment at, Attempt goal, int strength) {
    line(goal.shooter()).powerPlayGoals += strength == POWER_PLAY ? 1 : 0;
    boolean penaltyShot = at.strength().awaySkaters() + at.strength().homeSkaters() == 1;
    if (strength != POWER_PLAY && !penaltyShot) {
      Side scorers = Side.of(goal.shooter());
      plusMinus(at, scorers, 1);
      plusMinus(at, scorers.other(), -1);
    }
  }

  private void plusMinus(Moment at, Side side, int value) {
    for (int left = at.on(side) & Lineup.SKATERS; left != 0; left &= left - 1) {
      line(side.player(Integer.numberOfTrailingZeros(left))).plusMinus += value;
    }
  }

  /** As the shooting team sees it: skaters compared, an extra skater for a goalie not counted. */
  static int strength(Strength strength, Side shooters) {
    int home = strength.homeSkaters() - (1 - strength.homeGoalies());
    int away = strength.awaySkaters() - (1 - strength.awayGoalies());
    int more = shooters == Side.HOME ? home - away : away - home;
    return more == 0 ? EVEN : more > 0 ? POWER_PLAY : SHORTHANDED;
  }
}
