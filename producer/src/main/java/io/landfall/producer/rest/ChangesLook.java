package io.landfall.producer.rest;

import io.landfall.cli.LandfallException;
import io.landfall.producer.definition.Reading.Ask;
import io.landfall.producer.definition.Reading.Changes;
import io.landfall.producer.definition.Reading.Order;
import io.landfall.producer.definition.ResourceDefinition;
import io.landfall.producer.rest.ask.CursorForm;
import io.landfall.producer.rest.ask.CursorValue;
import io.landfall.producer.rest.ask.Look;
import io.landfall.producer.rest.ask.Look.Ending;
import io.landfall.producer.rest.ask.Question;
import io.landfall.producer.source.FetchOutcome;
import io.landfall.producer.source.FetchOutcome.Missing;
import io.landfall.producer.source.Held;
import io.landfall.producer.source.Sequel;
import io.landfall.producer.source.Sequel.Next;
import io.landfall.schemas.ApiAnswer;
import io.landfall.schemas.Item;
import io.landfall.schemas.ItemAnswers;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A look at what has changed since a position. The position moves when the look was whole, to the
 * highest cursor seen, and never beyond what may still become visible: the start of the look, by
 * the API's clock, less the lag.
 */
final class ChangesLook {

  /** Where the next look begins; included. */
  static final String SINCE = "since";

  /** Up to when all changes are known to have been seen. */
  static final String THROUGH = "through";

  private static final String ETAG = "etag";

  /** Bodies of one look in ascending order; what follows is the next one's. */
  static final long MOST_BYTES = 8L * 1024 * 1024;

  private final ResourceDefinition resource;
  private final Changes changes;
  private final Item item;
  private final Held held;
  private final boolean isAccepted;
  private final Function<List<ApiAnswer>, List<Item>> naming;
  private final Clock clock;
  private final CursorForm form;

  /**
   * One look at one item.
   *
   * @param isAccepted whether it goes on from a position that the API may have forgotten
   * @param naming which items answers name
   */
  ChangesLook(
      ResourceDefinition resource,
      Changes changes,
      Item item,
      Held held,
      boolean isAccepted,
      Function<List<ApiAnswer>, List<Item>> naming,
      Clock clock) {
    this.resource = resource;
    this.changes = changes;
    this.item = item;
    this.held = held;
    this.isAccepted = isAccepted;
    this.naming = naming;
    this.clock = clock;
    this.form = new CursorForm(changes.cursor());
  }

  /**
   * Asks, and says what it came to.
   *
   * @throws LandfallException if the API has forgotten what changed since the position
   */
  FetchOutcome fetch(Looks looks, RestSource.Endings endings) throws InterruptedException {
    Instant now = clock.instant();
    List<String> notes = notes(now);
    CursorValue since = since(now);
    Look look = looks.look(question(since));
    Optional<FetchOutcome> ended = endings.at(item, look.ending());
    if (ended.isPresent()) {
      return ended.get();
    }
    Ending ending = look.ending();
    if (ending instanceof Ending.Refused refused) {
      return new FetchOutcome.Rejected(refused.reason());
    }
    if (ending instanceof Ending.Later later) {
      return new FetchOutcome.Unavailable(later.reason(), later.until());
    }
    if (ending instanceof Ending.Gone gone) {
      return new FetchOutcome.Rejected(gone.reason());
    }
    if (ending instanceof Ending.CutShort cut && look.pages().isEmpty()) {
      return new FetchOutcome.Unavailable(cut.reason(), cut.until());
    }
    return outcome(look, since, notes);
  }

  private Question question(CursorValue since) {
    Ask ask = changes.ask();
    Map<String, String> values = new HashMap<>(Items.values(item));
    values.put("since", form.sent(since));
    Question question = Question.of(resource, ask, values).by(changes.cursor(), changes.order());
    if (changes.order() == Order.ASCENDING) {
      question = question.within(MOST_BYTES);
    }
    String etag = held.position().get(ETAG);
    return ask.conditional() && etag != null && !held.hashes().isEmpty()
        ? question.unless(etag)
        : question;
  }

  /**
   * Where the first look begins: at the first run, be it that it failed, less what may become
   * visible late.
   */
  private CursorValue since(Instant now) {
    return Optional.ofNullable(held.position().get(SINCE))
        .flatMap(form::ofKept)
        .orElseGet(
            () ->
                form.isTime()
                    ? CursorValue.at(
                        changes
                            .from()
                            .orElseGet(() -> Items.firstRun(item).orElse(now).minus(changes.lag())))
                    : new CursorValue(BigDecimal.ZERO));
  }

  private List<String> notes(Instant now) {
    if (resource.forgetsAfter().isEmpty() || !form.isTime()) {
      return List.of();
    }
    Optional<Instant> known = known();
    if (known.isEmpty()) {
      return List.of();
    }
    Duration forgets = resource.forgetsAfter().get();
    Duration age = Duration.between(known.get(), now);
    if (age.compareTo(forgets) > 0 && !isAccepted) {
      throw LandfallException.refused(
          "The API of %s serves what changed for %s, and what changed was read up to %s, which is %s ago: changes since then may be lost. Nothing was asked. Read all of it anew by windows or whole, if the definition has them; then go on from what the API still has: producer fetch --accept %s"
              .formatted(item.getKey(), days(forgets), known.get(), days(age), item.getKey()));
    }
    return age.multipliedBy(2).compareTo(forgets) > 0
        ? List.of(
            "%s: what changed was read up to %s, and the API serves it for %s only; after that it is lost"
                .formatted(item.getKey(), known.get(), days(forgets)))
        : List.of();
  }

