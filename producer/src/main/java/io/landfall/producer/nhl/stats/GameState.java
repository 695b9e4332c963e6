package io.landfall.producer.nhl.stats;

import org.jspecify.annotations.Nullable;

/** The API's {@code gameState}. */
final class GameState {

  private GameState() {}

  /**
   * Whether a game in this state is over and its plays are complete: {@code FINAL} or {@code OFF}.
   * Preseason games stay {@code FINAL} for ever, so waiting for {@code OFF} would lose them; {@code
   * OVER} comes before the last corrections of the night.
   */
  static boolean ended(@Nullable String gameState) {
    return "FINAL".equals(gameState) || "OFF".equals(gameState);
  }
}
