package io.landfall.producer.fetch;

import io.landfall.producer.ledger.Update;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What has come and is not recorded yet. A failure waits for what comes next: if something does,
 * the API is there, and the item failed by itself.
 */
final class Batch {

  /** A slow API must not keep what has come out of Kafka for longer than this. */
  private static final Duration LONGEST = Duration.ofSeconds(5);

  /** As many bytes as a Kafka producer holds for sending, by its default, half of it. */
  private static final long MOST_BYTES = 16L * 1024 * 1024;

  private final int most;
  private final Clock clock;
  private final List<Update> came = new ArrayList<>();
  private final List<Update> failures = new ArrayList<>();
  private long bytes;
  private Instant end;

  /**
   * An empty one.
   *
   * @param most items in it
   */
  Batch(int most, Clock clock) {
    this.most = most;
    this.clock = clock;
    this.end = clock.instant().plus(LONGEST);
  }

  void add(Fetched one) {
    if (one.isAnswered()) {
      came.addAll(failures);
      failures.clear();
      one.update().ifPresent(came::add);
      bytes += one.bytes();
    } else {
      one.update().ifPresent(failures::add);
    }
  }

  boolean isFull() {
    return !came.isEmpty()
        && (came.size() >= most || bytes >= MOST_BYTES || clock.instant().isAfter(end));
  }

  /** What is to be recorded now; the batch is empty afterwards, but for failures. */
  List<Update> take() {
    List<Update> taken = List.copyOf(came);
    came.clear();
    bytes = 0;
    end = clock.instant().plus(LONGEST);
    return taken;
  }

  /**
   * What is left at the end.
   *
   * @param reachable whether the API is there: if not, what failed last says nothing of the items
   */
  List<Update> takeLast(boolean reachable) {
    if (reachable) {
      came.addAll(failures);
    }
    failures.clear();
    return take();
  }
}
