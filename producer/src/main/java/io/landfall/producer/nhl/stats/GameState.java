package io.landfall.producer.nhl.stats;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The API's {@code gameState}. */
final class GameState {

  /** Cancelled: it will not be played. */
  static final String CANCELLED = "CNCL";

  private static final Set<String> NOT_ENDED =
      Set.of("FUT", "PRE", "LIVE", "CRIT", "OVER", "PPD", CANCELLED);

  private static final Set<String> IN_PROGRESS = Set.of("LIVE", "CRIT", "OVER");

  private GameState() {}

  /**
   * Whether a game in this state is over and its plays are complete: {@code FINAL} or {@code OFF}.
   * Preseason games stay {@code FINAL} for ever, so waiting for {@code OFF} would lose them; {@code
   * OVER} comes before the last corrections of the night.
   */
  static boolean ended(@Nullable String gameState) {
    return "FINAL".equals(gameState) || "OFF".equals(gameState);
  }

  /** Whether it is not known that a game in this state has not ended. */
  static boolean mayHaveEnded(@Nullable String gameState) {
    return gameState != null && !NOT_ENDED.contains(gameState);
  }

  /**
   * Whether a game in this state has begun and its answers are not final: {@code LIVE}, {@code
   * CRIT} in its last minutes, {@code OVER} when it has just ended.
   */
  static boolean inProgress(@Nullable String gameState) {
    return gameState != null && IN_PROGRESS.contains(gameState);
  }

  /** Whether what this state means is known. */
  static boolean isKnown(@Nullable String gameState) {
    return ended(gameState) || !mayHaveEnded(gameState);
  }
}
