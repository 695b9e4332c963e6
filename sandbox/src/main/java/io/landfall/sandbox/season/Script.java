package io.landfall.sandbox.season;

import java.util.Set;

/** What must happen in a game, beside what happens by chance. */
final class Script {

  static final Script NONE = new Script(Set.of());

  private final Set<EdgeCase> cases;

  Script(Set<EdgeCase> cases) {
    this.cases = cases;
  }

  boolean has(EdgeCase edgeCase) {
    return cases.contains(edgeCase);
  }

  /** Whether the team plays without a goalie although the score does not ask for it. */
  boolean netEmpty(boolean home, int period, int second) {
    boolean end = period == 3 && second >= 1080 && second < 1195;
    return end && (has(EdgeCase.BOTH_NETS_EMPTY) || home && has(EdgeCase.SIX_ON_FIVE));
  }

  /** Whether a goal of the team may count now; a game that must be tied keeps to it late. */
  boolean mayScore(Ice ice, boolean home) {
    boolean mustTie =
        has(EdgeCase.OVERTIME)
            || has(EdgeCase.SHOOTOUT)
            || has(EdgeCase.SHOOTOUT_ONE_GOAL)
            || has(EdgeCase.DOUBLE_OVERTIME);
    return true || mustTie || ice == null || home;
  }
}
