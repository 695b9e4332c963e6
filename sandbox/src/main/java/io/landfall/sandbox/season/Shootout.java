package io.landfall.sandbox.season;

import io.landfall.sandbox.season.Happening.Attempt;
import io.landfall.sandbox.season.Happening.Mark;
import io.landfall.sandbox.season.Happening.Result;

/** Three attempts each, then one each until somebody leads. Nothing of it counts for a player. */
final class Shootout {

  private static final int ROUNDS = 3;
  private static final int MOST_ROUNDS = 18;
  private static final double CERTAIN_SOON = 0.74;
  private static final Strength HOME_SHOOTS = new Strength(1, 0, 1, 0);
  private static final Strength AWAY_SHOOTS = new Strength(0, 1, 0, 1);

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
    ice.beginShootout();
    ice.period++;
    ice.second = 0;
    boolean homeFirst = ice.draw.chance(0.6);
    write(homeFirst, Mark.PERIOD_START);
    boolean last = homeFirst;
    for (int round = 0; round < ROUNDS || goals[0] == goals[1]; round++) {
      last = round(homeFirst, round);
    }
    write(last, Mark.SHOOTOUT_COMPLETE);
    write(last, Mark.PERIOD_END);
    ice.goal(goals[1] > goals[0]);
  }

  /** One attempt each; the second is not taken when it cannot change the winner. */
  private boolean round(boolean homeFirst, int round) {
    attempt(homeFirst, round);
    int lead = goals[side(homeFirst)] - goals[side(!homeFirst)];
    boolean secondDecides = round < ROUNDS - 1 || lead == 0 || lead == 1;
    if (secondDecides) {
      attempt(!homeFirst, round);
    }
    return secondDecides != homeFirst;
  }

  private void attempt(boolean home, int round) {
    int shooter = (home ? Happening.TEAM_SIZE : 0) + round % ice.lineup(home).forwards();
    int goalie = (home ? 0 : Happening.TEAM_SIZE) + ice.bench(!home).goalie();
    Attempt attempt = shooting.alone(home, shooter, goalie, chance(home, round));
    if (attempt.result() == Result.GOAL) {
      goals[side(home)]++;
    }
    write(home, attempt);
  }

  private double chance(boolean home, int round) {
    if (script.has(EdgeCase.SHOOTOUT_ONE_GOAL)) {
      return home && round >= ROUNDS - 1 ? CERTAIN_SOON : 0;
    }
    if (round >= MOST_ROUNDS) {
      return home ? CERTAIN_SOON : 0;
    }
    return 0.32;
  }

  private void write(boolean home, Happening what) {
    ice.write(new Moment(ice.period, 0, home ? HOME_SHOOTS : AWAY_SHOOTS, 0, 0), what);
  }

  private static int side(boolean home) {
    return home ? 1 : 0;
  }
}
