package io.landfall.sandbox.season;

/** The strengths that are told apart; the four of them add up to all. */
public enum Situation {
  FIVE_ON_FIVE("5on5"),
  FIVE_ON_FOUR("5on4"),
  FOUR_ON_FIVE("4on5"),
  /** Everything else: 4v4, 3v3, 5v3, a goalie off the ice, a penalty shot. */
  OTHER("other");

  private final String word;

  Situation(String word) {
    this.word = word;
  }

  /** As the API's users write it. */
  public String word() {
    return word;
  }

  static Situation of(int own, int opponents) {
    if (own == 5 && opponents == 5) {
      return FIVE_ON_FIVE;
    }
    if (own == 5 && opponents == 4) {
      return FIVE_ON_FOUR;
    }
    return own == 4 && opponents == 5 ? FOUR_ON_FIVE : OTHER;
  }
}
