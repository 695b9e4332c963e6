package io.landfall.sandbox.season;

import java.util.ArrayList;
import java.util.List;

/** One team's penalty box. At most two sentences shorten the team at a time; a third waits. */
final class PenaltyBox {

  private static final int MOST_AT_ONCE = 2;

  private final List<Sentence> sentences = new ArrayList<>();
  private int ejected;

  void add(Sentence sentence) {
    sentences.add(sentence);
  }

  /** Sends a player off for the rest of the game. */
  void eject(int place) {
    ejected |= 1 << place;
  }

  /** How many men the team is short of, 0 to 2. */
  int shortBy() {
    int count = 0;
    for (Sentence sentence : sentences) {
      count += sentence.shortens ? 1 : 0;
    }
    return Math.min(MOST_AT_ONCE, count);
  }

  /** The places that may not be on the ice. */
  int unavailable() {
    int mask = ejected;
    for (Sentence sentence : sentences) {
      mask |= 1 << sentence.place;
    }
    return mask;
  }

  /** A second of play goes by; the places of those whose time is over. */
  int tick() {
    if (sentences.isEmpty()) {
      return 0;
    }
    int released = 0;
    int running = 0;
    for (int i = 0; i < sentences.size(); i++) {
      Sentence sentence = sentences.get(i);
      if (!sentence.shortens || running++ < MOST_AT_ONCE) {
        sentence.tick();
      }
    }
    for (Sentence sentence : sentences) {
      released |= sentence.over() ? 1 << sentence.place : 0;
    }
    sentences.removeIf(Sentence::over);
    return released & ~unavailable();
  }

  /** The opponents scored with a man more: the oldest sentence that a goal ends is over. */
  void goalAgainst() {
    for (Sentence sentence : sentences) {
      if (sentence.shortens && sentence.endsOnGoal) {
        sentence.goalAgainst();
        break;
      }
    }
    sentences.removeIf(Sentence::over);
  }
}
