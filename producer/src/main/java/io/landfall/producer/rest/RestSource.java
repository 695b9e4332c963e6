package io.landfall.producer.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.landfall.cli.Progress;
import io.landfall.producer.definition.Reading.Absence;
import io.landfall.producer.definition.Reading.Changes;
import io.landfall.producer.definition.Reading.Listed;
import io.landfall.producer.definition.Reading.Listing.OfResource;
import io.landfall.producer.definition.Reading.Listing.OfWindows;
import io.landfall.producer.definition.Reading.Windows;
import io.landfall.producer.definition.ResourceDefinition;
import io.landfall.producer.definition.SourceDefinition;
import io.landfall.producer.record.ApiRecord;
import io.landfall.producer.record.RecordReader;
import io.landfall.producer.record.UnusableBody;
import io.landfall.producer.rest.ask.Look;
import io.landfall.producer.rest.ask.Look.Ending;
import io.landfall.producer.rest.ask.Question;
import io.landfall.producer.source.FetchOutcome;
import io.landfall.producer.source.Held;
import io.landfall.producer.source.Listing;
import io.landfall.producer.source.Source;
import io.landfall.schemas.ApiAnswer;
import io.landfall.schemas.Item;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An API as its definition describes it. */
public final class RestSource implements Source {

  /** How often a look is made anew at once. */
  private static final int MOST_ANEW = 2;

  private final OverlappingLooks overlapping = new OverlappingLooks();
  private final SourceDefinition source;
  private final Looks looks;
  private final Supplier<Optional<String>> unreachable;
  private final LongSupplier requests;
  private final Optional<String> accepted;
  private final LocalDate beginning;
  private final Clock clock;
  private volatile Optional<String> stopped = Optional.empty();

  /** What a look's end means whatever the item is, if it does. */
  interface Endings {
    Optional<FetchOutcome> at(Item item, Ending ending);
  }

  /**
   * One that is asked through looks.
   *
   * @param unreachable why nothing more can be asked, if so
   * @param requests how many were sent
   * @param accepted the key of an item whose next look comes into force whatever it takes back
   * @param beginning the day of what is there from the beginning on
   */
  RestSource(
      SourceDefinition source,
      Looks looks,
      Supplier<Optional<String>> unreachable,
      LongSupplier requests,
      Optional<String> accepted,
      LocalDate beginning,
      Clock clock) {
    this.source = source;
    this.looks = looks;
    this.unreachable = unreachable;
    this.requests = requests;
    this.accepted = accepted;
    this.beginning = beginning;
    this.clock = clock;
  }

  @Override
  public Listing list(LocalDate first, LocalDate last, Progress progress)
      throws InterruptedException {
    Instant now = clock.instant();
    Map<String, Item> items = new LinkedHashMap<>();
    Set<LocalDate> days =
        first.datesUntil(last.plusDays(1)).collect(Collectors.toCollection(HashSet::new));
    List<String> problems = new ArrayList<>();
    for (ResourceDefinition resource : source.resources()) {
      for (Map<String, String> forEach : Items.combinations(source.forEach())) {
        standing(resource, forEach, now).forEach(item -> items.put(item.getKey(), item));
        resource
            .windows()
            .ifPresent(
                windows ->
                    Stretch.of(windows, first, last, now).stream()
                        .map(stretch -> Items.window(resource.name(), forEach, stretch))
                        .forEach(item -> items.put(item.getKey(), item)));
        if (resource.listed().isPresent()
            && resource.listed().get().named() instanceof OfWindows listing) {
          for (Stretch stretch : Stretch.of(windows(listing), first, last, now)) {
            Optional<String> problem = list(resource, listing, forEach, stretch, items);
            problem.ifPresent(
                reason -> {
                  problems.add("%s of %s: %s".formatted(resource.name(), stretch.name(), reason));
                  stretch
                      .firstDay()
                      .datesUntil(stretch.lastDay().plusDays(1))
                      .forEach(days::remove);
                });
          }
        }
      }
    }
    return new Listing(List.copyOf(items.values()), days, problems);
  }

  private Stream<Item> standing(
      ResourceDefinition resource, Map<String, String> forEach, Instant now) {
    Stream<String> kinds =
        Stream.of(
                resource.changes().map(one -> Items.CHANGES),
                resource.whole().map(one -> Items.WHOLE))
            .flatMap(Optional::stream);
    return kinds.map(
        kind -> Items.since(now, Items.standing(resource.name(), kind, forEach, beginning)));
  }

