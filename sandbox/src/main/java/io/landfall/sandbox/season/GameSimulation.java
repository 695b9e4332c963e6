package io.landfall.sandbox.season;

import io.landfall.sandbox.season.Bench.Task;
import io.landfall.sandbox.season.Event.Faceoff;
import io.landfall.sandbox.season.Event.Mark;
import io.landfall.sandbox.season.Event.Spot;
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
    if (ice.lead(Side.HOME) == 0) {
      new Shootout(ice, script).play();
    }
    ice.writeLast(Mark.GAME_END);
  }

  private boolean goesOn() {
    if (ice.period < REGULATION_PERIODS) {
      return true;
    }
    boolean tied = ice.lead(Side.HOME) == 0;
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
      int awayFree = ice.box(Side.AWAY).tick();
      int homeFree = ice.box(Side.HOME).tick();
      Whistle whistle = flow.second(length);
      over = suddenDeath() && ice.lead(Side.HOME) != 0;
      if (!over && ice.second < length) {
        change(whistle, awayFree, homeFree);
      }
    }
    Moment end = ice.now();
    ice.bench(Side.AWAY).leave(ice.period, ice.second);
    ice.bench(Side.HOME).leave(ice.period, ice.second);
    ice.write(end, Mark.PERIOD_END);
  }

  private void countSecond() {
    ice.time.second(ice.now(), ice.bench(Side.AWAY).takeFresh(), ice.bench(Side.HOME).takeFresh());
  }

  private void change(@Nullable Whistle whistle, int awayFree, int homeFree) {
    if (whistle == null) {
      pulls.decide();
      changeOnTheFly(Side.AWAY, awayFree);
      changeOnTheFly(Side.HOME, homeFree);
      return;
    }
    overtimeFloor[0] = 0;
    overtimeFloor[1] = 0;
    pulls.atWhistle();
    changeAtWhistle();
    faceoff(whistle.spot());
  }

  private void changeOnTheFly(Side side, int released) {
    Bench bench = ice.bench(side);
    if (released != 0 && fewAside()) {
      // In overtime the man comes back, nobody leaves: four against four until the next whistle.
      overtimeFloor[side.index] = bench.skaters() + 1;
      overtimeFloor[side.other().index] = ice.bench(side.other()).skaters();
    }
    int wanted = wanted(side);
    boolean goalieIn = !pulls.out(side);
    if (wanted != bench.skaters() || goalieIn != bench.goalieOn()) {
      bench.fill(ice.period, ice.second, wanted, goalieIn, task(side), unavailable(side), released);
    } else if (bench.someoneIsTired(ice.second)) {
      bench.changeTired(ice.period, ice.second, wanted, task(side), unavailable(side));
    }
  }

  private void changeAtWhistle() {
    for (Side side : Side.values()) {
      Bench bench = ice.bench(side);
      int wanted = wanted(side);
      boolean same = wanted == bench.skaters() && (bench.skatersOn() & unavailable(side)) == 0;
      double stay = bench.meanStay(ice.second);
      if (!same || ice.random.chance(Math.min(0.9, stay / 40))) {
        changeAll(side);
      } else {
        bench.fill(
            ice.period, ice.second, wanted, !pulls.out(side), task(side), unavailable(side), 0);
      }
    }
  }

  private void changeAll() {
    changeAll(Side.AWAY);
    changeAll(Side.HOME);
  }

  private void changeAll(Side side) {
    ice.bench(side)
        .changeAll(
            ice.period, ice.second, wanted(side), !pulls.out(side), task(side), unavailable(side));
  }

  private void faceoff(Spot spot) {
    Side winner = ice.random.side(0.5);
    ice.write(new Faceoff(ice.faceoffTaker(winner), ice.faceoffTaker(winner.other()), spot));
  }

  /** Overtime of the regular season starts with three skaters a side. */
  private boolean fewAside() {
    return suddenDeath() && !playoffs;
  }

  private int wanted(Side side) {
    int shortBy = ice.box(side).shortBy();
    int extra = pulls.extraSkater(side) ? 1 : 0;
    if (fewAside()) {
      int more = Math.max(0, ice.box(side.other()).shortBy() - shortBy);
      return Math.max(overtimeFloor[side.index], 3 + more) + extra;
    }
    return 5 - shortBy + extra;
  }

  private Task task(Side side) {
    int difference = ice.box(side.other()).shortBy() - ice.box(side).shortBy();
    if (pulls.out(side)) {
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

  private int unavailable(Side side) {
    return ice.box(side).unavailable();
  }
}
