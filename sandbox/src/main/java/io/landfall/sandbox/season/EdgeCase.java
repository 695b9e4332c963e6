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
  /** A playoff game decided in the second overtime; plays by playoff rules whatever its type. */
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
  /** A shift chart that never has any rows. */
  CHART_EMPTY,
  /** A shift chart without one of the skaters. */
  CHART_PLAYER_MISSING,
  /** Exact duplicates under other ids. */
  CHART_DUPLICATES,
  CHART_ZERO_LENGTH,
  CHART_NULL_DURATION,
  CHART_END_BEFORE_START
}
