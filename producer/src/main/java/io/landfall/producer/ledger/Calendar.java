package io.landfall.producer.ledger;

import io.landfall.producer.ledger.FetchPlan.Window;
import io.landfall.schemas.ItemState;
import io.landfall.schemas.ItemStatus;
import io.landfall.schemas.LedgerEntry;
import io.landfall.schemas.ListedDays;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which days a run must list so that no item is ever missed.
 *
 * <p>An item that was listed has a ledger entry, and the entry keeps it due. What no run has listed
 * has none: so the days that were listed when they were over are remembered, without a gap, and the
 * next run goes on after them, however long ago that was. A day is over when the source's date is a
 * later one; what was not there to fetch on it then is an entry that is open, and the source is
 * asked to list from the day of the earliest of these.
 */
public final class Calendar {

  private Calendar() {}

  /** The first day that must be listed. Where the user named one, only open items are earlier. */
  public static LocalDate firstDayToList(Known known, Window window, Instant now) {
    Stream<LocalDate> open =
        known.entries().values().stream()
            .filter(Calendar::isOpen)
            .map(entry -> entry.getItem().getFirstDay());
    Stream<LocalDate> afterTheLast =
        window.from().isPresent()
            ? Stream.empty()
            : Stream.of(before(known, window).getThrough().plusDays(1));
    Stream<LocalDate> all =
        isSweep(known, window, now) ? Stream.of(window.historyStart()) : Stream.empty();
    return earliest(Stream.of(open, afterTheLast, all).flatMap(days -> days), window.first());
  }

  /**
   * Whether a run lists all days once more. What was added to a day that was over is found by
   * nothing else.
   */
  public static boolean isSweep(Known known, Window window, Instant now) {
    return window.sweeps()
        && known
            .days()
            .map(ListedDays::getSweptAt)
            .map(swept -> swept.plus(window.sweepEvery()).isBefore(now))
            .orElse(true);
  }

  /**
   * Whether the listing may still have news of an item; one that can be fetched is due by itself.
   */
  private static boolean isOpen(LedgerEntry entry) {
    ItemState state = entry.getItem().getState();
    return (state == ItemState.PENDING || state == ItemState.IN_PROGRESS)
        && entry.getStatus() != ItemStatus.VOID;
  }

  /**
   * What is known of the days after a run.
   *
   * @param listed the days that the run has listed
   */
  public static ListedDays after(Known known, Window window, Set<LocalDate> listed, Instant now) {
    ListedDays before = before(known, window);
    LocalDate from = before.getFrom();
    LocalDate through = before.getThrough();
    while (listed.contains(from.minusDays(1))) {
      from = from.minusDays(1);
    }
    while (listed.contains(through.plusDays(1)) && through.plusDays(1).isBefore(window.today())) {
      through = through.plusDays(1);
    }
    boolean all =
        window.sweeps()
            && window.historyStart().isBefore(window.today())
            && window.historyStart().datesUntil(window.today()).allMatch(listed::contains);
    return new ListedDays(
        from, through, all ? now.truncatedTo(ChronoUnit.MILLIS) : before.getSweptAt());
  }

  /**
   * What is known of the days before a run: before the first, no day, from the first one that it is
   * about. A ledger without days is an older program's, and nobody knows what lies between its
   * items.
   */
  private static ListedDays before(Known known, Window window) {
    return known
        .days()
        .orElseGet(
            () -> {
              Stream<LocalDate> dates =
                  known.entries().values().stream().map(entry -> entry.getItem().getFirstDay());
              LocalDate first = window.sweeps() ? window.historyStart() : window.first();
              LocalDate from = earliest(Stream.concat(dates, Stream.of(window.today())), first);
              return new ListedDays(from, from.minusDays(1), null);
            });
  }

  private static LocalDate earliest(Stream<LocalDate> dates, LocalDate orElse) {
    Optional<LocalDate> earliest = dates.min(Comparator.naturalOrder());
    return earliest.filter(orElse::isAfter).orElse(orElse);
  }
}
