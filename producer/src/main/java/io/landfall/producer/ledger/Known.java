package io.landfall.producer.ledger;

import io.landfall.schemas.LedgerEntry;
import io.landfall.schemas.ListedDays;
import java.util.Map;
import java.util.Optional;

/**
 * All that the ledger holds.
 *
 * @param games the latest entry of each game, by game id
 * @param days which days were listed when they were over; empty before the first run
 */
public record Known(Map<Integer, LedgerEntry> games, Optional<ListedDays> days) {

  public Known {
    games = Map.copyOf(games);
  }
}
