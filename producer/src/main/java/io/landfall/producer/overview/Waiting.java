package io.landfall.producer.overview;

import io.landfall.producer.ledger.Status;
import io.landfall.producer.ledger.Status.Attempts;
import io.landfall.schemas.ItemState;
import io.landfall.schemas.LedgerEntry;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * An item that waits for something that should be there.
 *
 * @param since the end of its last day where it was never asked for, else its first attempt that
 *     did not end well
 * @param reason what it waits for
 */
public record Waiting(LedgerEntry entry, Instant since, String reason) {

  /**
   * Empty where it does not.
   *
   * @param zone in which the source's days are counted
   */
  public static Optional<Waiting> of(LedgerEntry entry, ZoneId zone) {
    return Status.of(entry)
        .match(
            expected ->
                entry.getItem().getState() == ItemState.AVAILABLE
                    ? Optional.of(
                        new Waiting(
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

  private static Waiting of(LedgerEntry entry, Attempts attempts) {
    return new Waiting(entry, attempts.since(), attempts.reason());
  }

  /** Whether nothing at all is held of it. */
  public boolean isWithoutAnything() {
    return !(Status.of(entry) instanceof Status.Incomplete);
  }
}
