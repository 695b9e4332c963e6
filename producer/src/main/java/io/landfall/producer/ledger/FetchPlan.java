package io.landfall.producer.ledger;

import io.landfall.producer.ledger.Status.Attempts;
import io.landfall.producer.source.Listing;
import io.landfall.schemas.Item;
import io.landfall.schemas.ItemState;
import io.landfall.schemas.LedgerEntry;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a run is to fetch, and why.
 *
 * @param due the items to fetch, oldest first
 * @param listed ledger entries that the listing alone has changed: new items, moved ones, void ones
 */
public record FetchPlan(List<Due> due, List<LedgerEntry> listed) {

  /** Why an item is fetched. */
  public enum Reason {
    /** There to fetch, and never fetched. */
    NEW,
    /** Not held complete, or it failed when it was last asked for; and its pause is over. */
    RETRY,
    /** Nothing is waited for, and it is time to look for corrections. */
    LOOK_AGAIN,
    /** In the days that the user asked for. */
    ASKED_FOR,
    /** In progress: what comes is provisional. */
    IN_PROGRESS
  }

  /** One item to fetch: its ledger entry, up to date with the listing. */
  public record Due(Reason reason, LedgerEntry entry) {

    public Item item() {
      return entry.getItem();
    }
  }

  /**
   * The days to look at.
   *
   * @param from the first one, if the user named it
   * @param to the last one, if the user named it
   * @param lookbackDays how many days before the last one are looked at in any case
   * @param today the date where the source's days are counted
   * @param historyStart the first day that the source is asked for at all
   * @param sweepEvery after how long all days are listed once more
   */
  public record Window(
      Optional<LocalDate> from,
      Optional<LocalDate> to,
      int lookbackDays,
      LocalDate today,
      LocalDate historyStart,
      Duration sweepEvery) {

    public LocalDate first() {
      return from.orElseGet(() -> last().minusDays(lookbackDays));
    }

    public LocalDate last() {
      return to.orElse(today);
    }

    /** Whether no day was named: such a run sees to all of them. */
    boolean sweeps() {
      return !askedFor();
    }

    /** Whether the user named a day, so that every item in them is due. */
    boolean askedFor() {
      return from.isPresent() || to.isPresent();
    }

    /** Whether every item of its days is looked at again, whenever it was last. */
    boolean looksBackAt(Item item) {
      return lookbackDays > 0 && touches(item);
    }

    /**
     * Whether an item that is listed as in progress may be believed to be: a source may forget to
     * say that it has ended. What nobody asked for is not.
     */
    public boolean mayBeInProgress(Item item) {
      return !item.getLastDay().isBefore(today.minusDays(1)) && (!askedFor() || touches(item));
    }

    boolean touches(Item item) {
      return !item.getLastDay().isBefore(first()) && !item.getFirstDay().isAfter(last());
    }
  }

  private static final Comparator<LedgerEntry> BY_DAY =
      Comparator.comparing((LedgerEntry entry) -> entry.getItem().getFirstDay())
          .thenComparing(entry -> entry.getItem().getKey());

  public FetchPlan {
    due = List.copyOf(due);
    listed = List.copyOf(listed);
  }

  /** Decides from what is known and what is listed. */
  public static FetchPlan of(
      Map<String, LedgerEntry> ledger, Listing listing, Window window, Instant now) {
    return of(ledger, listing, window, Optional.empty(), now);
  }

  /**
   * The same.
   *
   * @param accepted the key of an item whose next answers the user takes as they come: it is due
   */
  public static FetchPlan of(
      Map<String, LedgerEntry> ledger,
      Listing listing,
      Window window,
      Optional<String> accepted,
      Instant now) {
    return of(
        ledger,
        listing,
        window.today(),
        now,
        entry ->
            accepted.filter(entry.getItem().getKey()::equals).isPresent()
                    && entry.getItem().getState() == ItemState.AVAILABLE
                    && !(Status.of(entry) instanceof Status.Cancelled)
                ? Optional.of(new Due(Reason.ASKED_FOR, entry))
                : due(entry, window, now));
  }

  /**
   * What is to be fetched in the same run, because of what it has fetched.
   *
   * @param entries those that looks have named, or that there is more of
   */
  public static FetchPlan further(Map<String, LedgerEntry> entries, Window window, Instant now) {
    return of(entries, new Listing(List.of(), Set.of(), List.of()), window, now);
  }

  /**
   * Decides what is fetched again while something is in progress: that, and what was until now.
   *
   * @param followed the keys of what was in progress before
   */
  public static FetchPlan whileInProgress(
      Map<String, LedgerEntry> ledger,
      Listing listing,
      Window window,
      Set<String> followed,
      Instant now) {
    return of(
        ledger,
        listing,
        window.today(),
        now,
        entry ->
            window.mayBeInProgress(entry.getItem())
                ? reasonWhileInProgress(entry, followed, now).map(reason -> new Due(reason, entry))
                : Optional.empty());
  }

