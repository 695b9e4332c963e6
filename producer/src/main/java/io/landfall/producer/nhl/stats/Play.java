package io.landfall.producer.nhl.stats;

import org.jspecify.annotations.Nullable;

/**
 * One event, with the players and the team it names resolved through the roster. Players are
 * indexes, {@link Roster#NOBODY} where the event names none.
 *
 * @param second seconds elapsed in the period
 * @param strength from the situation code; where there is none, that of the play before
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
    Strength strength,
    @Nullable Side side,
    int actor,
    int primary,
    int secondary,
    int opponent,
    @Nullable Danger danger,
    int minutes) {

  /** Seconds after which a shot is no rebound any more. */
  private static final int REBOUND_SECONDS = 3;

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
