package io.landfall.producer.fetch;

import io.landfall.producer.ledger.FetchPlan;
import io.landfall.producer.ledger.FetchPlan.Due;
import io.landfall.producer.ledger.Ledger;
import io.landfall.producer.source.FetchOutcome;
import io.landfall.producer.source.Listing;
import io.landfall.producer.source.Source;
import io.landfall.schemas.GameResponses;
import io.landfall.schemas.LedgerEntry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run: list, plan, fetch what is due, commit it batch by batch. */
public final class FetchRun {

  private static final Logger LOG = LoggerFactory.getLogger(FetchRun.class);

  /** A slow API must not keep what has come out of Kafka for longer than this. */
  private static final Duration LONGEST_BATCH = Duration.ofSeconds(5);

  private final Source source;
  private final ResponsePublisher publisher;
  private final FetchPlan.Window window;
  private final int inFlight;
  private final int gamesPerTransaction;
  private final Clock clock;

  private int complete;
  private int incomplete;
  private int failed;
  private int changed;

  /**
   * A run over one window.
   *
   * @param inFlight games fetched at once
   * @param gamesPerTransaction the most games in one transaction
   */
  public FetchRun(
      Source source,
      ResponsePublisher publisher,
      FetchPlan.Window window,
      int inFlight,
      int gamesPerTransaction,
      Clock clock) {
    this.source = source;
    this.publisher = publisher;
    this.window = window;
    this.inFlight = inFlight;
    this.gamesPerTransaction = gamesPerTransaction;
    this.clock = clock;
  }

  /** Does it. */
  public FetchReport run() throws InterruptedException {
    Listing listing =
        source.list(FetchPlan.firstDayToList(publisher.ledger(), window), window.last());
    FetchPlan plan = FetchPlan.of(publisher.ledger(), listing, window, clock.instant());
    publisher.publish(
        plan.listed().stream().map(entry -> new Fetched(Optional.empty(), entry)).toList());
    LOG.atInfo()
        .addKeyValue("first", window.first())
        .addKeyValue("last", window.last())
        .addKeyValue("listed", listing.games().size())
        .addKeyValue("due", plan.due().size())
        .log("Listed");
    fetch(plan.due());
    return new FetchReport(
        plan.due().stream().collect(Collectors.groupingBy(Due::reason, Collectors.counting())),
        complete,
        incomplete,
        failed,
        changed,
        listing.problems());
  }

  private record Result(Due due, FetchOutcome outcome) {}

  private void fetch(List<Due> due) throws InterruptedException {
    ExecutorService executor = Executors.newFixedThreadPool(inFlight);
    try {
      CompletionService<Result> results = new ExecutorCompletionService<>(executor);
      Iterator<Due> next = due.iterator();
      int pending = 0;
      List<Fetched> batch = new ArrayList<>();
      Instant batchEnd = clock.instant().plus(LONGEST_BATCH);
      while (next.hasNext() || pending > 0) {
        while (next.hasNext() && pending < 2 * inFlight) {
          Due one = next.next();
          results.submit(() -> new Result(one, source.fetch(one.game(), one.entry().getHeld())));
          pending++;
        }
        note(take(results), batch);
        pending--;
        if (batch.size() >= gamesPerTransaction || clock.instant().isAfter(batchEnd)) {
          publisher.publish(List.copyOf(batch));
          batch.clear();
          batchEnd = clock.instant().plus(LONGEST_BATCH);
        }
      }
      publisher.publish(batch);
    } finally {
      executor.shutdownNow();
    }
  }

  private static Result take(CompletionService<Result> results) throws InterruptedException {
    try {
      return results.take().get();
    } catch (ExecutionException e) {
      // What an API may do is an outcome; an exception is a fault of ours and ends the run.
      throw new IllegalStateException("Fetching a game failed unexpectedly", e.getCause());
    }
  }

  private void note(Result result, List<Fetched> batch) {
    LedgerEntry before = result.due().entry();
    LedgerEntry after = Ledger.after(before, result.outcome(), clock.instant());
    Optional<GameResponses> responses = responses(result.outcome());
    count(result.outcome(), responses.isPresent());
    if (responses.isPresent() || !after.equals(before)) {
      batch.add(new Fetched(responses, after));
    }
  }

  private static Optional<GameResponses> responses(FetchOutcome outcome) {
    return outcome.match(
        fetched -> Optional.of(fetched.responses()),
        unchanged -> Optional.empty(),
        unavailable -> Optional.empty(),
        rejected -> Optional.empty());
  }

  private void count(FetchOutcome outcome, boolean isNew) {
    boolean usable =
        outcome.match(fetched -> true, unchanged -> true, unavailable -> false, rejected -> false);
    boolean whole =
        outcome.match(
            fetched -> fetched.missing().isEmpty(),
            unchanged -> unchanged.missing().isEmpty(),
            unavailable -> false,
            rejected -> false);
    if (!usable) {
      failed++;
    } else if (whole) {
      complete++;
    } else {
      incomplete++;
    }
    if (isNew) {
      changed++;
    }
  }
}
