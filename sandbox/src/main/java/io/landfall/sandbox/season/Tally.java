package io.landfall.sandbox.season;

import io.landfall.sandbox.season.Happening.Attempt;
import io.landfall.sandbox.season.Happening.Faceoff;
import io.landfall.sandbox.season.Happening.Giveaway;
import io.landfall.sandbox.season.Happening.Hit;
import io.landfall.sandbox.season.Happening.Penalty;
import io.landfall.sandbox.season.Happening.Result;
import io.landfall.sandbox.season.Happening.Takeaway;

/**
 * What each player did and was on the ice for, by situation, counted while the game is simulated
 * and never from the JSON that is served. Shootouts count nowhere.
 *
 * <p>A play counts in the situation of its own situationCode, as the team concerned sees it;
 * seconds and shifts in that of the players on the ice. A penalty shot so counts as other, for all
 * who were on the ice when it was called.
 */
public final class Tally {

  private static final int PLAYERS = 2 * Happening.TEAM_SIZE;
  private static final int SITUATIONS = Situation.values().length;
  private static final int SKATERS = 0x3FFFF;

  private final int[] counts;

  Tally() {
    this(new int[PLAYERS * SITUATIONS * Metric.COUNT]);
  }

  private Tally(int[] counts) {
    this.counts = counts;
  }

  Tally copy() {
    return new Tally(counts.clone());
  }

  /**
   * One count.
   *
   * @param player 0 to 19 for the visitors, 20 to 39 for the home team
   */
  public int count(int player, Situation situation, Metric metric) {
    return counts[index(player, situation, metric)];
  }

  /** Over all situations. */
  public int count(int player, Metric metric) {
    int sum = 0;
    for (Situation situation : Situation.values()) {
      sum += count(player, situation, metric);
    }
    return sum;
  }

  /** A second of play: time for everyone on the ice, a shift for those who just came on. */
  void second(Moment during, int awayFresh, int homeFresh) {
    for (int side = 0; side < 2; side++) {
      boolean home = side == 1;
      Situation situation = during.strength().seenBy(home);
      int fresh = home ? homeFresh : awayFresh;
      for (int left = during.on(home); left != 0; left &= left - 1) {
        int place = Integer.numberOfTrailingZeros(left);
        int player = side * Happening.TEAM_SIZE + place;
        add(player, situation, Metric.ICE_TIME, 1);
        if ((fresh >> place & 1) == 1) {
          add(player, situation, Metric.SHIFTS, 1);
        }
      }
    }
  }

  /**
   * A play.
   *
   * @param times 1 to count it, -1 to take it back
   */
  void play(Moment at, Happening what, int times) {
    if (what instanceof Attempt attempt) {
      attempt(at, attempt, times);
    } else if (what instanceof Faceoff faceoff) {
      own(at, faceoff.winner(), Metric.FACEOFFS_WON, times);
      own(at, faceoff.loser(), Metric.FACEOFFS_LOST, times);
    } else if (what instanceof Hit hit) {
      own(at, hit.hitter(), Metric.HITS, times);
    } else if (what instanceof Giveaway giveaway) {
      own(at, giveaway.player(), Metric.GIVEAWAYS, times);
    } else if (what instanceof Takeaway takeaway) {
      own(at, takeaway.player(), Metric.TAKEAWAYS, times);
    } else if (what instanceof Penalty penalty && penalty.committedBy() >= 0) {
      own(at, penalty.committedBy(), Metric.PENALTIES, times);
      own(at, penalty.committedBy(), Metric.PENALTY_MINUTES, times * penalty.minutes());
    }
  }

  private void attempt(Moment at, Attempt attempt, int times) {
    switch (attempt.result()) {
      case GOAL -> {
        own(at, attempt.shooter(), Metric.GOALS, times);
        own(at, attempt.assist1(), Metric.PRIMARY_ASSISTS, times);
        own(at, attempt.assist2(), Metric.SECONDARY_ASSISTS, times);
        onIce(at, attempt, Metric.ON_ICE_GOALS_FOR, Metric.ON_ICE_GOALS_AGAINST, times);
        onGoal(at, attempt, times);
      }
      case SAVED -> onGoal(at, attempt, times);
      case MISSED -> {
        own(at, attempt.shooter(), Metric.MISSED_SHOTS, times);
        onIce(
            at, attempt, Metric.ON_ICE_MISSED_SHOTS_FOR, Metric.ON_ICE_MISSED_SHOTS_AGAINST, times);
      }
      case BLOCKED, BLOCKED_BY_TEAMMATE -> {
        own(at, attempt.shooter(), Metric.BLOCKED_ATTEMPTS, times);
        onIce(
            at,
            attempt,
            Metric.ON_ICE_BLOCKED_ATTEMPTS_FOR,
            Metric.ON_ICE_BLOCKED_ATTEMPTS_AGAINST,
            times);
        if (attempt.result() == Result.BLOCKED) {
          own(at, attempt.blocker(), Metric.SHOTS_BLOCKED, times);
        }
      }
      case FAILED -> {}
    }
  }

  private void onGoal(Moment at, Attempt attempt, int times) {
    own(at, attempt.shooter(), Metric.SHOTS_ON_GOAL, times);
    onIce(at, attempt, Metric.ON_ICE_SHOTS_ON_GOAL_FOR, Metric.ON_ICE_SHOTS_ON_GOAL_AGAINST, times);
  }

  private void own(Moment at, int player, Metric metric, int times) {
    if (player != Happening.NOBODY) {
      add(player, at.strength().seenBy(Happening.home(player)), metric, times);
    }
  }

  private void onIce(Moment at, Attempt attempt, Metric own, Metric against, int times) {
    boolean byHome = Happening.home(attempt.shooter());
    for (int side = 0; side < 2; side++) {
      boolean home = side == 1;
      Situation situation = at.strength().seenBy(home);
      for (int left = at.on(home) & SKATERS; left != 0; left &= left - 1) {
        int player = side * Happening.TEAM_SIZE + Integer.numberOfTrailingZeros(left);
        add(player, situation, home == byHome ? own : against, times);
      }
    }
  }

  private void add(int player, Situation situation, Metric metric, int times) {
    counts[index(player, situation, metric)] += times;
  }

  @SuppressWarnings("EnumOrdinal") // an array in memory, never stored: counting must cost little
  private static int index(int player, Situation situation, Metric metric) {
    return (player * SITUATIONS + situation.ordinal()) * Metric.COUNT + metric.ordinal();
  }
}
