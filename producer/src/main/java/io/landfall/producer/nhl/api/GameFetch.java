package io.landfall.producer.nhl.api;

import io.landfall.producer.nhl.stats.Endpoint;
import io.landfall.producer.nhl.stats.Judgement;
import io.landfall.producer.nhl.stats.NhlItem;
import io.landfall.producer.nhl.stats.ParsedAnswer;
import io.landfall.producer.source.FetchOutcome;
import io.landfall.producer.source.FetchOutcome.Missing;
import io.landfall.producer.source.FetchOutcome.NotInForce;
import io.landfall.producer.source.Held;
import io.landfall.schemas.AnswerNotInForce;
import io.landfall.schemas.Item;
import io.landfall.schemas.ItemAnswers;
import io.landfall.schemas.ItemState;
import io.landfall.schemas.Refusal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * One fetch of one game: what each endpoint gave, which of it is in force, and what that comes to.
 */
final class GameFetch {

  private final NhlApi api;
  private final Item game;
  private final Held held;
  private final ZoneId zone;
  private final BiFunction<Item, Map<Endpoint, ParsedAnswer>, Judgement> judge;
  private final Map<Endpoint, ParsedAnswer> came = new EnumMap<>(Endpoint.class);
  private final Map<Endpoint, Part.Unusable> unusable = new EnumMap<>(Endpoint.class);

  /**
   * @param zone in which the league counts its days
   * @param judge what some answers are worth
   */
  GameFetch(
      NhlApi api,
      Item game,
      Held held,
      ZoneId zone,
      BiFunction<Item, Map<Endpoint, ParsedAnswer>, Judgement> judge) {
    this.api = api;
    this.game = game;
    this.held = held;
    this.zone = zone;
    this.judge = judge;
  }

  FetchOutcome run() throws InterruptedException {
    boolean inProgress = game.getState() == ItemState.IN_PROGRESS;
    List<Endpoint> wanted = inProgress ? Endpoint.WHILE_IN_PROGRESS : Endpoint.REQUIRED;
    ask(wanted);
    if (held.complete() && cameAgain(Endpoint.REQUIRED) && !isAnyHeld(Endpoint.STAND_INS)) {
      // What they come to was found when they came.
      return new FetchOutcome.Unchanged(Missing.NOTHING);
    }
    if (came.isEmpty()) {
      return withNothing();
    }
    Optional<InForce> chosen = choose(wanted);
    if (!inProgress && chosen.isPresent() && needsStandIns(chosen.get())) {
      ask(Endpoint.STAND_INS);
      chosen = choose(List.of(Endpoint.values()));
    }
    return chosen.map(this::outcome).orElseGet(this::withoutTheArchive);
  }

  private void ask(List<Endpoint> endpoints) throws InterruptedException {
    for (Endpoint endpoint : endpoints) {
      Part part = Part.of(endpoint, api.get(endpoint, NhlItem.gameId(game)), held);
      if (part instanceof Part.Usable found) {
        came.put(endpoint, found.answer());
      } else if (part instanceof Part.Unusable failed) {
        unusable.put(endpoint, failed);
      }
    }
  }

  /** Whether what is held of these endpoints came again as it is, and nothing else came. */
  private boolean cameAgain(List<Endpoint> endpoints) {
    return came.values().stream()
            .map(ParsedAnswer::answer)
            .allMatch(answer -> held.has(answer.getEndpoint(), answer.getSha256()))
        && endpoints.stream().allMatch(endpoint -> came.containsKey(endpoint) || !isHeld(endpoint))
        && unusable.isEmpty()
        && !came.isEmpty();
  }

  private boolean isAnyHeld(List<Endpoint> endpoints) {
    return endpoints.stream().anyMatch(this::isHeld);
  }

  private boolean isHeld(Endpoint endpoint) {
    return held.hashes().containsKey(endpoint.label());
  }

  /**
   * What is in force now.
   *
   * @param asked the endpoints that were asked for
   * @return empty where the archive does not give back what it holds
   */
  private Optional<InForce> choose(List<Endpoint> asked) {
    boolean isNew = held.hashes().isEmpty() && held.quality().isEmpty();
    Optional<Map<Endpoint, ParsedAnswer>> before =
        isNew || cameAgain(asked)
            ? Optional.of(Map.of())
            : held.answers().get().map(ParsedAnswer::byEndpoint);
    return before
        .map(answers -> InForce.of(came, answers, held, zone, some -> judge.apply(game, some)))
        .or(this::whatSaysNoLess);
  }

  /** What the archive has lost is compared by how good it was. */
  private Optional<InForce> whatSaysNoLess() {
    InForce all = InForce.of(came, Map.of(), held, zone, some -> judge.apply(game, some));
    return InForce.isNoLess(all.judgement(), held.quality()) ? Optional.of(all) : Optional.empty();
  }

  private boolean needsStandIns(InForce chosen) {
    return !withoutStandIns(chosen).hasIceTime();
  }

  /** What the answers are worth by themselves: a chart that is complete needs no reports. */
  private Judgement withoutStandIns(InForce chosen) {
    if (Endpoint.STAND_INS.stream().noneMatch(chosen.answers()::containsKey)) {
      return chosen.judgement();
    }
    Map<Endpoint, ParsedAnswer> own = new EnumMap<>(chosen.answers());
    Endpoint.STAND_INS.forEach(own::remove);
    return judge.apply(game, own);
  }

