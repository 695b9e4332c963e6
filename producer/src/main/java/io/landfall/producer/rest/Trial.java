package io.landfall.producer.rest;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.landfall.producer.definition.Reading;
import io.landfall.producer.definition.Reading.Ask;
import io.landfall.producer.definition.ResourceDefinition;
import io.landfall.producer.definition.SourceDefinition;
import io.landfall.producer.record.ApiRecord;
import io.landfall.producer.record.RecordReader;
import io.landfall.producer.record.UnusableBody;
import io.landfall.producer.rest.ask.Asking;
import io.landfall.producer.rest.ask.CursorForm;
import io.landfall.producer.rest.ask.CursorValue;
import io.landfall.producer.rest.ask.Look;
import io.landfall.producer.rest.ask.Question;
import io.landfall.schemas.Item;
import io.landfall.schemas.ItemAnswers;
import io.landfall.schemas.ItemState;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks at one item of a resource as a run would, for somebody who tries a definition out. */
public final class Trial {

  private static final Duration A_WHILE = Duration.ofDays(1);

  /**
   * What is looked at.
   *
   * @param values for the placeholders of its requests
   * @param asks what is asked, one after the other
   * @param changes how changes come, where it is about them
   */
  public record Subject(
      Item item, Map<String, String> values, List<Ask> asks, Optional<Reading.Changes> changes) {}

  /**
   * What came of one ask.
   *
   * @param ask which
   * @param look what it came to
   */
  public record Asked(Ask ask, Look look) {}

  private final SourceDefinition source;
  private final Asking asking;
  private final Clock clock;

  public Trial(SourceDefinition source, Asking asking, Clock clock) {
    this.source = source;
    this.asking = asking;
    this.clock = clock;
  }

  /** What there is to look at of a resource: one of each kind in which it is read. */
  public List<Subject> subjects(ResourceDefinition resource, Optional<String> wanted)
      throws InterruptedException {
    Map<String, String> forEach = Items.combinations(source.forEach()).get(0);
    List<Subject> subjects = new ArrayList<>();
    if (resource.windows().isPresent()) {
      Reading.Windows windows = resource.windows().get();
      window(resource, windows, forEach, wanted).ifPresent(subjects::add);
    }
    if (resource.changes().isPresent()) {
      Reading.Changes changes = resource.changes().get();
      subjects.add(changes(resource, changes, forEach, wanted));
    }
    if (resource.whole().isPresent()) {
      Item item = standing(resource, Items.WHOLE, forEach);
      subjects.add(
          new Subject(
              item, Items.values(item), List.of(resource.whole().get().ask()), Optional.empty()));
    }
    if (resource.listed().isPresent()) {
      subjects.addAll(listed(resource, resource.listed().get(), forEach, wanted));
    }
    return subjects;
  }

