package io.landfall.cli;

import java.time.Duration;

/**
 * How long a program may take to end after SIGTERM: less than the ten seconds after which a
 * container is killed.
 */
public final class StopBudget {

  /** From the signal to the end of the process. */
  public static final Duration TOTAL = Duration.ofSeconds(9);

  /** Of that, for what is under way: a batch, a transaction. The rest is for closing. */
  public static final Duration WORK = Duration.ofSeconds(7);

  private StopBudget() {}
}
