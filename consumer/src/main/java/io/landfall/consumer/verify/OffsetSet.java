package io.landfall.consumer.verify;

import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * Offsets of a topic, one by one.
 *
 * @param bits per partition, counted from {@code beginnings}
 */
public record OffsetSet(Map<Integer, BitSet> bits, Map<Integer, Long> beginnings) {

  /** None yet, of a topic that begins there. */
  public static OffsetSet from(Map<Integer, Long> beginnings) {
    return new OffsetSet(new TreeMap<>(), new TreeMap<>(beginnings));
  }

  void add(int partition, long offset) {
    bits.computeIfAbsent(partition, any -> new BitSet())
        .set(Math.toIntExact(offset - beginning(partition)));
  }

  void remove(int partition, long offset) {
    if (contains(partition, offset)) {
      bits.getOrDefault(partition, new BitSet())
          .clear(Math.toIntExact(offset - beginning(partition)));
    }
  }

  public boolean contains(int partition, long offset) {
    BitSet in = bits.get(partition);
    long place = offset - beginning(partition);
    return in != null && place >= 0 && place < in.length() && in.get((int) place);
  }

  /** How many. */
  public long size() {
    return bits.values().stream().mapToLong(BitSet::cardinality).sum();
  }

  /** Those of one partition, in order. */
  public LongStream in(int partition) {
    BitSet in = bits.get(partition);
    long beginning = beginning(partition);
    return in == null ? LongStream.empty() : in.stream().mapToLong(place -> beginning + place);
  }

  private long beginning(int partition) {
    return beginnings.getOrDefault(partition, 0L);
  }
}
