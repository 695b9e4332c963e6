package io.landfall.producer.rest;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.landfall.producer.definition.Reading.Absence;
import io.landfall.producer.definition.Reading.Ask;
import io.landfall.producer.definition.ResourceDefinition;
import io.landfall.producer.record.UnusableBody;
import io.landfall.producer.rest.ask.Look;
import io.landfall.producer.rest.ask.Look.Ending;
import io.landfall.producer.rest.ask.Question;
import io.landfall.producer.source.FetchOutcome;
import io.landfall.producer.source.FetchOutcome.Missing;
import io.landfall.producer.source.FetchOutcome.NotInForce;
import io.landfall.producer.source.Held;
import io.landfall.producer.source.Sequel;
import io.landfall.producer.source.Sequel.Next;
import io.landfall.schemas.AnswerNotInForce;
import io.landfall.schemas.ApiAnswer;
import io.landfall.schemas.Item;
import io.landfall.schemas.ItemAnswers;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A look at all that there is of an item: a stretch of time, an item that is listed, or all at
 * once. Where such a look ends by the API's own word, what it does not have is not there.
 */
final class CompleteLook {

  /** That some records were gone when what is in force came, which the next look has to confirm. */
  static final String ABSENT = "absent";

  /** That what is in force was cut short. */
  static final String CUT = "cut";

  private static final String ETAG = "etag.";

  /** Until what is not there any more, or was refused, is looked at again. */
  private static final Duration UNTIL_CONFIRMED = Duration.ofDays(1);

  /** What an item's kind says of it. */
  record Kind(List<Ask> asks, boolean isListed, Absence absence, Course course, ZoneId zone) {}

  private final ResourceDefinition resource;
  private final Item item;
  private final Held held;
  private final Kind kind;
  private final boolean isAccepted;
  private final Function<List<ApiAnswer>, List<Item>> naming;
  private final Clock clock;

  private final List<ApiAnswer> answers = new ArrayList<>();
  private final Map<String, String> missing = new TreeMap<>();
  private final Map<String, String> position = new HashMap<>();
  private final List<String> failures = new ArrayList<>();
  private Optional<Instant> until = Optional.empty();
  private Optional<Instant> askedAt = Optional.empty();
  private boolean isRefused;
  private boolean anythingCame;

  /**
   * One look at one item.
   *
   * @param isAccepted whether it comes into force whatever it takes back
   * @param naming which items answers name
   */
  CompleteLook(
      ResourceDefinition resource,
      Item item,
      Held held,
      Kind kind,
      boolean isAccepted,
      Function<List<ApiAnswer>, List<Item>> naming,
      Clock clock) {
    this.resource = resource;
    this.item = item;
    this.held = held;
    this.kind = kind;
    this.isAccepted = isAccepted;
    this.naming = naming;
    this.clock = clock;
  }

  /** Asks, and says what it came to. */
  FetchOutcome fetch(Looks looks, RestSource.Endings endings) throws InterruptedException {
    for (Ask ask : kind.asks()) {
      Look look = looks.look(question(ask));
      Optional<FetchOutcome> ended = endings.at(item, look.ending());
      if (ended.isPresent()) {
        return ended.get();
      }
      take(ask, look);
    }
    if (!anythingCame) {
      String reason = String.join("; ", failures);
      return isRefused && until.isEmpty()
          ? new FetchOutcome.Rejected(reason)
          : new FetchOutcome.Unavailable(reason, until);
    }
    return outcome();
  }

  private Question question(Ask ask) {
    Question question = Question.of(resource, ask, Items.values(item));
    String etag = held.position().get(ETAG + ask.name());
    return ask.conditional() && etag != null && !held.hashes().isEmpty() && !isToBeArchived()
        ? question.unless(etag)
        : question;
  }

  /** Whether the next look is archived even if it is the same: shape waits for it. */
  private boolean isToBeArchived() {
    return held.position().containsKey(ABSENT) || held.position().containsKey(CUT);
  }

