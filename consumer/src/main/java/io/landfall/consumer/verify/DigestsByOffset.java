package io.landfall.consumer.verify;

import io.landfall.consumer.landing.Offsets;
import io.landfall.consumer.landing.TopicRecord;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Hashes of whole rows, once as the topic has them and once as the table has them, brought together
 * by where they stand.
 */
final class DigestsByOffset implements AutoCloseable {

  private static final int MOST_BUCKETS = 128;
  private static final long LEAST_OFFSETS = 16 * 1024;

  private final long offsetsInBucket;
  private final Map<Integer, Integer> firstBucket = new HashMap<>();
  private final Offsets beginnings;
  private final Path scratch;
  private final Buckets topic;
  private Buckets table;

  /** What differs. */
  interface Differing {
    void at(int partition, long offset);
  }

  DigestsByOffset(Offsets beginnings, Offsets position, Path scratch) {
    this.beginnings = beginnings;
    this.scratch = scratch;
    this.offsetsInBucket = Math.max(LEAST_OFFSETS, position.since(beginnings) / MOST_BUCKETS + 1);
    int buckets = 0;
    for (int partition : position.partitionsWith(beginnings)) {
      firstBucket.put(partition, buckets);
      long offsets = Math.max(0, position.in(partition) - beginnings.in(partition));
      buckets += 1 + (int) (offsets / offsetsInBucket);
    }
    this.topic = new Buckets(scratch, "topic", buckets);
    this.table = new Buckets(scratch, "table", buckets);
  }

  /** The table is read anew. */
  void forgetTable() {
    int count = table.count();
    table.close();
    table = new Buckets(scratch, "table", count);
  }

  /** Takes a record that is a row. */
  void ofTopic(TopicRecord record, byte[] everything) {
    add(topic, record.partition(), record.offset(), everything);
  }

  void ofTable(int partition, long offset, byte[] everything) {
    add(table, partition, offset, everything);
  }

  private void add(Buckets to, int partition, long offset, byte[] everything) {
    int bucket =
        firstBucket.getOrDefault(partition, 0)
            + (int) ((offset - beginnings.in(partition)) / offsetsInBucket);
    to.add(
        bucket,
        ByteBuffer.allocate(Integer.BYTES + Long.BYTES + everything.length)
            .putInt(partition)
            .putLong(offset)
            .put(everything)
            .array());
  }

  /** Rows that are not what their records are; those that one of the two lacks are not told. */
  void compare(Differing differing) {
    for (int bucket = 0; bucket < topic.count(); bucket++) {
      Map<ByteBuffer, byte[]> records = new HashMap<>();
      for (byte[] piece : topic.read(bucket)) {
        records.put(place(piece), piece);
      }
      TreeMap<Integer, List<Long>> found = new TreeMap<>();
      for (byte[] piece : table.read(bucket)) {
        byte[] record = records.get(place(piece));
        if (record != null && !Arrays.equals(record, piece)) {
          ByteBuffer at = ByteBuffer.wrap(piece);
          found.computeIfAbsent(at.getInt(), any -> new ArrayList<>()).add(at.getLong());
        }
      }
      found.forEach(
          (partition, offsets) ->
              offsets.stream().distinct().sorted().forEach(o -> differing.at(partition, o)));
    }
  }

  private static ByteBuffer place(byte[] piece) {
    return ByteBuffer.wrap(piece, 0, Integer.BYTES + Long.BYTES);
  }

  @Override
  public void close() {
    topic.close();
    table.close();
  }
}