  private Item standing(ResourceDefinition resource, String kind, Map<String, String> forEach) {
    return Items.standing(
        resource.name(), kind, forEach, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
  }

  /** The one that is wanted, or the latest one that is over. */
  private Optional<Subject> window(
      ResourceDefinition resource,
      Reading.Windows windows,
      Map<String, String> forEach,
      Optional<String> wanted) {
    Instant now = clock.instant();
    Optional<LocalDate> day = wanted.flatMap(Trial::day);
    LocalDate last = day.orElse(LocalDate.ofInstant(now, windows.zone()));
    List<Stretch> all =
        Stretch.of(windows, last.minusDays(windows.every().toDays() + 1), last, now);
    return all.stream()
        .filter(
            one ->
                wanted.isEmpty()
                    ? !one.to().isAfter(now)
                    : one.name().equals(wanted.get())
                        || day.filter(
                                it -> !it.isBefore(one.firstDay()) && !it.isAfter(one.lastDay()))
                            .isPresent())
        .reduce((one, later) -> later)
        .or(() -> all.stream().reduce((one, later) -> later))
        .map(
            stretch -> {
              Item item = Items.window(resource.name(), forEach, stretch);
              return new Subject(
                  item, Items.values(item), List.of(windows.ask()), Optional.empty());
            });
  }

  private static Optional<LocalDate> day(String text) {
    try {
      return Optional.of(LocalDate.parse(text.length() > 10 ? text.substring(0, 10) : text));
    } catch (DateTimeException e) {
      // The name of something else.
      return Optional.empty();
    }
  }

  private Subject changes(
      ResourceDefinition resource,
      Reading.Changes changes,
      Map<String, String> forEach,
      Optional<String> wanted) {
    Item item = standing(resource, Items.CHANGES, forEach);
    Instant since =
        wanted
            .flatMap(Trial::day)
            .map(day -> day.atStartOfDay().toInstant(ZoneOffset.UTC))
            .orElse(clock.instant().minus(A_WHILE).truncatedTo(ChronoUnit.SECONDS));
    Map<String, String> values = new HashMap<>(Items.values(item));
    CursorForm form = new CursorForm(changes.cursor());
    values.put("since", form.isTime() ? form.sent(CursorValue.at(since)) : wanted.orElse("0"));
    return new Subject(item, values, List.of(changes.ask()), Optional.of(changes));
  }

  /** One of those that something lists: it has to be asked for them. */
  private List<Subject> listed(
      ResourceDefinition resource,
      Reading.Listed listed,
      Map<String, String> forEach,
      Optional<String> wanted)
      throws InterruptedException {
    for (JsonNode record : listing(listed, forEach)) {
      Map<String, String> values = new LinkedHashMap<>();
      listed.values().forEach((name, at) -> values.put(name, text(record, at)));
      String id = values.values().iterator().next();
      boolean counts =
          listed.only().map(only -> only.holds(record)).orElse(true)
              && listed.ready().map(ready -> ready.holds(record)).orElse(true);
      if (wanted.isPresent() ? wanted.get().equals(id) : counts && !id.isEmpty()) {
        Item item =
            Items.listed(
                resource.name(),
                forEach,
                values,
                Map.of(),
                ItemState.AVAILABLE,
                LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
        return List.of(new Subject(item, Items.values(item), listed.asks(), Optional.empty()));
      }
    }
    return List.of();
  }

  private List<JsonNode> listing(Reading.Listed listed, Map<String, String> forEach)
      throws InterruptedException {
    if (listed.named() instanceof Reading.Listing.OfResource parent) {
      ResourceDefinition resource =
          source.resources().stream()
              .filter(one -> one.name().equals(parent.resource()))
              .findFirst()
              .orElseThrow();
      List<JsonNode> records = new ArrayList<>();
      for (Subject subject : subjects(resource, Optional.empty())) {
        for (Asked asked : look(resource, subject)) {
          records.addAll(records(asked.look(), new RecordReader(resource.records())));
        }
      }
      return records;
    }
    Reading.Listing.OfWindows windows = (Reading.Listing.OfWindows) listed.named();
    Instant now = clock.instant();
    LocalDate today = LocalDate.ofInstant(now, windows.zone());
    Map<String, String> values = new HashMap<>(forEach);
    values.put(Items.FROM, today.minusDays(windows.every().toDays()).toString());
    values.put(Items.TO, today.toString());
    Look look = asking.look(new Question(windows.ask(), values, windows.records(), List.of()));
    return records(look, new RecordReader(windows.records()));
  }

  private static List<JsonNode> records(Look look, RecordReader reader) {
    List<JsonNode> records = new ArrayList<>();
    for (Look.Page page : look.pages()) {
      try {
        reader.read(page.body()).stream().map(ApiRecord::value).forEach(records::add);
      } catch (UnusableBody e) {
        // How the look ended tells.
      }
    }
    return records;
  }

  private static String text(JsonNode record, JsonPointer at) {
    JsonNode value = record.at(at);
    return value.isValueNode() && !value.isNull() ? value.asText() : "";
  }

  /** Looks, once for each ask. */
  public List<Asked> look(ResourceDefinition resource, Subject subject)
      throws InterruptedException {
    List<Asked> asked = new ArrayList<>();
    for (Ask ask : subject.asks()) {
      Question question = Question.of(resource, ask, subject.values());
      asked.add(
          new Asked(
              ask,
              asking.look(
                  subject
                      .changes()
                      .map(changes -> question.by(changes.cursor(), changes.order()))
                      .orElse(question))));
    }
    return asked;
  }

  /** What the archive would hold of these. */
  public ItemAnswers answers(Subject subject, List<Asked> all) {
    boolean isListed = Items.kind(subject.item()).equals(Items.LISTED);
    return ItemAnswers.newBuilder()
        .setItem(subject.item())
        .setFetchedAt(clock.instant())
        .setAnswers(
            all.stream()
                .flatMap(
                    asked ->
                        Came.answers(Came.prefix(asked.ask(), isListed), asked.look()).stream())
                .toList())
        .build();
  }
}
