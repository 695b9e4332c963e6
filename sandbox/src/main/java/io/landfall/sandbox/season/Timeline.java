package io.landfall.sandbox.season;

import java.time.Duration;
import java.time.Instant;

/**
 * When a generated game passes from one state to the next. Real minutes are choices near the
 * measured ones.
 */
final class Timeline {

  private static final long TIMELINE = 0x54494D45;
  private static final Duration PRE = Duration.ofMinutes(30);
  private static final Duration CEREMONY = Duration.ofMinutes(7);
  private static final Duration OVER = Duration.ofMinutes(5);
  private static final Duration SHOOTOUT = Duration.ofMinutes(8);
  private static final int INTERMISSION = 1110;
  private static final int SHORT_INTERMISSION = 180;
  private static final int CRITICAL_FROM = 900;
  private static final double REAL_SECONDS_A_SECOND = 1.95;

  private final GeneratedGame game;
  private final Instant drop;
  private final Duration untilOfficial;
  private final Duration untilChart;

  Timeline(long seed, GeneratedGame game) {
    SeededRandom random = SeededRandom.of(seed, TIMELINE, game.fixture().gameId());
    this.game = game;
    this.drop = game.fixture().start().plus(CEREMONY);
    this.untilOfficial = Duration.ofMinutes(random.between(30, 90));
    boolean late = game.cases().contains(EdgeCase.CHART_LATE);
    this.untilChart = Duration.ofMinutes(late ? random.between(360, 4320) : random.between(10, 25));
  }

  Progress at(Instant now) {
    Instant start = game.fixture().start();
    if (now.isBefore(drop)) {
      boolean soon = !now.isBefore(start.minus(PRE));
      return Progress.before(soon ? GameState.PRE : GameState.FUT, "OK");
    }
    Instant end = end();
    if (now.isBefore(end)) {
      return playing(Duration.between(drop, now).toSeconds());
    }
    if (now.isBefore(end.plus(OVER))) {
      return new Progress(GameState.OVER, "OK", Integer.MAX_VALUE, 0, false);
    }
    boolean official = !now.isBefore(end.plus(OVER).plus(untilOfficial));
    return official && game.fixture().gameType() != 1 ? Progress.OFFICIAL : Progress.FINAL;
  }

  /** Whether the shift chart is there. */
  boolean chartAt(Instant now) {
    return !now.isBefore(end().plus(untilChart));
  }

  private Instant end() {
    Moment last = game.plays().get(game.plays().size() - 1).moment();
    boolean shootout = game.periodType(last.period()).equals("SO");
    int period = shootout ? last.period() - 1 : last.period();
    int second = shootout ? length(period) : last.second();
    Instant end = drop.plusSeconds(before(period) + real(second));
    return shootout ? end.plus(SHOOTOUT) : end;
  }

  private Progress playing(long real) {
    int period = 1;
    while (period < game.lastPeriod() && real >= before(period + 1)) {
      period++;
    }
    if (game.periodType(period).equals("SO")) {
      period--;
    }
    int length = length(period);
    int second = (int) Math.min(length, (real - before(period)) / REAL_SECONDS_A_SECOND);
    GameState state = critical(period, second) ? GameState.CRIT : GameState.LIVE;
    return new Progress(state, "OK", period, second, second == length);
  }

  private boolean critical(int period, int second) {
    if (period != 3 || second < CRITICAL_FROM) {
      return period > 3;
    }
    GeneratedGame past = game.until(new Progress(GameState.LIVE, "OK", period, second, false));
    return Math.abs(past.score(Side.HOME) - past.score(Side.AWAY)) <= 1;
  }

  /** Real seconds from the first faceoff to a period's. */
  private long before(int period) {
    long seconds = 0;
    for (int earlier = 1; earlier < period; earlier++) {
      boolean shortPause = earlier >= 3 && !game.fixture().playoffs();
      seconds += real(length(earlier)) + (shortPause ? SHORT_INTERMISSION : INTERMISSION);
    }
    return seconds;
  }

  private static long real(int seconds) {
    return Math.round(seconds * REAL_SECONDS_A_SECOND);
  }

  private int length(int period) {
    return period > 3 && !game.fixture().playoffs() ? 300 : 1200;
  }
}
