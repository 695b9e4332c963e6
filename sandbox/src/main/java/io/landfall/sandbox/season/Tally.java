package io.landfall.sandbox.season;

import io.landfall.sandbox.season.Event.Attempt;
import io.landfall.sandbox.season.Event.Faceoff;
import io.landfall.sandbox.season.Event.Giveaway;
import io.landfall.sandbox.season.Event.Hit;
import io.landfall.sandbox.season.Event.Penalty;
import io.landfall.sandbox.season.Event.Result;
import io.landfall.sandbox.season.Event.Takeaway;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What each player and each team did and was on the ice for, by situation: counted from what was
 * simulated and never from the JSON that is served. Shootouts count nowhere.
 *
 * <p>A play counts in the situation of its own situationCode, as the team concerned sees it;
 * seconds and shifts in that of the players on the ice. A penalty shot so counts as other, and
 * nobody is on the ice for it but its shooter.
 */
public final class Tally {

  private static final int SITUATIONS = Situation.values().length;
  private static final int REBOUND_SECONDS = 3;

  private final IceTime time;
  private final boolean homeStartsLeft;
  private final int[] counts = new int[(Side.BOTH + 2) * SITUATIONS * Metric.COUNT];

  /**
   * @param plays those that count, in their order
   */
  Tally(IceTime time, boolean homeStartsLeft, List<Play> plays) {
    this.time = time;
    this.homeStartsLeft = homeStartsLeft;
    Play before = null;
    for (Play play : plays) {
      count(before, play);
      before = play;
    }
  }

  /**
   * One count.
   *
   * @param player 0 to 19 for the visitors, 20 to 39 for the home team
   */
  public int count(int player, Situation situation, Metric metric) {
    return switch (metric) {
      case ICE_TIME -> time.seconds(player, situation);
      case SHIFTS -> time.shifts(player, situation);
      default -> counts[index(player, situation, metric)];
    };
  }

  /** Over all situations. */
  public int count(int player, Metric metric) {
    return metric == Metric.SHIFTS
        ? time.shifts(player)
        : sum(situation -> count(player, situation, metric));
  }

  /**
   * A count of a team's own: what its players did, and its bench minors. Of time, shifts and what
   * happened to those on the ice a team has none.
   */
  public int teamCount(Side side, Situation situation, Metric metric) {
    return counts[index(Side.BOTH + side.index, situation, metric)];
  }

  /** Over all situations. */
  public int teamCount(Side side, Metric metric) {
    return sum(situation -> teamCount(side, situation, metric));
  }

  private static int sum(ToIntFunction<Situation> counts) {
    int sum = 0;
    for (Situation situation : Situation.values()) {
      sum += counts.applyAsInt(situation);
    }
    return sum;
  }

  private void count(@Nullable Play before, Play play) {
    Moment at = play.moment();
    Event event = play.event();
    if (event instanceof Attempt attempt) {
      attempt(at, attempt);
      if (before != null && before.event() instanceof Attempt first && rebound(before, play)) {
        own(at, first.shooter(), Metric.REBOUNDS);
        if (attempt.result() == Result.GOAL) {
          own(at, attempt.shooter(), Metric.REBOUND_GOALS);
        }
      }
    } else if (event instanceof Faceoff faceoff) {
      own(at, faceoff.winner(), Metric.FACEOFFS_WON);
      own(at, faceoff.loser(), Metric.FACEOFFS_LOST);
    } else if (event instanceof Hit hit) {
      own(at, hit.hitter(), Metric.HITS);
    } else if (event instanceof Giveaway giveaway) {
      own(at, giveaway.player(), Metric.GIVEAWAYS);
    } else if (event instanceof Takeaway takeaway) {
      own(at, takeaway.player(), Metric.TAKEAWAYS);
    } else if (event instanceof Penalty penalty) {
      own(at, penalty.side(), penalty.committedBy(), Metric.PENALTIES, 1);
      own(at, penalty.side(), penalty.committedBy(), Metric.PENALTY_MINUTES, penalty.minutes());
    }
  }

  /** Two attempts of one team with nothing between them, the first of them not in the net. */
  private static boolean rebound(Play before, Play play) {
    return before.event() instanceof Attempt first
        && play.event() instanceof Attempt second
        && (first.result() == Result.SAVED || first.result() == Result.MISSED)
        && (second.onGoal() || second.result() == Result.MISSED)
        && Side.of(first.shooter()) == Side.of(second.shooter())
        && before.moment().period() == play.moment().period()
        && play.moment().second() - before.moment().second() <= REBOUND_SECONDS;
  }

  private void attempt(Moment at, Attempt attempt) {
    Danger danger = danger(at, attempt);
    switch (attempt.result()) {
      case GOAL -> {
        count(at, attempt, Metric.GOALS);
        count(at, attempt, Metric.SHOTS_ON_GOAL);
        count(at, attempt, danger.shots);
        count(at, attempt, danger.goals);
        own(at, attempt.assist1(), Metric.PRIMARY_ASSISTS);
        own(at, attempt.assist2(), Metric.SECONDARY_ASSISTS);
      }
      case SAVED -> {
        count(at, attempt, Metric.SHOTS_ON_GOAL);
        count(at, attempt, danger.shots);
      }
      case MISSED -> {
        count(at, attempt, Metric.MISSED_SHOTS);
        count(at, attempt, danger.shots);
      }
      case BLOCKED -> {
        count(at, attempt, Metric.BLOCKED_ATTEMPTS);
        own(at, attempt.blocker(), Metric.SHOTS_BLOCKED);
      }
      case BLOCKED_BY_TEAMMATE -> count(at, attempt, Metric.BLOCKED_ATTEMPTS);
      case FAILED -> {}
    }
  }

  private Danger danger(Moment at, Attempt attempt) {
    Side side = Side.of(attempt.shooter());
    int towards = Rink.towards(homeStartsLeft, at.period(), side, attempt.spot());
    return Danger.of(towards, attempt.spot().y());
  }

  /** For the shooter, and for those who are on the ice. */
  private void count(Moment at, Attempt attempt, Metric metric) {
    own(at, attempt.shooter(), metric);
    Side shooters = Side.of(attempt.shooter());
    onIce(at, shooters, metric.onIceFor());
    onIce(at, shooters.other(), metric.onIceAgainst());
  }

  private void onIce(Moment at, Side side, Metric metric) {
    Situation situation = at.strength().seenBy(side);
    for (int left = at.on(side) & Lineup.SKATERS; left != 0; left &= left - 1) {
      counts[index(side.player(Integer.numberOfTrailingZeros(left)), situation, metric)]++;
    }
  }

  private void own(Moment at, int player, Metric metric) {
    if (player != Event.NOBODY) {
      own(at, Side.of(player), player, metric, 1);
    }
  }

  /** For a player, if it is somebody, and for his team. */
  private void own(Moment at, Side side, int player, Metric metric, int number) {
    Situation situation = at.strength().seenBy(side);
    counts[index(Side.BOTH + side.index, situation, metric)] += number;
    if (player != Event.NOBODY) {
      counts[index(player, situation, metric)] += number;
    }
  }

  @SuppressWarnings("EnumOrdinal") // an array in memory, never stored: counting must cost little
  private static int index(int whose, Situation situation, Metric metric) {
    return (whose * SITUATIONS + situation.ordinal()) * Metric.COUNT + metric.ordinal();
  }
}
