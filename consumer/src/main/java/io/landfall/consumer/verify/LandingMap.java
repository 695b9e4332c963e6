package io.landfall.consumer.verify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the landing topic holds up to the table's position: which revision lies at which offset. */
final class LandingMap {

  @SuppressWarnings("ArrayRecordComponent") // searched, never compared
  private record Ranges(long[] firsts, int[] revisions) {}

  private final Map<Integer, TopicPartitionRows> partitions;
  private final List<Revision> revisions = new ArrayList<>();
  private final Map<Integer, Ranges> ranges = new HashMap<>();

  LandingMap(Map<Integer, TopicPartitionRows> partitions) {
    this.partitions = partitions;
    partitions.forEach(
        (partition, rows) -> {
          List<Revision> found = rows.found();
          ranges.put(
              partition,
              new Ranges(
                  found.stream().mapToLong(Revision::first).toArray(),
                  found.stream()
                      .mapToInt(
                          revision -> {
                            revisions.add(revision);
                            return revisions.size() - 1;
                          })
                      .toArray()));
        });
  }

  Map<Integer, TopicPartitionRows> partitions() {
    return partitions;
  }

  /** All of which the topic has records, numbered by their place in this list. */
  List<Revision> revisions() {
    return revisions;
  }

  Revision revision(int number) {
    return revisions.get(number);
  }

  /** The number of the revision that a record belongs to; -1 for a stranger's. */
  int numberAt(int partition, long offset) {
    @Nullable TopicPartitionRows rows = partitions.get(partition);
    @Nullable Ranges in = ranges.get(partition);
    if (rows == null || in == null || rows.isStranger(offset)) {
      return -1;
    }
    int at = Arrays.binarySearch(in.firsts(), offset);
    int candidate = at >= 0 ? at : -at - 2;
    return candidate < 0 ? -1 : in.revisions()[candidate];
  }

  String itemAt(int partition, long offset) {
    int number = numberAt(partition, offset);
    return number < 0 ? "" : revisions.get(number).item();
  }

  long records() {
    return partitions.values().stream().mapToLong(rows -> rows.records().cardinality()).sum();
  }
}
