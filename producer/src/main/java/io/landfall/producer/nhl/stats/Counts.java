package io.landfall.producer.nhl.stats;

/** Counts by situation and tally; what is added to a situation is added to {@code ALL} too. */
final class Counts {

  private static final int WIDTH = Tally.EACH.length;

  private final int[] cells = new int[Situation.EACH.length * WIDTH];

  void add(Situation situation, Tally tally, int amount) {
    cells[situation.index * WIDTH + tally.index] += amount;
    cells[Situation.ALL.index * WIDTH + tally.index] += amount;
  }

  int of(Situation situation, Tally tally) {
    return cells[situation.index * WIDTH + tally.index];
  }
}
