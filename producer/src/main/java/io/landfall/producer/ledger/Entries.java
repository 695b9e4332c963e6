package io.landfall.producer.ledger;

import io.landfall.producer.source.FetchOutcome;
import io.landfall.producer.source.Held;
import io.landfall.schemas.ApiAnswer;
import io.landfall.schemas.Item;
import io.landfall.schemas.ItemState;
import io.landfall.schemas.ItemStatus;
import io.landfall.schemas.LedgerEntry;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How an entry of the ledger changes by what the source lists and by what a fetch came to. */
public final class Entries {

  /**
   * How often an item may fail in a row before there are pauses. A failure may be over in a minute,
   * and what starts the runs has pauses of its own.
   */
  private static final int FAILURES_WITHOUT_A_PAUSE = 6;

  /** Pauses before an item is asked for again: a part of it may come hours or days late. */
  private static final List<Duration> PAUSES =
      List.of(
          Duration.ofHours(1),
          Duration.ofHours(3),
          Duration.ofHours(6),
          Duration.ofHours(12),
          Duration.ofHours(24));

  private Entries() {}

  /** The entry of an item as the source lists it now; what is held of it stays. */
  public static LedgerEntry listed(Item item, Optional<LedgerEntry> known) {
    LedgerEntry.Builder entry =
        known
            .map(LedgerEntry::newBuilder)
            .orElseGet(() -> LedgerEntry.newBuilder().setStatus(ItemStatus.EXPECTED).setAttempts(0))
            .setItem(item);
    if (item.getState() == ItemState.CANCELLED) {
      entry.setStatus(ItemStatus.VOID).setReason(null).setAttempts(0).setNextAttemptAt(null);
    } else if (entry.getStatus() == ItemStatus.VOID) {
      entry.setStatus(ItemStatus.EXPECTED);
    }
    return entry.build();
  }

  /** What a source is told of what is held. */
  public static Held held(LedgerEntry entry) {
    return new Held(entry.getHeld(), isHeldComplete(entry));
  }

  /** The entry after a fetch; equal to the one before where nothing is to be noted. */
  public static LedgerEntry after(LedgerEntry before, FetchOutcome outcome, Instant at) {
    // As it will be read again: what was committed without an answer is known by being equal.
    Instant now = at.truncatedTo(ChronoUnit.MILLIS);
    return outcome.match(
        fetched -> held(before, held(fetched), fetched.missing(), now),
        unchanged ->
            isHeldComplete(before) && unchanged.missing().isNothing()
                ? before
                : held(before, before.getHeld(), unchanged.missing(), now),
        unavailable -> failed(before, unavailable.reason(), unavailable.until(), now),
        rejected -> failed(before, rejected.reason(), Optional.empty(), now),
        notAsked -> before);
  }

  /** Whether there is nothing to say of an item but that it is held. */
  private static boolean isHeldComplete(LedgerEntry entry) {
    return entry.getStatus() == ItemStatus.FETCHED
        && entry.getReason() == null
        && entry.getAttempts() == 0
        && entry.getNextAttemptAt() == null;
  }

  private static Map<String, String> held(FetchOutcome.Fetched fetched) {
    return fetched.answers().getAnswers().stream()
        .collect(Collectors.toMap(ApiAnswer::getEndpoint, ApiAnswer::getSha256));
  }

  private static LedgerEntry held(
      LedgerEntry before, Map<String, String> held, FetchOutcome.Missing missing, Instant now) {
    boolean complete = missing.isNothing();
    int attempts = complete ? 0 : before.getAttempts() + 1;
    Duration pause = missing.failed() ? pauseAfterFailure(attempts) : pause(attempts);
    return LedgerEntry.newBuilder(before)
        .setStatus(complete ? ItemStatus.FETCHED : ItemStatus.INCOMPLETE)
        .setHeld(held)
        .setMissing(List.copyOf(new TreeMap<>(missing.reasons()).keySet()))
        .setReason(complete ? null : reason(missing.reasons()))
        .setAttempts(attempts)
        .setNextAttemptAt(complete ? null : now.plus(pause))
        .setFetchedAt(now)
        .build();
  }

  private static String reason(Map<String, String> missing) {
    return new TreeMap<>(missing)
        .entrySet().stream()
            .map(entry -> entry.getKey() + ": " + entry.getValue())
            .collect(Collectors.joining("; "));
  }

  /** A failure takes nothing away: what is held stays held, and a complete item stays complete. */
  private static LedgerEntry failed(
      LedgerEntry before, String reason, Optional<Instant> until, Instant now) {
    int attempts = before.getAttempts() + 1;
    Instant next = now.plus(pauseAfterFailure(attempts));
    ItemStatus status = before.getHeld().isEmpty() ? ItemStatus.FAILED : before.getStatus();
    return LedgerEntry.newBuilder(before)
        .setStatus(status)
        .setReason(reason)
        .setAttempts(attempts)
        .setNextAttemptAt(until.filter(next::isBefore).orElse(next).truncatedTo(ChronoUnit.MILLIS))
        .build();
  }

  private static Duration pauseAfterFailure(int attempts) {
    return pause(attempts - FAILURES_WITHOUT_A_PAUSE);
  }

  private static Duration pause(int attempts) {
    return attempts <= 0 ? Duration.ZERO : PAUSES.get(Math.min(attempts, PAUSES.size()) - 1);
  }
}
