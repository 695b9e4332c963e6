package io.landfall.cli.lineage;

import io.landfall.cli.Masked;
import io.landfall.cli.Reason;
import io.landfall.cli.lineage.Moment.Kind;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run that somebody is told of, in a thread of its own that nobody waits for but at the end,
 * and then for a moment only.
 */
final class LineageRun implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LineageRun.class);

  /** A run has two moments of its own; the rest is made where it is sent. */
  private static final int MOST_WAITING = 8;

  private final BlockingQueue<Moment> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final Supplier<Listener> listeners;
  private final Duration betweenLooks;
  private final Duration patience;
  private final Clock clock;
  private final Thread thread = new Thread(this::tellAll, "lineage");

  /** Logged once, and again only when somebody was there in between. */
  private boolean away;

  private LineageRun(
      Supplier<Listener> listeners, Duration betweenLooks, Duration patience, Clock clock) {
    this.listeners = listeners;
    this.betweenLooks = betweenLooks;
    this.patience = patience;
    this.clock = clock;
  }

  /**
   * Tells that it has begun, and from then on how far it has come.
   *
   * @param listener made in the thread that tells: what it needs may not be there
   * @param betweenLooks how often it is looked whether there is more to tell
   * @param patience how long the end is waited for
   */
  static LineageRun begin(
      Supplier<Listener> listener, Duration betweenLooks, Duration patience, Clock clock) {
    LineageRun run = new LineageRun(listener, betweenLooks, patience, clock);
    run.add(Moment.of(Kind.START, clock.instant()));
    run.thread.setDaemon(true);
    run.thread.start();
    return run;
  }

  /** Tells how it has ended. */
  void ended(RunEnd end) {
    add(Moment.of(end, clock.instant()));
  }

  private void add(Moment moment) {
    while (!waiting.offer(moment)) {
      // The newest tells most.
      waiting.poll();
    }
  }

  private void tellAll() {
    try {
      Listener listener = listeners.get();
      boolean ended = false;
      while (!ended) {
        @Nullable Moment next = waiting.poll(betweenLooks.toMillis(), TimeUnit.MILLISECONDS);
        if (next != null) {
          tell(listener, next);
          ended = next.kind().isEnd();
        } else if (listener.isBehind()) {
          tell(listener, Moment.of(Kind.RUNNING, clock.instant()));
        }
      }
    } catch (InterruptedException e) {
      // The run has ended, and nobody waits for this thread any more.
      return;
    } catch (RuntimeException | LinkageError e) {
      // Whatever it is, also a class that a platform does not have: no run fails of being told of.
      LOG.atWarn().addKeyValue("reason", Masked.urls(e.toString())).log("Lineage is told no more");
    }
  }

  private void tell(Listener listener, Moment moment) throws InterruptedException {
    try {
      listener.tell(moment);
      away = false;
    } catch (IOException e) {
      if (!away) {
        away = true;
        LOG.atWarn()
            .addKeyValue("url", Masked.urls(listener.name()))
            .addKeyValue("reason", Masked.urls(Reason.of(e)))
            .log("Lineage could not be told; the run goes on");
      }
    }
  }

  /** Waits a moment until all is told. */
  @Override
  public void close() {
    boolean interrupted = Thread.interrupted();
    try {
      thread.join(patience.toMillis());
    } catch (InterruptedException e) {
      interrupted = true;
    }
    thread.interrupt();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
