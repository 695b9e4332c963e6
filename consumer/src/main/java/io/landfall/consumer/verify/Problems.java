package io.landfall.consumer.verify;

import io.landfall.consumer.verify.Problem.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What was found, counted; the first ones of each kind with where they are. */
final class Problems {

  private static final int NAMED = 20;

  private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
  private final List<Problem> named = new ArrayList<>();

  void add(Kind kind, String item, int partition, long offset, String detail) {
    if (counts.merge(kind, 1L, Long::sum) <= NAMED) {
      named.add(new Problem(kind, item, partition, offset, detail));
    }
  }

  /** Whether the next one of a kind will be named. */
  boolean isNaming(Kind kind) {
    return counts.getOrDefault(kind, 0L) < NAMED;
  }

  Map<Kind, Long> counts() {
    return new EnumMap<>(counts);
  }

  List<Problem> named() {
    return List.copyOf(named);
  }
}
