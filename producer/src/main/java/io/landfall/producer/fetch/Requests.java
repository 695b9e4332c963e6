package io.landfall.producer.fetch;

import io.landfall.cli.LandfallException;
import io.landfall.cli.Progress;
import io.landfall.producer.ledger.Entries;
import io.landfall.producer.ledger.FetchPlan.Due;
import io.landfall.producer.ledger.FetchPlan.Reason;
import io.landfall.producer.ledger.Ledger;
import io.landfall.producer.source.Held;
import io.landfall.producer.source.Source;
import java.time.Clock;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Asks for what is due, some at once, for as long as the API can be reached. */
final class Requests implements AutoCloseable {

  private static final long LOOK_AGAIN_MS = 500;

  private final Source source;
  private final Ledger ledger;
  private final Clock clock;
  private final Iterator<Due> due;
  private final int inFlight;
  private final Progress.Work work;
  private final ExecutorService executor;
  private final CompletionService<Fetched> results;
  private int pending;

  /**
   * @param inFlight items asked for at once
   * @param work is told how far it has come
   */
  Requests(
      Source source, Ledger ledger, List<Due> due, int inFlight, Clock clock, Progress.Work work) {
    this.source = source;
    this.ledger = ledger;
    this.clock = clock;
    this.due = due.iterator();
    this.inFlight = inFlight;
    this.work = work;
    this.executor = Executors.newFixedThreadPool(inFlight);
    this.results = new ExecutorCompletionService<>(executor);
  }

  /** What came next; empty when nothing more will come. */
  Optional<Fetched> next() throws InterruptedException {
    while (mayAskForMore() && pending < 2 * inFlight) {
      Due one = due.next();
      results.submit(() -> Fetched.of(one, source.fetch(one.item(), held(one)), clock.instant()));
      pending++;
    }
    if (pending == 0) {
      return Optional.empty();
    }
    Fetched next = take();
    pending--;
    work.done(1);
    return Optional.of(next);
  }

  /** What the user asks for is judged anew, by the code of today. */
  private Held held(Due due) {
    Held held = Entries.held(due.entry(), () -> ledger.answers(due.entry()));
    if (due.reason() != Reason.ASKED_FOR) {
      return held;
    }
    // Whoever asks for it wants it back in the archive too.
    return ledger.mayHaveAnswers(due.entry()) ? held.toBeJudged() : held.lost();
  }

  private boolean mayAskForMore() {
    return due.hasNext() && source.unreachable().isEmpty();
  }

  private Fetched take() throws InterruptedException {
    try {
      while (true) {
        Future<Fetched> result = results.poll(LOOK_AGAIN_MS, TimeUnit.MILLISECONDS);
        if (result != null) {
          return result.get();
        }
        work.look();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof LandfallException refused) {
        throw refused;
      }
      // What an API may do is an outcome; an exception is a fault of ours and ends the run.
      throw new IllegalStateException("Fetching an item failed unexpectedly", e.getCause());
    }
  }

  /** How many were due and were never asked for. */
  int left() {
    int left = 0;
    for (; due.hasNext(); due.next()) {
      left++;
    }
    return left;
  }

  @Override
  public void close() {
    executor.shutdownNow();
    work.close();
  }
}
