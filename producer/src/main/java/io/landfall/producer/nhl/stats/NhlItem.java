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
   *     cancelled
   * @param home abbreviation of the home team
   * @param away abbreviation of the visiting team
   */
  public static Item of(
      int id, LocalDate date, int type, String gameState, String home, String away) {
    return new Item(
        Integer.toString(id),
        date,
        date,
        away + "@" + home,
        state(gameState),
        Map.of("gameState", gameState, "gameType", Integer.toString(type)));
  }

  private static ItemState state(String gameState) {
    if (gameState.equals("CNCL")) {
      return ItemState.CANCELLED;
    }
    return GameState.ended(gameState) ? ItemState.AVAILABLE : ItemState.PENDING;
  }

  /** The API's id of the game. */
  public static int gameId(Item item) {
    return Integer.parseInt(item.getKey());
  }
}
