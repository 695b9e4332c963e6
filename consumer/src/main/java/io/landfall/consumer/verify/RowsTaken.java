package io.landfall.consumer.verify;

import io.landfall.cli.Progress;
import io.landfall.consumer.bronze.CheckedRows;
import io.landfall.consumer.landing.Offsets;
import io.landfall.consumer.verify.Problem.Kind;
import io.landfall.consumer.verify.RowMark.Fault;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes the marks of all rows: what can be said of each alone is said, the rest is put aside. */
final class RowsTaken implements CheckedRows.Sink, AutoCloseable {

  /** So that one bucket of some million rows is some thousand. */
  private static final int BUCKETS = 64;

  private static final int ORIGIN_BYTES = Integer.BYTES + Long.BYTES;

  private final LandingMap landing;
  private final Map<String, Integer> items;
  private final Offsets landed;
  private final int topicId;
  private final Problems problems = new Problems();
  private final OffsetSet seen;
  private final Buckets byItem;
  private final Buckets byKey;
  private final Optional<DigestsByOffset> digests;
  private final Progress.Work work;
  private final Map<Integer, Long> doubled = new HashMap<>();
  private long rows;
  private long ofOtherTopics;
  private long expired;

  /**
   * @param items a number for each
   * @param digests where hashes of whole rows go, if they are wanted
   */
  RowsTaken(
      LandingMap landing,
      Map<String, Integer> items,
      Offsets landed,
      String topicId,
      Path scratch,
      Optional<DigestsByOffset> digests,
      Progress.Work work) {
    this.landing = landing;
    this.items = items;
    this.landed = landed;
    this.topicId = MarkRows.hash(topicId);
    Map<Integer, Long> beginnings = new HashMap<>();
    landing.partitions().forEach((partition, in) -> beginnings.put(partition, in.beginning()));
    this.seen = OffsetSet.from(beginnings);
    this.byItem = new Buckets(scratch, "items", BUCKETS);
    this.byKey = new Buckets(scratch, "keys", BUCKETS);
    this.digests = digests;
    this.work = work;
  }

  @Override
  public void accept(byte[] extracted) {
    RowMark row = RowMark.of(extracted);
    rows++;
    work.done(1);
    if (row.topicId() != topicId && row.fault() != Fault.UNREADABLE) {
      // Landed from a topic that was there before this one: its offsets say nothing here.
      ofOtherTopics++;
      if (row.fault() != Fault.NONE) {
        damaged(row, "");
      }
      putByKey(row);
      return;
    }
    @Nullable TopicPartitionRows in = landing.partitions().get(row.partition());
    if (in == null || row.offset() < 0 || row.offset() >= landed.in(row.partition())) {
      problems.add(
          Kind.EXTRA, "", row.partition(), row.offset(), "it lies beyond all that was landed");
      return;
    }
    if (row.offset() < in.beginning()) {
      expired++;
      if (row.fault() != Fault.NONE) {
        damaged(row, "");
      }
      putByKey(row);
      return;
    }
    if (!in.has(row.offset())) {
      problems.add(Kind.EXTRA, "", row.partition(), row.offset(), row.name());
      return;
    }
    int number = landing.numberAt(row.partition(), row.offset());
    String item = number < 0 ? "" : landing.revision(number).item();
    digests.ifPresent(all -> all.ofTable(row.partition(), row.offset(), row.everything()));
    if (seen.contains(row.partition(), row.offset())) {
      problems.add(Kind.DOUBLED, item, row.partition(), row.offset(), "");
      if (number >= 0) {
        doubled.merge(items.getOrDefault(item, -1), 1L, Long::sum);
      }
      return;
    }
    seen.add(row.partition(), row.offset());
    boolean isDamaged = isDamaged(row, number, item);
    putByKey(row);
    if (number >= 0) {
      byItem.add(
          items.getOrDefault(item, 0) % BUCKETS,
          ByteBuffer.allocate(Integer.BYTES + 1 + extracted.length)
              .putInt(number)
              .put((byte) (isDamaged ? 1 : 0))
              .put(extracted)
              .array());
    }
  }

  private boolean isDamaged(RowMark row, int number, String item) {
    if (row.fault() != Fault.NONE) {
      damaged(row, item);
      return true;
    }
    if (number < 0) {
      return false;
    }
    Optional<String> unlike = unlike(row, landing.revision(number));
    unlike.ifPresent(
        what ->
            problems.add(
                Kind.DAMAGED,
                item,
                row.partition(),
                row.offset(),
                "its %s is not the one of its revision".formatted(what)));
    return unlike.isPresent();
  }

  private static Optional<String> unlike(RowMark row, Revision revision) {
    var manifest = revision.manifest();
    if (row.revision() != manifest.getRevision()) {
      return Optional.of("_revision");
    }
    if (row.fetchedAt() != manifest.getFetchedAt().toEpochMilli() * 1_000) {
      return Optional.of(MarkRows.FETCHED_AT);
    }
    if (row.shapeVersion() != 0
        && row.shapeVersion() != MarkRows.hash(manifest.getShapeVersion())) {
      return Optional.of(MarkRows.SHAPE_VERSION);
    }
    // That of any other row is in its content hash.
    return row.isRetraction() && row.coverage() != MarkRows.hash(manifest.getCoverage())
        ? Optional.of(MarkRows.COVERAGE)
        : Optional.empty();
  }

  private void damaged(RowMark row, String item) {
    problems.add(
        Kind.DAMAGED,
        item,
        row.partition(),
        row.offset(),
        row.name() + ": " + row.fault().description());
  }

  private void putByKey(RowMark row) {
    byKey.add(
        Math.floorMod(row.key()[0], BUCKETS),
        ByteBuffer.allocate(RowMark.HASH_BYTES + Integer.BYTES + ORIGIN_BYTES)
            .put(row.key())
            .putInt(row.revision())
            .putInt(row.partition())
            .putLong(row.offset())
            .array());
  }

  /** Rows that have key and revision of another one. */
  void findTwice() {
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      Map<ByteBuffer, Boolean> there = new HashMap<>();
      for (byte[] piece : byKey.read(bucket)) {
        ByteBuffer key = ByteBuffer.wrap(piece, 0, RowMark.HASH_BYTES + Integer.BYTES).slice();
        if (there.put(key, true) != null) {
          ByteBuffer origin = ByteBuffer.wrap(piece, key.limit(), ORIGIN_BYTES);
          int partition = origin.getInt();
          long offset = origin.getLong();
          problems.add(
              Kind.TWICE,
              isHere(partition, offset) ? landing.itemAt(partition, offset) : "",
              partition,
              offset,
              "");
        }
      }
    }
  }

  private boolean isHere(int partition, long offset) {
    @Nullable TopicPartitionRows in = landing.partitions().get(partition);
    return in != null && in.has(offset);
  }

  /** Rows of each item, by the number of its revision; in the order of the buckets. */
  Buckets byItem() {
    return byItem;
  }

  OffsetSet seen() {
    return seen;
  }

  long doubledOf(int item) {
    return doubled.getOrDefault(item, 0L);
  }

  Problems problems() {
    return problems;
  }

  long rows() {
    return rows;
  }

  long ofOtherTopics() {
    return ofOtherTopics;
  }

  /** Whose records the topic no longer has. */
  long expired() {
    return expired;
  }

  @Override
  public void close() {
    byItem.close();
    byKey.close();
  }
}
