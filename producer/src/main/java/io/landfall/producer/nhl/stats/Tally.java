package io.landfall.producer.nhl.stats;

/**
 * What is counted, for a skater, for a team and while a skater is on the ice. The text is the
 * column's name without the words around it that say whose count it is.
 */
enum Tally {
  SHOTS_ON_GOAL("shotsOnGoal"),
  MISSED_SHOTS("missedShots"),
  BLOCKED_SHOT_ATTEMPTS("blockedShotAttempts"),
  SHOT_ATTEMPTS("shotAttempts"),
  UNBLOCKED_SHOT_ATTEMPTS("unblockedShotAttempts"),
  GOALS("goals"),
  REBOUNDS("rebounds"),
  REBOUND_GOALS("reboundGoals"),
  SAVED_SHOTS_ON_GOAL("savedShotsOnGoal"),
  SAVED_UNBLOCKED_SHOT_ATTEMPTS("savedUnblockedShotAttempts"),
  LOW_DANGER_SHOTS("lowDangerShots"),
  MEDIUM_DANGER_SHOTS("mediumDangerShots"),
  HIGH_DANGER_SHOTS("highDangerShots"),
  LOW_DANGER_GOALS("lowDangerGoals"),
  MEDIUM_DANGER_GOALS("mediumDangerGoals"),
  HIGH_DANGER_GOALS("highDangerGoals"),
  PRIMARY_ASSISTS("primaryAssists"),
  SECONDARY_ASSISTS("secondaryAssists"),
  POINTS("points"),
  HITS("hits"),
  TAKEAWAYS("takeaways"),
  GIVEAWAYS("giveaways"),
  FACE_OFFS_WON("faceOffsWon"),
  FACE_OFFS_LOST("faceOffsLost"),
  PENALTIES("penalties"),
  PENALTY_MINUTES("penalityMinutes"),
  /** Shots of the other team that the skater blocked: in the box score, in no column. */
  BLOCKS("blocks");

  static final Tally[] EACH = values();

  /** Its place in arrays: what is counted is kept in arrays, for speed. */
  @SuppressWarnings("EnumOrdinal") // an array index, never stored
  final int index = ordinal();

  final String text;

  Tally(String text) {
    this.text = text;
  }

  static Tally shots(Danger danger) {
    return switch (danger) {
      case LOW -> LOW_DANGER_SHOTS;
      case MEDIUM -> MEDIUM_DANGER_SHOTS;
      case HIGH -> HIGH_DANGER_SHOTS;
    };
  }

  static Tally goals(Danger danger) {
    return switch (danger) {
      case LOW -> LOW_DANGER_GOALS;
      case MEDIUM -> MEDIUM_DANGER_GOALS;
      case HIGH -> HIGH_DANGER_GOALS;
    };
  }
}
