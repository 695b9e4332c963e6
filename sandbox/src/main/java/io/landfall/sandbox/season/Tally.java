package io.landfall.sandbox.season;

import io.landfall.sandbox.season.Happening.Attempt;
import io.landfall.sandbox.season.Happening.Faceoff;
import io.landfall.sandbox.season.Happening.Giveaway;
import io.landfall.sandbox.season.Happening.Hit;
import io.landfall.sandbox.season.Happening.Penalty;
import io.landfall.sandbox.season.Happening.Result;
import io.landfall.sandbox.season.Happening.Takeaway;
import org.jspecify.annotations.Nullable;

/**
 * What each player and each team did and was on the ice for, by situation, counted while the game
 * is simulated and never from the JSON that is served. Shootouts count nowhere.
 *
 * <p>A play counts in the situation of its own situationCode, as the team concerned sees it;
 * seconds and shifts in that of the players on the ice. A penalty shot so counts as other, and
 * nobody is on the ice for it but its shooter.
 */
public final class Tally {

  private static final int PLAYERS = 2 * Side.PLAYERS;
  private static final int SITUATIONS = Situation.values().length;
  private static final int SKATERS = 0x3FFFF;
  private static final int REBOUND_SECONDS = 3;

  /** What an attempt counts as: for its shooter, and for those who are on the ice. */
  private enum Kind {
    GOAL(Metric.GOALS, Metric.ON_ICE_GOALS_FOR, Metric.ON_ICE_GOALS_AGAINST),
    ON_GOAL(
        Metric.SHOTS_ON_GOAL, Metric.ON_ICE_SHOTS_ON_GOAL_FOR, Metric.ON_ICE_SHOTS_ON_GOAL_AGAINST),
    MISS(Metric.MISSED_SHOTS, Metric.ON_ICE_MISSED_SHOTS_FOR, Metric.ON_ICE_MISSED_SHOTS_AGAINST),
    BLOCKED(
        Metric.BLOCKED_ATTEMPTS,
        Metric.ON_ICE_BLOCKED_ATTEMPTS_FOR,
        Metric.ON_ICE_BLOCKED_ATTEMPTS_AGAINST),
    LOW_SHOT(
        Metric.LOW_DANGER_SHOTS,
        Metric.ON_ICE_LOW_DANGER_SHOTS_FOR,
        Metric.ON_ICE_LOW_DANGER_SHOTS_AGAINST),
    MEDIUM_SHOT(
        Metric.MEDIUM_DANGER_SHOTS,
        Metric.ON_ICE_MEDIUM_DANGER_SHOTS_FOR,
        Metric.ON_ICE_MEDIUM_DANGER_SHOTS_AGAINST),
    HIGH_SHOT(
        Metric.HIGH_DANGER_SHOTS,
        Metric.ON_ICE_HIGH_DANGER_SHOTS_FOR,
        Metric.ON_ICE_HIGH_DANGER_SHOTS_AGAINST),
    LOW_GOAL(
        Metric.LOW_DANGER_GOALS,
        Metric.ON_ICE_LOW_DANGER_GOALS_FOR,
        Metric.ON_ICE_LOW_DANGER_GOALS_AGAINST),
    MEDIUM_GOAL(
        Metric.MEDIUM_DANGER_GOALS,
        Metric.ON_ICE_MEDIUM_DANGER_GOALS_FOR,
        Metric.ON_ICE_MEDIUM_DANGER_GOALS_AGAINST),
    HIGH_GOAL(
        Metric.HIGH_DANGER_GOALS,
        Metric.ON_ICE_HIGH_DANGER_GOALS_FOR,
        Metric.ON_ICE_HIGH_DANGER_GOALS_AGAINST);

    private final Metric own;
    private final Metric onIceFor;
    private final Metric onIceAgainst;

    Kind(Metric own, Metric onIceFor, Metric onIceAgainst) {
      this.own = own;
      this.onIceFor = onIceFor;
      this.onIceAgainst = onIceAgainst;
    }

    private static Kind shot(Danger danger) {
      return switch (danger) {
        case LOW -> LOW_SHOT;
        case MEDIUM -> MEDIUM_SHOT;
        case HIGH -> HIGH_SHOT;
      };
    }

    private static Kind goal(Danger danger) {
      return switch (danger) {
        case LOW -> LOW_GOAL;
        case MEDIUM -> MEDIUM_GOAL;
        case HIGH -> HIGH_GOAL;
      };
    }
  }

  private final boolean homeStartsLeft;
  private final int[] counts;
  private final int[] shifts;
  private final int[] heldByShift = new int[PLAYERS];

  Tally(boolean homeStartsLeft) {
    this(homeStartsLeft, new int[(PLAYERS + 2) * SITUATIONS * Metric.COUNT], new int[PLAYERS]);
  }

  private Tally(boolean homeStartsLeft, int[] counts, int[] shifts) {
    this.homeStartsLeft = homeStartsLeft;
    this.counts = counts;
    this.shifts = shifts;
  }

  Tally copy() {
    return new Tally(homeStartsLeft, counts.clone(), shifts.clone());
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
    if (metric == Metric.SHIFTS) {
      return shifts[player];
    }
    int sum = 0;
    for (Situation situation : Situation.values()) {
      sum += count(player, situation, metric);
    }
    return sum;
  }

  /**
   * A count of a team's own: what its players did, and its bench minors. Of time, shifts and what
   * happened to those on the ice a team has none.
   */
  public int teamCount(Side side, Situation situation, Metric metric) {
    return counts[index(PLAYERS + side.index, situation, metric)];
  }