  private static FetchPlan of(
      Map<String, LedgerEntry> ledger,
      Listing listing,
      LocalDate today,
      Instant now,
      Function<LedgerEntry, Optional<Due>> due) {
    Map<String, LedgerEntry> known = new TreeMap<>(ledger);
    for (Item item : listing.items()) {
      Optional<LedgerEntry> before = Optional.ofNullable(ledger.get(item.getKey()));
      LedgerEntry entry =
          before.map(one -> Entries.listed(one, item, now)).orElseGet(() -> Entries.listed(item));
      known.put(item.getKey(), Entries.unlessLongOver(entry, true, today));
    }
    Set<String> keys = listing.items().stream().map(Item::getKey).collect(Collectors.toSet());
    known.replaceAll(
        (key, entry) ->
            !keys.contains(key) && isOfDays(entry.getItem(), listing.days())
                ? Entries.unlessLongOver(entry, false, today)
                : entry);
    List<LedgerEntry> changed =
        known.entrySet().stream()
            .filter(one -> !one.getValue().equals(ledger.get(one.getKey())))
            .map(Map.Entry::getValue)
            .sorted(BY_DAY)
            .toList();
    return new FetchPlan(
        known.values().stream().sorted(BY_DAY).flatMap(entry -> due.apply(entry).stream()).toList(),
        changed);
  }

  private static boolean isOfDays(Item item, Set<LocalDate> days) {
    return days.contains(item.getFirstDay()) && days.contains(item.getLastDay());
  }

  /**
   * What somebody should know of a listing, though nothing of it failed: what was odd, and which
   * items the days that were wholly listed had before and no day has now.
   */
  public static List<String> notes(Map<String, LedgerEntry> ledger, Listing listing) {
    Set<String> listed = listing.items().stream().map(Item::getKey).collect(Collectors.toSet());
    Stream<String> gone =
        new TreeMap<>(ledger)
            .values().stream()
                .filter(entry -> !(Status.of(entry) instanceof Status.Cancelled))
                .map(LedgerEntry::getItem)
                .filter(item -> !listed.contains(item.getKey()))
                .filter(item -> listing.days().contains(item.getFirstDay()))
                .map(
                    item ->
                        "%s  %s  %s was listed before and is no longer, on no day that was listed; its entry stays as it is, and what is due stays due"
                            .formatted(item.getKey(), item.getFirstDay(), item.getLabel()));
    return Stream.concat(listing.notes().stream(), gone).toList();
  }

  /** What the listing made void, and why: nobody need wait for it any more. */
  public List<String> voids() {
    return listed.stream()
        .flatMap(
            entry ->
                Status.of(entry) instanceof Status.Cancelled cancelled
                    ? cancelled.remark().stream().map(remark -> isVoid(entry.getItem(), remark))
                    : Stream.empty())
        .toList();
  }

  private static String isVoid(Item item, String remark) {
    return "%s  %s  %s counts as void: %s; it is expected again when it is listed for another day"
        .formatted(item.getKey(), item.getFirstDay(), item.getLabel(), remark);
  }

  /** How many items are due, by reason. */
  public Map<Reason, Long> reasons() {
    return due.stream().collect(Collectors.groupingBy(Due::reason, Collectors.counting()));
  }

  private static Optional<Due> due(LedgerEntry entry, Window window, Instant now) {
    return entry.getItem().getState() == ItemState.AVAILABLE
        ? reason(entry, window, now).map(reason -> new Due(reason, entry))
        : Optional.empty();
  }

  private static Optional<Reason> reason(LedgerEntry entry, Window window, Instant now) {
    return Status.of(entry)
        .match(
            expected -> Optional.of(Reason.NEW),
            fetched -> looked(entry.getItem(), fetched.failing(), fetched.nextLook(), window, now),
            incomplete -> waiting(entry.getItem(), incomplete.attempts(), window, now),
            settled -> looked(entry.getItem(), settled.failing(), settled.nextLook(), window, now),
            failed -> waiting(entry.getItem(), failed.attempts(), window, now),
            cancelled -> Optional.empty());
  }

  private static Optional<Reason> reasonWhileInProgress(
      LedgerEntry entry, Set<String> followed, Instant now) {
    ItemState state = entry.getItem().getState();
    if (state == ItemState.IN_PROGRESS && Entries.isOpen(entry)) {
      return Optional.of(Reason.IN_PROGRESS);
    }
    if (state != ItemState.AVAILABLE || !followed.contains(entry.getItem().getKey())) {
      return Optional.empty();
    }
    Status status = Status.of(entry);
    return status instanceof Status.Expected
        ? Optional.of(Reason.NEW)
        : status
            .waiting()
            .filter(attempts -> !attempts.next().isAfter(now))
            .map(attempts -> Reason.RETRY);
  }

  private static Optional<Reason> looked(
      Item item,
      Optional<Attempts> failing,
      Optional<Instant> nextLook,
      Window window,
      Instant now) {
    if (failing.isPresent()) {
      return waiting(item, failing.get(), window, now);
    }
    return askedFor(item, window)
        .or(
            () ->
                nextLook.filter(next -> !next.isAfter(now)).isPresent() || window.looksBackAt(item)
                    ? Optional.of(Reason.LOOK_AGAIN)
                    : Optional.empty());
  }

  private static Optional<Reason> waiting(
      Item item, Attempts attempts, Window window, Instant now) {
    return askedFor(item, window)
        .or(() -> attempts.next().isAfter(now) ? Optional.empty() : Optional.of(Reason.RETRY));
  }

  private static Optional<Reason> askedFor(Item item, Window window) {
    return window.askedFor() && window.touches(item)
        ? Optional.of(Reason.ASKED_FOR)
        : Optional.empty();
  }
}
