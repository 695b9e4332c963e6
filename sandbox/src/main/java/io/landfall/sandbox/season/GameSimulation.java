package io.landfall.sandbox.season;

import io.landfall.sandbox.season.Bench.Task;
import io.landfall.sandbox.season.Happening.Faceoff;
import io.landfall.sandbox.season.Happening.Mark;
import io.landfall.sandbox.season.Happening.Spot;
import io.landfall.sandbox.season.Officials.Whistle;
import org.jspecify.annotations.Nullable;

/**
 * Plays one game, second by second. In each second first those who were on the ice do what they do,
 * then men change, then, after a whistle, those who are now there take the faceoff. That is the
 * league's own rule for who was on the ice, and it makes the identities hold by construction.
 */
final class GameSimulation {

  private static final int REGULATION = 1200;
  private static final int SHORT_OVERTIME = 300;
  private static final int REGULATION_PERIODS = 3;

  private final Ice ice;
  private final boolean playoffs;
  private final Script script;
  private final Flow flow;
  private final GoaliePulls pulls;
  private final int[] overtimeFloor = new int[2];

  GameSimulation(Ice ice, boolean playoffs, Script script) {
    this.ice = ice;
    this.playoffs = playoffs;
    this.script = script;
    this.pulls = new GoaliePulls(ice, script);
    this.flow = new Flow(ice, pulls, script);
  }

  /** From the first faceoff to the end. */
  void play() {
    do {
      ice.period++;
      ice.second = 0;
      playPeriod(length());
    } while (goesOn());
    if (ice.lead(true) == 0) {
      new Shootout(ice, script).play();
    }
    ice.writeLast(Mark.GAME_END);
  }

  private boolean goesOn() {
    if (ice.period < REGULATION_PERIODS) {
      return true;
    }
    boolean tied = ice.lead(true) == 0;
    return tied && (playoffs || ice.period == REGULATION_PERIODS);
  }

  private boolean suddenDeath() {
    return ice.period > REGULATION_PERIODS;
  }

  private int length() {
    return suddenDeath() && !playoffs ? SHORT_OVERTIME : REGULATION;
  }

  private void playPeriod(int length) {
    pulls.reset();
    flow.reset();
    changeAll();
    ice.write(Mark.PERIOD_START);
    faceoff(Spot.CENTRE);
    boolean over = false;
    while (ice.second < length && !over) {
      ice.second++;
      countSecond();
      int awayFree = ice.box(false).tick();
      int homeFree = ice.box(true).tick();
      Whistle whistle = flow.second(length);
      over = suddenDeath() && ice.lead(true) != 0;
      if (!over && ice.second < length) {
        change(whistle, awayFree, homeFree);
      }
    }
    Moment end = ice.now();
    ice.bench(false).leave(ice.period, ice.second);
    ice.bench(true).leave(ice.period, ice.second);
    ice.write(end, Mark.PERIOD_END);
  }

  private void countSecond() {
    ice.tally.second(ice.now(), ice.bench(false).takeFresh(), ice.bench(true).takeFresh());
  }

  private void change(@Nullable Whistle whistle, int awayFree, int homeFree) {
    if (whistle == null) {
      pulls.decide();
      changeOnTheFly(false, awayFree);
      changeOnTheFly(true, homeFree);
      return;
    }
    overtimeFloor[0] = 0;
    overtimeFloor[1] = 0;
    pulls.atWhistle();
    changeAtWhistle();
    faceoff(whistle.spot());
  }

  private void changeOnTheFly(boolean home, int released) {
    Bench bench = ice.bench(home);
    if (released != 0 && fewAside()) {
      // In overtime the man comes back, nobody leaves: four against four until the next whistle.
      overtimeFloor[side(home)] = bench.skaters() + 1;
      overtimeFloor[side(!home)] = ice.bench(!home).skaters();
    }
    int wanted = wanted(home);
    boolean goalieIn = !pulls.out(home);
    if (wanted != bench.skaters() || goalieIn != bench.goalieOn()) {
      bench.fill(ice.period, ice.second, wanted, goalieIn, task(home), unavailable(home), released);
    } else if (bench.someoneIsTired(ice.second)) {
      bench.changeTired(ice.period, ice.second, wanted, task(home), unavailable(home));
    }
  }

  private void changeAtWhistle() {
    for (int side = 0; side < 2; side++) {
      boolean home = side == 1;
      Bench bench = ice.bench(home);
      int wanted = wanted(home);
      boolean same = wanted == bench.skaters() && (bench.skatersOn() & unavailable(home)) == 0;
      double stay = bench.meanStay(ice.second);
      if (!same || ice.draw.chance(Math.min(0.9, stay / 40))) {
        changeAll(home);
      } else {
        bench.fill(
            ice.period, ice.second, wanted, !pulls.out(home), task(home), unavailable(home), 0);
      }
    }
  }

  private void changeAll() {
    changeAll(false);
    changeAll(true);
  }

  private void changeAll(boolean home) {
    ice.bench(home)
        .changeAll(
            ice.period, ice.second, wanted(home), !pulls.out(home), task(home), unavailable(home));
  }

  private void faceoff(Spot spot) {
    boolean homeWins = ice.draw.chance(0.5);
    ice.write(new Faceoff(ice.faceoffTaker(homeWins), ice.faceoffTaker(!homeWins), spot));
  }

  /** Overtime of the regular season starts with three skaters a side. */
  private boolean fewAside() {
    return suddenDeath() && !playoffs;
  }

  private int wanted(boolean home) {
    int shortBy = ice.box(home).shortBy();
    int extra = pulls.extraSkater(home) ? 1 : 0;
    if (fewAside()) {
      int more = Math.max(0, ice.box(!home).shortBy() - shortBy);
      return Math.max(overtimeFloor[side(home)], 3 + more) + extra;
    }
    return 5 - shortBy + extra;
  }

  private Task task(boolean home) {
    int difference = ice.box(!home).shortBy() - ice.box(home).shortBy();
    if (pulls.out(home)) {
      return Task.NET_EMPTY;
    }
    if (difference > 0) {
      return Task.POWER_PLAY;
    }
    if (difference < 0) {
      return Task.PENALTY_KILL;
    }
    return fewAside() ? Task.OPEN_ICE : Task.EVEN;
  }

  private int unavailable(boolean home) {
    return ice.box(home).unavailable();
  }

  private static int side(boolean home) {
    return home ? 1 : 0;
  }
}
