package io.landfall.producer.command;

import io.landfall.producer.ledger.Known;
import io.landfall.producer.overview.Waiting;
import io.landfall.schemas.LedgerEntry;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.Optional;

/**
 * The item that has waited longest for something that should be there.
 *
 * @param since the end of its last day where it was never asked for, else its first attempt that
 *     did not end well
 * @param reason what it waits for
 */
record Oldest(LedgerEntry entry, Instant since, String reason) {

  /**
   * Empty where nothing waits.
   *
   * @param zone in which the source's days are counted
   */
  static Optional<Oldest> of(Known known, ZoneId zone) {
    return known.entries().values().stream()
        .flatMap(entry -> Waiting.of(entry, zone).stream())
        .min(
            Comparator.comparing(Waiting::since)
                .thenComparing(one -> one.entry().getItem().getKey()))
        .map(one -> new Oldest(one.entry(), one.since(), one.reason()));
  }
}