  private static String days(Duration duration) {
    return duration.toDays() > 1
        ? duration.toDays() + " days"
        : "%,d minutes".formatted(duration.toMinutes());
  }

  /** Up to when everything was seen: a position may be old because nothing changes. */
  private Optional<Instant> known() {
    Optional<Instant> since =
        Optional.ofNullable(held.position().get(SINCE))
            .flatMap(form::ofKept)
            .map(CursorValue::time);
    Optional<Instant> through =
        Optional.ofNullable(held.position().get(THROUGH)).map(Instant::parse);
    return through.filter(one -> since.filter(one::isBefore).isEmpty()).or(() -> since);
  }

  private FetchOutcome outcome(Look look, CursorValue since, List<String> notes) {
    Ending ending = look.ending();
    boolean isWhole = !(ending instanceof Ending.Filled) && !(ending instanceof Ending.CutShort);
    boolean goesOn = ending instanceof Ending.Filled && changes.order() == Order.ASCENDING;
    CursorValue next = isWhole || goesOn ? next(look, since) : since;
    boolean advances = next.compareTo(since) > 0;
    Map<String, String> position = position(look, next, isWhole);
    Missing missing = missing(ending, next, goesOn, advances);
    Instant now = clock.instant();
    List<ApiAnswer> answers = Came.answers("", look);
    Sequel sequel =
        new Sequel(
            Optional.of(position),
            goesOn && advances
                ? new Next.AtOnce()
                : isWhole ? new Next.At(look.askedAt().plus(changes.every())) : new Next.AsUsual(),
            naming.apply(answers),
            true,
            notes);
    if (ending instanceof Ending.Unchanged || ending instanceof Ending.Empty || isSame(answers)) {
      return new FetchOutcome.Unchanged(missing, Map.of(), Map.of(), sequel);
    }
    return new FetchOutcome.Fetched(
        ItemAnswers.newBuilder()
            .setItem(item)
            .setFetchedAt(
                answers.stream().map(ApiAnswer::getFetchedAt).max(Instant::compareTo).orElse(now))
            .setAnswers(answers)
            .setAskedAt(look.askedAt())
            .setComplete(isWhole)
            .build(),
        missing,
        Map.of(),
        Map.of(),
        sequel);
  }

  /** Never backward, and never beyond what may still become visible. */
  private CursorValue next(Look look, CursorValue since) {
    CursorValue highest = look.highest().orElse(since);
    if (form.isTime()) {
      CursorValue visible = CursorValue.at(visibleThrough(look));
      highest = highest.compareTo(visible) > 0 ? visible : highest;
    }
    return highest.compareTo(since) > 0 ? highest : since;
  }

  private Instant visibleThrough(Look look) {
    return look.dated().orElse(look.askedAt()).minus(changes.lag());
  }

  private Map<String, String> position(Look look, CursorValue next, boolean isWhole) {
    Map<String, String> position = new HashMap<>();
    position.put(SINCE, form.kept(next));
    Optional<String> through =
        isWhole
            ? Optional.of(visibleThrough(look).toString())
            : Optional.ofNullable(held.position().get(THROUGH));
    through.ifPresent(time -> position.put(THROUGH, time));
    Optional<String> etag =
        look.ending() instanceof Ending.Unchanged
            ? Optional.ofNullable(held.position().get(ETAG))
            : look.validator();
    etag.filter(value -> isWhole).ifPresent(value -> position.put(ETAG, value));
    return position;
  }

  private Missing missing(Ending ending, CursorValue next, boolean goesOn, boolean advances) {
    if (ending instanceof Ending.CutShort cut) {
      return new Missing(Map.of("pages", cut.reason()), false, cut.until(), Optional.empty());
    }
    if (ending instanceof Ending.Filled filled) {
      return new Missing(
          Map.of(
              "pages",
              goesOn && advances
                  ? "more has changed since %s: it goes on from there".formatted(form.kept(next))
                  : goesOn
                      ? "%s, and all of that is of %s: it does not advance"
                          .formatted(filled.reason(), form.kept(next))
                      : filled.reason()),
          false);
    }
    return Missing.NOTHING;
  }

  private boolean isSame(List<ApiAnswer> answers) {
    Map<String, String> hashes = new HashMap<>();
    answers.forEach(answer -> hashes.put(answer.getEndpoint(), answer.getSha256()));
    if (held.changedAt().isEmpty() || !hashes.keySet().equals(held.hashes().keySet())) {
      return false;
    }
    return hashes.equals(held.hashes())
        || (!changes.ask().sameButFor().isEmpty()
            && SameBut.areSame(
                answers,
                held.answers().get().map(ItemAnswers::getAnswers).orElse(List.of()),
                endpoint -> changes.ask().sameButFor()));
  }
}
