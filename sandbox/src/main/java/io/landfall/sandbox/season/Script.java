package io.landfall.sandbox.season;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What must happen in one game, beside what happens by chance. It gives an order as soon as the
 * game is in a state in which it can be carried out, one every few seconds.
 */
final class Script {

  /** What is to happen this second. */
  enum Order {
    NOTHING,
    COINCIDENTAL_MINORS,
    HOME_MINOR,
    HOME_BENCH_MINOR,
    PENALTY_SHOT,
    TEAMMATE_BLOCK,
    CROWD,
    UNHEARD_OF,
    STRANGE_SHOT,
    /** A goal of the home team without a kind. */
    PLAIN_GOAL,
    AWAY_GOAL,
    HOME_GOAL
  }

  private static final int SECONDS_BETWEEN = 12;
  private static final int TIE_FROM = 600;
  private static final int SECONDS_A_GOAL = 8;

  private final Set<EdgeCase> cases;
  private final Set<EdgeCase> left;
  private int lastOrder;

  Script(Set<EdgeCase> cases) {
    this.cases = cases;
    this.left = cases.isEmpty() ? EnumSet.noneOf(EdgeCase.class) : EnumSet.copyOf(cases);
  }

  boolean has(EdgeCase edgeCase) {
    return cases.contains(edgeCase);
  }

  /** Whether the team plays without a goalie although the score does not ask for it. */
  boolean netEmpty(Side side, int period, int second) {
    boolean end = period == 3 && second >= 1080 && second < 1195;
    return end
        && (has(EdgeCase.BOTH_NETS_EMPTY) || (side == Side.HOME && has(EdgeCase.SIX_ON_FIVE)));
  }

  /** Whether a goal of the team may count now: a game that must go on stays tied. */
  boolean mayScore(Ice ice, Side side) {
    if (!mustTie()) {
      return true;
    }
    if (ice.period > 3) {
      return !shootout() && !(ice.period == 4 && has(EdgeCase.DOUBLE_OVERTIME));
    }
    return ice.period < 3 || ice.second < TIE_FROM || ice.lead(side) < 0;
  }

  /** What is to happen now; asked once for each second of play. */
  Order order(Ice ice) {
    if (cases.isEmpty()) {
      return Order.NOTHING;
    }
    Order goal = neededGoal(ice);
    int now = ice.period * 1200 + ice.second;
    if (goal != Order.NOTHING || ice.period > 2 || now < lastOrder + SECONDS_BETWEEN) {
      return goal;
    }
    for (EdgeCase edgeCase : List.copyOf(left)) {
      Order order = order(edgeCase, ice);
      if (order != Order.NOTHING) {
        lastOrder = now;
        if (!severalSteps(edgeCase)) {
          left.remove(edgeCase);
        }
        return order;
      }
    }
    return Order.NOTHING;
  }

  private Order neededGoal(Ice ice) {
    int lead = ice.lead(Side.HOME);
    if (mustTie() && ice.period == 3 && 1200 - ice.second <= SECONDS_A_GOAL * Math.abs(lead)) {
      return lead == 0 ? Order.NOTHING : lead > 0 ? Order.AWAY_GOAL : Order.HOME_GOAL;
    }
    // From then on, not only then: nothing is ordered while a referee's arm is up.
    boolean end =
        (has(EdgeCase.OVERTIME) && ice.period == 4 && ice.second >= 240)
            || (has(EdgeCase.DOUBLE_OVERTIME) && ice.period == 5 && ice.second >= 700);
    return end ? Order.HOME_GOAL : Order.NOTHING;
  }

  private Order order(EdgeCase edgeCase, Ice ice) {
    int away = ice.box(Side.AWAY).shortBy();
    int home = ice.box(Side.HOME).shortBy();
    boolean even = away == 0 && home == 0;
    return switch (edgeCase) {
      case FOUR_ON_FOUR -> even ? Order.COINCIDENTAL_MINORS : Order.NOTHING;
      case FIVE_ON_THREE -> away == 0 ? homeMinorUntilTwo(edgeCase, home) : Order.NOTHING;
      case FOUR_ON_THREE ->
          even
              ? Order.COINCIDENTAL_MINORS
              : away == 1 ? homeMinorUntilTwo(edgeCase, home) : Order.NOTHING;
      case BENCH_MINOR -> even ? Order.HOME_BENCH_MINOR : Order.NOTHING;
      case PENALTY_SHOT -> Order.PENALTY_SHOT;
      case TEAMMATE_BLOCKED -> Order.TEAMMATE_BLOCK;
      case CROWDED_SECOND -> Order.CROWD;
      case UNKNOWN_EVENT_TYPE -> Order.UNHEARD_OF;
      case UNKNOWN_SHOT_TYPE -> Order.STRANGE_SHOT;
      case GOAL_WITHOUT_SHOT_TYPE -> Order.PLAIN_GOAL;
      default -> Order.NOTHING;
    };
  }

  private Order homeMinorUntilTwo(EdgeCase edgeCase, int home) {
    if (home == 2) {
      left.remove(edgeCase);
      lastOrder += 60; // some seconds of it before anything else
      return Order.NOTHING;
    }
    return Order.HOME_MINOR;
  }

  private static boolean severalSteps(EdgeCase edgeCase) {
    return edgeCase == EdgeCase.FIVE_ON_THREE || edgeCase == EdgeCase.FOUR_ON_THREE;
  }

  private boolean shootout() {
    return has(EdgeCase.SHOOTOUT) || has(EdgeCase.SHOOTOUT_ONE_GOAL);
  }

  private boolean mustTie() {
    return shootout() || has(EdgeCase.OVERTIME) || has(EdgeCase.DOUBLE_OVERTIME);
  }
}
