package io.landfall.consumer.verify;

import io.landfall.cli.Progress;
import io.landfall.consumer.bronze.CheckedRows;
import io.landfall.consumer.landing.Offsets;
import io.landfall.consumer.verify.Problem.Kind;
import io.landfall.consumer.verify.RowMark.Fault;
import io.landfall.schemas.Dataset;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Takes the marks of all rows: what can be said of each alone is said, the rest is put aside. */
final class RowsTaken implements CheckedRows.Sink, AutoCloseable {

  /** So that one bucket of some million rows is some thousand. */
  static final int BUCKETS = 64;

  private static final int KEY_BYTES = RowMark.HASH_BYTES + Integer.BYTES;
  private static final int ORIGIN_BYTES = 2 * Integer.BYTES + Long.BYTES;

  private final LandingMap landing;
  private final Map<String, Integer> items;
  private final Offsets begins;
  private final Offsets landed;

  /** Whether revisions are the rows' own, and not those of their items. */
  private final boolean areRowsRevised;

  private final int topicId;
  private final Set<Integer> earlierTopics;
  private final Problems problems = new Problems();
  private final OffsetSet seen;
  private final Buckets byItem;
  private final Buckets byKey;
  private final Optional<DigestsByOffset> digests;
  private final Progress.Work work;
  private final Map<Integer, Long> doubled = new HashMap<>();
  private final OffsetSet known;
  private final int[] there;
  private long rows;
  private long ofOtherTopics;
  private long expired;

  /**
   * @param items a number for each
   * @param digests where hashes of whole rows go, if they are wanted
   */
  RowsTaken(
      Verify.Subject subject,
      LandingMap landing,
      Map<String, Integer> items,
      Optional<DigestsByOffset> digests,
      Progress.Work work) {
    this.landing = landing;
    this.items = items;
    this.begins = subject.begins();
    this.landed = subject.landed();
    this.topicId = MarkRows.hash(subject.topicId());
    this.areRowsRevised = subject.dataset().origin() == Dataset.Origin.DEFINITION;
    this.earlierTopics =
        subject.earlierTopicIds().stream().map(MarkRows::hash).collect(Collectors.toSet());
    Map<Integer, Long> beginnings = new HashMap<>();
    landing.partitions().forEach((partition, in) -> beginnings.put(partition, in.beginning()));
    this.seen = OffsetSet.from(beginnings);
    this.known = OffsetSet.from(beginnings);
    this.there = new int[landing.revisions().size()];
    this.byItem = new Buckets(subject.scratch(), "items", BUCKETS);
    this.byKey = new Buckets(subject.scratch(), "keys", BUCKETS);
    this.digests = digests;
    this.work = work;
  }

