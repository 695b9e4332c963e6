package io.landfall.producer.nhl.stats;

import org.jspecify.annotations.Nullable;

/**
 * How many are on the ice, as the API's {@code situationCode} writes it: away goalie, away skaters,
 * home skaters, home goalie, one digit each ({@code 1551} is five on five).
 */
record Strength(int awayGoalies, int awaySkaters, int homeSkaters, int homeGoalies) {

  private static final int MOST_GOALIES = 1;
  private static final int MOST_SKATERS = 6;

  /** Reads a situation code; null where there is none or it is none that can be. */
  static @Nullable Strength ofCode(@Nullable String code) {
    if (code == null
        || code.length() != 4
        || !isUpTo(MOST_GOALIES, code.charAt(0))
        || !isUpTo(MOST_SKATERS, code.charAt(1))
        || !isUpTo(MOST_SKATERS, code.charAt(2))
        || !isUpTo(MOST_GOALIES, code.charAt(3))) {
      return null;
    }
    return new Strength(digit(code, 0), digit(code, 1), digit(code, 2), digit(code, 3));
  }

  private static boolean isUpTo(int most, char digit) {
    return digit >= '0' && digit <= '0' + most;
  }

  private static int digit(String code, int index) {
    return code.charAt(index) - '0';
  }

  /** The situation seen from this side. */
  Situation situation(Side side) {
    if (awayGoalies != 1 || homeGoalies != 1) {
      return Situation.OTHER;
    }
    if (awaySkaters == 5 && homeSkaters == 5) {
      return Situation.FIVE_ON_FIVE;
    }
    if (awaySkaters == 5 && homeSkaters == 4) {
      return side == Side.AWAY ? Situation.FIVE_ON_FOUR : Situation.FOUR_ON_FIVE;
    }
    if (awaySkaters == 4 && homeSkaters == 5) {
      return side == Side.HOME ? Situation.FIVE_ON_FOUR : Situation.FOUR_ON_FIVE;
    }
    return Situation.OTHER;
  }

  /** Whether a lone skater faces a lone goalie: {@code 1010} and {@code 0101}. */
  boolean isPenaltyShot() {
    return awayGoalies + homeGoalies == 1
        && awaySkaters + homeSkaters == 1
        && awayGoalies == homeSkaters;
  }
}
