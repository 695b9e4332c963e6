package io.landfall.sandbox.season;

/** How many goalies and skaters each team has on the ice. */
public record Strength(int awayGoalies, int awaySkaters, int homeSkaters, int homeGoalies) {

  /** As the API's situationCode. */
  public String code() {
    return "" + awayGoalies + awaySkaters + homeSkaters + homeGoalies;
  }

  /** As one of the teams sees it. */
  public Situation seenBy(boolean home) {
    if (awayGoalies != 1 || homeGoalies != 1) {
      return Situation.OTHER;
    }
    return Situation.of(home ? homeSkaters : awaySkaters, home ? awaySkaters : homeSkaters);
  }
}