  private FetchOutcome withNothing() {
    if (!unusable.isEmpty() && unusable.values().stream().noneMatch(Part.Unusable::asked)) {
      return new FetchOutcome.NotAsked(reason(unusable.values()));
    }
    String reason = unusable.isEmpty() ? "every answer was empty" : reason(unusable.values());
    return !held.hashes().isEmpty() || unusable.values().stream().anyMatch(Part.Unusable::mayPass)
        ? new FetchOutcome.Unavailable(reason, until())
        : new FetchOutcome.Rejected(reason);
  }

  /** What came says less than what is held, and that cannot stay in force beside it. */
  private FetchOutcome withoutTheArchive() {
    return new FetchOutcome.Unavailable(
        "what came says less than what is held, and the archive has lost that", until());
  }

  private FetchOutcome outcome(InForce chosen) {
    Judgement own = withoutStandIns(chosen);
    boolean chartIsWhole = own.hasIceTime();
    Map<Endpoint, ParsedAnswer> answers = new EnumMap<>(chosen.answers());
    if (chartIsWhole) {
      Endpoint.STAND_INS.forEach(answers::remove);
    }
    Judgement judgement = chartIsWhole ? own : chosen.judgement();
    Missing missing = missing(judgement);
    Map<String, NotInForce> notInForce = notInForce(chosen);
    List<AnswerNotInForce> refused = refused(chosen);
    if (hashes(answers).equals(held.hashes()) && refused.isEmpty()) {
      return failedAlone(missing)
          .orElseGet(() -> new FetchOutcome.Unchanged(missing, judgement.quality(), notInForce));
    }
    return new FetchOutcome.Fetched(
        ItemAnswers.newBuilder()
            .setItem(game)
            .setFetchedAt(latest(came.values()))
            .setAnswers(answers.values().stream().map(ParsedAnswer::answer).toList())
            .setNotInForce(refused)
            .build(),
        missing,
        judgement.quality(),
        notInForce);
  }

  /** A failure beside which nothing new came takes nothing away from what is held. */
  private Optional<FetchOutcome> failedAlone(Missing missing) {
    if (!missing.failed()) {
      return Optional.empty();
    }
    if (unusable.values().stream().noneMatch(Part.Unusable::asked)) {
      return Optional.of(new FetchOutcome.NotAsked(reason(unusable.values())));
    }
    return held.complete()
        ? Optional.of(new FetchOutcome.Unavailable(reason(unusable.values()), until()))
        : Optional.empty();
  }

  /** Of what was asked for and did not come, the reason is known better. */
  private Missing missing(Judgement judgement) {
    Map<String, String> reasons = new LinkedHashMap<>(judgement.missing());
    boolean failed = false;
    for (Map.Entry<Endpoint, Part.Unusable> each : unusable.entrySet()) {
      String endpoint = each.getKey().label();
      boolean counts = Endpoint.REQUIRED.contains(each.getKey());
      boolean isFilled = isHeld(each.getKey()) && !each.getValue().mayPass();
      if (counts && !isFilled) {
        reasons.put(endpoint, each.getValue().reason());
      }
      failed |= each.getValue().mayPass();
    }
    return reasons.isEmpty()
        ? Missing.NOTHING
        : new Missing(reasons, failed, until(), judgement.settlesAfter());
  }

  private static String reason(Collection<Part.Unusable> parts) {
    return parts.stream().map(Part.Unusable::reason).collect(Collectors.joining("; "));
  }

  private Optional<Instant> until() {
    return unusable.values().stream()
        .flatMap(part -> part.until().stream())
        .max(Comparator.naturalOrder());
  }

  /** What came and is not put in force, and what of the required ones is held and came no more. */
  private Map<String, NotInForce> notInForce(InForce chosen) {
    Map<String, NotInForce> found = new HashMap<>();
    chosen
        .refused()
        .forEach(
            (endpoint, why) -> found.put(endpoint.label(), new NotInForce(sha256(endpoint), why)));
    for (Endpoint endpoint : Endpoint.REQUIRED) {
      Part.Unusable part = unusable.get(endpoint);
      if (isHeld(endpoint) && !came.containsKey(endpoint) && (part == null || !part.mayPass())) {
        found.put(
            endpoint.label(),
            new NotInForce("", "no longer served: " + (part == null ? "empty" : part.reason())));
      }
    }
    return found;
  }

  /** The refused ones that are not in the archive yet. */
  private List<AnswerNotInForce> refused(InForce chosen) {
    List<AnswerNotInForce> found = new ArrayList<>();
    chosen
        .refused()
        .forEach(
            (endpoint, why) -> {
              Refusal known = held.notInForce().get(endpoint.label());
              if (known == null || !known.getSha256().equals(sha256(endpoint))) {
                found.add(new AnswerNotInForce(answer(endpoint).answer(), why));
              }
            });
    return found;
  }

  private String sha256(Endpoint endpoint) {
    return answer(endpoint).answer().getSha256();
  }

  private ParsedAnswer answer(Endpoint endpoint) {
    ParsedAnswer answer = came.get(endpoint);
    if (answer == null) {
      throw new IllegalStateException(endpoint + " was refused and never came");
    }
    return answer;
  }

  private static Map<String, String> hashes(Map<Endpoint, ParsedAnswer> answers) {
    return answers.values().stream()
        .map(ParsedAnswer::answer)
        .collect(Collectors.toMap(answer -> answer.getEndpoint(), answer -> answer.getSha256()));
  }

  private static Instant latest(Collection<ParsedAnswer> answers) {
    return answers.stream()
        .map(answer -> answer.answer().getFetchedAt())
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }
}
