package io.landfall.producer.ledger;

import io.landfall.producer.source.Game;
import io.landfall.producer.source.Listing;
import io.landfall.schemas.GameStatus;
import io.landfall.schemas.LedgerEntry;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a run is to fetch, and why.
 *
 * @param due the games to fetch, oldest first
 * @param listed ledger entries that the listing alone has changed: new games, moved ones, void ones
 */
public record FetchPlan(List<Due> due, List<LedgerEntry> listed) {

  /** Why a game is fetched. */
  public enum Reason {
    /** Finished, and never fetched. */
    NEW,
    /** Not held complete, or it failed when it was last asked for; and its pause is over. */
    RETRY,
    /** Held complete, and recent enough to be looked at again for corrections. */
    LOOKBACK,
    /** In the days that the user asked for. */
    ASKED_FOR
  }

  /** One game to fetch and its ledger entry, up to date with the listing. */
  public record Due(Game game, Reason reason, LedgerEntry entry) {}

  /**
   * The days to look at.
   *
   * @param from the first one, if the user named it
   * @param to the last one, if the user named it
   * @param lookbackDays how many days before the last one the first one is, if nobody named it
   * @param today the league's date
   */
  public record Window(
      Optional<LocalDate> from, Optional<LocalDate> to, int lookbackDays, LocalDate today) {

    public LocalDate first() {
      return from.orElseGet(() -> last().minusDays(lookbackDays));
    }

    public LocalDate last() {
      return to.orElse(today);
    }

    /** Whether the user named a day, so that every finished game in them is due. */
    boolean askedFor() {
      return from.isPresent() || to.isPresent();
    }

    boolean contains(LocalDate date) {
      return !date.isBefore(first()) && !date.isAfter(last());
    }
  }

  public FetchPlan {
    due = List.copyOf(due);
    listed = List.copyOf(listed);
  }

  /** Decides from what is known and what is listed. */
  public static FetchPlan of(
      Map<Integer, LedgerEntry> ledger, Listing listing, Window window, Instant now) {
    Map<Integer, LedgerEntry> known = new TreeMap<>(ledger);
    List<LedgerEntry> listed = new ArrayList<>();
    for (Game game : listing.games()) {
      Optional<LedgerEntry> before = Optional.ofNullable(ledger.get(game.id()));
      LedgerEntry entry = Ledger.listed(game, before);
      known.put(game.id(), entry);
      if (!before.equals(Optional.of(entry))) {
        listed.add(entry);
      }
    }
    List<Due> due =
        known.values().stream()
            .flatMap(entry -> due(entry, window, now).stream())
            .sorted(
                Comparator.comparing((Due one) -> one.game().date())
                    .thenComparing(one -> one.game().id()))
            .toList();
    return new FetchPlan(due, listed);
  }

  private static Optional<Due> due(LedgerEntry entry, Window window, Instant now) {
    Game game = Ledger.game(entry);
    if (!game.finished()) {
      return Optional.empty();
    }
    return reason(entry, window, now).map(reason -> new Due(game, reason, entry));
  }

  private static Optional<Reason> reason(LedgerEntry entry, Window window, Instant now) {
    if (entry.getStatus() == GameStatus.EXPECTED) {
      return Optional.of(Reason.NEW);
    }
    if (window.askedFor() && window.contains(entry.getGameDate())) {
      return Optional.of(Reason.ASKED_FOR);
    }
    Instant next = entry.getNextAttemptAt();
    if (next != null) {
      return next.isAfter(now) ? Optional.empty() : Optional.of(Reason.RETRY);
    }
    return entry.getStatus() == GameStatus.FETCHED && window.contains(entry.getGameDate())
        ? Optional.of(Reason.LOOKBACK)
        : Optional.empty();
  }
}
