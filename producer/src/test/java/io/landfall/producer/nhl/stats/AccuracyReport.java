package io.landfall.producer.nhl.stats;

import java.util.LinkedHashMap;
import java.util.Map;

/** Collects what the proofs compared, for docs/accuracy.md. */
final class AccuracyReport {

  /** One proof: how many games it saw, what it compared, and how much of it was different. */
  record Line(String proof, String unit, int games, int compared, int different) {

    private Line and(int moreGames, int moreCompared, int moreDifferent) {
      return new Line(
          proof, unit, games + moreGames, compared + moreCompared, different + moreDifferent);
    }
  }

  private static final Map<String, Line> LINES = new LinkedHashMap<>();

  private AccuracyReport() {}

  /** Adds what a proof compared in one game. */
  static void add(String proof, String unit, int compared, int different) {
    add(proof, unit, 1, compared, different);
  }

  /** Adds what a proof compared in several games. */
  static synchronized void add(String proof, String unit, int games, int compared, int different) {
    Line line = LINES.getOrDefault(proof, new Line(proof, unit, 0, 0, 0));
    LINES.put(proof, line.and(games, compared, different));
  }

  static synchronized void clear() {
    LINES.clear();
  }

  static synchronized Map<String, Line> lines() {
    return new LinkedHashMap<>(LINES);
  }
}
