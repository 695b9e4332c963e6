package io.landfall.producer.fetch;

import io.landfall.producer.ledger.Entries;
import io.landfall.producer.ledger.Ledger;
import io.landfall.schemas.ItemState;
import io.landfall.schemas.LedgerEntry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Follows items for as long as they are in progress: fetches them in rounds, as provisional, and
 * each once more when it has ended. Where nothing is in progress, nothing is asked.
 */
public final class LiveRun {

  /** An API that is away for so many rounds ends it; what has not ended stays expected. */
  private static final int MOST_ROUNDS_WITHOUT_AN_API = 10;

  /** How to wait. */
  public interface Waiting {
    /** Returns when the time has come. */
    void until(Instant time) throws InterruptedException;
  }

  private final Ledger ledger;
  private final Supplier<FetchRun> runs;
  private final Duration every;
  private final Clock clock;
  private final Waiting waiting;

  /**
   * @param runs one for each round, of its day and against an API that is asked again
   * @param every from the beginning of a round to that of the next
   */
  public LiveRun(
      Ledger ledger, Supplier<FetchRun> runs, Duration every, Clock clock, Waiting waiting) {
    this.ledger = ledger;
    this.runs = runs;
    this.every = every;
    this.clock = clock;
    this.waiting = waiting;
  }

  /**
   * Does it, until nothing is in progress any more.
   *
   * @param latest when it ends in any case, between two rounds
   */
  public LiveReport run(Instant latest) throws InterruptedException {
    Set<String> followed = known();
    Set<String> inProgress = new HashSet<>();
    Set<String> ended = new HashSet<>();
    Set<String> undone = new HashSet<>();
    LiveRound round =
        new LiveRound(Set.copyOf(followed), Set.of(), Set.of(), List.of(), Optional.empty());
    int rounds = 0;
    int away = 0;
    Instant next = clock.instant();
    while (goesOn(round) && away < MOST_ROUNDS_WITHOUT_AN_API && next.isBefore(latest)) {
      waiting.until(next);
      next = clock.instant().plus(every);
      round = runs.get().round(followed);
      rounds++;
      inProgress.addAll(round.inProgress());
      followed.addAll(round.inProgress());
      ended.addAll(round.ended());
      undone.removeAll(round.ended());
      undone.addAll(round.undone());
      away = round.unreachable().isPresent() ? away + 1 : 0;
    }
    return new LiveReport(
        rounds,
        inProgress.size(),
        ended.size(),
        undone.size(),
        round.listingProblems(),
        round.unreachable());
  }

  /** What the ledger has as in progress, or has provisional answers of. */
  private Set<String> known() {
    return ledger.known().entries().values().stream()
        .filter(
            entry ->
                entry.getItem().getState() == ItemState.IN_PROGRESS || Entries.isProvisional(entry))
        .map(entry -> entry.getItem().getKey())
        .collect(Collectors.toCollection(HashSet::new));
  }

  /** Whether anything is in progress, or has ended and may be had at once. */
  private boolean goesOn(LiveRound round) {
    return !round.inProgress().isEmpty()
        || round.undone().stream()
            .map(key -> ledger.known().entries().get(key))
            .anyMatch(entry -> entry != null && isDueAtOnce(entry));
  }

  private boolean isDueAtOnce(LedgerEntry entry) {
    Instant next = entry.getNextAttemptAt();
    return next == null || !next.isAfter(clock.instant().plus(every));
  }
}
