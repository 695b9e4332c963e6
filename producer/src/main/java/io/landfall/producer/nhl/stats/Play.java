package io.landfall.producer.nhl.stats;

import org.jspecify.annotations.Nullable;

/**
 * One event, with the players and the team it names resolved through the roster. Players are
 * indexes, {@link Roster#NOBODY} where the event names none.
 *
 * @param second seconds elapsed in the period
 * @param strength from the situation code; null where there is none and nothing else tells
 * @param side the team whose event it is: that of the shooter, hitter, winner, penalised player
 * @param actor who shot, scored, hit, won, gave or took the puck away, or was penalised
 * @param primary who had the first assist
 * @param secondary who had the second assist
 * @param opponent who blocked the shot, or lost the face-off
 * @param danger the class of the place of an unblocked shot; null for others, and without a place
 * @param minutes of a penalty
 */
record Play(
    PlayType type,
    int period,
    boolean shootout,
    int second,
    @Nullable Strength strength,
    @Nullable Side side,
    int actor,
    int primary,
    int secondary,
    int opponent,
    @Nullable Danger danger,
    int minutes) {

  /** Seconds after which a shot is no rebound any more. */
  private static final int REBOUND_SECONDS = 3;

  /** The same play at a strength that something else tells. */
  Play at(Strength known) {
    return new Play(
        type, period, shootout, second, known, side, actor, primary, secondary, opponent, danger,
        minutes);
  }

  /** The situation seen from a side, null where the strength is not known. */
  @Nullable Situation situation(Side of) {
    return strength == null ? null : strength.situation(of);
  }

  /** Whether something is counted from it. */
  boolean isCounted() {
    return !shootout && side != null && type.isCounted();
  }

  boolean isPenaltyShot() {
    return strength != null && strength.isPenaltyShot();
  }

  /**
   * Whether this is a rebound: an unblocked shot, and the play directly before it a shot on goal or
   * miss of the same team, in the same period, at most three seconds earlier.
   */
  boolean isReboundAfter(@Nullable Play before) {
    return before != null
        && type.isUnblockedShot()
        && (before.type == PlayType.SHOT_ON_GOAL || before.type == PlayType.MISSED_SHOT)
        && before.side == side
        && before.period == period
        && Math.abs(second - before.second) <= REBOUND_SECONDS;
  }
}
