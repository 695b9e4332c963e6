package io.landfall.producer.nhl.stats;

import io.landfall.schemas.Item;
import io.landfall.schemas.ItemAnswers;
import io.landfall.schemas.ItemState;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Tells what a game still lacks. A game is complete when its play-by-play has ended and nothing in
 * it is odd, its box score agrees with the plays in eight counts of every skater, and the seconds
 * of its shifts, of the chart or of both HTML reports, are the box score's time on ice of every
 * player. By the same rule {@link NhlShaper} uses shifts or leaves them.
 */
public final class Completeness {

  /** What differs by little and stays so will not change any more. */
  private static final Duration SMALL = Duration.ofDays(3);

  /** Charts and reports come hours to days late. */
  private static final Duration REAL = Duration.ofDays(14);

  private Completeness() {}

  static Map<String, String> missing(ItemAnswers answers) {
    return judge(answers.getItem(), ParsedAnswer.byEndpoint(answers)).missing();
  }

  /** What some answers for a game are worth. A pure function of the answers. */
  public static Judgement judge(Item game, Map<Endpoint, ParsedAnswer> answers) {
    try {
      Evidence evidence = Evidence.of(game, answers);
      if (game.getState() == ItemState.IN_PROGRESS) {
        return inProgress(evidence);
      }
      Quality quality = evidence.quality();
      return new Judgement(
          reasons(evidence.missing()),
          settlesAfter(evidence),
          quality.measures(),
          quality.agrees(),
          evidence.facts().map(Evidence.Facts::shifts).filter(CheckedIceTime::isExact).isPresent());
    } catch (UnusableAnswer e) {
      return new Judgement(
          Map.of(Endpoint.PLAY_BY_PLAY.label(), String.valueOf(e.getMessage())),
          Optional.empty(),
          Map.of(),
          false,
          false);
    }
  }

  /** Nothing of a game in progress is complete, whatever its answers agree on. */
  private static Judgement inProgress(Evidence evidence) {
    return new Judgement(
        Map.of(Endpoint.PLAY_BY_PLAY.label(), "in progress"),
        Optional.empty(),
        evidence.progress(),
        false,
        false);
  }

  /** A game of which there are rows may get no better; one without any is waited for. */
  private static Optional<Duration> settlesAfter(Evidence evidence) {
    boolean hasRows = evidence.facts().filter(facts -> !facts.coverage().isEmpty()).isPresent();
    if (!hasRows || evidence.missing().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(evidence.missing().values().stream().allMatch(Gap::small) ? SMALL : REAL);
  }

  /** In the order play-by-play, box score, shift chart, and what stands in for it. */
  private static Map<String, String> reasons(Map<Endpoint, Gap> gaps) {
    Map<String, String> reasons = new LinkedHashMap<>();
    new TreeMap<>(gaps).forEach((endpoint, gap) -> reasons.put(endpoint.label(), gap.reason()));
    return Collections.unmodifiableMap(reasons);
  }
}
