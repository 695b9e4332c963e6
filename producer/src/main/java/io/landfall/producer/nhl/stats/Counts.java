package io.landfall.producer.nhl.stats;

import org.jspecify.annotations.Nullable;

/**
 * Counts by situation and tally; what is added to a situation is added to {@code ALL} too. What
 * happened at a strength that nobody knows is in {@code ALL} alone, and of its tally no single
 * situation is known.
 */
final class Counts {

  private static final int WIDTH = Tally.EACH.length;

  private static final int UNKNOWN = Situation.EACH.length;

  private final int[] cells = new int[(Situation.EACH.length + 1) * WIDTH];

  void add(@Nullable Situation situation, Tally tally, int amount) {
    cells[(situation == null ? UNKNOWN : situation.index) * WIDTH + tally.index] += amount;
    cells[Situation.ALL.index * WIDTH + tally.index] += amount;
  }

  int of(Situation situation, Tally tally) {
    return cells[situation.index * WIDTH + tally.index];
  }

  /** Whether the count of a situation is all there was. */
  boolean knows(Situation situation, Tally tally) {
    return situation == Situation.ALL || cells[UNKNOWN * WIDTH + tally.index] == 0;
  }
}
