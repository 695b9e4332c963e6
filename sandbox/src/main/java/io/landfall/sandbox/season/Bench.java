package io.landfall.sandbox.season;

import java.util.Arrays;
import java.util.List;

/**
 * One team's players through a game: who is on the ice, since when, and who comes next. Changes
 * take effect at a whole second and there is at most one change of the team a second, so that no
 * shift is empty.
 */
final class Bench {

  /** What a team needs of its next men. */
  enum Task {
    EVEN,
    POWER_PLAY,
    PENALTY_KILL,
    /** Three against three: the best. */
    OPEN_ICE,
    /** A skater more for the goalie. */
    NET_EMPTY
  }

  private static final double[] EVEN_LINES = {1.24, 1.12, 0.95, 0.74};
  private static final double[] POWER_PLAY_LINES = {3.2, 2.6, 0.5, 0.2};
  private static final double[] PENALTY_KILL_LINES = {0.7, 1.3, 1.5, 1.1};
  private static final double[] OPEN_ICE_LINES = {3.0, 2.2, 0.5, 0.1};
  private static final double[] EVEN_PAIRS = {1.2, 1.06, 0.8, 0.3};
  private static final double[] POWER_PLAY_PAIRS = {3.0, 1.4, 0.3, 0.1};
  private static final double[] PENALTY_KILL_PAIRS = {1.5, 1.2, 0.6, 0.3};
  private static final double MEDIAN_SHIFT = 46;
  private static final double SHIFT_SPREAD = 0.30;
  private static final int LONGEST_SHIFT = 190;
  private static final int SHORTEST_REST = 25;

  private final Lineup lineup;
  private final Side side;
  private final SeededRandom random;
  private final List<Shift> shifts;
  private final int[] since = new int[Side.PLAYERS];
  private final int[] due = new int[Side.PLAYERS];
  private final int[] rested = new int[Side.PLAYERS];
  private int on;
  private int fresh;
  private int nextDue;

  Bench(Lineup lineup, Side side, SeededRandom random, List<Shift> shifts) {
    this.lineup = lineup;
    this.side = side;
    this.random = random;
    this.shifts = shifts;
    Arrays.fill(rested, -600);
  }

  int on() {
    return on;
  }

  int skatersOn() {
    return on & Lineup.SKATERS;
  }

  int skaters() {
    return Integer.bitCount(skatersOn());
  }

  boolean goalieOn() {
    return on > Lineup.SKATERS;
  }

  /** Those who came on at the second before this one; asked once a second. */
  int takeFresh() {
    int taken = fresh;
    fresh = 0;
    return taken;
  }

  /** Whether somebody has been out there for as long as he meant to. */
  boolean someoneIsTired(int second) {
    return nextDue <= second;
  }

  /** Mean seconds that the skaters on the ice have been there. */
  double meanStay(int second) {
    int sum = 0;
    for (int left = skatersOn(); left != 0; left &= left - 1) {
      sum += second - since[Integer.numberOfTrailingZeros(left)];
    }
    return sum / Math.max(1.0, skaters());
  }

  /** Brings on a whole new unit. */
  void changeAll(
      int period, int second, int wanted, boolean withGoalie, Task task, int unavailable) {
    int unit = choose(clock(period, second), wanted, 0, task, unavailable);
    become(period, second, unit | (withGoalie ? 1 << Lineup.STARTER : 0));
  }

  /**
   * Keeps who may stay, fills what is missing, takes off who is too many.
   *
   * @param released places that just left the penalty box and so are on
   */
  void fill(
      int period,
      int second,
      int wanted,
      boolean withGoalie,
      Task task,
      int unavailable,
      int released) {
    int keep = (skatersOn() | (released & Lineup.SKATERS)) & ~unavailable;
    while (Integer.bitCount(keep) > wanted) {
      keep &= ~(1 << longestOn(keep & ~released, keep));
    }
    int unit = choose(clock(period, second), wanted, keep, task, unavailable);
    become(period, second, unit | (withGoalie ? 1 << Lineup.STARTER : 0));
  }

  /** Those who are tired go, if others of their kind have rested. */
  void changeTired(int period, int second, int wanted, Task task, int unavailable) {
    int keep = skatersOn() & ~unavailable;
    int now = clock(period, second);
    for (int left = keep; left != 0; left &= left - 1) {
      int place = Integer.numberOfTrailingZeros(left);
      if (due[place] <= second && hasRested(now, place, unavailable)) {
        keep &= ~(1 << place);
      }
    }
    int goalieBit = on & ~Lineup.SKATERS;
    // He who goes must not be the best choice to come: he is not rested yet.
    int unit = choose(now, wanted, keep, task, unavailable | (skatersOn() & ~keep));
    become(period, second, unit | goalieBit);
    delayTheRest(second);
  }

  /** Everyone off: the period is over. */
  void leave(int period, int second) {
    become(period, second, 0);
  }

