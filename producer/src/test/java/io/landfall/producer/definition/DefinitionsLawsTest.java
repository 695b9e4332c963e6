package io.landfall.producer.definition;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import io.landfall.producer.definition.ApiDefinition.FurtherHost;
import io.landfall.producer.definition.ApiDefinition.GrantHeaders;
import io.landfall.producer.definition.ApiDefinition.HeaderTime;
import io.landfall.producer.definition.FieldDefinition.As;
import io.landfall.producer.definition.FieldDefinition.Kind;
import io.landfall.producer.definition.FieldDefinition.Origin;
import io.landfall.producer.definition.Reading.Absence;
import io.landfall.producer.definition.Reading.Ask;
import io.landfall.producer.definition.Reading.Changes;
import io.landfall.producer.definition.Reading.Count;
import io.landfall.producer.definition.Reading.Cursor;
import io.landfall.producer.definition.Reading.Listed;
import io.landfall.producer.definition.Reading.Listing;
import io.landfall.producer.definition.Reading.Order;
import io.landfall.producer.definition.Reading.Whole;
import io.landfall.producer.definition.Reading.Windows;
import io.landfall.producer.definition.Reading.Writing;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Whatever a definition says, its file says it again. */
class DefinitionsLawsTest {

  @Property(tries = 50, shrinking = ShrinkingMode.OFF)
  void whatIsWrittenIsReadBack(@ForAll long seed) {
    SourceDefinition source = new Writer(seed).source();
    String text = DefinitionText.of(source);
    SourceDefinition read = Definitions.read("drawn.yaml", text);
    assertThat(read)
        .isEqualTo(
            new SourceDefinition(
                source.name(),
                source.about(),
                source.api(),
                source.forEach(),
                source.answersTable(),
                source.resources(),
                text));
    assertThat(Evolution.of(source, read, List.of()))
        .isEqualTo(new Evolution(List.of(), List.of()));
    read.resources().forEach(resource -> assertThat(RowSchema.dataset(read, resource)).isNotNull());
  }

  /** A text of which any one character is missing is right or wrong, and never a fault. */
  @Property(tries = 50, shrinking = ShrinkingMode.OFF)
  void aDamagedFileIsToldOf(@ForAll long seed) {
    Random random = new Random(seed);
    String text = DefinitionText.of(new Writer(seed).source());
    int cut = random.nextInt(text.length());
    String damaged = text.substring(0, cut) + text.substring(cut + 1 + random.nextInt(3) % 2);
    Checked checked = Definitions.check("damaged.yaml", damaged);
    if (checked instanceof Checked.Wrong wrong) {
      assertThat(wrong.problems())
          .isNotEmpty()
          .allSatisfy(problem -> assertThat(problem.message()).isNotBlank());
    }
  }

  /** Draws a definition that is right. */
  static final class Writer {

    private static final List<String> ODD =
        List.of("x", "ä ö", "{", "a: b", "# no", "\"quoted\"", "\\", "'", "yes", "1.10", "a\nb");

    private final Random random;
    private int names;

    Writer(long seed) {
      random = new Random(seed);
    }

    SourceDefinition source() {
      Map<String, List<String>> forEach = new LinkedHashMap<>();
      for (int i = random.nextInt(3); i > 0; i--) {
        forEach.put(name("each"), List.of("a/b", "c " + i));
      }
      Map<String, FurtherHost> hosts = new LinkedHashMap<>();
      for (int i = random.nextInt(2); i > 0; i--) {
        hosts.put("files", new FurtherHost(URI.create("https://files.example.org"), chance()));
      }
      List<ResourceDefinition> resources = new ArrayList<>();
      for (int i = 1 + random.nextInt(3); i > 0; i--) {
        resources.add(resource(forEach.keySet(), hosts.keySet(), resources));
      }
      return new SourceDefinition(
          chance() ? "my-api" : "open_data", text(), api(hosts), forEach, chance(), resources, "");
    }

    private ApiDefinition api(Map<String, FurtherHost> hosts) {
      return new ApiDefinition(
          URI.create("https://api.example.org/v1"),
          hosts,
          one(
              new Auth.None(),
              new Auth.Bearer("${env:T}"),
              new Auth.Basic("${env:U}", chance() ? "" : "${file:/run/p}"),
              new Auth.Header("X-Key", "Key ${env:K}"),
              new Auth.Query("api_key", "${file:/etc/p:k}"),
              new Auth.ClientCredentials(
                  URI.create("https://login.example.org/t"),
                  "${env:I}",
                  "${env:S}",
                  maybe(() -> "read write"))),
          chance() ? Map.of() : Map.of("Accept", "a/b; c=\"d\"", "X-Token", "${env:X}"),
          maybe(() -> one(0.5, 1.0, 12.125)),
          1 + random.nextInt(100),
          duration(),
          maybe(() -> new GrantHeaders("x-left", "x-until", one(HeaderTime.values()))),
          chance() ? Map.of() : Map.of(404, StatusMeaning.GONE, 204, one(StatusMeaning.values())));
    }

