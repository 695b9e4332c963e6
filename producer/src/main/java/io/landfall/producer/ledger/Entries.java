package io.landfall.producer.ledger;

import io.landfall.producer.source.FetchOutcome;
import io.landfall.producer.source.Held;
import io.landfall.schemas.ApiAnswer;
import io.landfall.schemas.Item;
import io.landfall.schemas.ItemAnswers;
import io.landfall.schemas.ItemState;
import io.landfall.schemas.ItemStatus;
import io.landfall.schemas.LedgerEntry;
import io.landfall.schemas.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How an entry of the ledger changes by what the source lists and by what a fetch came to. */
public final class Entries {

  /**
   * How often an item may fail in a row before there are pauses. A failure may be over in a minute,
   * and what starts the runs has pauses of its own.
   */
  private static final int FAILURES_WITHOUT_A_PAUSE = 6;

  /**
   * Pauses before an item is asked for again: a part of it may come hours or days late. Pauses of
   * days are a little shorter, for a run that comes at the same time of each day.
   */
  private static final List<Duration> PAUSES =
      List.of(
          Duration.ofHours(1),
          Duration.ofHours(3),
          Duration.ofHours(6),
          Duration.ofHours(12),
          days(1),
          days(1),
          days(1),
          days(3),
          days(7));

  /** When an item that has nothing to wait for is looked at again for corrections. */
  private static final List<Duration> LOOKS = List.of(days(1), days(3), days(7), days(30));

  /**
   * How many days after its last one an item that has not begun will not happen any more. Where it
   * does after all, it is listed for another day, or found by the sweep, and expected again.
   */
  private static final int DAYS_UNTIL_VOID = 14;

  private static Duration days(int days) {
    return Duration.ofDays(days).minusHours(4);
  }

  private Entries() {}

  /**
   * The entry of an item as the source lists it now; what is held of it stays, but for what is
   * provisional once it is not in progress any more: nothing that comes then is compared with that.
   */
  public static LedgerEntry listed(Item item, Optional<LedgerEntry> known) {
    LedgerEntry.Builder entry =
        known
            .map(LedgerEntry::newBuilder)
            .orElseGet(() -> LedgerEntry.newBuilder().setStatus(ItemStatus.EXPECTED).setAttempts(0))
            .setItem(item);
    if (item.getState() != ItemState.IN_PROGRESS && known.filter(Entries::isOpen).isPresent()) {
      entry
          .setHeld(Map.of())
          .setQuality(Map.of())
          .setNotInForce(Map.of())
          .setFetchedAt(null)
          .setArchived(null);
    }
    if (item.getState() == ItemState.CANCELLED) {
      entry.setStatus(ItemStatus.VOID).setReason(null).setAttempts(0).setNextAttemptAt(null);
    } else if (entry.getStatus() == ItemStatus.VOID) {
      entry.setStatus(ItemStatus.EXPECTED).setReason(null);
    }
    return entry.build();
  }

  /** Whether nothing that is final was ever held of an item that is expected. */
  static boolean isOpen(LedgerEntry entry) {
    return entry.getStatus() == ItemStatus.EXPECTED && entry.getChangedAt() == null;
  }

  /** Whether what is held of an item is provisional. */
  public static boolean isProvisional(LedgerEntry entry) {
    return isOpen(entry) && !entry.getHeld().isEmpty();
  }

  /**
   * The entry of an item of which the days were listed: void where they are long over and it has
   * not even begun.
   *
   * @param isListed whether it was among the items of these days
   */
  static LedgerEntry unlessLongOver(LedgerEntry entry, boolean isListed, LocalDate today) {
    Item item = entry.getItem();
    boolean over =
        entry.getStatus() == ItemStatus.EXPECTED
            && item.getState() == ItemState.PENDING
            && item.getLastDay().plusDays(DAYS_UNTIL_VOID).isBefore(today);
    return over
        ? LedgerEntry.newBuilder(entry)
            .setStatus(ItemStatus.VOID)
            .setReason(
                "listed for %s, and %s after %d days"
                    .formatted(
                        item.getLastDay(),
                        isListed ? "not begun" : "no longer listed, not begun",
                        DAYS_UNTIL_VOID))
            .build()
        : entry;
  }

  /**
   * The entry of an item in progress after a fetch: it holds what is in force, and is expected as
   * before. What failed has no consequence, since the next round is near.
   */
  private static LedgerEntry afterProvisional(
      LedgerEntry before, FetchOutcome outcome, Instant now) {
    return outcome.match(
        fetched ->
            LedgerEntry.newBuilder(before)
                .setHeld(held(fetched))
                .setQuality(fetched.quality())
                .setNotInForce(refusals(before, fetched.notInForce(), now))
                .setFetchedAt(now)
                .build(),
        unchanged ->
            LedgerEntry.newBuilder(before)
                .setNotInForce(refusals(before, unchanged.notInForce(), now))
                .build(),
        unavailable -> before,
        rejected -> before,
        notAsked -> before);
  }

  /**
   * What a source is told of what is held.
   *
   * @param answers reads them
   */
  public static Held held(LedgerEntry entry, Supplier<Optional<ItemAnswers>> answers) {
    return new Held(
        entry.getHeld(), isHeldComplete(entry), entry.getQuality(), entry.getNotInForce(), answers);
  }

