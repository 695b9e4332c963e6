package io.landfall.sandbox.season;

/** How many goalies and skaters each team has on the ice. */
public record Strength(int awayGoalies, int awaySkaters, int homeSkaters, int homeGoalies) {

  /** As the API's situationCode. */
  public String code() {
    return "" + awayGoalies + awaySkaters + homeSkaters + homeGoalies;
  }

  /** A shooter of one team alone before the others' goalie. */
  static Strength alone(Side side) {
    return side == Side.HOME ? new Strength(1, 0, 1, 0) : new Strength(0, 1, 0, 1);
  }

  /** As one of the teams sees it. */
  public Situation seenBy(Side side) {
    if (awayGoalies != 1 || homeGoalies != 1) {
      return Situation.OTHER;
    }
    return side == Side.HOME
        ? Situation.of(homeSkaters, awaySkaters)
        : Situation.of(awaySkaters, homeSkaters);
  }
}
