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
    this.lateFrom = ice.random.between(1055, 1125);
  }

  boolean out(Side side) {
    return out[side.index];
  }

  /** Whether the skater for the goalie is on already: sometimes he comes a second later. */
  boolean extraSkater(Side side) {
    return out(side) && ice.second >= extraFrom[side.index];
  }

  void reset() {
    back(Side.AWAY);
    back(Side.HOME);
  }

  /** The referee's arm is up against the others: nothing can happen to an empty net. */
  void onDelayedPenalty(Side side) {
    if (!out(side)) {
      pull(side);
    }
  }

  /** In play, once a second. */
  void decide() {
    if (ice.period != LAST_PERIOD) {
      return;
    }
    for (Side side : Side.values()) {
      boolean wanted = behind(side) || script.netEmpty(side, ice.period, ice.second);
      if (wanted && !out[side.index] && ice.random.chance(0.15)) {
        pull(side);
        late[side.index] = true;
      }
    }
  }

  /** A whistle brings a goalie back, unless his team still needs the goal. */
  void atWhistle() {
    for (Side side : Side.values()) {
      boolean stays =
          late[side.index] && (behind(side) || script.netEmpty(side, ice.period, ice.second));
      if (out[side.index] && !stays) {
        back(side);
      }
    }
  }

  private boolean behind(Side side) {
    int lead = ice.lead(side);
    return (lead == -1 && ice.second >= lateFrom) || (lead == -2 && ice.second >= lateFrom - 50);
  }

  private void pull(Side side) {
    out[side.index] = true;
    extraFrom[side.index] = ice.second + (ice.random.chance(0.3) ? 1 : 0);
  }

  private void back(Side side) {
    out[side.index] = false;
    late[side.index] = false;
  }
}
