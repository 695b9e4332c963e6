package io.landfall.consumer.landing;

import java.util.List;
import java.util.TreeMap;

/** What lies between two places of a topic: the records of one batch. */
public record Stretch(Offsets from, Offsets to) {

  /**
   * The first part of what lies between two places.
   *
   * @param most about the most offsets in it; each partition gives in proportion to what it has
   */
  public static Stretch between(Offsets from, Offsets to, long most) {
    double share = Math.min(1.0, (double) most / Math.max(1, to.since(from)));
    TreeMap<Integer, Long> ends = new TreeMap<>();
    for (int partition : to.partitionsWith(from)) {
      long start = from.in(partition);
      long backlog = Math.max(0, to.in(partition) - start);
      ends.put(partition, start + Math.min(backlog, (long) Math.ceil(backlog * share)));
    }
    return new Stretch(from, new Offsets(ends));
  }

  public long span() {
    return to.since(from);
  }

  /** Partitions that have something in this stretch. */
  public List<OffsetRange> ranges() {
    return to.byPartition().entrySet().stream()
        .filter(end -> end.getValue() > from.in(end.getKey()))
        .map(end -> new OffsetRange(end.getKey(), from.in(end.getKey()), end.getValue()))
        .toList();
  }
}
