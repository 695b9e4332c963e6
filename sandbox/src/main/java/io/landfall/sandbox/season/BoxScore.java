package io.landfall.sandbox.season;

import io.landfall.sandbox.season.Happening.Attempt;
import io.landfall.sandbox.season.Happening.Faceoff;
import io.landfall.sandbox.season.Happening.Giveaway;
import io.landfall.sandbox.season.Happening.Hit;
import io.landfall.sandbox.season.Happening.Penalty;
import io.landfall.sandbox.season.Happening.Result;
import io.landfall.sandbox.season.Happening.Takeaway;

/** The official lines of the forty players, counted from plays and shifts. */
final class BoxScore {

  /** One player's counts. */
  static final class Line {
    int goals;
    int assists;
    int plusMinus;
    int penaltyMinutes;
    int hits;
    int powerPlayGoals;
    int shotsOnGoal;
    int faceoffsWon;
    int faceoffs;
    int blockedShots;
    int giveaways;
    int takeaways;
    int shifts;
    int seconds;
    final int[] shotsAgainst = new int[3];
    final int[] goalsAgainst = new int[3];
  }

  private static final int EVEN = 0;
  private static final int POWER_PLAY = 1;
  private static final int SHORTHANDED = 2;

  private final Line[] lines = new Line[2 * Side.PLAYERS];

  private BoxScore() {
    for (int i = 0; i < lines.length; i++) {
      lines[i] = new Line();
    }
  }

  static BoxScore of(GeneratedGame game) {
    BoxScore score = new BoxScore();
    for (Shift shift : game.shifts()) {
      score.line(shift.player()).shifts++;
      score.line(shift.player()).seconds += shift.seconds();
    }
    for (Play play : game.plays()) {
      if (!game.periodType(play.moment().period()).equals("SO")) {
        score.count(play.moment(), play.what());
      }
    }
    return score;
  }

  Line line(int player) {
    return lines[player];
  }

  private void count(Moment at, Happening what) {
    if (what instanceof Attempt attempt) {
      attempt(at, attempt);
    } else if (what instanceof Faceoff faceoff) {
      line(faceoff.winner()).faceoffsWon++;
      line(faceoff.winner()).faceoffs++;
      line(faceoff.loser()).faceoffs++;
    } else if (what instanceof Hit hit) {
      line(hit.hitter()).hits++;
    } else if (what instanceof Giveaway giveaway) {
      line(giveaway.player()).giveaways++;
    } else if (what instanceof Takeaway takeaway) {
      line(takeaway.player()).takeaways++;
    } else if (what instanceof Penalty penalty && penalty.committedBy() >= 0) {
      line(penalty.committedBy()).penaltyMinutes += penalty.minutes();
    }
  }

  private void attempt(Moment at, Attempt attempt) {
    if (attempt.result() == Result.BLOCKED) {
      line(attempt.blocker()).blockedShots++;
    }
    if (!attempt.onGoal()) {
      return;
    }
    line(attempt.shooter()).shotsOnGoal++;
    int strength = strength(at.strength(), Side.of(attempt.shooter()));
    boolean goal = attempt.result() == Result.GOAL;
    if (attempt.goalie() >= 0) {
      line(attempt.goalie()).shotsAgainst[strength]++;
      line(attempt.goalie()).goalsAgainst[strength] += goal ? 1 : 0;
    }
    if (goal) {
      goal(at, attempt, strength);
    }
  }

  private void goal(Moment at, Attempt goal, int strength) {
    line(goal.shooter()).goals++;
    line(goal.shooter()).powerPlayGoals += strength == POWER_PLAY ? 1 : 0;
    if (goal.assist1() >= 0) {
      line(goal.assist1()).assists++;
    }
    if (goal.assist2() >= 0) {
      line(goal.assist2()).assists++;
    }
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
