package io.landfall.producer.ledger;

import io.landfall.producer.ledger.Status.Attempts;
import io.landfall.schemas.ItemStatus;
import io.landfall.schemas.LedgerEntry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads the state of an item from the fields of its ledger entry, and writes it there. */
final class StatusFormat {

  private StatusFormat() {}

  static Status read(LedgerEntry entry) {
    Optional<Attempts> failing = entry.getAttempts() == 0 ? Optional.empty() : attempts(entry);
    return switch (entry.getStatus()) {
      case EXPECTED -> new Status.Expected();
      case FETCHED -> new Status.Fetched(failing, nextLook(entry));
      case INCOMPLETE -> new Status.Incomplete(entry.getMissing(), there(entry, failing));
      case SETTLED ->
          new Status.Settled(
              entry.getMissing(), there(entry, remark(entry)), failing, nextLook(entry));
      case FAILED -> new Status.Failed(there(entry, failing));
      case VOID -> new Status.Cancelled(Optional.ofNullable(entry.getReason()));
    };
  }

  private static Optional<Attempts> attempts(LedgerEntry entry) {
    return Optional.of(
        new Attempts(
            entry.getAttempts(),
            there(entry, Optional.ofNullable(entry.getReason())),
            there(entry, waitingSince(entry)),
            there(entry, Optional.ofNullable(entry.getNextAttemptAt()))));
  }

  /** Entries of schema 1 have no remark of their own: it was the reason. */
  private static Optional<String> remark(LedgerEntry entry) {
    return Optional.ofNullable(entry.getRemark()).or(() -> Optional.ofNullable(entry.getReason()));
  }

  /** Entries of schema 1 do not tell it: since it changed last, at the earliest. */
  private static Optional<Instant> waitingSince(LedgerEntry entry) {
    return Optional.ofNullable(entry.getWaitingSince())
        .or(() -> Optional.ofNullable(entry.getChangedAt()))
        .or(() -> Optional.ofNullable(entry.getFetchedAt()))
        .or(() -> Optional.ofNullable(entry.getNextAttemptAt()));
  }

  private static Optional<Instant> nextLook(LedgerEntry entry) {
    return entry.getAttempts() == 0
        ? Optional.ofNullable(entry.getNextAttemptAt())
        : Optional.empty();
  }

  private static <T> T there(LedgerEntry entry, Optional<T> part) {
    return part.orElseThrow(
        () ->
            new IllegalStateException(
                "The ledger entry of item %s does not have all that belongs to its status: %s"
                    .formatted(entry.getItem().getKey(), entry)));
  }

  /** What is not of this state is cleared. */
  static void write(Status status, LedgerEntry.Builder entry) {
    clear(entry);
    status.match(
        expected -> entry.setStatus(ItemStatus.EXPECTED),
        fetched -> look(fetched.failing(), fetched.nextLook(), entry.setStatus(ItemStatus.FETCHED)),
        incomplete ->
            attempts(
                incomplete.attempts(),
                entry.setStatus(ItemStatus.INCOMPLETE).setMissing(incomplete.missing())),
        settled ->
            look(
                settled.failing(),
                settled.nextLook(),
                entry
                    .setStatus(ItemStatus.SETTLED)
                    .setMissing(settled.missing())
                    .setRemark(settled.remark())),
        failed -> attempts(failed.attempts(), entry.setStatus(ItemStatus.FAILED)),
        cancelled -> entry.setStatus(ItemStatus.VOID).setReason(cancelled.remark().orElse(null)));
  }

  private static void clear(LedgerEntry.Builder entry) {
    entry
        .setMissing(List.of())
        .setReason(null)
        .setRemark(null)
        .setAttempts(0)
        .setWaitingSince(null)
        .setNextAttemptAt(null);
  }

  private static LedgerEntry.Builder look(
      Optional<Attempts> failing, Optional<Instant> nextLook, LedgerEntry.Builder entry) {
    return failing
        .map(attempts -> attempts(attempts, entry))
        .orElseGet(() -> entry.setNextAttemptAt(nextLook.orElse(null)));
  }

  private static LedgerEntry.Builder attempts(Attempts attempts, LedgerEntry.Builder entry) {
    return entry
        .setAttempts(attempts.made())
        .setReason(attempts.reason())
        .setWaitingSince(attempts.since())
        .setNextAttemptAt(attempts.next());
  }
}
