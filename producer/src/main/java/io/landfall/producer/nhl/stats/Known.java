package io.landfall.producer.nhl.stats;

import java.util.Set;

/**
 * Which counts the plays tell whole: only these are facts, the others null.
 *
 * @param tallies a bit for each tally
 * @param situations whether they tell of the single situations
 */
record Known(int tallies, boolean situations) {

  static final Known NOTHING = new Known(0, false);

  /** Every tally but these. */
  static Known without(Set<Tally> unknown, boolean situations) {
    int tallies = 0;
    for (Tally tally : Tally.EACH) {
      tallies |= unknown.contains(tally) ? 0 : 1 << tally.index;
    }
    return new Known(tallies, situations);
  }

  /** Whether the plays tell anything. */
  boolean anything() {
    return tallies != 0;
  }

  boolean has(Tally tally) {
    return (tallies >> tally.index & 1) != 0;
  }

  /** Whether a count is whole in a situation. */
  boolean has(Counts counts, Situation situation, Tally tally) {
    return has(tally)
        && (situations || situation == Situation.ALL)
        && counts.knows(situation, tally);
  }
}
