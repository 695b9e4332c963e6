package io.landfall.consumer.bronze;

import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** A set of places in a topic; each takes eight bytes. */
public final class Places implements Serializable {

  /** None at all. */
  public static final Places NONE = new Places(Map.of());

  private final TreeMap<Integer, long[]> sorted;

  private Places(Map<Integer, long[]> sorted) {
    this.sorted = new TreeMap<>(sorted);
  }

  public boolean contains(int partition, long offset) {
    long[] offsets = sorted.get(partition);
    return offsets != null && Arrays.binarySearch(offsets, offset) >= 0;
  }

  public boolean isEmpty() {
    return sorted.isEmpty();
  }

  /** How many there are. */
  public long size() {
    return sorted.values().stream().mapToLong(offsets -> offsets.length).sum();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Places places
        && sorted.keySet().equals(places.sorted.keySet())
        && sorted.entrySet().stream()
            .allMatch(entry -> Arrays.equals(entry.getValue(), places.sorted.get(entry.getKey())));
  }

  @Override
  public int hashCode() {
    return sorted.entrySet().stream()
        .mapToInt(entry -> 31 * entry.getKey() + Arrays.hashCode(entry.getValue()))
        .sum();
  }

  /** Gathers places in any order. */
  public static final class Gathering {

    private final Map<Integer, Growing> found = new TreeMap<>();

    private static final class Growing {
      private long[] offsets = new long[16];
      private int count;

      void add(long offset) {
        if (count == offsets.length) {
          offsets = Arrays.copyOf(offsets, count * 2);
        }
        offsets[count++] = offset;
      }

      long[] distinct() {
        return Arrays.stream(offsets, 0, count).sorted().distinct().toArray();
      }
    }

    public void add(int partition, long offset) {
      found.computeIfAbsent(partition, any -> new Growing()).add(offset);
    }

    public Places places() {
      Map<Integer, long[]> sorted = new HashMap<>();
      found.forEach((partition, offsets) -> sorted.put(partition, offsets.distinct()));
      return new Places(sorted);
    }
  }
}
