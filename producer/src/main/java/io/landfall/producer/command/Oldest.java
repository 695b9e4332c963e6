package io.landfall.producer.command;

import io.landfall.producer.ledger.Known;
import io.landfall.producer.ledger.Status;
import io.landfall.producer.ledger.Status.Attempts;
import io.landfall.schemas.ItemState;
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
        .flatMap(entry -> waiting(entry, zone).stream())
        .min(
            Comparator.comparing(Oldest::since)
                .thenComparing(one -> one.entry().getItem().getKey()));
  }

  private static Optional<Oldest> waiting(LedgerEntry entry, ZoneId zone) {
    return Status.of(entry)
        .match(
            expected ->
                entry.getItem().getState() == ItemState.AVAILABLE
                    ? Optional.of(
                        new Oldest(
                            entry,
                            entry.getItem().getLastDay().plusDays(1).atStartOfDay(zone).toInstant(),
                            "not asked for yet"))
                    : Optional.empty(),
            fetched -> Optional.empty(),
            incomplete -> Optional.of(of(entry, incomplete.attempts())),
            settled -> Optional.empty(),
            failed -> Optional.of(of(entry, failed.attempts())),
            cancelled -> Optional.empty());
  }

  private static Oldest of(LedgerEntry entry, Attempts attempts) {
    return new Oldest(entry, attempts.since(), attempts.reason());
  }
}
