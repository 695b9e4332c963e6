package io.landfall.producer.fetch;

import io.landfall.cli.Progress;
import io.landfall.producer.ledger.Calendar;
import io.landfall.producer.ledger.FetchPlan;
import io.landfall.producer.ledger.FetchPlan.Window;
import io.landfall.producer.ledger.Known;
import io.landfall.producer.source.Listing;
import io.landfall.producer.source.Source;
import io.landfall.schemas.ListedDays;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * What a source lists, and what a run is to fetch because of that.
 *
 * @param first the first day that was asked for; the last is the window's
 * @param days the days that are known once this is recorded
 * @param isSweep whether all days of the history were asked for
 */
public record Listed(
    Window window,
    LocalDate first,
    Listing listing,
    FetchPlan plan,
    ListedDays days,
    boolean isSweep) {

  /**
   * Lists and plans, and changes nothing.
   *
   * @param progress is told how far it has come
   */
  public static Listed of(Source source, Known known, Window window, Instant now, Progress progress)
      throws InterruptedException {
    return of(source, known, window, Optional.empty(), now, progress);
  }

  /**
   * The same.
   *
   * @param accepted the key of an item that is due because the user accepts what will come
   */
  static Listed of(
      Source source,
      Known known,
      Window window,
      Optional<String> accepted,
      Instant now,
      Progress progress)
      throws InterruptedException {
    LocalDate first = Calendar.firstDayToList(known, window, now);
    Listing listing = source.list(first, window.last(), progress);
    return new Listed(
        window,
        first,
        listing,
        FetchPlan.of(known.entries(), listing, window, accepted, now),
        Calendar.after(known, window, listing.days(), now),
        Calendar.isSweep(known, window, now));
  }
}