  private static Windows windows(OfWindows listing) {
    return new Windows(
        listing.every(),
        listing.from(),
        listing.zone(),
        List.of(),
        Absence.SAYS_NOTHING,
        listing.ask());
  }

  /** Why a stretch could not be listed; empty where it was, and its items are among the others. */
  private Optional<String> list(
      ResourceDefinition resource,
      OfWindows listing,
      Map<String, String> forEach,
      Stretch stretch,
      Map<String, Item> items)
      throws InterruptedException {
    Map<String, String> values = new HashMap<>(forEach);
    // A listing of whole days is asked for by its days.
    boolean isDays = listing.every().compareTo(Duration.ofDays(1)) >= 0;
    values.put("from", isDays ? stretch.firstDay().toString() : stretch.from().toString());
    values.put("to", isDays ? stretch.lastDay().toString() : stretch.to().toString());
    Look look = looks.look(new Question(listing.ask(), values, listing.records(), List.of()));
    boolean isAll = look.ending() instanceof Ending.Whole || look.ending() instanceof Ending.Empty;
    if (look.ending() instanceof Ending.Stop stop) {
      stopped = Optional.of(stop.reason());
    }
    Children children = new Children(resource.name(), resource.listed().orElseThrow());
    try {
      RecordReader reader = new RecordReader(listing.records());
      for (Look.Page page : look.pages()) {
        for (ApiRecord record : reader.read(page.body())) {
          children
              .named(record.value(), forEach, stretch.firstDay())
              .ifPresent(item -> items.putIfAbsent(item.getKey(), item));
        }
      }
    } catch (UnusableBody e) {
      return Optional.of(e.reason());
    }
    return isAll ? Optional.empty() : Optional.of(reason(look.ending()));
  }

  private static String reason(Ending ending) {
    if (ending instanceof Ending.CutShort cut) {
      return cut.reason();
    }
    if (ending instanceof Ending.Filled filled) {
      return filled.reason();
    }
    if (ending instanceof Ending.Later later) {
      return later.reason();
    }
    if (ending instanceof Ending.Refused refused) {
      return refused.reason();
    }
    if (ending instanceof Ending.NotAsked notAsked) {
      return notAsked.reason();
    }
    if (ending instanceof Ending.Stop stop) {
      return stop.reason();
    }
    if (ending instanceof Ending.Gone gone) {
      return gone.reason();
    }
    return ending instanceof Ending.Split split
        ? split.reason()
        : "the API says that nothing changed, and was not asked whether anything did";
  }

  @Override
  public FetchOutcome fetch(Item item, Held held) throws InterruptedException {
    Optional<ResourceDefinition> found =
        source.resources().stream()
            .filter(one -> one.name().equals(Items.resource(item)))
            .findFirst();
    if (found.isEmpty()) {
      return new FetchOutcome.Rejected(
          "the definition of %s has no resource %s any more"
              .formatted(source.name(), Items.resource(item)));
    }
    ResourceDefinition resource = found.get();
    String differs = "";
    for (int anew = 0; anew <= MOST_ANEW; anew++) {
      try (OverlappingLooks.Begun look = overlapping.begin(resource.name(), item.getKey())) {
        FetchOutcome outcome = look(resource, item, held);
        Optional<String> other = look.differs(() -> contents(resource, outcome));
        if (other.isEmpty()) {
          return outcome;
        }
        differs = other.get();
      }
    }
    return new FetchOutcome.Unavailable(differs, Optional.empty());
  }

  /** What comes into force with an outcome. */
  private static Map<String, String> contents(ResourceDefinition resource, FetchOutcome outcome) {
    if (!(outcome instanceof FetchOutcome.Fetched fetched)
        || !fetched.answers().getNotInForce().isEmpty()) {
      return Map.of();
    }
    try {
      return new RecordNames(resource, fetched.answers().getItem())
          .contents(fetched.answers().getAnswers());
    } catch (UnusableBody e) {
      return Map.of(); // What has no records says nothing of one.
    }
  }

  private FetchOutcome look(ResourceDefinition resource, Item item, Held held)
      throws InterruptedException {
    boolean isAccepted = accepted.filter(item.getKey()::equals).isPresent();
    if (Items.kind(item).equals(Items.CHANGES) && resource.changes().isPresent()) {
      Changes changes = resource.changes().get();
      return new ChangesLook(
              resource, changes, item, held, isAccepted, all -> named(resource, item, all), clock)
          .fetch(looks, this::ended);
    }
    Optional<CompleteLook.Kind> kind = kind(resource, item);
    return kind.isEmpty()
        ? new FetchOutcome.Rejected(
            "the definition of %s does not read %s as %s any more"
                .formatted(source.name(), resource.name(), Items.kind(item)))
        : new CompleteLook(
                resource,
                item,
                held,
                kind.get(),
                isAccepted,
                all -> named(resource, item, all),
                clock)
            .fetch(looks, this::ended);
  }

