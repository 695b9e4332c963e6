package io.landfall.producer.nhl.stats;

import io.landfall.schemas.Item;
import java.time.LocalDate;

/** Games as the schedule lists them. */
public final class Games {

  private Games() {}

  /** One on a day that is not over. */
  public static Item of(
      int id, LocalDate date, int type, String gameState, String home, String away) {
    return NhlItem.of(id, date, type, gameState, false, home, away);
  }
}
