package io.landfall.sandbox.season;

import static java.util.Objects.requireNonNull;

import java.util.EnumMap;
import java.util.Map;

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

  private static final String ON_ICE = "ON_ICE_";
  private static final Map<Metric, Metric> FOR = onIce("_FOR");
  private static final Map<Metric, Metric> AGAINST = onIce("_AGAINST");

  private final String column;

  Metric(String column) {
    this.column = column;
  }

  public String column() {
    return column;
  }

  /** What an attempt that counts here is to the shooter's team on the ice. */
  public Metric onIceFor() {
    return requireNonNull(FOR.get(this));
  }

  /** What an attempt that counts here is to the other team on the ice. */
  public Metric onIceAgainst() {
    return requireNonNull(AGAINST.get(this));
  }

  private static Map<Metric, Metric> onIce(String ending) {
    Map<Metric, Metric> found = new EnumMap<>(Metric.class);
    for (Metric metric : values()) {
      String name = metric.name();
      if (name.startsWith(ON_ICE) && name.endsWith(ending)) {
        found.put(
            valueOf(name.substring(ON_ICE.length(), name.length() - ending.length())), metric);
      }
    }
    return found;
  }
}
