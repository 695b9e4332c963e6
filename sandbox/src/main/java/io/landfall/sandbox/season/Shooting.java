package io.landfall.sandbox.season;

import io.landfall.sandbox.season.Event.Attempt;
import io.landfall.sandbox.season.Event.Result;
import io.landfall.sandbox.season.Event.Spot;
import java.util.List;

/** Shot attempts: who takes them, what becomes of them. */
final class Shooting {

  private static final List<String> KINDS =
      List.of(
          "wrist",
          "snap",
          "slap",
          "tip-in",
          "backhand",
          "deflected",
          "wrap-around",
          "bat",
          "poke",
          "between-legs");
  private static final double[] KIND_WEIGHTS = {52, 15.6, 13, 9.1, 6.6, 1.8, 0.8, 0.5, 0.4, 0.05};
  private static final List<String> MISSES =
      List.of(
          "wide-left",
          "wide-right",
          "above-crossbar",
          "high-and-wide-right",
          "high-and-wide-left",
          "hit-right-post",
          "short",
          "hit-left-post",
          "hit-crossbar",
          "failed-bank-attempt");
  private static final double[] MISS_WEIGHTS = {113, 106, 20, 14, 12, 8, 8, 7, 6, 4};
  private static final Result[] RESULTS = {
    Result.GOAL, Result.SAVED, Result.MISSED, Result.BLOCKED, Result.BLOCKED_BY_TEAMMATE
  };
  private static final double[] EVEN = {4.5, 42.6, 26.6, 25.6, 2.1};
  private static final double[] POWER_PLAY = {8.6, 45, 26, 20, 2.1};
  private static final double[] OPEN_ICE = {8.8, 53, 30, 8, 0.4};
  private static final double[] NET_EMPTY = {46, 0, 38, 16, 0.5};

  private final Ice ice;

  Shooting(Ice ice) {
    this.ice = ice;
  }

  /** An attempt by the team, in play. */
  Attempt attempt(Side side) {
    return attempt(side, RESULTS[ice.random.weighted(odds(side))]);
  }

  /** An attempt by the team with a given end; without a goalie to save it, a save is a miss. */
  Attempt attempt(Side side, Result wanted) {
    int goalie = ice.goalieFacing(side);
    Result result = goalie < 0 && wanted == Result.SAVED ? Result.MISSED : wanted;
    int shooter = ice.skater(side, result == Result.GOAL ? 0.28 : 0.62);
    Spot spot = ice.rink.shot(ice.period, side, goalie < 0);
    Attempt attempt =
        Attempt.of(result, shooter, goalie, kind(), result == Result.MISSED ? miss() : "", spot);
    return switch (result) {
      case GOAL -> assisted(side, attempt);
      case BLOCKED ->
          attempt.blockedBy(ice.skater(side.other(), 1.5), ice.rink.block(ice.period, side));
      case BLOCKED_BY_TEAMMATE -> blockedByTeammate(side, attempt);
      default -> attempt;
    };
  }

  /** One shooter against the goalie: a penalty shot or a shootout attempt. */
  Attempt alone(Side side, int shooter, int goalie, double goalChance) {
    double missed = 0.24;
    double failed = 0.02;
    int end = ice.random.weighted(goalChance, 1 - goalChance - missed - failed, missed, failed);
    Result result =
        switch (end) {
          case 0 -> Result.GOAL;
          case 1 -> Result.SAVED;
          case 2 -> Result.MISSED;
          default -> Result.FAILED;
        };
    return alone(side, shooter, goalie, result);
  }

  Attempt alone(Side side, int shooter, int goalie, Result result) {
    Spot spot = ice.rink.shot(ice.period, side, false);
    return Attempt.of(result, shooter, goalie, kind(), result == Result.MISSED ? miss() : "", spot);
  }

  private double[] odds(Side side) {
    if (ice.goalieFacing(side) < 0) {
      return NET_EMPTY;
    }
    int own = ice.bench(side).skaters();
    int opponents = ice.bench(side.other()).skaters();
    if (own <= 4 && opponents <= 3) {
      return OPEN_ICE;
    }
    return own > opponents && ice.bench(side).goalieOn() ? POWER_PLAY : EVEN;
  }

  private Attempt assisted(Side side, Attempt goal) {
    int assists = ice.random.weighted(0.07, 0.16, 0.77);
    if (assists == 0) {
      return goal;
    }
    int first = ice.skaterBut(side, 0.7, goal.shooter(), Event.NOBODY);
    int second = assists == 1 ? Event.NOBODY : ice.skaterBut(side, 0.7, goal.shooter(), first);
    return goal.assisted(first, second);
  }

  private Attempt blockedByTeammate(Side side, Attempt attempt) {
    int mate = ice.skaterBut(side, 0.3, attempt.shooter(), Event.NOBODY);
    return attempt.blockedBy(mate, ice.rink.block(ice.period, side));
  }

  private String kind() {
    return KINDS.get(ice.random.weighted(KIND_WEIGHTS));
  }

  private String miss() {
    return MISSES.get(ice.random.weighted(MISS_WEIGHTS));
  }
}
