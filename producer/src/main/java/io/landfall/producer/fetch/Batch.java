package io.landfall.producer.fetch;

import io.landfall.producer.ledger.Update;
import io.landfall.schemas.LedgerEntry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

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
  private final Function<String, Optional<LedgerEntry>> recorded;
  private final Map<String, Update> came = new LinkedHashMap<>();
  private final Map<String, Update> failures = new LinkedHashMap<>();
  private long bytes;
  private Instant end;

  /**
   * An empty one.
   *
   * @param most items in it
   * @param recorded what the ledger has of an item, by its key
   */
  Batch(int most, Function<String, Optional<LedgerEntry>> recorded, Clock clock) {
    this.recorded = recorded;
    this.most = most;
    this.clock = clock;
    this.end = clock.instant().plus(LONGEST);
  }

  void add(Fetched one) {
    if (one.isAnswered()) {
      failures.values().forEach(this::come);
      failures.clear();
      one.updates(this::latest).forEach(this::come);
      bytes += one.bytes();
    } else {
      one.updates(this::latest).forEach(update -> failures.put(update.key(), update));
    }
  }

  /** What will be known of an item when all of this is recorded, but for failures. */
  private Optional<LedgerEntry> latest(String key) {
    return Optional.ofNullable(came.get(key)).map(Update::entry).or(() -> recorded.apply(key));
  }

  /** The answers of an item that was fetched stay with it where another look names it. */
  private void come(Update update) {
    came.merge(
        update.key(),
        update,
        (before, next) ->
            new Update(next.answers().isEmpty() ? before.answers() : next.answers(), next.entry()));
  }

  boolean isFull() {
    return !came.isEmpty()
        && (came.size() >= most || bytes >= MOST_BYTES || clock.instant().isAfter(end));
  }

  /** What is to be recorded now; the batch is empty afterwards, but for failures. */
  List<Update> take() {
    List<Update> taken = List.copyOf(came.values());
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
      failures.values().forEach(this::come);
    }
    failures.clear();
    return take();
  }
}
