package io.landfall.producer.http;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Whether anything answers at all, over all hosts of an API. An answer of any kind counts, an error
 * status too. Once lost, it stays lost: a run that goes on asking would only wait. Safe for use by
 * several threads.
 */
public final class Reachability {

  /** More than any one item or part of a listing costs, so that it takes several to say so. */
  static final int FAILURES_IN_A_ROW = 20;

  private final AtomicInteger inARow = new AtomicInteger();
  private final AtomicReference<String> lost = new AtomicReference<>();

  void answered() {
    inARow.set(0);
  }

  void unanswered(String reason) {
    if (inARow.incrementAndGet() >= FAILURES_IN_A_ROW) {
      lost.compareAndSet(
          null,
          "%d requests in a row got no answer, the last: %s".formatted(FAILURES_IN_A_ROW, reason));
    }
  }

  /** Why nothing more is asked; empty while something may answer. */
  public Optional<String> lost() {
    return Optional.ofNullable(lost.get());
  }
}