  /** The entry after a fetch; equal to the one before where nothing is to be noted. */
  public static LedgerEntry after(LedgerEntry before, FetchOutcome outcome, Instant at) {
    // As it will be read again: what was committed without an answer is known by being equal.
    Instant now = at.truncatedTo(ChronoUnit.MILLIS);
    if (before.getItem().getState() == ItemState.IN_PROGRESS && isOpen(before)) {
      return afterProvisional(before, outcome, now);
    }
    return outcome.match(
        fetched -> {
          LedgerEntry entry =
              LedgerEntry.newBuilder(before)
                  .setHeld(held(fetched))
                  .setQuality(fetched.quality())
                  .setNotInForce(refusals(before, fetched.notInForce(), now))
                  .setFetchedAt(now)
                  .build();
          return held(before, entry, fetched.missing(), now);
        },
        unchanged -> {
          LedgerEntry entry =
              LedgerEntry.newBuilder(before)
                  .setQuality(
                      unchanged.quality().isEmpty() ? before.getQuality() : unchanged.quality())
                  .setNotInForce(refusals(before, unchanged.notInForce(), now))
                  .build();
          return held(before, entry, unchanged.missing(), now);
        },
        unavailable -> failed(before, unavailable.reason(), unavailable.until(), now),
        rejected -> failed(before, rejected.reason(), Optional.empty(), now),
        notAsked -> before);
  }

  /** Whether there is nothing to say of an item but that it is held. */
  private static boolean isHeldComplete(LedgerEntry entry) {
    return entry.getStatus() == ItemStatus.FETCHED
        && entry.getReason() == null
        && entry.getAttempts() == 0;
  }

  /** Of the same one that came before it is known since when. */
  private static Map<String, Refusal> refusals(
      LedgerEntry before, Map<String, FetchOutcome.NotInForce> notInForce, Instant now) {
    Map<String, Refusal> refusals = new HashMap<>();
    notInForce.forEach(
        (endpoint, one) -> {
          Instant since =
              Optional.ofNullable(before.getNotInForce().get(endpoint))
                  .filter(known -> known.getSha256().equals(one.sha256()))
                  .map(Refusal::getSince)
                  .orElse(now);
          refusals.put(endpoint, new Refusal(one.sha256(), since, one.reason()));
        });
    return refusals;
  }

  private static Map<String, String> held(FetchOutcome.Fetched fetched) {
    return fetched.answers().getAnswers().stream()
        .collect(Collectors.toMap(ApiAnswer::getEndpoint, ApiAnswer::getSha256));
  }

  private static LedgerEntry held(
      LedgerEntry before, LedgerEntry held, FetchOutcome.Missing missing, Instant now) {
    boolean complete = missing.isNothing();
    Optional<String> reason = complete ? Optional.empty() : Optional.of(reason(missing.reasons()));
    Instant changedAt =
        held.getHeld().equals(before.getHeld())
            ? Optional.ofNullable(before.getChangedAt()).orElse(now)
            : now;
    boolean settled =
        !complete
            && !missing.failed()
            && missing.settlesAfter().isPresent()
            && !changedAt.plus(missing.settlesAfter().get()).isAfter(now);
    int attempts = complete || settled ? 0 : before.getAttempts() + 1;
    return LedgerEntry.newBuilder(held)
        .setStatus(status(complete, settled))
        .setMissing(List.copyOf(new TreeMap<>(missing.reasons()).keySet()))
        .setReason(reason.orElse(null))
        .setAttempts(attempts)
        .setChangedAt(changedAt)
        .setNextAttemptAt(
            complete || settled
                ? nextLook(held, changedAt, now)
                : noSooner(
                    now.plus(
                        missing.failed()
                            ? pauseAfterFailure(attempts)
                            : shorter(pause(attempts), untilConfirmed(held, now))),
                    missing.until()))
        .build();
  }

  private static ItemStatus status(boolean complete, boolean settled) {
    if (complete) {
      return ItemStatus.FETCHED;
    }
    return settled ? ItemStatus.SETTLED : ItemStatus.INCOMPLETE;
  }

  private static @Nullable Instant nextLook(LedgerEntry held, Instant changedAt, Instant now) {
    return untilConfirmed(held, now)
        .map(now::plus)
        .or(() -> LOOKS.stream().map(changedAt::plus).filter(now::isBefore).findFirst())
        .orElse(null);
  }

  /**
   * What was refused is looked at again on the next day, which may confirm it; and less and less
   * where nothing does.
   */
  private static Optional<Duration> untilConfirmed(LedgerEntry held, Instant now) {
    return held.getNotInForce().values().stream()
        .filter(one -> !one.getSha256().isEmpty())
        .map(one -> Duration.between(one.getSince(), now))
        .min(Comparator.naturalOrder())
        .map(age -> age.compareTo(days(1)) > 0 ? age : days(1));
  }

  private static Duration shorter(Duration one, Optional<Duration> other) {
    return other.filter(duration -> duration.compareTo(one) < 0).orElse(one);
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
    ItemStatus kept =
        before.getStatus() == ItemStatus.EXPECTED ? ItemStatus.INCOMPLETE : before.getStatus();
    ItemStatus status = before.getHeld().isEmpty() ? ItemStatus.FAILED : kept;
    return LedgerEntry.newBuilder(before)
        .setStatus(status)
        .setReason(reason)
        .setAttempts(attempts)
        .setNextAttemptAt(noSooner(next, until))
        .build();
  }

  /** A server's wish is granted where it is later. */
  private static Instant noSooner(Instant next, Optional<Instant> until) {
    return until.filter(next::isBefore).orElse(next).truncatedTo(ChronoUnit.MILLIS);
  }

  private static Duration pauseAfterFailure(int attempts) {
    return pause(attempts - FAILURES_WITHOUT_A_PAUSE);
  }

  private static Duration pause(int attempts) {
    return attempts <= 0 ? Duration.ZERO : PAUSES.get(Math.min(attempts, PAUSES.size()) - 1);
  }
}