  private void take(Ask ask, Look look) {
    String prefix = Came.prefix(ask, kind.isListed());
    Ending ending = look.ending();
    look.validator().ifPresent(etag -> position.put(ETAG + ask.name(), etag));
    if (ending instanceof Ending.Unchanged) {
      anythingCame = true;
      answers.addAll(heldOf(prefix));
      keep(ETAG + ask.name());
      return;
    }
    if (ending instanceof Ending.Refused refused) {
      isRefused = true;
      failed(prefix, refused.reason(), Optional.empty());
      return;
    }
    if (ending instanceof Ending.Later later) {
      failed(prefix, later.reason(), later.until());
      return;
    }
    if (ending instanceof Ending.CutShort cut) {
      if (look.pages().isEmpty()) {
        failed(prefix, cut.reason(), cut.until());
        return;
      }
      missing.put(prefix + "pages", cut.reason());
      until = later(until, cut.until());
    }
    if (ending instanceof Ending.Filled filled) {
      missing.put(prefix + "pages", filled.reason());
    }
    anythingCame = true;
    askedAt =
        Optional.of(askedAt.filter(one -> one.isBefore(look.askedAt())).orElse(look.askedAt()));
    List<ApiAnswer> came = Came.answers(prefix, look);
    answers.addAll(came);
    if (saysNothing(ask, came)) {
      missing.put(prefix + "pages", "nothing is there yet at " + ask.emptyWhen().orElseThrow());
    }
  }

  /** What is held of an ask that failed stays. */
  private void failed(String prefix, String reason, Optional<Instant> later) {
    failures.add(reason);
    missing.put(prefix + "pages", reason);
    until = later(until, later);
    answers.addAll(heldOf(prefix));
  }

  private static Optional<Instant> later(Optional<Instant> one, Optional<Instant> other) {
    return one.filter(time -> other.filter(time::isBefore).isEmpty()).or(() -> other);
  }

  private List<ApiAnswer> heldOf(String prefix) {
    return held.answers().get().map(ItemAnswers::getAnswers).orElse(List.of()).stream()
        .filter(answer -> answer.getEndpoint().startsWith(prefix + "page-"))
        .toList();
  }

  private static boolean saysNothing(Ask ask, List<ApiAnswer> came) {
    if (ask.emptyWhen().isEmpty()) {
      return false;
    }
    JsonPointer at = ask.emptyWhen().get();
    for (ApiAnswer answer : came) {
      try {
        JsonNode value = SameBut.tree(answer).at(at);
        if ((value.isValueNode() && !value.isNull()) || !value.isEmpty()) {
          return false;
        }
      } catch (IOException e) {
        return false; // That it is no JSON is said by whoever reads its records.
      }
    }
    return true;
  }

  private void keep(String name) {
    String value = held.position().get(name);
    if (value != null) {
      position.putIfAbsent(name, value);
    }
  }

  private FetchOutcome outcome() {
    Instant now = clock.instant();
    boolean isWhole = missing.isEmpty();
    boolean isSame = isSame();
    try {
      List<Item> named = naming.apply(answers);
      if (isSame && !(isToBeArchived() && isWhole)) {
        List.of(ABSENT, CUT).forEach(this::keep);
        return new FetchOutcome.Unchanged(
            missing(now), Map.of(), Map.of(), sequel(now, isSame, Optional.empty(), named));
      }
      Set<String> names = new RecordNames(resource, item).of(answers);
      if (!isWhole) {
        position.put(CUT, "true");
        keep(ABSENT);
        return fetched(now, isSame, false, held.quality(), named);
      }
      Judgement judgement = judged(names, now);
      if (judgement.refusal().isPresent()) {
        return refused(judgement.refusal().get(), now);
      }
      if (judgement.gone() > 0 || isUnknownWhatIsGone()) {
        position.put(ABSENT, Integer.toString(judgement.gone()));
      }
      return fetched(now, isSame, true, Map.of(Judgement.ROWS, judgement.rows()), named);
    } catch (UnusableBody e) {
      return new FetchOutcome.Rejected(
          "the answers for %s have no records to be found: %s"
              .formatted(item.getKey(), e.reason()));
    }
  }

  /** What was cut short cannot be compared with; shape can, which knows every row. */
  private boolean isUnknownWhatIsGone() {
    return held.quality().containsKey(Judgement.ROWS)
        && !held.answers().get().map(ItemAnswers::getComplete).orElse(false);
  }

