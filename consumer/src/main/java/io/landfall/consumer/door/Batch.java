package io.landfall.consumer.door;

import io.landfall.consumer.landing.Offsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What is known of a batch before it is read.
 *
 * @param from where the table stood when the query began to read it
 * @param read up to where the query has read, with the markers behind the last record; no further
 *     than {@code from} where that is not known
 * @param began goes into each row
 */
public record Batch(String topicId, Offsets from, Offsets read, Instant began) {

  /** Below this many offsets a further task and a further file cost more than they bring. */
  private static final long OFFSETS_WORTH_A_TASK = 50_000;

  /** Of records that were read before, and not now. */
  public static Batch of(String topicId, Offsets position, Instant began) {
    return new Batch(topicId, position, position, began);
  }

  /** How many tasks the work is worth. */
  public int tasks(int parallelism) {
    return (int) Math.min(1 + read.since(from) / OFFSETS_WORTH_A_TASK, Math.max(1, parallelism));
  }

  /**
   * Where the table stands once the batch is in it: behind its last rows at least.
   *
   * @param rows the offset behind the last row of each partition
   */
  public Offsets to(Offsets rows) {
    return from.furthest(rows).furthest(read);
  }

  /** When it began, in microseconds since 1970. */
  public long beganMicros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, began);
  }
}
