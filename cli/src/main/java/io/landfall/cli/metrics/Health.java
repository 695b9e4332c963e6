package io.landfall.cli.metrics;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Whether a command lives, and does what it is there for. Safe for use by several threads. */
final class Health {

  /** Whatever a command waits for ends or is looked at again long before. */
  static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Thread command;
  private final Clock clock;
  private volatile Instant expected;
  private volatile boolean ready;

  /**
   * @param command the thread that it runs in
   */
  Health(Thread command, Clock clock) {
    this.command = command;
    this.clock = clock;
    this.expected = clock.instant().plus(PATIENCE);
  }

  void alive() {
    expected = clock.instant().plus(PATIENCE);
  }

  void ready(boolean isReady) {
    ready = isReady;
  }

  boolean isReady() {
    return ready;
  }

  /** What is wrong with it; empty where nothing is. */
  Optional<String> problem() {
    if (!command.isAlive()) {
      return Optional.of("the command's thread has ended");
    }
    Instant now = clock.instant();
    return now.isAfter(expected)
        ? Optional.of(
            "no sign of life for %d s more than the command may take; its thread is %s"
                .formatted(
                    Duration.between(expected, now).toSeconds(),
                    command.getState().name().toLowerCase(Locale.ROOT)))
        : Optional.empty();
  }
}
