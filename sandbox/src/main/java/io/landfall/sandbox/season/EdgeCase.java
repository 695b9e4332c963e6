package io.landfall.sandbox.season;

/** What a game can be made to have, on demand. */
public enum EdgeCase {
  /** Coincidental minors at five a side. */
  FOUR_ON_FOUR,
  FIVE_ON_THREE,
  FOUR_ON_THREE,
  /** The home goalie off for a skater at the end. */
  SIX_ON_FIVE,
  /** Both goalies off at the end. */
  BOTH_NETS_EMPTY,
  PENALTY_SHOT,
  /** Decided in overtime. */
  OVERTIME,
  SHOOTOUT,
  /** A shootout in which one team never scores. */
  SHOOTOUT_ONE_GOAL,
  /** Decided in the second overtime; of a playoff game only. */
  DOUBLE_OVERTIME,
  /** Eleven forwards and seven defensemen on both sides. */
  ELEVEN_FORWARDS,
  /** A play of a type that nobody has seen. */
  UNKNOWN_EVENT_TYPE,
  /** A shotType that nobody has seen. */
  UNKNOWN_SHOT_TYPE,
  /** A goal without shotType. */
  GOAL_WITHOUT_SHOT_TYPE,
  /** A bench minor: no committedByPlayerId. */
  BENCH_MINOR,
  /** Fifteen plays in one second. */
  CROWDED_SECOND,
  /** Two neighbours in sortOrder whose clock goes backwards. */
  CLOCK_BACKWARDS,
  TEAMMATE_BLOCKED,
  /** Answers as in autumn 2023: plain names, nested box score, the blocking team owns a block. */
  OLD_GENERATION,
  /** Postponed a few hours before it starts, and played weeks later under the same id. */
  POSTPONED,
  /** Called off a few hours before it starts. */
  CANCELLED,
  /** A shift chart that never has any rows. */
  CHART_EMPTY,
  /** A shift chart without rows at first: two requests long, with a clock some hours to days. */
  CHART_LATE,
  /** A shift chart without one of the skaters. */
  CHART_PLAYER_MISSING,
  /** Exact duplicates under other ids. */
  CHART_DUPLICATES,
  CHART_ZERO_LENGTH,
  CHART_NULL_DURATION,
  CHART_END_BEFORE_START
}