  private static int clock(int period, int second) {
    return period * 1200 + second;
  }

  private boolean hasRested(int now, int place, int unavailable) {
    int kind = lineup.forward(place) ? lineup.forwardMask() : lineup.defenseMask();
    for (int left = kind & ~unavailable & ~on; left != 0; left &= left - 1) {
      if (now - rested[Integer.numberOfTrailingZeros(left)] >= SHORTEST_REST) {
        return true;
      }
    }
    return false;
  }

  private int longestOn(int among, int otherwise) {
    int longest = -1;
    for (int left = among == 0 ? otherwise : among; left != 0; left &= left - 1) {
      int place = Integer.numberOfTrailingZeros(left);
      if (longest < 0 || since[place] < since[longest]) {
        longest = place;
      }
    }
    return longest;
  }

  /** Fills up to the number wanted with the freshest of those who are good at the task. */
  private int choose(int now, int wanted, int keep, Task task, int unavailable) {
    int unit = keep;
    int forwards = forwardsOf(wanted, task);
    int free = Lineup.SKATERS & ~unavailable & ~keep;
    unit = add(now, unit, forwards, free & lineup.forwardMask(), lineup.forwardMask(), task);
    unit =
        add(now, unit, wanted - forwards, free & lineup.defenseMask(), lineup.defenseMask(), task);
    while (Integer.bitCount(unit) > wanted) {
      unit &= ~(1 << longestOn(unit & keep, unit));
    }
    return add(now, unit, wanted, Lineup.SKATERS & ~unavailable & ~unit, Lineup.SKATERS, task);
  }

  private int add(int now, int unit, int wanted, int free, int kind, Task task) {
    int left = free;
    while (Integer.bitCount(unit & kind) < wanted && left != 0) {
      int best = best(now, left, task);
      unit |= 1 << best;
      left &= ~(1 << best);
    }
    return unit;
  }

  private int best(int now, int among, Task task) {
    int best = -1;
    double bestScore = -1;
    for (int left = among; left != 0; left &= left - 1) {
      int place = Integer.numberOfTrailingZeros(left);
      double rest = Math.min(400, now - rested[place]);
      double score = (rest < SHORTEST_REST ? rest * 0.05 : rest) * weight(place, task);
      if (score > bestScore) {
        bestScore = score;
        best = place;
      }
    }
    return best;
  }

  private int forwardsOf(int wanted, Task task) {
    return switch (wanted) {
      case 6 -> 4;
      case 5 -> task == Task.POWER_PLAY ? 4 : 3;
      case 4 -> task == Task.POWER_PLAY ? 3 : 2;
      default -> task == Task.OPEN_ICE ? 2 : 1;
    };
  }

  private double weight(int place, Task task) {
    boolean forward = lineup.forward(place);
    int line = forward ? place / 3 : (place - lineup.forwards()) / 2;
    double[] weights =
        switch (task) {
          case EVEN -> forward ? EVEN_LINES : EVEN_PAIRS;
          case POWER_PLAY -> forward ? POWER_PLAY_LINES : POWER_PLAY_PAIRS;
          case PENALTY_KILL -> forward ? PENALTY_KILL_LINES : PENALTY_KILL_PAIRS;
          case OPEN_ICE, NET_EMPTY -> forward ? OPEN_ICE_LINES : POWER_PLAY_PAIRS;
        };
    return weights[line];
  }

  private void become(int period, int second, int wanted) {
    for (int left = on & ~wanted; left != 0; left &= left - 1) {
      int place = Integer.numberOfTrailingZeros(left);
      shifts.add(new Shift(side.player(place), period, since[place], second));
      rested[place] = clock(period, second);
    }
    int coming = wanted & ~on;
    int common = coming == 0 ? 0 : plannedStay();
    for (int left = coming; left != 0; left &= left - 1) {
      int place = Integer.numberOfTrailingZeros(left);
      since[place] = second;
      due[place] = second + Math.max(12, common + random.between(-5, 6));
    }
    fresh |= coming;
    on = wanted;
    findNextDue();
  }

  private int plannedStay() {
    double stay = MEDIAN_SHIFT * Math.exp(SHIFT_SPREAD * random.normal());
    return (int) Math.min(LONGEST_SHIFT, Math.max(15, stay));
  }

  /** Whoever had to stay for want of rested men looks again a little later. */
  private void delayTheRest(int second) {
    for (int left = skatersOn(); left != 0; left &= left - 1) {
      int place = Integer.numberOfTrailingZeros(left);
      if (due[place] <= second) {
        due[place] = second + 4;
      }
    }
    findNextDue();
  }

  private void findNextDue() {
    nextDue = Integer.MAX_VALUE;
    for (int left = skatersOn(); left != 0; left &= left - 1) {
      nextDue = Math.min(nextDue, due[Integer.numberOfTrailingZeros(left)]);
    }
  }
}
