package io.landfall.producer.nhl.api;

import io.landfall.producer.nhl.stats.Endpoint;
import io.landfall.producer.nhl.stats.NhlItem;
import io.landfall.producer.nhl.stats.ParsedAnswer;
import io.landfall.producer.source.FetchOutcome;
import io.landfall.producer.source.Held;
import io.landfall.schemas.Item;
import io.landfall.schemas.ItemAnswers;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** One fetch of one game: what each endpoint gave, and what that comes to. */
final class GameFetch {

  private final NhlApi api;
  private final Item game;
  private final Held held;
  private final BiFunction<Item, Map<Endpoint, ParsedAnswer>, Map<String, String>> completeness;
  private final Map<Endpoint, ParsedAnswer> usable = new EnumMap<>(Endpoint.class);
  private final Map<Endpoint, Part.Unusable> unusable = new EnumMap<>(Endpoint.class);

  /**
   * @param completeness for each endpoint that is missing or partial in some answers, why
   */
  GameFetch(
      NhlApi api,
      Item game,
      Held held,
      BiFunction<Item, Map<Endpoint, ParsedAnswer>, Map<String, String>> completeness) {
    this.api = api;
    this.game = game;
    this.held = held;
    this.completeness = completeness;
  }

  FetchOutcome run() throws InterruptedException {
    ask(Endpoint.REQUIRED);
    if (held.complete()
        && unusable.isEmpty()
        && !usable.isEmpty()
        && areAllHeld()
        && Endpoint.STAND_INS.stream().noneMatch(this::isHeld)) {
      // What they come to was found when they came.
      return new FetchOutcome.Unchanged(FetchOutcome.Missing.NOTHING);
    }
    if (usable.isEmpty()) {
      return withNothing();
    }
    Map<String, String> missing = completeness.apply(game, usable);
    if (reasons(missing).containsKey(Endpoint.SHIFT_CHART.label())) {
      ask(Endpoint.STAND_INS);
      missing = completeness.apply(game, usable);
    }
    return noLongerServed().isEmpty() ? outcome(reasons(missing)) : withLess();
  }

  private void ask(List<Endpoint> endpoints) throws InterruptedException {
    for (Endpoint endpoint : endpoints) {
      Part part = Part.of(endpoint, api.get(endpoint, NhlItem.gameId(game)), held);
      if (part instanceof Part.Usable found) {
        usable.put(endpoint, found.answer());
      } else if (part instanceof Part.Unusable failed) {
        unusable.put(endpoint, failed);
      }
    }
  }

  private boolean areAllHeld() {
    return noLongerServed().isEmpty()
        && usable.values().stream()
            .map(ParsedAnswer::answer)
            .allMatch(answer -> held.has(answer.getEndpoint(), answer.getSha256()));
  }

  private boolean isHeld(Endpoint endpoint) {
    return held.hashes().containsKey(endpoint.label());
  }

  /** What is held and did not come this time; a stand-in that is not needed is not asked for. */
  private List<Endpoint> noLongerServed() {
    return Endpoint.REQUIRED.stream()
        .filter(this::isHeld)
        .filter(endpoint -> !usable.containsKey(endpoint))
        .toList();
  }

  private FetchOutcome withNothing() {
    if (!unusable.isEmpty() && unusable.values().stream().noneMatch(Part.Unusable::asked)) {
      return new FetchOutcome.NotAsked(reason(unusable.values()));
    }
    if (!noLongerServed().isEmpty()) {
      return withLess();
    }
    String reason = unusable.isEmpty() ? "every answer was empty" : reason(unusable.values());
    return unusable.values().stream().anyMatch(Part.Unusable::mayPass)
        ? new FetchOutcome.Unavailable(reason, until())
        : new FetchOutcome.Rejected(reason);
  }

  /** Nothing is kept: what is held says more. */
  private FetchOutcome withLess() {
    List<Endpoint> missing = noLongerServed();
    if (missing.stream().allMatch(this::wasNotAsked)) {
      return new FetchOutcome.NotAsked(reason(unusable.values()));
    }
    return new FetchOutcome.Unavailable(
        missing.stream()
            .map(
                endpoint ->
                    endpoint.label() + " is held, but was not served this time: " + why(endpoint))
            .collect(Collectors.joining("; ")),
        until());
  }

  private FetchOutcome outcome(Map<String, String> reasons) {
    FetchOutcome.Missing missing =
        new FetchOutcome.Missing(
            reasons,
            !reasons.isEmpty() && unusable.values().stream().anyMatch(Part.Unusable::mayPass));
    return areAllHeld()
        ? new FetchOutcome.Unchanged(missing)
        : new FetchOutcome.Fetched(answers(), missing);
  }

  private boolean wasNotAsked(Endpoint endpoint) {
    Part.Unusable part = unusable.get(endpoint);
    return part != null && !part.asked();
  }

  private static String reason(Collection<Part.Unusable> parts) {
    return parts.stream().map(Part.Unusable::reason).collect(Collectors.joining("; "));
  }

  private String why(Endpoint endpoint) {
    Part.Unusable part = unusable.get(endpoint);
    return part == null ? "empty" : part.reason();
  }

  private Optional<Instant> until() {
    return unusable.values().stream()
        .flatMap(part -> part.until().stream())
        .max(Comparator.naturalOrder());
  }

  /** Of what was asked for and did not come, the reason is known better. */
  private Map<String, String> reasons(Map<String, String> missing) {
    Map<String, String> reasons = new LinkedHashMap<>(missing);
    for (Endpoint endpoint : Endpoint.REQUIRED) {
      Part.Unusable part = unusable.get(endpoint);
      if (part != null) {
        reasons.put(endpoint.label(), part.reason());
      }
    }
    return reasons;
  }

  private ItemAnswers answers() {
    Instant latest =
        usable.values().stream()
            .map(answer -> answer.answer().getFetchedAt())
            .max(Comparator.naturalOrder())
            .orElseThrow();
    return new ItemAnswers(
        game, latest, usable.values().stream().map(ParsedAnswer::answer).toList());
  }
}
