package io.landfall.producer.nhl.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is odd in one answer and cost only itself: counted, and the first of it named. */
final class Oddities {

  private static final int NAMED = 3;

  private final String what;
  private final List<String> named = new ArrayList<>();
  private int count;

  Oddities(String what) {
    this.what = what;
  }

  void add(String one) {
    count++;
    if (named.size() < NAMED && !named.contains(one)) {
      named.add(one);
    }
  }

  int count() {
    return count;
  }

  /** What and how many, or empty if there are none. */
  Optional<String> text() {
    return count == 0
        ? Optional.empty()
        : Optional.of(
            "%s: %d (%s%s)"
                .formatted(
                    what, count, String.join("; ", named), count > named.size() ? "; …" : ""));
  }
}