  /** A second of play: time for everyone on the ice, a shift for those who just came on. */
  void second(Moment during, int awayFresh, int homeFresh) {
    for (Side side : Side.values()) {
      Situation situation = during.strength().seenBy(side);
      int fresh = side == Side.HOME ? homeFresh : awayFresh;
      for (int left = during.on(side); left != 0; left &= left - 1) {
        int place = Integer.numberOfTrailingZeros(left);
        int player = side.player(place);
        add(player, situation, Metric.ICE_TIME, 1);
        if ((fresh >> place & 1) == 1) {
          shifts[player]++;
          heldByShift[player] = 0;
        }
        shift(player, situation);
      }
    }
  }

  @SuppressWarnings("EnumOrdinal") // a bit in memory, never stored
  private void shift(int player, Situation situation) {
    int bit = 1 << situation.ordinal();
    if ((heldByShift[player] & bit) == 0) {
      heldByShift[player] |= bit;
      add(player, situation, Metric.SHIFTS, 1);
    }
  }

  /**
   * A play.
   *
   * @param before the play that stands directly before it, or null
   * @param times 1 to count it, -1 to take it back
   */
  void play(@Nullable Play before, Play play, int times) {
    Moment at = play.moment();
    Happening what = play.what();
    if (what instanceof Attempt attempt) {
      attempt(at, attempt, times);
      if (before != null && before.what() instanceof Attempt first && rebound(before, play)) {
        own(at, first.shooter(), Metric.REBOUNDS, times);
        if (attempt.result() == Result.GOAL) {
          own(at, attempt.shooter(), Metric.REBOUND_GOALS, times);
        }
      }
    } else if (what instanceof Faceoff faceoff) {
      own(at, faceoff.winner(), Metric.FACEOFFS_WON, times);
      own(at, faceoff.loser(), Metric.FACEOFFS_LOST, times);
    } else if (what instanceof Hit hit) {
      own(at, hit.hitter(), Metric.HITS, times);
    } else if (what instanceof Giveaway giveaway) {
      own(at, giveaway.player(), Metric.GIVEAWAYS, times);
    } else if (what instanceof Takeaway takeaway) {
      own(at, takeaway.player(), Metric.TAKEAWAYS, times);
    } else if (what instanceof Penalty penalty) {
      own(at, penalty.side(), penalty.committedBy(), Metric.PENALTIES, times);
      own(
          at,
          penalty.side(),
          penalty.committedBy(),
          Metric.PENALTY_MINUTES,
          times * penalty.minutes());
    }
  }

  /** Two attempts of one team with nothing between them, the first of them not in the net. */
  private static boolean rebound(Play before, Play play) {
    return before.what() instanceof Attempt first
        && play.what() instanceof Attempt second
        && (first.result() == Result.SAVED || first.result() == Result.MISSED)
        && (second.onGoal() || second.result() == Result.MISSED)
        && Side.of(first.shooter()) == Side.of(second.shooter())
        && before.moment().period() == play.moment().period()
        && play.moment().second() - before.moment().second() <= REBOUND_SECONDS;
  }

  private void attempt(Moment at, Attempt attempt, int times) {
    Danger danger = danger(at, attempt);
    switch (attempt.result()) {
      case GOAL -> {
        count(at, attempt, Kind.GOAL, times);
        count(at, attempt, Kind.ON_GOAL, times);
        count(at, attempt, Kind.shot(danger), times);
        count(at, attempt, Kind.goal(danger), times);
        own(at, attempt.assist1(), Metric.PRIMARY_ASSISTS, times);
        own(at, attempt.assist2(), Metric.SECONDARY_ASSISTS, times);
      }
      case SAVED -> {
        count(at, attempt, Kind.ON_GOAL, times);
        count(at, attempt, Kind.shot(danger), times);
      }
      case MISSED -> {
        count(at, attempt, Kind.MISS, times);
        count(at, attempt, Kind.shot(danger), times);
      }
      case BLOCKED -> {
        count(at, attempt, Kind.BLOCKED, times);
        own(at, attempt.blocker(), Metric.SHOTS_BLOCKED, times);
      }
      case BLOCKED_BY_TEAMMATE -> count(at, attempt, Kind.BLOCKED, times);
      case FAILED -> {}
    }
  }

  private Danger danger(Moment at, Attempt attempt) {
    Side side = Side.of(attempt.shooter());
    int towards = Rink.towards(homeStartsLeft, at.period(), side, attempt.spot());
    return Danger.of(towards, attempt.spot().y());
  }

  private void count(Moment at, Attempt attempt, Kind kind, int times) {
    own(at, attempt.shooter(), kind.own, times);
    Side shooters = Side.of(attempt.shooter());
    for (Side side : Side.values()) {
      Situation situation = at.strength().seenBy(side);
      for (int left = at.on(side) & SKATERS; left != 0; left &= left - 1) {
        int player = side.player(Integer.numberOfTrailingZeros(left));
        add(player, situation, side == shooters ? kind.onIceFor : kind.onIceAgainst, times);
      }
    }
  }

  private void own(Moment at, int player, Metric metric, int times) {
    if (player != Happening.NOBODY) {
      own(at, Side.of(player), player, metric, times);
    }
  }

  /** For a player, if it is somebody, and for his team. */
  private void own(Moment at, Side side, int player, Metric metric, int times) {
    Situation situation = at.strength().seenBy(side);
    add(PLAYERS + side.index, situation, metric, times);
    if (player != Happening.NOBODY) {
      add(player, situation, metric, times);
    }
  }

  private void add(int whose, Situation situation, Metric metric, int times) {
    counts[index(whose, situation, metric)] += times;
  }

  @SuppressWarnings("EnumOrdinal") // an array in memory, never stored: counting must cost little
  private static int index(int whose, Situation situation, Metric metric) {
    return (whose * SITUATIONS + situation.ordinal()) * Metric.COUNT + metric.ordinal();
  }
}
