package io.landfall.producer.nhl.stats;

/** The events that something is counted from or known by, by the API's {@code typeCode}. */
enum PlayType {
  FACE_OFF,
  HIT,
  GIVEAWAY,
  GOAL,
  SHOT_ON_GOAL,
  MISSED_SHOT,
  BLOCKED_SHOT,
  PENALTY,
  TAKEAWAY,
  PERIOD_END,
  GAME_END,
  /** Stoppages, starts, delayed penalties, failed attempts, and codes not known yet. */
  UNCOUNTED;

  static PlayType ofCode(int typeCode) {
    return switch (typeCode) {
      case 502 -> FACE_OFF;
      case 503 -> HIT;
      case 504 -> GIVEAWAY;
      case 505 -> GOAL;
      case 506 -> SHOT_ON_GOAL;
      case 507 -> MISSED_SHOT;
      case 508 -> BLOCKED_SHOT;
      case 509 -> PENALTY;
      case 521 -> PERIOD_END;
      case 524 -> GAME_END;
      case 525 -> TAKEAWAY;
      default -> UNCOUNTED;
    };
  }

  /** Whether something is counted from it. */
  boolean isCounted() {
    return this != PERIOD_END && this != GAME_END && this != UNCOUNTED;
  }

  /** An attempt that nobody blocked: on goal, scored or missed. */
  boolean isUnblockedShot() {
    return this == GOAL || this == SHOT_ON_GOAL || this == MISSED_SHOT;
  }

  boolean isShotAttempt() {
    return isUnblockedShot() || this == BLOCKED_SHOT;
  }
}
