package io.landfall.producer.nhl.stats;

import io.landfall.schemas.Item;
import io.landfall.schemas.ItemAnswers;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Tells what a game still lacks. A game is complete when its play-by-play has ended, its box score
 * agrees with the plays in eight counts of every skater, and its shift chart's seconds are the box
 * score's time on ice of every player. By the same rule {@link NhlShaper} uses a chart or leaves
 * it.
 */
public final class Completeness {

  /** Charts and reports come hours to days late. */
  private static final Duration WITHOUT_ICE_TIME = Duration.ofDays(14);

  private static final Duration SMALL_DISAGREEMENT = Duration.ofDays(3);

  private Completeness() {}

  static Map<String, String> missing(ItemAnswers answers) {
    return judge(answers.getItem(), ParsedAnswer.byEndpoint(answers)).missing();
  }

  /** What some answers for a game are worth. A pure function of the answers. */
  public static Judgement judge(Item game, Map<Endpoint, ParsedAnswer> answers) {
    try {
      Evidence evidence = Evidence.of(game, answers);
      Map<String, String> missing = ordered(evidence.missing());
      return new Judgement(missing, settlesAfter(evidence), evidence.quality(), missing.isEmpty());
    } catch (UnusableAnswer e) {
      return new Judgement(
          Map.of(Endpoint.PLAY_BY_PLAY.label(), String.valueOf(e.getMessage())),
          Optional.empty(),
          Map.of(),
          false);
    }
  }

  /** A game of which the plays are there may have no more; one without them is waited for. */
  private static Optional<Duration> settlesAfter(Evidence evidence) {
    if (evidence.facts().isEmpty() || evidence.missing().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        evidence.facts().get().iceTime() == null ? WITHOUT_ICE_TIME : SMALL_DISAGREEMENT);
  }

  /** In the order play-by-play, box score, shift chart. */
  private static Map<String, String> ordered(Map<String, String> found) {
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
