package io.landfall.producer.schedule;

import io.landfall.cli.ExitCode;
import io.landfall.cli.LandfallException;
import io.landfall.schemas.Run;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a job at the times of a schedule, one run at a time, until its thread is interrupted. */
public final class ScheduledRuns {

  private static final Logger LOG = LoggerFactory.getLogger(ScheduledRuns.class);

  private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(30);

  /**
   * What one attempt came to.
   *
   * @param summary in one line
   */
  public record Result(ExitCode exitCode, String summary) {}

  /** What is run. */
  public interface Job {
    /** Does it; a {@link LandfallException} is a failed attempt. */
    Result run() throws InterruptedException;
  }

  /** Where the latest run is noted. */
  public interface Journal {
    /** The latest run, if there ever was one. */
    Optional<Run> latest();

    /** Notes a run in place of the one before. */
    void note(Run run);
  }

  /** How to wait. */
  public interface Waiting {
    /** Returns when the time has come. */
    void until(Instant time) throws InterruptedException;
  }

  private final CronTimes times;
  private final Job job;
  private final Journal journal;
  private final Clock clock;
  private final Waiting waiting;

  /** A schedule of one job. */
  public ScheduledRuns(CronTimes times, Job job, Journal journal, Clock clock, Waiting waiting) {
    this.times = times;
    this.job = job;
    this.journal = journal;
    this.clock = clock;
    this.waiting = waiting;
  }

  /** Runs for ever. Where nothing ever ran, everything was missed: the first run is at once. */
  public void run() throws InterruptedException {
    Optional<Instant> last = journal.latest().map(Run::getPlannedAt);
    while (true) {
      Instant now = clock.instant();
      Instant planned = last.map(time -> times.due(time, now)).orElse(now);
      LOG.atInfo().addKeyValue("at", planned).log("Next run");
      waiting.until(planned);
      attempts(planned);
      last = Optional.of(planned);
    }
  }

  private void attempts(Instant planned) throws InterruptedException {
    Instant next = times.after(planned);
    Duration pause = FIRST_PAUSE;
    for (int attempt = 1; ; attempt++) {
      Instant started = clock.instant();
      Result result = attempt();
      Instant ended = clock.instant();
      Instant again = ended.plus(pause);
      boolean retry = result.exitCode() == ExitCode.UNAVAILABLE && again.isBefore(next);
      // Whoever took over notes its own run; a note of this one could hide it.
      if (result.exitCode() != ExitCode.SUPERSEDED) {
        journal.note(
            new Run(
                times.expression(),
                times.zone().getId(),
                planned,
                started,
                ended,
                attempt,
                result.exitCode().code(),
                result.summary(),
                retry ? again : times.due(planned, ended)));
      }
      LOG.atInfo()
          .addKeyValue("attempt", attempt)
          .addKeyValue("exitCode", result.exitCode().code())
          .log(result.summary());
      if (!retry) {
        return;
      }
      waiting.until(again);
      pause = longer(pause);
    }
  }

  private static Duration longer(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
  }

  private Result attempt() throws InterruptedException {
    try {
      return job.run();
    } catch (LandfallException e) {
      return new Result(e.exitCode(), String.valueOf(e.getMessage()));
    }
  }
}
