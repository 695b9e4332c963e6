package io.landfall.sandbox.season;

/**
 * A stay on the ice.
 *
 * @param player 0 to 39
 * @param start seconds elapsed in the period
 * @param end seconds elapsed in the period, after start
 */
record Shift(int player, int period, int start, int end) {

  int seconds() {
    return end - start;
  }
}
