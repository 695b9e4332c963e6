package io.landfall.consumer.testing;

import java.io.Serializable;

/**
 * Offsets of one partition, one after the other.
 *
 * @param from the first offset
 * @param to the offset behind the last one
 */
public record OffsetRange(int partition, long from, long to) implements Serializable {

  public OffsetRange {
    if (partition < 0 || from < 0 || to <= from) {
      throw new IllegalArgumentException(
          "No range in partition %d: from %d to %d".formatted(partition, from, to));
    }
  }

  /** How many offsets; markers of transactions and gaps count too. */
  public long span() {
    return to - from;
  }
}
