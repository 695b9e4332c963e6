package io.landfall.consumer.verify;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the landing topic holds up to the table's position: which revision lies at which offset. */
final class LandingMap {

  @SuppressWarnings("ArrayRecordComponent") // searched, never compared
  private record Ranges(long[] firsts, int[] revisions) {}

  private final Map<Integer, TopicPartitionRows> partitions;
  private final List<Revision> revisions;
  private final Map<Revision, Integer> numbers = new HashMap<>();
  private final Map<Integer, Ranges> ranges = new HashMap<>();
  private final Optional<RevisionsByFetch> anew;

  /**
   * @param revisions of all partitions
   * @param anew the same, if the topic was made anew
   */
  LandingMap(
      Map<Integer, TopicPartitionRows> partitions,
      List<Revision> revisions,
      Optional<RevisionsByFetch> anew) {
    this.partitions = partitions;
    this.revisions = List.copyOf(revisions);
    this.anew = anew;
    for (Revision each : revisions) {
      numbers.put(each, numbers.size());
    }
    partitions.forEach(
        (partition, rows) ->
            ranges.put(
                partition,
                new Ranges(
                    rows.runs().stream().mapToLong(TopicPartitionRows.Run::first).toArray(),
                    rows.runs().stream().mapToInt(run -> number(run.revision())).toArray())));
  }

  private int number(@Nullable Revision revision) {
    return revision == null ? -1 : numbers.getOrDefault(revision, -1);
  }

  /**
   * The number of the revision that a row tells of, wherever it was landed from; -1 where that is
   * not told, or not the topic's to know.
   */
  int numberTold(RowMark row) {
    if (anew.isEmpty()) {
      return -1;
    }
    List<Revision> told =
        anew.get()
            .of(
                row.revision(),
                Math.floorDiv(row.fetchedAt(), MarkRows.MICROS),
                row.shapeVersion(),
                row.partition());
    if (told.size() > 1) {
      told.forEach(Revision::doubt);
      return -1;
    }
    return told.isEmpty() ? -1 : number(told.get(0));
  }

  Map<Integer, TopicPartitionRows> partitions() {
    return partitions;
  }

  /** All of which manifests tell, numbered by their place in this list. */
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
