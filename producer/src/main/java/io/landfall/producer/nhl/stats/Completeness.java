package io.landfall.producer.nhl.stats;

import io.landfall.schemas.Item;
import io.landfall.schemas.ItemAnswers;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tells what a game still lacks. A game is complete when its play-by-play has ended, its box score
 * agrees with the plays in eight counts of every skater, and its shift chart's seconds are the box
 * score's time on ice of every player. By the same rule {@link NhlShaper} uses a chart or leaves
 * it.
 */
public final class Completeness {

  private Completeness() {}

  static Map<String, String> missing(ItemAnswers answers) {
    return missing(answers.getItem(), Evidence.parsed(answers));
  }

  /**
   * The endpoints of a game that are still missing, and why; in the order play-by-play, box score,
   * shift chart. Empty when the game is complete. A pure function of the answers.
   */
  public static Map<String, String> missing(Item game, Map<Endpoint, ParsedAnswer> answers) {
    Map<String, String> found = new LinkedHashMap<>();
    try {
      found.putAll(Evidence.of(game, answers).missing());
    } catch (UnusableAnswer e) {
      found.put(Endpoint.PLAY_BY_PLAY.label(), String.valueOf(e.getMessage()));
    }
    Map<String, String> ordered = new LinkedHashMap<>();
    for (Endpoint endpoint : Endpoint.REQUIRED) {
      String reason = found.get(endpoint.label());
      if (reason != null) {
        ordered.put(endpoint.label(), reason);
      }
    }
    return Collections.unmodifiableMap(ordered);
  }
}
