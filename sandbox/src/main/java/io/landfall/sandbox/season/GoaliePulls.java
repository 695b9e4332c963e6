package io.landfall.sandbox.season;

/**
 * When a team takes its goalie off for one skater more: late and behind, or on a delayed penalty.
 */
final class GoaliePulls {

  private static final int LAST_PERIOD = 3;

  private final Ice ice;
  private final Script script;
  private final int lateFrom;
  private final boolean[] out = new boolean[2];
  private final boolean[] late = new boolean[2];
  private final int[] extraFrom = new int[2];

  GoaliePulls(Ice ice, Script script) {
    this.ice = ice;
    this.script = script;
    this.lateFrom = ice.draw.between(1055, 1125);
  }

  boolean out(boolean home) {
    return out[side(home)];
  }

  /** Whether the skater for the goalie is on already: sometimes he comes a second later. */
  boolean extraSkater(boolean home) {
    return out(home) && ice.second >= extraFrom[side(home)];
  }

  void reset() {
    back(false);
    back(true);
  }

  /** The referee's arm is up against the others: nothing can happen to an empty net. */
  void onDelayedPenalty(boolean home) {
    if (!out(home)) {
      pull(home);
    }
  }

  /** In play, once a second. */
  void decide() {
    if (ice.period != LAST_PERIOD) {
      return;
    }
    for (int side = 0; side < 2; side++) {
      boolean home = side == 1;
      boolean wanted = behind(home) || script.netEmpty(home, ice.period, ice.second);
      if (wanted && !out[side] && ice.draw.chance(0.15)) {
        pull(home);
        late[side] = true;
      }
    }
  }

  /** A whistle brings a goalie back, unless his team still needs the goal. */
  void atWhistle() {
    for (int side = 0; side < 2; side++) {
      boolean home = side == 1;
      boolean stays = late[side] && (behind(home) || script.netEmpty(home, ice.period, ice.second));
      if (out[side] && !stays) {
        back(home);
      }
    }
  }

  private boolean behind(boolean home) {
    int lead = ice.lead(home);
    return (lead == -1 && ice.second >= lateFrom) || (lead == -2 && ice.second >= lateFrom - 50);
  }

  private void pull(boolean home) {
    out[side(home)] = true;
    extraFrom[side(home)] = ice.second + (ice.draw.chance(0.3) ? 1 : 0);
  }

  private void back(boolean home) {
    out[side(home)] = false;
    late[side(home)] = false;
  }

  private static int side(boolean home) {
    return home ? 1 : 0;
  }
}
