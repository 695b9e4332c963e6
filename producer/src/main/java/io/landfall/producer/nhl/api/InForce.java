package io.landfall.producer.nhl.api;

import io.landfall.producer.nhl.stats.Endpoint;
import io.landfall.producer.nhl.stats.Judgement;
import io.landfall.producer.nhl.stats.ParsedAnswer;
import io.landfall.producer.source.Held;
import io.landfall.schemas.Refusal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Decides which answers for a game are in force: what came now, where it says no less than what was
 * in force before, and else what was. An answer that says less comes into force when it is
 * confirmed: by the other answers, with which it agrees and the one before no longer does, or by
 * coming again on a later day.
 *
 * @param answers those in force now
 * @param judgement what they are worth
 * @param refused for each endpoint whose answer that came now is not in force, why
 */
record InForce(
    Map<Endpoint, ParsedAnswer> answers, Judgement judgement, Map<Endpoint, String> refused) {

  /**
   * Decides.
   *
   * @param came what the API has served now
   * @param before what was in force
   * @param held how much that said, and what was refused before
   * @param zone in which days are counted
   */
  static InForce of(
      Map<Endpoint, ParsedAnswer> came,
      Map<Endpoint, ParsedAnswer> before,
      Held held,
      ZoneId zone,
      Function<Map<Endpoint, ParsedAnswer>, Judgement> judge) {
    return new Choice(came, before, held, zone, judge).best();
  }

  /** Whether answers say no less than others did. */
  static boolean isNoLess(Judgement judgement, Map<String, Integer> least) {
    return least.entrySet().stream().noneMatch(measure -> isLess(judgement, measure));
  }

  /** A correction takes back an event or two, an answer that is cut lacks many. */
  private static boolean isLess(Judgement judgement, Map.Entry<String, Integer> measure) {
    return judgement.quality().getOrDefault(measure.getKey(), 0)
        < measure.getValue() - measure.getValue() / 100;
  }

  private static final class Choice {

    private final Map<Endpoint, ParsedAnswer> came;
    private final Map<Endpoint, ParsedAnswer> before;
    private final Held held;
    private final ZoneId zone;
    private final Function<Map<Endpoint, ParsedAnswer>, Judgement> judge;
    private final Set<Endpoint> replaced = EnumSet.noneOf(Endpoint.class);

    Choice(
        Map<Endpoint, ParsedAnswer> came,
        Map<Endpoint, ParsedAnswer> before,
        Held held,
        ZoneId zone,
        Function<Map<Endpoint, ParsedAnswer>, Judgement> judge) {
      this.came = came;
      this.before = before;
      this.held = held;
      this.zone = zone;
      this.judge = judge;
      came.forEach(
          (endpoint, answer) -> {
            if (before.containsKey(endpoint)
                && !held.has(endpoint.label(), answer.answer().getSha256())) {
              replaced.add(endpoint);
            }
          });
    }

    /** As much of what came as can be in force. */
    InForce best() {
      Set<Endpoint> confirmed = EnumSet.noneOf(Endpoint.class);
      replaced.stream().filter(this::cameOnAnEarlierDay).forEach(confirmed::add);
      Map<String, Integer> least =
          confirmed.isEmpty() ? held.quality() : judge.apply(with(confirmed)).quality();
      for (Set<Endpoint> some : largestFirst(confirmed)) {
        Map<Endpoint, ParsedAnswer> answers = with(some);
        Judgement judgement = judge.apply(answers);
        if (some.equals(confirmed)
            || isNoLess(judgement, least)
            || areConfirmedByTheOthers(some, judgement)) {
          return new InForce(answers, judgement, refused(some, least));
        }
      }
      throw new IllegalStateException("What was in force can always stay in force");
    }

    /** A game that has ended does not become one that has not, however often that is said. */
    private boolean cameOnAnEarlierDay(Endpoint endpoint) {
      ParsedAnswer answer = came.get(endpoint);
      Refusal refusal = held.notInForce().get(endpoint.label());
      return answer != null
          && refusal != null
          && refusal.getSha256().equals(answer.answer().getSha256())
          && LocalDate.ofInstant(refusal.getSince(), zone)
              .isBefore(LocalDate.ofInstant(answer.answer().getFetchedAt(), zone))
          && !judge.apply(with(EnumSet.of(endpoint))).quality().isEmpty();
    }

    /** What was in force, with these endpoints and those that were not held as they came now. */
    private Map<Endpoint, ParsedAnswer> with(Set<Endpoint> some) {
      Map<Endpoint, ParsedAnswer> answers = new EnumMap<>(Endpoint.class);
      answers.putAll(came);
      before.forEach(
          (endpoint, answer) -> {
            if (!came.containsKey(endpoint)
                || (replaced.contains(endpoint) && !some.contains(endpoint))) {
              answers.put(endpoint, answer);
            }
          });
      return answers;
    }

    /** Every set of replaced endpoints with the confirmed ones in it, large ones first. */
    private List<Set<Endpoint>> largestFirst(Set<Endpoint> confirmed) {
      List<Set<Endpoint>> sets = new ArrayList<>();
      sets.add(EnumSet.copyOf(confirmed));
      for (Endpoint endpoint : replaced) {
        if (!confirmed.contains(endpoint)) {
          for (Set<Endpoint> set : List.copyOf(sets)) {
            Set<Endpoint> larger = EnumSet.copyOf(set);
            larger.add(endpoint);
            sets.add(larger);
          }
        }
      }
      sets.sort(Comparator.comparingInt((Set<Endpoint> set) -> set.size()).reversed());
      return sets;
    }

    /** Whether they all agree, and would not with any that says more as it was before. */
    private boolean areConfirmedByTheOthers(Set<Endpoint> some, Judgement judgement) {
      return judgement.agrees()
          && some.stream()
              .allMatch(
                  endpoint -> {
                    Set<Endpoint> others = EnumSet.copyOf(some);
                    others.remove(endpoint);
                    Judgement without = judge.apply(with(others));
                    return !without.agrees() || isNoLess(judgement, without.quality());
                  });
    }

    private Map<Endpoint, String> refused(Set<Endpoint> some, Map<String, Integer> least) {
      Map<Endpoint, String> refused = new EnumMap<>(Endpoint.class);
      for (Endpoint endpoint : replaced) {
        if (!some.contains(endpoint)) {
          Set<Endpoint> more = EnumSet.copyOf(some);
          more.add(endpoint);
          refused.put(endpoint, less(judge.apply(with(more)), least));
        }
      }
      return refused;
    }

    private static String less(Judgement judgement, Map<String, Integer> least) {
      return least.entrySet().stream()
          .filter(
              measure -> judgement.quality().getOrDefault(measure.getKey(), 0) < measure.getValue())
          .sorted(Map.Entry.comparingByKey())
          .map(
              measure ->
                  "%s %d, held %d"
                      .formatted(
                          measure.getKey(),
                          judgement.quality().getOrDefault(measure.getKey(), 0),
                          measure.getValue()))
          .collect(Collectors.joining("; ", "says less than what is held: ", ""));
    }
  }
}
