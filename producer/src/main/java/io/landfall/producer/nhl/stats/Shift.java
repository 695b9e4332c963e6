package io.landfall.producer.nhl.stats;

/**
 * One shift of one player.
 *
 * @param player index in the roster, or {@link Roster#NOBODY}
 * @param start seconds elapsed in the period when it began
 * @param end seconds elapsed in the period when it ended, later than the start
 */
record Shift(int player, int period, int start, int end) {

  /** Seconds in a period; an overtime of the regular season is shorter. */
  static final int PERIOD_SECONDS = 1200;

  /** Whether such a shift can have been: within a period, and not of no length. */
  boolean isPlausible() {
    return period >= 1
        && period <= GameReader.MOST_PERIODS
        && start >= 0
        && start < end
        && end <= PERIOD_SECONDS;
  }
}
