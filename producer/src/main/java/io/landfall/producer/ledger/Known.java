package io.landfall.producer.ledger;

import io.landfall.schemas.LedgerEntry;
import io.landfall.schemas.ListedDays;
import java.util.Map;
import java.util.Optional;

/**
 * All that the ledger holds.
 *
 * @param entries the latest of each item, by the item's key
 * @param days which days were listed when they were over; empty before the first run
 */
public record Known(Map<String, LedgerEntry> entries, Optional<ListedDays> days) {

  /** Before the first run. */
  public static final Known NOTHING = new Known(Map.of(), Optional.empty());

  public Known {
    entries = Map.copyOf(entries);
  }
}
