package io.landfall.producer.command;

import io.landfall.cli.ExitCode;
import io.landfall.cli.LandfallException;
import io.landfall.producer.schedule.ScheduledRuns;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The time between two runs of a schedule: now and then a look whether anything is in progress. */
final class BetweenRuns {

  private static final Logger LOG = LoggerFactory.getLogger(BetweenRuns.class);

  /** A look is one request; what begins is followed so much later at most. */
  static final Duration BETWEEN_LOOKS = Duration.ofMinutes(10);

  /** What is looked at. */
  interface Look {
    /** Whether anything is in progress. */
    boolean isInProgress() throws InterruptedException;

    /** Follows it, until nothing is any more or it is late. */
    void follow(Instant latest) throws InterruptedException;
  }

  private final Look look;
  private final Clock clock;
  private final ScheduledRuns.Waiting waiting;

  BetweenRuns(Look look, Clock clock, ScheduledRuns.Waiting waiting) {
    this.look = look;
    this.clock = clock;
    this.waiting = waiting;
  }

  /** Returns when the time has come. */
  void until(Instant time) throws InterruptedException {
    while (clock.instant().isBefore(time)) {
      try {
        if (look.isInProgress()) {
          look.follow(time);
        }
      } catch (LandfallException e) {
        // The next run says it too if it stays so; what has ended is fetched by that one.
        LOG.atWarn().addKeyValue("reason", e.getMessage()).log("Nothing is followed for now");
        if (e.exitCode() == ExitCode.SUPERSEDED) {
          // Of two that follow the same, one would take over from the other again and again.
          waiting.until(time);
        }
      }
      Instant next = clock.instant().plus(BETWEEN_LOOKS);
      waiting.until(next.isBefore(time) ? next : time);
    }
  }
}
