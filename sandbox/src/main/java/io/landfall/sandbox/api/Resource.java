package io.landfall.sandbox.api;

/** The kinds of path that the simulated API answers. */
public enum Resource {
  SCHEDULE,
  SCORE,
  PLAY_BY_PLAY,
  BOXSCORE,
  LANDING,
  RIGHT_RAIL,
  SHIFT_CHART,
  /** Official time-on-ice report of the home team, HTML. */
  HOME_REPORT,
  /** Official time-on-ice report of the visiting team, HTML. */
  VISITOR_REPORT,
  /** Not the NHL's: what steers the simulation. */
  CONTROL,
  /** No path of the API. */
  UNKNOWN
}
