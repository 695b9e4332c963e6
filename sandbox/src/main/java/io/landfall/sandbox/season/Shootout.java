package io.landfall.sandbox.season;

import io.landfall.sandbox.season.Event.Attempt;
import io.landfall.sandbox.season.Event.Mark;
import io.landfall.sandbox.season.Event.Result;

/** Three attempts each, then one each until somebody leads. Nothing of it counts for a player. */
final class Shootout {

  private static final int ROUNDS = 3;
  private static final int MOST_ROUNDS = 18;
  private static final double CERTAIN_SOON = 0.74;

  private final Ice ice;
  private final Script script;
  private final Shooting shooting;
  private final int[] goals = new int[2];

  Shootout(Ice ice, Script script) {
    this.ice = ice;
    this.script = script;
    this.shooting = new Shooting(ice);
  }

  void play() {
    ice.period++;
    ice.second = 0;
    Side first = ice.random.side(0.6);
    write(first, Mark.PERIOD_START);
    Side last = first;
    for (int round = 0; round < ROUNDS || goals[0] == goals[1]; round++) {
      last = round(first, round);
    }
    write(last, Mark.SHOOTOUT_COMPLETE);
    write(last, Mark.PERIOD_END);
    ice.goal(goals[1] > goals[0] ? Side.HOME : Side.AWAY);
  }

  /** One attempt each; the second is not taken when it cannot change the winner. */
  private Side round(Side first, int round) {
    attempt(first, round);
    int lead = goals[first.index] - goals[first.other().index];
    boolean secondDecides = round < ROUNDS - 1 || lead == 0 || lead == 1;
    if (secondDecides) {
      attempt(first.other(), round);
    }
    return secondDecides ? first.other() : first;
  }

  private void attempt(Side side, int round) {
    int shooter = side.player(round % ice.lineup(side).forwards());
    int goalie = side.other().player(Lineup.STARTER);
    Attempt attempt = shooting.alone(side, shooter, goalie, chance(side, round));
    if (attempt.result() == Result.GOAL) {
      goals[side.index]++;
    }
    write(side, attempt);
  }

  private double chance(Side side, int round) {
    if (script.has(EdgeCase.SHOOTOUT_ONE_GOAL)) {
      return side == Side.HOME && round >= ROUNDS - 1 ? CERTAIN_SOON : 0;
    }
    if (round >= MOST_ROUNDS) {
      return side == Side.HOME ? CERTAIN_SOON : 0;
    }
    return 0.32;
  }

  private void write(Side side, Event event) {
    ice.write(new Moment(ice.period, 0, Strength.alone(side), 0, 0), event);
  }
}
