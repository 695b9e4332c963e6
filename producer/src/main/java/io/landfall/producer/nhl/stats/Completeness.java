package io.landfall.producer.nhl.stats;

import io.landfall.schemas.Item;
import io.landfall.schemas.ItemAnswers;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tells what a game still lacks. A game is complete when its play-by-play has ended and nothing in
 * it is odd, its box score agrees with the plays in eight counts of every skater, and the seconds
 * of its shifts, of the chart or of both HTML reports, are the box score's time on ice of every
 * player. By the same rule {@link NhlShaper} uses shifts or leaves them.
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
    Map<String, String> reasons = new LinkedHashMap<>();
    gaps(game, answers).forEach((endpoint, gap) -> reasons.put(endpoint.label(), gap.reason()));
    return Collections.unmodifiableMap(reasons);
  }

  /** The same, and for each whether it is small: no reason to wait for better answers for ever. */
  public static Map<Endpoint, Gap> gaps(Item game, Map<Endpoint, ParsedAnswer> answers) {
    try {
      return Evidence.of(game, answers).missing();
    } catch (UnusableAnswer e) {
      return Map.of(Endpoint.PLAY_BY_PLAY, new Gap(String.valueOf(e.getMessage()), false));
    }
  }

  /** How much the answers say; of those that cannot be used, nothing. */
  public static Quality quality(Item game, Map<Endpoint, ParsedAnswer> answers) {
    try {
      return Evidence.of(game, answers).quality();
    } catch (UnusableAnswer e) {
      return Quality.NOTHING;
    }
  }
}
