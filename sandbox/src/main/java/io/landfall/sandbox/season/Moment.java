package io.landfall.sandbox.season;

/**
 * When something happened and who was on the ice.
 *
 * @param second elapsed in the period
 * @param awayOn one bit for each of the visitors' twenty places
 * @param homeOn the same for the home team
 */
record Moment(int period, int second, Strength strength, int awayOn, int homeOn) {

  int on(Side side) {
    return side == Side.HOME ? homeOn : awayOn;
  }
}
