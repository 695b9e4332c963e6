package io.landfall.sandbox.season;

/**
 * Where an unblocked attempt came from, by the corners of the home plate before the net: the posts
 * (89, ±3), the dots (69, ±22) and the top of the circles (54, ±22). A class of its own and no code
 * of the product's, so that the one can be held against the other.
 */
enum Danger {
  LOW(Metric.LOW_DANGER_SHOTS, Metric.LOW_DANGER_GOALS),
  MEDIUM(Metric.MEDIUM_DANGER_SHOTS, Metric.MEDIUM_DANGER_GOALS),
  HIGH(Metric.HIGH_DANGER_SHOTS, Metric.HIGH_DANGER_GOALS);

  final Metric shots;
  final Metric goals;

  Danger(Metric shots, Metric goals) {
    this.shots = shots;
    this.goals = goals;
  }

  /**
   * @param towards feet from centre ice towards the attacked net
   * @param y feet from the line between the nets
   */
  static Danger of(int towards, int y) {
    int aside = Math.abs(y);
    // A place lies inside the plate's slanted edge where this is not positive.
    int beyondEdge = 19 * (towards - 69) + 20 * (aside - 22);
    boolean plate = towards >= 54 && towards <= 89 && aside <= 22 && beyondEdge <= 0;
    if (!plate) {
      return LOW;
    }
    return towards >= 69 && aside <= 9 ? HIGH : MEDIUM;
  }
}
