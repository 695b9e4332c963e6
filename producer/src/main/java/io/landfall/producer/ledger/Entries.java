package io.landfall.producer.ledger;

import io.landfall.producer.ledger.Status.Attempts;
import io.landfall.producer.source.FetchOutcome;
import io.landfall.producer.source.Held;
import io.landfall.producer.source.Sequel;
import io.landfall.producer.source.Sequel.Next;
import io.landfall.schemas.ApiAnswer;
import io.landfall.schemas.Item;
import io.landfall.schemas.ItemAnswers;
import io.landfall.schemas.ItemState;
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
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;

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

  /** Under which name the position has the items that have taken an item's place. */
  private static final String DIVIDED = "divided";

  private Entries() {}

  /** The entry of an item that the source lists for the first time. */
  public static LedgerEntry listed(Item item) {
    LedgerEntry.Builder entry = LedgerEntry.newBuilder().setItem(item);
    StatusFormat.write(
        item.getState() == ItemState.CANCELLED
            ? new Status.Cancelled(Optional.empty())
            : new Status.Expected(),
        entry);
    return entry.build();
  }

  /** Whether nothing that is final was ever held of an item that is expected. */
  static boolean isOpen(LedgerEntry entry) {
    return Status.of(entry) instanceof Status.Expected && entry.getChangedAt() == null;
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
        Status.of(entry) instanceof Status.Expected
            && item.getState() == ItemState.PENDING
            && item.getLastDay().plusDays(DAYS_UNTIL_VOID).isBefore(today);
    if (!over) {
      return entry;
    }
    String remark =
        "listed for %s, and %s after %d days"
            .formatted(
                item.getLastDay(),
                isListed ? "not begun" : "no longer listed, not begun",
                DAYS_UNTIL_VOID);
    return changed(entry, LedgerEntry.newBuilder(entry), new Status.Cancelled(Optional.of(remark)));
  }

  /**
   * The entry of an item in progress after a fetch: it holds what is in force, and is expected as
   * before. What failed has no consequence, since the next round is near.
   */
  private static LedgerEntry afterProvisional(
      LedgerEntry before, FetchOutcome outcome, Instant now) {
    return outcome.match(
        fetched -> changed(before, holding(before, fetched, now), new Status.Expected()),
        unchanged ->
            changed(
                before,
                LedgerEntry.newBuilder(before)
                    .setNotInForce(refusals(before, unchanged.notInForce(), now)),
                new Status.Expected()),
        unavailable -> before,
        rejected -> before,
        notAsked -> before,
        divided -> before);
  }

  /**
   * The entry of an item as the source lists it now; what is held of it stays, but for what is
   * provisional once it is not in progress any more: nothing that comes then is compared with that.
   * What was over and is over anew, be it on another day, is asked for again: it may have another
   * end.
   */
  public static LedgerEntry listed(LedgerEntry before, Item item, Instant at) {
    if (isDivided(before)) {
      return before;
    }
    Status status = Status.of(before);
    boolean again = isThereAnew(before.getItem(), item);
    Instant now = at.truncatedTo(ChronoUnit.MILLIS);
    Status next =
        status.match(
            expected -> status,
            fetched -> again ? new Status.Fetched(Optional.empty(), Optional.of(now)) : status,
            incomplete ->
                again
                    ? new Status.Incomplete(incomplete.missing(), incomplete.attempts().next(now))
                    : status,
            settled ->
                again
                    ? new Status.Settled(
                        settled.missing(), settled.remark(), Optional.empty(), Optional.of(now))
                    : status,
            failed -> again ? new Status.Failed(failed.attempts().next(now)) : status,
            cancelled -> new Status.Expected());
    LedgerEntry.Builder entry =
        LedgerEntry.newBuilder(before).setItem(withFirst(before.getItem(), item));
    if (item.getState() != ItemState.IN_PROGRESS && isOpen(before)) {
      forget(entry);
    }
    return changed(
        before,
        entry,
        item.getState() == ItemState.CANCELLED ? new Status.Cancelled(Optional.empty()) : next);
  }

  /** Whether others have taken an item's place; then it stays void, whatever lists it. */
  static boolean isDivided(LedgerEntry entry) {
    return entry.getPosition().containsKey(DIVIDED);
  }

  /**
   * The entry of an item that a look at another one names.
   *
   * @param before what is known of it
   */
  public static LedgerEntry named(Optional<LedgerEntry> before, Item item, Instant now) {
    return before.map(entry -> listed(entry, item, now)).orElseGet(() -> listed(item));
  }

  private static void forget(LedgerEntry.Builder provisional) {
    provisional
        .setHeld(Map.of())
        .setQuality(Map.of())
        .setNotInForce(Map.of())
        .setFetchedAt(null)
        .setArchived(null);
  }

  private static boolean isThereAnew(Item before, Item now) {
    return now.getState() == ItemState.AVAILABLE
        && (before.getState() != ItemState.AVAILABLE
            || !before.getFirstDay().equals(now.getFirstDay())
            || !before.getLastDay().equals(now.getLastDay())
            || !again(before).equals(again(now)));
  }

  private static Map<String, String> again(Item item) {
    return attributes(item, Sequel.AGAIN);
  }

  private static Item withFirst(Item before, Item now) {
    Map<String, String> first = attributes(before, Sequel.FIRST);
    if (first.isEmpty()) {
      return now;
    }
    Map<String, String> attributes = new HashMap<>(now.getAttributes());
    attributes.putAll(first);
    return Item.newBuilder(now).setAttributes(attributes).build();
  }

  private static Map<String, String> attributes(Item item, String prefix) {
    return item.getAttributes().entrySet().stream()
        .filter(one -> one.getKey().startsWith(prefix))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /**
   * Every entry that was there before is written here, and no state follows one that it may not.
   */
  private static LedgerEntry changed(LedgerEntry before, LedgerEntry.Builder after, Status next) {
    Status status = Status.of(before);
    if (!status.mayBecome(next)) {
      throw new IllegalStateException(
          "A fault of the program: item %s cannot come from %s to %s; its entry stays as it is"
              .formatted(before.getItem().getKey(), status, next));
    }
    StatusFormat.write(next, after);
    return after.build();
  }

  /**
   * What a source is told of what is held.
   *
   * @param answers reads them
   */
  public static Held held(LedgerEntry entry, Supplier<Optional<ItemAnswers>> answers) {
    return new Held(
        entry.getHeld(),
        isHeldComplete(entry),
        entry.getQuality(),
        entry.getNotInForce(),
        answers,
        entry.getPosition(),
        Optional.ofNullable(entry.getChangedAt()));
  }

  /** The entry after a fetch; equal to the one before where nothing is to be noted. */
  public static LedgerEntry after(LedgerEntry before, FetchOutcome outcome, Instant at) {
    // As it will be read again: what was committed without an answer is known by being equal.
    Instant now = at.truncatedTo(ChronoUnit.MILLIS);
    if (before.getItem().getState() == ItemState.IN_PROGRESS && isOpen(before)) {
      return afterProvisional(before, outcome, now);
    }
    return outcome.match(
        fetched ->
            held(before, holding(before, fetched, now), fetched.missing(), fetched.sequel(), now),
        unchanged ->
            held(
                before,
                LedgerEntry.newBuilder(before)
                    .setQuality(
                        unchanged.quality().isEmpty() ? before.getQuality() : unchanged.quality())
                    .setNotInForce(refusals(before, unchanged.notInForce(), now)),
                unchanged.missing(),
                unchanged.sequel(),
                now),
        unavailable -> failed(before, unavailable.reason(), unavailable.until(), now),
        rejected -> failed(before, rejected.reason(), Optional.empty(), now),
        notAsked -> before,
        divided -> divided(before, divided));
  }

  private static LedgerEntry divided(LedgerEntry before, FetchOutcome.Divided outcome) {
    String into = outcome.into().stream().map(Item::getKey).collect(Collectors.joining(" "));
    return changed(
        before,
        LedgerEntry.newBuilder(before).setPosition(Map.of(DIVIDED, into)),
        new Status.Cancelled(
            Optional.of(
                "%s; in its place: %s".formatted(outcome.reason(), into.replace(" ", ", ")))));
  }

  private static LedgerEntry.Builder holding(
      LedgerEntry before, FetchOutcome.Fetched fetched, Instant now) {
    return LedgerEntry.newBuilder(before)
        .setHeld(held(fetched))
        .setQuality(fetched.quality())
        .setNotInForce(refusals(before, fetched.notInForce(), now))
        .setFetchedAt(now);
  }

  /** Whether there is nothing to say of an item but that it is held. */
  private static boolean isHeldComplete(LedgerEntry entry) {
    return Status.of(entry) instanceof Status.Fetched fetched && fetched.failing().isEmpty();
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
      LedgerEntry before,
      LedgerEntry.Builder held,
      FetchOutcome.Missing missing,
      Sequel sequel,
      Instant now) {
    Instant changedAt =
        held.getHeld().equals(before.getHeld())
            ? Optional.ofNullable(before.getChangedAt()).orElse(now)
            : now;
    Optional<Duration> unconfirmed = untilConfirmed(held.getNotInForce(), now);
    sequel.position().ifPresent(held::setPosition);
    return changed(
        before,
        held.setChangedAt(changedAt),
        found(Status.of(before), missing, sequel.next(), changedAt, unconfirmed, now));
  }

  private static Status found(
      Status before,
      FetchOutcome.Missing missing,
      Next next,
      Instant changedAt,
      Optional<Duration> unconfirmed,
      Instant now) {
    if (missing.isNothing()) {
      return new Status.Fetched(
          Optional.empty(), nextLook(next, nextLook(changedAt, unconfirmed, now), now));
    }
    List<String> endpoints = List.copyOf(new TreeMap<>(missing.reasons()).keySet());
    String reason = reason(missing.reasons());
    if (!missing.failed()
        && missing.settlesAfter().isPresent()
        && !changedAt.plus(missing.settlesAfter().get()).isAfter(now)) {
      return new Status.Settled(
          endpoints,
          reason,
          Optional.empty(),
          nextLook(next, nextLook(changedAt, unconfirmed, now), now));
    }
    Attempts attempts =
        oneMore(
            before,
            reason,
            missing.failed()
                ? Entries::pauseAfterFailure
                : made -> shorter(pause(made), unconfirmed),
            missing.until(),
            now);
    return new Status.Incomplete(
        endpoints,
        missing.failed()
            ? attempts
            : attempts.next(
                nextLook(next, Optional.of(attempts.next()), now).orElse(attempts.next())));
  }

  /** When the source says that it is, if it does. */
  private static Optional<Instant> nextLook(Next next, Optional<Instant> usual, Instant now) {
    if (next instanceof Next.At at) {
      return Optional.of(at.time().truncatedTo(ChronoUnit.MILLIS));
    }
    if (next instanceof Next.AtOnce) {
      return Optional.of(now);
    }
    return next instanceof Next.Never ? Optional.empty() : usual;
  }

  /**
   * One attempt more than before.
   *
   * @param pause after so many
   * @param until when the API asked to come back, if it did; its wish is granted where it is later
   */
  private static Attempts oneMore(
      Status before,
      String reason,
      IntFunction<Duration> pause,
      Optional<Instant> until,
      Instant now) {
    int made = before.waiting().map(Attempts::made).orElse(0) + 1;
    Instant next = now.plus(pause.apply(made));
    return new Attempts(
        made,
        reason,
        before.waiting().map(Attempts::since).orElse(now),
        until.filter(next::isBefore).orElse(next).truncatedTo(ChronoUnit.MILLIS));
  }

  private static Optional<Instant> nextLook(
      Instant changedAt, Optional<Duration> unconfirmed, Instant now) {
    return unconfirmed
        .map(now::plus)
        .or(() -> LOOKS.stream().map(changedAt::plus).filter(now::isBefore).findFirst());
  }

  /**
   * What was refused is looked at again on the next day, which may confirm it; and less and less
   * where nothing does.
   */
  private static Optional<Duration> untilConfirmed(Map<String, Refusal> notInForce, Instant now) {
    return notInForce.values().stream()
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
    Status status = Status.of(before);
    Attempts attempts = oneMore(status, reason, Entries::pauseAfterFailure, until, now);
    Status next =
        status.match(
            expected ->
                before.getHeld().isEmpty()
                    ? new Status.Failed(attempts)
                    : new Status.Incomplete(List.of(), attempts),
            fetched -> new Status.Fetched(Optional.of(attempts), Optional.empty()),
            incomplete -> new Status.Incomplete(incomplete.missing(), attempts),
            settled ->
                new Status.Settled(
                    settled.missing(), settled.remark(), Optional.of(attempts), Optional.empty()),
            failed -> new Status.Failed(attempts),
            cancelled -> new Status.Failed(attempts));
    return changed(before, LedgerEntry.newBuilder(before), next);
  }

  private static Duration pauseAfterFailure(int attempts) {
    return pause(attempts - FAILURES_WITHOUT_A_PAUSE);
  }

  private static Duration pause(int attempts) {
    return attempts <= 0 ? Duration.ZERO : PAUSES.get(Math.min(attempts, PAUSES.size()) - 1);
  }
}
