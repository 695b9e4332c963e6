package io.landfall.producer.nhl.stats;

import org.jspecify.annotations.Nullable;

/**
 * What the head of a play-by-play says of the game as a whole.
 *
 * @param period the last one, null if it does not say
 * @param regularSeason whether a fifth period is a shootout
 * @param goesOn whether the game has not ended
 */
record Header(
    PlayByPlayJson.Team away,
    PlayByPlayJson.Team home,
    PlayByPlayJson.@Nullable Period period,
    boolean regularSeason,
    boolean goesOn) {

  private static final int REGULAR_SEASON = 2;
  private static final int SHOOTOUT_PERIOD = 5;

  static Header of(
      PlayByPlayJson answer, PlayByPlayJson.Team away, PlayByPlayJson.Team home, boolean goesOn) {
    // The game's id tells its type too: SSSSTTNNNN.
    int type = answer.gameType() == 0 ? answer.id() / 10_000 % 100 : answer.gameType();
    return new Header(away, home, answer.periodDescriptor(), type == REGULAR_SEASON, goesOn);
  }

  private PlayByPlayJson.Team team(Side side) {
    return side == Side.HOME ? home : away;
  }

  /** The score of a side, one more than its goals if it won a shootout. */
  @Nullable Integer score(Side side) {
    return team(side).score();
  }

  /** The shots on goal of a side. */
  @Nullable Integer shots(Side side) {
    return team(side).sog();
  }

  /** The number of the last period, 0 if it is not told. */
  int lastPeriod() {
    return period == null ? 0 : period.number();
  }

  /** Whether the game ended in a shootout. */
  boolean shootout() {
    return period != null && isShootout(period);
  }

  /** Whether a period is a shootout. */
  boolean isShootout(PlayByPlayJson.Period one) {
    return one.periodType() == null
        ? regularSeason && one.number() >= SHOOTOUT_PERIOD
        : one.periodType().equals("SO");
  }
}
