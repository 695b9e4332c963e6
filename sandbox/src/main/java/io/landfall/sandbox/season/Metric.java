package io.landfall.sandbox.season;

/** What the tally counts for a player, by the name of the bronze column that should show it. */
public enum Metric {
  GOALS("I_F_goals"),
  PRIMARY_ASSISTS("I_F_primaryAssists"),
  SECONDARY_ASSISTS("I_F_secondaryAssists"),
  /** Saved shots and goals. */
  SHOTS_ON_GOAL("I_F_shotsOnGoal"),
  MISSED_SHOTS("I_F_missedShots"),
  /** Attempts of his that anybody blocked, team-mates included. */
  BLOCKED_ATTEMPTS("I_F_blockedShotAttempts"),
  /** Attempts that followed at once on a miss or saved shot of his, whoever took them. */
  REBOUNDS("I_F_rebounds"),
  REBOUND_GOALS("I_F_reboundGoals"),
  LOW_DANGER_SHOTS("I_F_lowDangerShots"),
  MEDIUM_DANGER_SHOTS("I_F_mediumDangerShots"),
  HIGH_DANGER_SHOTS("I_F_highDangerShots"),
  LOW_DANGER_GOALS("I_F_lowDangerGoals"),
  MEDIUM_DANGER_GOALS("I_F_mediumDangerGoals"),
  HIGH_DANGER_GOALS("I_F_highDangerGoals"),
  HITS("I_F_hits"),
  TAKEAWAYS("I_F_takeaways"),
  GIVEAWAYS("I_F_giveaways"),
  FACEOFFS_WON("faceoffsWon"),
  FACEOFFS_LOST("faceoffsLost"),
  /** Penalties that he committed; bench minors are nobody's. */
  PENALTIES("penalties"),
  PENALTY_MINUTES("penaltyMinutes"),
  /** Opponents' attempts that he blocked. */
  SHOTS_BLOCKED("shotsBlocked"),
  /** Seconds on the ice. */
  ICE_TIME("icetime"),
  /** Shifts; in a situation those that hold at least a second of it, so these do not add up. */
  SHIFTS("shifts"),
  ON_ICE_GOALS_FOR("OnIce_F_goals"),
  ON_ICE_GOALS_AGAINST("OnIce_A_goals"),
  ON_ICE_SHOTS_ON_GOAL_FOR("OnIce_F_shotsOnGoal"),
  ON_ICE_SHOTS_ON_GOAL_AGAINST("OnIce_A_shotsOnGoal"),
  ON_ICE_MISSED_SHOTS_FOR("OnIce_F_missedShots"),
  ON_ICE_MISSED_SHOTS_AGAINST("OnIce_A_missedShots"),
  ON_ICE_BLOCKED_ATTEMPTS_FOR("OnIce_F_blockedShotAttempts"),
  ON_ICE_BLOCKED_ATTEMPTS_AGAINST("OnIce_A_blockedShotAttempts"),
  ON_ICE_LOW_DANGER_SHOTS_FOR("OnIce_F_lowDangerShots"),
  ON_ICE_LOW_DANGER_SHOTS_AGAINST("OnIce_A_lowDangerShots"),
  ON_ICE_MEDIUM_DANGER_SHOTS_FOR("OnIce_F_mediumDangerShots"),
  ON_ICE_MEDIUM_DANGER_SHOTS_AGAINST("OnIce_A_mediumDangerShots"),
  ON_ICE_HIGH_DANGER_SHOTS_FOR("OnIce_F_highDangerShots"),
  ON_ICE_HIGH_DANGER_SHOTS_AGAINST("OnIce_A_highDangerShots"),
  ON_ICE_LOW_DANGER_GOALS_FOR("OnIce_F_lowDangerGoals"),
  ON_ICE_LOW_DANGER_GOALS_AGAINST("OnIce_A_lowDangerGoals"),
  ON_ICE_MEDIUM_DANGER_GOALS_FOR("OnIce_F_mediumDangerGoals"),
  ON_ICE_MEDIUM_DANGER_GOALS_AGAINST("OnIce_A_mediumDangerGoals"),
  ON_ICE_HIGH_DANGER_GOALS_FOR("OnIce_F_highDangerGoals"),
  ON_ICE_HIGH_DANGER_GOALS_AGAINST("OnIce_A_highDangerGoals");

  static final int COUNT = values().length;

  private final String column;

  Metric(String column) {
    this.column = column;
  }

  public String column() {
    return column;
  }

  /** What an attempt that counts here is to the shooter's team on the ice. */
  public Metric onIceFor() {
    return valueOf("ON_ICE_" + name() + "_FOR");
  }

  /** What an attempt that counts here is to the other team on the ice. */
  public Metric onIceAgainst() {
    return valueOf("ON_ICE_" + name() + "_AGAINST");
  }

  static Metric shots(Danger danger) {
    return valueOf(danger.name() + "_DANGER_SHOTS");
  }

  static Metric goals(Danger danger) {
    return valueOf(danger.name() + "_DANGER_GOALS");
  }
}