    private ResourceDefinition resource(
        Set<String> forEach, Set<String> hosts, List<ResourceDefinition> before) {
      String of = before.isEmpty() ? "" : before.get(0).name();
      boolean isListed = chance();
      boolean isWindows = !isListed && chance();
      boolean isWhole = !isListed && (!isWindows || chance());
      Map<String, JsonPointer> values = new LinkedHashMap<>();
      values.put(name("id"), pointer());
      values.put(name("second"), pointer());
      Optional<Listed> listed =
          isListed ? Optional.of(listed(of, values, forEach, hosts)) : Optional.empty();
      List<FieldDefinition> fields = fields(forEach, isListed ? values.keySet() : Set.of());
      Optional<JsonPointer> version = maybe(this::pointer);
      return new ResourceDefinition(
          name("r") + (chance() ? "_x" : ""),
          1 + random.nextInt(3),
          isWindows ? Optional.of(windows(forEach, hosts)) : Optional.empty(),
          !isListed && chance() ? Optional.of(changes(forEach, hosts)) : Optional.empty(),
          listed,
          isWhole
              ? Optional.of(new Whole(duration(), absence(), ask("", "/all", forEach, hosts)))
              : Optional.empty(),
          records(),
          maybe(this::pointer),
          List.of(fields.get(0).name(), fields.get(1).name()),
          chance() ? List.of() : List.of(fields.get(2).name()),
          maybe(this::condition),
          version,
          pointers(),
          chance(),
          version.isPresent() && chance(),
          maybe(this::duration),
          fields);
    }

    private Windows windows(Set<String> forEach, Set<String> hosts) {
      return new Windows(
          one(Duration.ofHours(6), Duration.ofDays(1), Duration.ofDays(7)),
          LocalDate.of(2020, 1, 1).plusDays(random.nextInt(1000)),
          one(ZoneId.of("UTC"), ZoneId.of("America/New_York")),
          lookAgain(),
          absence(),
          ask("", "/q/{from}/{to}", forEach, hosts));
    }

    private Changes changes(Set<String> forEach, Set<String> hosts) {
      Ask ask = ask("", "/q/{since}", forEach, hosts);
      boolean number = chance();
      Order order = one(Order.values());
      if (order == Order.ASCENDING) {
        Paging ties = ask.paging();
        ask =
            new Ask(
                ask.name(),
                ask.host(),
                ask.path(),
                ask.query(),
                new Paging.ByCursor(
                    ties instanceof Paging.LinkHeader
                        ? new Paging.LinkHeader(Paging.MOST_PAGES)
                        : ties,
                    7),
                ask.count(),
                ask.sameButFor(),
                ask.conditional(),
                ask.emptyWhen());
      }
      return new Changes(
          duration(),
          Optional.of(Instant.ofEpochSecond(random.nextInt(2_000_000_000))),
          new Cursor(
              pointer(),
              number ? Writing.NUMBER : Writing.ISO,
              number ? Writing.NUMBER : one(Writing.ISO, Writing.EPOCH_MILLIS)),
          order,
          chance() ? Duration.ZERO : duration(),
          ask);
    }

    private Listed listed(
        String of, Map<String, JsonPointer> values, Set<String> forEach, Set<String> hosts) {
      String path = "/i/{" + values.keySet().iterator().next() + "}";
      return new Listed(
          of.isEmpty()
              ? new Listing.OfWindows(
                  Duration.ofDays(7),
                  LocalDate.of(2023, 10, 1),
                  ZoneId.of("America/New_York"),
                  ask("", "/list/{from}", forEach, hosts),
                  records())
              : new Listing.OfResource(of),
          values,
          maybe(this::condition),
          maybe(this::condition),
          maybe(this::condition),
          pointers(),
          lookAgain(),
          absence(),
          chance()
              ? List.of(ask("", path, forEach, hosts))
              : List.of(
                  ask("play-by-play", path, forEach, hosts), ask("box", path, forEach, hosts)));
    }

