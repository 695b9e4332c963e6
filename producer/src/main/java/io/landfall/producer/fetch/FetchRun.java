package io.landfall.producer.fetch;

import io.landfall.producer.ledger.Calendar;
import io.landfall.producer.ledger.FetchPlan;
import io.landfall.producer.ledger.FetchPlan.Due;
import io.landfall.producer.ledger.Known;
import io.landfall.producer.ledger.Ledger;
import io.landfall.producer.source.FetchOutcome;
import io.landfall.producer.source.Listing;
import io.landfall.producer.source.Source;
import io.landfall.program.Progress;
import io.landfall.schemas.LedgerEntry;
import io.landfall.schemas.ListedDays;
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
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run: list, plan, fetch what is due, commit it batch by batch. */
public final class FetchRun {

  private static final Logger LOG = LoggerFactory.getLogger(FetchRun.class);

  private static final long LOOK_AGAIN_MS = 500;

  private final Source source;
  private final Archive archive;
  private final FetchPlan.Window window;
  private final int inFlight;
  private final int gamesPerTransaction;
  private final Clock clock;
  private final Progress progress;

  private Tally tally = Tally.NOTHING;
  private int changed;

  /**
   * A run over one window.
   *
   * @param inFlight games fetched at once
   * @param gamesPerTransaction the most games in one transaction
   * @param progress is told how far it has come
   */
  public FetchRun(
      Source source,
      Archive archive,
      FetchPlan.Window window,
      int inFlight,
      int gamesPerTransaction,
      Clock clock,
      Progress progress) {
    this.source = source;
    this.archive = archive;
    this.window = window;
    this.inFlight = inFlight;
    this.gamesPerTransaction = gamesPerTransaction;
    this.clock = clock;
    this.progress = progress;
  }

  /** Does it. */
  public FetchReport run() throws InterruptedException {
    Known known = archive.known();
    Listing listing = source.list(Calendar.firstDayToList(known, window), window.last(), progress);
    FetchPlan plan = FetchPlan.of(known.games(), listing, window, clock.instant());
    ListedDays days = Calendar.after(known, window, listing.days());
    archive.publish(
        plan.listed().stream().map(entry -> new Fetched(Optional.empty(), entry)).toList(),
        Optional.of(days));
    LOG.atInfo()
        .addKeyValue("first", window.first())
        .addKeyValue("last", window.last())
        .addKeyValue("listed", listing.games().size())
        .addKeyValue("listedThrough", days.getThrough())
        .addKeyValue("due", plan.due().size())
        .log("Listed");
    fetch(plan.due());
    return new FetchReport(
        plan.due().stream().collect(Collectors.groupingBy(Due::reason, Collectors.counting())),
        tally,
        changed,
        listing.problems(),
        source.unreachable(),
        days,
        known.days().isEmpty());
  }

  private record Result(Due due, FetchOutcome outcome) {}

  private void fetch(List<Due> due) throws InterruptedException {
    ExecutorService executor = Executors.newFixedThreadPool(inFlight);
    try (Progress.Work work = progress.of("games", due.size())) {
      CompletionService<Result> results = new ExecutorCompletionService<>(executor);
      Iterator<Due> next = due.iterator();
      int pending = 0;
      Batch batch = new Batch(archive, gamesPerTransaction, clock);
      while (mayAskForMore(next) || pending > 0) {
        while (mayAskForMore(next) && pending < 2 * inFlight) {
          Due one = next.next();
          results.submit(() -> new Result(one, source.fetch(one.game(), one.entry().getHeld())));
          pending++;
        }
        note(take(results, work), batch);
        pending--;
        work.done(1);
      }
      if (source.unreachable().isPresent()) {
        batch.forgetFailures();
      }
      batch.commit();
      next.forEachRemaining(one -> tally = tally.plus(Tally.NOT_ASKED));
    } finally {
      executor.shutdownNow();
    }
  }

  private boolean mayAskForMore(Iterator<Due> next) {
    return next.hasNext() && source.unreachable().isEmpty();
  }

  private static Result take(CompletionService<Result> results, Progress.Work work)
      throws InterruptedException {
    try {
      while (true) {
        Future<Result> result = results.poll(LOOK_AGAIN_MS, TimeUnit.MILLISECONDS);
        if (result != null) {
          return result.get();
        }
        work.look();
      }
    } catch (ExecutionException e) {
      // What an API may do is an outcome; an exception is a fault of ours and ends the run.
      throw new IllegalStateException("Fetching a game failed unexpectedly", e.getCause());
    }
  }

  private void note(Result result, Batch batch) {
    LedgerEntry before = result.due().entry();
    LedgerEntry after = Ledger.after(before, result.outcome(), clock.instant());
    Fetched withoutAnswers = new Fetched(Optional.empty(), after);
    tally =
        tally.plus(
            result
                .outcome()
                .match(
                    fetched -> {
                      changed++;
                      batch.came(Optional.of(new Fetched(Optional.of(fetched.responses()), after)));
                      return counted(fetched.missing());
                    },
                    unchanged -> {
                      batch.came(Optional.of(withoutAnswers).filter(one -> !after.equals(before)));
                      return counted(unchanged.missing());
                    },
                    unavailable -> {
                      batch.failed(withoutAnswers);
                      return Tally.FAILED;
                    },
                    rejected -> {
                      batch.failed(withoutAnswers);
                      return Tally.FAILED;
                    },
                    notAsked -> Tally.NOT_ASKED));
  }

  private static Tally counted(FetchOutcome.Missing missing) {
    if (missing.isNothing()) {
      return Tally.COMPLETE;
    }
    return missing.failed() ? Tally.FAILED : Tally.INCOMPLETE;
  }
}
