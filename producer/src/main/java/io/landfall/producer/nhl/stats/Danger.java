package io.landfall.producer.nhl.stats;

/**
 * Where an unblocked shot attempt came from, by geometry alone: not a probability, and not
 * MoneyPuck's classes, which are a model's output.
 *
 * <p>In feet, seen by the shooting team with the attacked goal at (89, 0): HIGH is the inner slot,
 * from the goal line 20 feet out and 9 feet to either side; MEDIUM is the rest of the home plate,
 * from the posts along a straight line to the face-off dots (69, ±22) and from there straight up to
 * the top of the circles (54, ±22); LOW is everywhere else, behind the goal line too.
 */
enum Danger {
  LOW,
  MEDIUM,
  HIGH;

  private static final int GOAL_LINE = 89;
  private static final int DOTS = 69;
  private static final int TOP_OF_CIRCLES = 54;
  private static final int SLOT_HALF_WIDTH = 9;
  private static final int PLATE_HALF_WIDTH = 22;
  private static final int POST = 3;

  /**
   * The class of a place on the ice.
   *
   * @param x feet from centre ice towards the attacked goal
   * @param y feet from the line between the goals
   */
  static Danger of(double x, double y) {
    double aside = Math.abs(y);
    if (x > GOAL_LINE || x < TOP_OF_CIRCLES || aside > plateHalfWidth(x)) {
      return LOW;
    }
    return x >= DOTS && aside <= SLOT_HALF_WIDTH ? HIGH : MEDIUM;
  }

  private static double plateHalfWidth(double x) {
    if (x <= DOTS) {
      return PLATE_HALF_WIDTH;
    }
    double share = (GOAL_LINE - x) / (GOAL_LINE - DOTS);
    return POST + share * (PLATE_HALF_WIDTH - POST);
  }
}