  @Override
  public void accept(byte[] extracted) {
    RowMark row = RowMark.of(extracted);
    rows++;
    work.done(1);
    if (row.topicId() != topicId) {
      if (!earlierTopics.contains(row.topicId())) {
        problems.add(
            Kind.EXTRA,
            "",
            row.partition(),
            row.offset(),
            "it names a topic that the table was never filled from");
        return;
      }
      // Landed from a topic that was there before this one: its offsets say nothing here.
      ofOtherTopics++;
      putByKey(row, extracted, -1, false);
      return;
    }
    @Nullable TopicPartitionRows in = landing.partitions().get(row.partition());
    if (in == null || row.offset() < 0 || row.offset() >= landed.in(row.partition())) {
      problems.add(
          Kind.EXTRA, "", row.partition(), row.offset(), "it lies beyond all that was landed");
      return;
    }
    if (row.offset() < begins.in(row.partition())) {
      problems.add(
          Kind.EXTRA, "", row.partition(), row.offset(), "it lies before the table's beginning");
      return;
    }
    if (row.offset() < in.beginning()) {
      expired++;
      putByKey(row, extracted, -1, false);
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
    putByKey(row, extracted, number, true);
    putByItem(number, isDamaged, extracted);
  }

  private void putByItem(int number, boolean isDamaged, byte[] mark) {
    if (number >= 0) {
      byItem.add(
          items.getOrDefault(landing.revision(number).item(), 0) % BUCKETS,
          ByteBuffer.allocate(Integer.BYTES + 1 + mark.length)
              .putInt(number)
              .put((byte) (isDamaged ? 1 : 0))
              .put(mark)
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

  private Optional<String> unlike(RowMark row, Revision revision) {
    var manifest = revision.manifest();
    if (!areRowsRevised && row.revision() != manifest.getRevision()) {
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
    return !areRowsRevised
            && row.isRetraction()
            && row.coverage() != MarkRows.hash(manifest.getCoverage())
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

  /**
   * @param isDone whether all is said of the row that can be said of it alone
   */
  private void putByKey(RowMark row, byte[] extracted, int number, boolean isDone) {
    boolean isWhole = !isDone || isOfSeveralTopics();
    ByteBuffer piece =
        ByteBuffer.allocate(
                KEY_BYTES + ORIGIN_BYTES + (isWhole ? Integer.BYTES + 1 + extracted.length : 0))
            .put(row.key())
            .putInt(row.revision())
            .putInt(row.topicId())
            .putInt(row.partition())
            .putLong(row.offset());
    if (isWhole) {
      piece.putInt(number).put((byte) (isDone ? 1 : 0)).put(extracted);
    }
    byKey.add(bucket(row), piece.array());
  }

  static int bucket(RowMark row) {
    return Math.floorMod(row.key()[0], BUCKETS);
  }

  private boolean isOfSeveralTopics() {
    return !earlierTopics.isEmpty();
  }

  /** What a row that was met first with its key and revision says. */
  private static final class Held {
    private final ByteBuffer origin;
    private final boolean isDone;
    private final byte[] mark;
    private int number;

    Held(ByteBuffer piece) {
      this.origin = piece.slice(KEY_BYTES, ORIGIN_BYTES);
      piece.position(KEY_BYTES + ORIGIN_BYTES);
      this.number = piece.hasRemaining() ? piece.getInt() : -1;
      this.isDone = !piece.hasRemaining() || piece.get() == 1;
      this.mark = new byte[piece.remaining()];
      piece.get(mark);
    }
  }

  private static ByteBuffer key(byte[] piece) {
    return ByteBuffer.wrap(piece, 0, KEY_BYTES).slice();
  }

  /**
   * Brings together what has one key and one revision: rows that stand there twice, and records of
   * the topic without a row of their own, which a row from an earlier topic may be.
   *
   * @param holes such records
   */
  void bringTogether(Optional<Holes> holes) {
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      Map<ByteBuffer, Held> held = new HashMap<>();
      for (byte[] piece : byKey.read(bucket)) {
        Held row = new Held(ByteBuffer.wrap(piece));
        @Nullable Held before = held.putIfAbsent(key(piece), row);
        if (before != null) {
          again(row, before);
        }
      }
      if (holes.isPresent()) {
        fill(holes.get().in(bucket), held);
      }
      held.values().forEach(this::settle);
    }
  }

  private void again(Held row, Held before) {
    boolean isSame = row.origin.equals(before.origin);
    int topic = row.origin.getInt(0);
    int partition = row.origin.getInt(Integer.BYTES);
    long offset = row.origin.getLong(2 * Integer.BYTES);
    String item = topic == topicId ? landing.itemAt(partition, offset) : itemOf(told(row));
    problems.add(
        isSame ? Kind.DOUBLED : Kind.TWICE,
        item,
        partition,
        offset,
        topic == topicId ? "" : "from an earlier topic");
    if (isSame && items.containsKey(item)) {
      doubled.merge(items.getOrDefault(item, -1), 1L, Long::sum);
    }
  }

  private int told(Held row) {
    return row.number >= 0 || row.mark.length == 0
        ? row.number
        : landing.numberTold(RowMark.of(row.mark));
  }

  private String itemOf(int number) {
    return number < 0 ? "" : landing.revision(number).item();
  }

  /** Finds the rows that records are that have none of their own. */
  private void fill(List<Holes.Hole> holes, Map<ByteBuffer, Held> held) {
    Map<ByteBuffer, byte[]> waiting = new HashMap<>();
    for (Holes.Hole hole : holes) {
      RowMark record = hole.record();
      ByteBuffer key =
          ByteBuffer.allocate(KEY_BYTES).put(record.key()).putInt(record.revision()).flip();
      @Nullable Held row = held.get(key);
      if (row == null) {
        byte @Nullable [] sentBefore = waiting.putIfAbsent(key, record.content());
        if (sentBefore != null && Arrays.equals(sentBefore, record.content())) {
          known.add(record.partition(), record.offset());
        }
        continue;
      }
      known.add(record.partition(), record.offset());
      if (row.number < 0) {
        row.number = hole.number();
      }
      RowMark there = RowMark.of(row.mark);
      String item = itemOf(hole.number());
      if (!Arrays.equals(there.content(), record.content())) {
        problems.add(
            Kind.DIFFERS,
            item,
            record.partition(),
            record.offset(),
            "the row of its key and revision has another content hash");
      } else if (there.topicId() != topicId
          && !Arrays.equals(there.everything(), record.everything())) {
        problems.add(
            Kind.DIFFERS,
            item,
            record.partition(),
            record.offset(),
            "the row from an earlier topic that has its content hash has other values");
      }
    }
  }

  /** Says of a row what could not be said of it alone. */
  private void settle(Held row) {
    if (row.mark.length == 0) {
      return;
    }
    int number = told(row);
    if (number >= 0) {
      there[number]++;
    }
    if (row.isDone) {
      return;
    }
    RowMark mark = RowMark.of(row.mark);
    boolean isDamaged = mark.fault() != Fault.NONE;
    if (isDamaged) {
      damaged(mark, itemOf(number));
    }
    putByItem(number, isDamaged, row.mark);
  }

  /** Records that have no row of their own, because another row says the same. */
  OffsetSet known() {
    return known;
  }

  /** How many keys of a revision the table has, if it has rows of several topics. */
  int there(int number) {
    return there[number];
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
