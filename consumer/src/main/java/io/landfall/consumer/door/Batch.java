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
 * @param known how many records are left out because the table holds them from an earlier topic
 */
public record Batch(String topicId, Offsets from, Offsets read, Instant began, long known) {

  /** Below this many offsets a further task and a further file cost more than they bring. */
  private static final long OFFSETS_WORTH_A_TASK = 50_000;

  /** Of records that were read before, and not now. */
  public static Batch of(String topicId, Offsets position, Instant began) {
    return new Batch(topicId, position, position, began);
  }

  /** A batch of which nothing is left out. */
  public Batch(String topicId, Offsets from, Offsets read, Instant began) {
    this(topicId, from, read, began, 0);
  }

  /**
   * The same, from which records were left out.
   *
   * @param ends the offset behind the last record of each partition, with those that were left out
   */
  public Batch without(long records, Offsets ends) {
    return new Batch(topicId, from, read.furthest(ends), began, known + records);
  }

  /** Whether it moves the table on even if there is no row to append. */
  public boolean isWorthACommit() {
    return known > 0;
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