    private Ask ask(String name, String path, Set<String> forEach, Set<String> hosts) {
      Map<String, String> query = new LinkedHashMap<>();
      forEach.forEach(each -> query.put("q_" + each, "x{" + each + "}"));
      if (chance()) {
        query.put("a: b", one("yes", "", "1.10", "# x", "\"", "\\n", "ä"));
      }
      boolean isWindow = path.contains("{to}");
      return new Ask(
          name,
          hosts.isEmpty() || chance() ? Optional.empty() : Optional.of("files"),
          path,
          query,
          paging(),
          maybe(() -> new Count(isWindow ? "/n/{from}" : "/n", Map.of(), pointer())),
          pointers(),
          chance(),
          maybe(this::pointer));
    }

    private Paging paging() {
      int most = 1 + random.nextInt(2000);
      return one(
          new Paging.None(),
          new Paging.LinkHeader(most),
          new Paging.Link(pointer(), most),
          new Paging.Token(pointer(), "cursor", maybe(this::pointer), most),
          new Paging.AfterLast(pointer(), "starting_after", maybe(this::pointer), most),
          new Paging.Numbered(
              "page",
              random.nextInt(2),
              maybe(() -> new Paging.Size("per_page", most)),
              maybe(this::pointer),
              maybe(this::pointer),
              most),
          new Paging.Offset(
              "$offset",
              random.nextInt(2),
              new Paging.Size("$limit", 9),
              maybe(this::pointer),
              most));
    }

    private RecordForm records() {
      return one(
          new RecordForm.Elements(List.of(pointer())),
          new RecordForm.Elements(List.of(pointer(), pointer())),
          new RecordForm.Members(pointer(), "currency"),
          new RecordForm.Columns(pointer()),
          new RecordForm.One(pointer()));
    }

    private List<FieldDefinition> fields(Set<String> forEach, Set<String> values) {
      List<FieldDefinition> fields = new ArrayList<>();
      fields.add(field(Kind.TEXT, new Origin.OfRecord(pointer()), false));
      fields.add(field(Kind.LONG, new Origin.OfAnswer(pointer()), false));
      fields.add(field(Kind.TIMESTAMP, new Origin.OfRecord(pointer()), chance()));
      forEach.forEach(each -> fields.add(field(Kind.TEXT, new Origin.OfForEach(each), false)));
      values.forEach(each -> fields.add(field(Kind.INT, new Origin.OfItem(each), false)));
      for (Kind kind : Kind.values()) {
        fields.add(field(kind, new Origin.OfRecord(pointer()), chance()));
      }
      return fields;
    }

    private FieldDefinition field(Kind kind, Origin origin, boolean retired) {
      int digits = 1 + random.nextInt(38);
      return new FieldDefinition(
          name("f"),
          origin,
          kind == Kind.DECIMAL
              ? new FieldDefinition.Type(kind, digits, random.nextInt(digits + 1))
              : FieldDefinition.Type.of(kind),
          switch (kind) {
            case BOOLEAN -> one(As.PLAIN, As.PRESENT);
            case TIMESTAMP -> one(As.PLAIN, As.EPOCH_MILLIS, As.EPOCH_SECONDS);
            default -> As.PLAIN;
          },
          maybe(this::text),
          retired);
    }

    private Condition condition() {
      Set<String> in = new LinkedHashSet<>(List.of(one("", "deleted", "2"), "FINAL"));
      return new Condition(pointer(), in);
    }

    private Absence absence() {
      return chance()
          ? Absence.SAYS_NOTHING
          : new Absence(true, random.nextInt(101), random.nextInt(1000));
    }

    private List<Duration> lookAgain() {
      return chance() ? List.of() : List.of(Duration.ofHours(1), Duration.ofDays(3));
    }

    private List<JsonPointer> pointers() {
      return chance() ? List.of() : List.of(pointer(), pointer());
    }

    private JsonPointer pointer() {
      return JsonPointer.compile(one("", "/a", "/a/0/b", "/a~1b/~0c", "/ä ö", "/x: y", "/\"q\""));
    }

    private String text() {
      return one(ODD.toArray(String[]::new)).replace("\n", " ");
    }

    private Duration duration() {
      return Duration.ofMillis(1 + random.nextInt(1_000_000));
    }

    private String name(String like) {
      names++;
      return like + names;
    }

    private boolean chance() {
      return random.nextBoolean();
    }

    private <T> Optional<T> maybe(Supplier<T> made) {
      return chance() ? Optional.of(made.get()) : Optional.empty();
    }

    @SafeVarargs
    private <T> T one(T... all) {
      return all[random.nextInt(all.length)];
    }
  }
}
