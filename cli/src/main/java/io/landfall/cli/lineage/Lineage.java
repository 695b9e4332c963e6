package io.landfall.cli.lineage;

import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Tells a service of runs: their beginning, at most once a minute how far they have come, and their
 * end. Whatever becomes of the telling, a run goes on as if nobody were told.
 */
public final class Lineage {

  /** What is run. */
  public interface Work<T> {
    T run() throws InterruptedException;
  }

  private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(1);

  /** A short run may be over before what it needs to tell is even loaded. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** One that goes on until it is told to stop has little time then. */
  private static final Duration PATIENCE_ONCE_STOPPED = Duration.ofSeconds(2);

  private final LineageSettings settings;
  private final Clock clock;

  /** Tells whom the settings name, or nobody. */
  public Lineage(LineageSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Runs it, and tells of it.
   *
   * @param end how it ended, by its result
   */
  public <T> T of(LineageJob job, Work<T> work, Function<T, RunEnd> end)
      throws InterruptedException {
    if (settings.url().isEmpty()) {
      return work.run();
    }
    try (LineageRun run =
        LineageRun.begin(
            () -> new HttpListener(settings, job),
            BETWEEN_LOOKS,
            job.isContinuous() ? PATIENCE_ONCE_STOPPED : PATIENCE,
            clock)) {
      try {
        T result = work.run();
        run.ended(end.apply(result));
        return result;
      } catch (InterruptedException | InterruptException e) {
        run.ended(RunEnd.ABORTED);
        throw e;
      } catch (Throwable e) {
        // Nothing is swallowed: it is told, and goes on to whoever handles it.
        run.ended(new RunEnd.Failed(String.valueOf(e.getMessage())));
        throw e;
      }
    }
  }
}