  private boolean isSame() {
    Map<String, String> hashes = new HashMap<>();
    answers.forEach(answer -> hashes.put(answer.getEndpoint(), answer.getSha256()));
    if (held.changedAt().isEmpty()) {
      return false;
    }
    if (hashes.equals(held.hashes())) {
      // Whoever asks for what the archive has lost wants it back.
      return !(hashes.isEmpty() && held.answers().get().isEmpty());
    }
    return kind.asks().stream().anyMatch(ask -> !ask.sameButFor().isEmpty())
        && hashes.keySet().equals(held.hashes().keySet())
        && SameBut.areSame(
            answers,
            held.answers().get().map(ItemAnswers::getAnswers).orElse(List.of()),
            endpoint -> SameBut.leftOut(resource, item, endpoint));
  }

  private Judgement judged(Set<String> names, Instant now) throws UnusableBody {
    Optional<ItemAnswers> before = held.answers().get();
    return Judgement.of(
        before.isPresent()
            ? new RecordNames(resource, item).of(before.get().getAnswers())
            : Set.of(),
        before.map(ItemAnswers::getComplete).orElse(false),
        names,
        kind.absence(),
        held,
        isAccepted,
        now,
        kind.zone());
  }

  private FetchOutcome fetched(
      Instant now,
      boolean isSame,
      boolean isWhole,
      Map<String, Integer> quality,
      List<Item> named) {
    return new FetchOutcome.Fetched(
        ItemAnswers.newBuilder()
            .setItem(item)
            .setFetchedAt(latest(now))
            .setAnswers(answers)
            .setAskedAt(askedAt.orElse(now))
            .setComplete(isWhole)
            .build(),
        missing(now),
        quality,
        Map.of(),
        sequel(now, isSame, Optional.empty(), named));
  }

  /** Archived beside what stays in force; what comes again is not archived again. */
  private FetchOutcome refused(NotInForce refusal, Instant now) {
    List.of(ABSENT, CUT).forEach(this::keep);
    // What asks for news only is of what is not in force.
    position.keySet().removeIf(name -> name.startsWith(ETAG));
    Map<String, NotInForce> notInForce = Map.of(Judgement.RECORDS, refusal);
    Sequel sequel = sequel(now, true, Optional.of(refusal), List.of());
    boolean isKnown =
        Optional.ofNullable(held.notInForce().get(Judgement.RECORDS))
            .filter(known -> known.getSha256().equals(refusal.sha256()))
            .isPresent();
    Optional<ItemAnswers> before = held.answers().get();
    if (isKnown || before.isEmpty()) {
      return new FetchOutcome.Unchanged(missing(now), Map.of(), notInForce, sequel);
    }
    return new FetchOutcome.Fetched(
        ItemAnswers.newBuilder(before.get())
            .setItem(item)
            .setFetchedAt(latest(now))
            .setNotInForce(
                answers.stream()
                    .map(answer -> new AnswerNotInForce(answer, refusal.reason()))
                    .toList())
            // No look of its own at what is in force: it says nothing of what is not there.
            .setComplete(false)
            .build(),
        missing(now),
        held.quality(),
        notInForce,
        sequel);
  }

  private Instant latest(Instant now) {
    return answers.stream().map(ApiAnswer::getFetchedAt).max(Instant::compareTo).orElse(now);
  }

  private Missing missing(Instant now) {
    Map<String, String> reasons = new TreeMap<>(missing);
    if (missing.isEmpty()) {
      kind.course()
          .goesOnUntil(now)
          .ifPresent(end -> reasons.put("page-1", "goes on until " + end));
    }
    return new Missing(reasons, !failures.isEmpty(), until, Optional.empty());
  }

  private Sequel sequel(
      Instant now, boolean isSame, Optional<NotInForce> refusal, List<Item> named) {
    return new Sequel(
        Optional.of(position), next(now, isSame, refusal.isPresent()), named, true, List.of());
  }

  private Next next(Instant now, boolean isSame, boolean isRefused) {
    if (!missing.isEmpty()) {
      return new Next.AsUsual();
    }
    Next next =
        kind.course()
            .next(now, isSame ? held.changedAt().orElse(now) : now, held.changedAt().isEmpty());
    if (!isRefused && !position.containsKey(ABSENT)) {
      return next;
    }
    Instant confirmed = now.plus(UNTIL_CONFIRMED);
    return next instanceof Next.At at && at.time().isBefore(confirmed)
        ? next
        : new Next.At(confirmed);
  }
}
