package io.landfall.consumer.landing;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A place in a topic: per partition the first offset that is not behind it. A partition without an
 * entry stands at 0, so a topic may gain partitions.
 */
public record Offsets(SortedMap<Integer, Long> byPartition) {

  private static final Pattern PLACE = Pattern.compile("(\\d{1,9}):(\\d{1,18})");

  /** Where everything begins. */
  public static final Offsets START = new Offsets(Map.of());

  public Offsets {
    byPartition = Collections.unmodifiableSortedMap(new TreeMap<>(byPartition));
  }

  public Offsets(Map<Integer, Long> byPartition) {
    this(new TreeMap<>(byPartition));
  }

  /** The place that {@link #toString} gives; what is no place of a partition is left out. */
  public static Offsets parse(String text) {
    TreeMap<Integer, Long> offsets = new TreeMap<>();
    Matcher places = PLACE.matcher(text);
    while (places.find()) {
      offsets.put(Integer.parseInt(places.group(1)), Long.parseLong(places.group(2)));
    }
    return new Offsets(offsets);
  }

  /** The offset in one partition. */
  public long in(int partition) {
    return byPartition.getOrDefault(partition, 0L);
  }

  /** Whether any partition is further than in the other place. */
  public boolean isBeyond(Offsets other) {
    return byPartition.entrySet().stream()
        .anyMatch(entry -> entry.getValue() > other.in(entry.getKey()));
  }

  /** Whether it is the other place. */
  public boolean isAt(Offsets other) {
    return !isBeyond(other) && !other.isBeyond(this);
  }

  /** The further of the two places, partition by partition. */
  public Offsets furthest(Offsets other) {
    TreeMap<Integer, Long> furthest = new TreeMap<>();
    for (int partition : partitionsWith(other)) {
      furthest.put(partition, Math.max(in(partition), other.in(partition)));
    }
    return new Offsets(furthest);
  }

  /** The nearer of the two places, partition by partition. */
  public Offsets nearest(Offsets other) {
    TreeMap<Integer, Long> nearest = new TreeMap<>();
    for (int partition : partitionsWith(other)) {
      nearest.put(partition, Math.min(in(partition), other.in(partition)));
    }
    return new Offsets(nearest);
  }

  /** How many offsets lie between an earlier place and this one; not how many records. */
  public long since(Offsets earlier) {
    return byPartition.entrySet().stream()
        .mapToLong(entry -> Math.max(0, entry.getValue() - earlier.in(entry.getKey())))
        .sum();
  }

  /** Partitions of either place, in order. */
  public TreeSet<Integer> partitionsWith(Offsets other) {
    TreeSet<Integer> partitions = new TreeSet<>(byPartition.keySet());
    partitions.addAll(other.byPartition.keySet());
    return partitions;
  }

  /** For people: {@code 0:17 1:5}. */
  @Override
  public String toString() {
    return byPartition.entrySet().stream()
        .map(entry -> entry.getKey() + ":" + entry.getValue())
        .collect(Collectors.joining(" "));
  }
}