  private Optional<CompleteLook.Kind> kind(ResourceDefinition resource, Item item) {
    return switch (Items.kind(item)) {
      case Items.WINDOWS ->
          resource
              .windows()
              .map(
                  windows ->
                      new CompleteLook.Kind(
                          List.of(windows.ask()),
                          false,
                          windows.absence(),
                          Course.of(
                              end(item)
                                  .plus(resource.changes().map(Changes::lag).orElse(Duration.ZERO)),
                              windows.lookAgain()),
                          windows.zone()));
      case Items.WHOLE ->
          resource
              .whole()
              .map(
                  whole ->
                      new CompleteLook.Kind(
                          List.of(whole.ask()),
                          false,
                          whole.absence(),
                          Course.every(whole.every()),
                          ZoneOffset.UTC));
      case Items.LISTED ->
          resource
              .listed()
              .map(
                  listed ->
                      new CompleteLook.Kind(
                          listed.asks(),
                          true,
                          listed.absence(),
                          Course.after(listed.lookAgain()),
                          ZoneOffset.UTC));
      default -> Optional.empty();
    };
  }

  private static Instant end(Item item) {
    return Instant.parse(item.getAttributes().getOrDefault(Items.TO, Instant.MAX.toString()));
  }

  /** The items that the records of a resource name. */
  private List<Item> named(ResourceDefinition resource, Item item, List<ApiAnswer> answers) {
    List<Children> all =
        source.resources().stream()
            .flatMap(
                other ->
                    other.listed().stream()
                        .filter(listed -> isOf(listed, resource))
                        .map(listed -> new Children(other.name(), listed)))
            .toList();
    if (all.isEmpty()) {
      return List.of();
    }
    Map<String, String> forEach = Items.forEach(item, source.forEach().keySet());
    Map<String, Item> named = new LinkedHashMap<>();
    try {
      new RecordNames(resource, item)
          .each(answers, record -> all.forEach(one -> name(one, record, forEach, named)));
    } catch (UnusableBody e) {
      return List.of(); // What has no records names nothing, and the look is refused for it.
    }
    return List.copyOf(named.values());
  }

  private void name(
      Children children, JsonNode record, Map<String, String> forEach, Map<String, Item> named) {
    children.named(record, forEach, beginning).ifPresent(child -> named.put(child.getKey(), child));
  }

  private static boolean isOf(Listed listed, ResourceDefinition resource) {
    return listed.named() instanceof OfResource of && of.resource().equals(resource.name());
  }

  private Optional<FetchOutcome> ended(Item item, Ending ending) {
    if (ending instanceof Ending.Stop stop) {
      stopped = Optional.of(stop.reason());
      return Optional.of(new FetchOutcome.NotAsked(stop.reason()));
    }
    if (ending instanceof Ending.NotAsked notAsked) {
      return Optional.of(new FetchOutcome.NotAsked(notAsked.reason()));
    }
    return ending instanceof Ending.Split split
        ? Optional.of(divided(item, split.reason()))
        : Optional.empty();
  }

  private FetchOutcome divided(Item item, String reason) {
    if (!Items.kind(item).equals(Items.WINDOWS)) {
      return new FetchOutcome.Rejected(
          "%s, and only a stretch of time can be halved: ask for less at once, by the size that paging has"
              .formatted(reason));
    }
    ZoneId zone =
        source.resources().stream()
            .filter(one -> one.name().equals(Items.resource(item)))
            .flatMap(one -> one.windows().stream())
            .map(Windows::zone)
            .findFirst()
            .orElse(ZoneOffset.UTC);
    Instant from =
        Instant.parse(item.getAttributes().getOrDefault(Items.FROM, Instant.MIN.toString()));
    return Stretch.halves(from, end(item), zone)
        .<FetchOutcome>map(
            halves ->
                new FetchOutcome.Divided(
                    halves.stream()
                        .map(
                            half ->
                                Items.window(
                                    Items.resource(item),
                                    Items.forEach(item, source.forEach().keySet()),
                                    half))
                        .toList(),
                    reason))
        .orElseGet(
            () ->
                new FetchOutcome.Rejected(
                    "%s, and it is too short to be halved".formatted(reason)));
  }

  @Override
  public Optional<String> unreachable() {
    return stopped.or(unreachable);
  }

  @Override
  public long requests() {
    return requests.getAsLong();
  }
}
