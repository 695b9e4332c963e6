package io.landfall.sandbox.season;

/** A penalty that is being served. */
final class Sentence {

  /** Who sits, as a place in the team. */
  final int place;

  /** Whether his team plays with one man less for it. */
  final boolean shortens;

  /** Whether a goal against ends it, or the half of a double minor that is running. */
  final boolean endsOnGoal;

  private int left;

  Sentence(int place, int seconds, boolean shortens, boolean endsOnGoal) {
    this.place = place;
    this.left = seconds;
    this.shortens = shortens;
    this.endsOnGoal = endsOnGoal;
  }

  void tick() {
    left--;
  }

  boolean over() {
    return left <= 0;
  }

  /** A goal against: the minor, or what is left of a double minor's first half, is done. */
  void goalAgainst() {
    left = left > 120 ? 120 : 0;
  }
}
