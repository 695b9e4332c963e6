package io.landfall.sandbox.season;

/** The API's gameState. */
public enum GameState {
  /** Scheduled, or postponed, or cancelled. */
  FUT,
  /** About to start. */
  PRE,
  LIVE,
  /** The last minutes of a close game, and overtime. */
  CRIT,
  /** Just ended; not complete yet. */
  OVER,
  /** Ended. */
  FINAL,
  /** Official. A preseason game never gets there. */
  OFF;

  public boolean started() {
    return this != FUT && this != PRE;
  }

  public boolean playing() {
    return this == LIVE || this == CRIT;
  }

  public boolean finished() {
    return this == FINAL || this == OFF;
  }
}
