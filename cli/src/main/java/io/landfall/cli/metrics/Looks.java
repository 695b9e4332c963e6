package io.landfall.cli.metrics;

import io.landfall.cli.Reason;
import io.landfall.cli.metrics.Metrics.Closing;
import io.landfall.cli.metrics.Metrics.Look;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at what costs, in one thread, one after the other. */
final class Looks {

  private static final Logger LOG = LoggerFactory.getLogger(Looks.class);

  /** A command that has ended waits no longer for figures, all of them together. */
  private static final Duration LAST_LOOK = Duration.ofSeconds(5);

  /** One that was told to stop waits no longer for the end of a look that was interrupted. */
  private static final Duration END_OF_LOOK = Duration.ofSeconds(1);

  private final ScheduledExecutorService thread;
  private final boolean again;
  private final boolean last;

  /** Until when it waits; it has not begun to where that is 0. */
  private long deadline;

  /**
   * @param again whether it is looked again and again
   * @param last whether it is looked once more behind the command's work
   */
  Looks(ScheduledExecutorService thread, boolean again, boolean last) {
    this.thread = thread;
    this.again = again;
    this.last = last;
  }

  Closing begin(Duration often, List<Look> wanted) {
    Set<String> told = new HashSet<>();
    Runnable all = () -> wanted.forEach(look -> look(look, told));
    Optional<Future<?>> looking =
        again
            ? Optional.of(
                thread.scheduleWithFixedDelay(all, 0, often.toMillis(), TimeUnit.MILLISECONDS))
            : Optional.empty();
    return () -> {
      looking.ifPresent(one -> one.cancel(true));
      // Whoever closes takes away what is looked at.
      await(thread.submit(last ? all : () -> {}));
    };
  }

  /** A failure is told once, until it has gone well again. */
  private static void look(Look look, Set<String> told) {
    try {
      look.looking().look();
      told.remove(look.what());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception | LinkageError e) {
      // Whatever a library throws, or a platform lacks, in a thread that nobody waits for: the
      // figures stay as they were, and the command goes on.
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
      if (told.add(look.what())) {
        LOG.atWarn()
            .addKeyValue("what", look.what())
            .addKeyValue("reason", Reason.of(e))
            .log("Figures are not known");
      }
    }
  }

  private synchronized long left() {
    if (deadline == 0) {
      deadline = System.nanoTime() + (last ? LAST_LOOK : END_OF_LOOK).toNanos();
    }
    return Math.max(1, deadline - System.nanoTime());
  }

  private void await(Future<?> looked) {
    try {
      looked.get(left(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      looked.cancel(true);
      Thread.currentThread().interrupt();
    } catch (TimeoutException e) {
      looked.cancel(true);
    } catch (ExecutionException e) {
      // Memory that is used up, for one. The command tells it where it meets it itself.
      LOG.atDebug().addKeyValue("reason", String.valueOf(e.getCause())).log("A look was ended");
    }
  }
}
