package io.landfall.producer.nhl.stats;

import io.landfall.schemas.Item;
import io.landfall.schemas.ItemState;
import java.time.LocalDate;
import java.util.Map;

/** A game as an item: its key is the API's game id (SSSSTTNNNN), its day the league's. */
public final class NhlItem {

  private NhlItem() {}

  /**
   * A game as the schedule lists it.
   *
   * @param date from the schedule's enclosing day
   * @param type the API's game type: 2 regular season, 3 playoffs
   * @param gameState FUT, PRE, LIVE, CRIT, OVER, FINAL or OFF; PPD when postponed, CNCL when
   *     cancelled. From LIVE to OVER it is in progress; one in any other state can be asked for
   *     once its day is over
   * @param over whether its day is over where the league's days are counted
   * @param home abbreviation of the home team
   * @param away abbreviation of the visiting team
   */
  public static Item of(
      int id, LocalDate date, int type, String gameState, boolean over, String home, String away) {
    return new Item(
        Integer.toString(id),
        date,
        date,
        away + "@" + home,
        state(gameState, over),
        Map.of("gameState", gameState, "gameType", Integer.toString(type)));
  }

  private static ItemState state(String gameState, boolean over) {
    if (gameState.equals(GameState.CANCELLED)) {
      return ItemState.CANCELLED;
    }
    if (GameState.inProgress(gameState)) {
      return ItemState.IN_PROGRESS;
    }
    return isEnded(gameState) || (over && !isKnown(gameState))
        ? ItemState.AVAILABLE
        : ItemState.PENDING;
  }

  /** Whether what this state means is known. */
  public static boolean isKnown(String gameState) {
    return GameState.isKnown(gameState);
  }

  /** Whether a game in this state is over and its plays are complete. */
  public static boolean isEnded(String gameState) {
    return GameState.ended(gameState);
  }

  /** The API's id of the game. */
  public static int gameId(Item item) {
    return Integer.parseInt(item.getKey());
  }
}
