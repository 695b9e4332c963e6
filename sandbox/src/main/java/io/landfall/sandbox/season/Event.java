package io.landfall.sandbox.season;

/**
 * What can happen in a game. Players are numbered 0 to 19 (visitors) and 20 to 39 (home team);
 * {@link #NOBODY} stands where there is none.
 */
sealed interface Event {

  int NOBODY = -1;

  /** How a shot attempt ended. */
  enum Result {
    GOAL,
    SAVED,
    MISSED,
    BLOCKED,
    BLOCKED_BY_TEAMMATE,
    /** A penalty shot or shootout attempt without a shot. */
    FAILED
  }

  /** A period begins or ends, the shootout or the game is over. */
  enum Mark implements Event {
    PERIOD_START(520, "period-start"),
    PERIOD_END(521, "period-end"),
    SHOOTOUT_COMPLETE(523, "shootout-complete"),
    GAME_END(524, "game-end"),
    /** Something new that no reader of the API has seen. */
    UNHEARD_OF(598, "drone-on-the-ice");

    final int typeCode;
    final String key;

    Mark(int typeCode, String key) {
      this.typeCode = typeCode;
      this.key = key;
    }
  }

  /**
   * A place on the ice.
   *
   * @param x feet from the centre of the ice, absolute
   */
  record Spot(int x, int y) {
    static final Spot CENTRE = new Spot(0, 0);
  }

  record Faceoff(int winner, int loser, Spot spot) implements Event {}

  record Hit(int hitter, int hittee, Spot spot) implements Event {}

  record Giveaway(int player, Spot spot, boolean zoneFlipped) implements Event {}

  record Takeaway(int player, Spot spot, boolean zoneFlipped) implements Event {}

  /**
   * A shot attempt, whatever became of it.
   *
   * @param assist1 only of a goal
   * @param goalie in the net that was aimed at, or nobody
   * @param blocker only of a blocked one
   * @param kind the API's shotType; empty where it tells none
   * @param reason of a miss; empty otherwise
   */
  record Attempt(
      Result result,
      int shooter,
      int assist1,
      int assist2,
      int goalie,
      int blocker,
      String kind,
      String reason,
      Spot spot)
      implements Event {

    static Attempt of(Result result, int shooter, int goalie, String kind, String why, Spot spot) {
      return new Attempt(result, shooter, NOBODY, NOBODY, goalie, NOBODY, kind, why, spot);
    }

    Attempt blockedBy(int other, Spot where) {
      return new Attempt(result, shooter, assist1, assist2, goalie, other, kind, reason, where);
    }

    Attempt by(int other) {
      return new Attempt(result, other, assist1, assist2, goalie, blocker, kind, reason, spot);
    }

    Attempt assisted(int first, int second) {
      return new Attempt(result, shooter, first, second, goalie, blocker, kind, reason, spot);
    }

    Attempt ending(Result other) {
      return new Attempt(other, shooter, assist1, assist2, goalie, blocker, kind, "", spot);
    }

    Attempt ofKind(String other) {
      return new Attempt(result, shooter, assist1, assist2, goalie, blocker, other, reason, spot);
    }

    Attempt at(Spot other) {
      return new Attempt(result, shooter, assist1, assist2, goalie, blocker, kind, reason, other);
    }

    boolean onGoal() {
      return result == Result.GOAL || result == Result.SAVED;
    }
  }

  /**
   * A penalty as it is called.
   *
   * @param side whose it is
   * @param committedBy nobody for a bench minor
   * @param code MIN, MAJ, BEN, MIS, GAM, PS
   * @param minutes 0, 2, 4, 5 or 10
   */
  record Penalty(
      Side side,
      int committedBy,
      int drawnBy,
      int servedBy,
      String code,
      String offence,
      int minutes,
      Spot spot)
      implements Event {}

  /** The referee's arm is up; the play goes on until the offenders have the puck. */
  record DelayedPenalty(Side side) implements Event {}

  /**
   * Play stops.
   *
   * @param secondary empty for none
   */
  record Stoppage(String reason, String secondary) implements Event {}
}
