package io.landfall.sandbox.season;

/**
 * How far a game is.
 *
 * @param scheduleState OK, PPD or CNCL
 * @param period that is or was last played, 0 before the game
 * @param second elapsed in it
 */
public record Progress(
    GameState state, String scheduleState, int period, int second, boolean intermission) {

  static final Progress OFFICIAL = new Progress(GameState.OFF, "OK", Integer.MAX_VALUE, 0, false);
  static final Progress FINAL = new Progress(GameState.FINAL, "OK", Integer.MAX_VALUE, 0, false);

  static Progress before(GameState state, String scheduleState) {
    return new Progress(state, scheduleState, 0, 0, false);
  }

  boolean reached(int otherPeriod, int otherSecond) {
    return period > otherPeriod || (period == otherPeriod && second >= otherSecond);
  }
}
