package io.landfall.producer.command;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Waiting for a time of day. */
final class Sleep {

  /** Short ones: a machine that slept must not be late by as long as it slept. */
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private Sleep() {}

  /** Returns when the time has come. */
  static void until(Instant time, Clock clock) throws InterruptedException {
    until(time, clock, () -> {});
  }

  /**
   * The same.
   *
   * @param sign of life, now and then
   */
  static void until(Instant time, Clock clock, Runnable sign) throws InterruptedException {
    Duration left = Duration.between(clock.instant(), time);
    while (left.compareTo(Duration.ZERO) > 0) {
      sign.run();
      Thread.sleep(Math.min(left.toMillis() + 1, LONGEST.toMillis()));
      left = Duration.between(clock.instant(), time);
    }
  }
}
