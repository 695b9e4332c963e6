package io.landfall.producer.ledger;

import io.landfall.producer.ledger.Status.Attempts;
import io.landfall.producer.source.Listing;
import io.landfall.schemas.Item;
import io.landfall.schemas.ItemState;
import io.landfall.schemas.LedgerEntry;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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
    ASKED_FOR
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

    boolean touches(Item item) {
      return !item.getLastDay().isBefore(first()) && !item.getFirstDay().isAfter(last());
    }
  }

  public FetchPlan {
    due = List.copyOf(due);
    listed = List.copyOf(listed);
  }

  /** Decides from what is known and what is listed. */
  public static FetchPlan of(
      Map<String, LedgerEntry> ledger, Listing listing, Window window, Instant now) {
    Map<String, LedgerEntry> all = new TreeMap<>(ledger);
    List<LedgerEntry> listed = new ArrayList<>();
    for (Item item : listing.items()) {
      Optional<LedgerEntry> before = Optional.ofNullable(ledger.get(item.getKey()));
      LedgerEntry entry =
          before
              .map(known -> Entries.listed(known, item, now))
              .orElseGet(() -> Entries.listed(item));
      all.put(item.getKey(), entry);
      if (!before.equals(Optional.of(entry))) {
        listed.add(entry);
      }
    }
    List<Due> due =
        all.values().stream()
            .flatMap(entry -> due(entry, window, now).stream())
            .sorted(
                Comparator.comparing((Due one) -> one.item().getFirstDay())
                    .thenComparing(one -> one.item().getKey()))
            .toList();
    return new FetchPlan(due, listed);
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
