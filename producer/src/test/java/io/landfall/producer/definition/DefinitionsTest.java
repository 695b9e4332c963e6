package io.landfall.producer.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonPointer;
import io.landfall.cli.LandfallException;
import io.landfall.producer.definition.FieldDefinition.As;
import io.landfall.producer.definition.FieldDefinition.Kind;
import io.landfall.producer.definition.FieldDefinition.Origin;
import io.landfall.producer.definition.Reading.Absence;
import io.landfall.producer.definition.Reading.Listing;
import io.landfall.producer.definition.Reading.Order;
import io.landfall.producer.definition.Reading.Writing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DefinitionsTest {

  private static final Path EXAMPLES = Path.of("..", "sources");

  /** The smallest that there is, to which each test does something. */
  private static final String SMALL =
      """
      source: shop
      about: Orders of a shop.
      api:
        url: https://shop.example.org/v1
      resources:
        orders:
          reads:
            whole:
              every: 1d
              ask:
                path: /orders
                paging: none
          records: /data
          key: [id]
          fields:
            id: {at: /id, type: text}
            total: {at: /total, type: "decimal(10,2)"}
      """;

  private static SourceDefinition example(String name) throws IOException {
    return Definitions.read(name, Files.readString(EXAMPLES.resolve(name)));
  }

  private static List<String> problems(String text) {
    return Definitions.check("shop.yaml", text) instanceof Checked.Wrong wrong
        ? wrong.problems().stream().map(Problem::toString).toList()
        : List.of();
  }

  /** What is wrong when one text of the small file is another one. */
  private static List<String> problems(String instead, String of) {
    assertThat(SMALL).contains(of);
    return problems(SMALL.replace(of, instead));
  }

  @Test
  void theEarthquakesAreReadAsTheyAreDescribed() throws IOException {
    SourceDefinition usgs = example("usgs.yaml");
    ResourceDefinition earthquakes = usgs.resources().get(0);
    assertThat(usgs.api().answers())
        .isEqualTo(Map.of(204, StatusMeaning.EMPTY, 400, StatusMeaning.SPLIT));
    assertThat(usgs.api().budget()).contains(1.0);
    Reading.Windows windows = earthquakes.windows().orElseThrow();
    assertThat(windows.lookAgain()).hasSize(6).startsWith(Duration.ofHours(1));
    assertThat(windows.absence()).isEqualTo(new Absence(true, 10, 0));
    assertThat(windows.ask().query().keySet())
        .containsExactly("format", "starttime", "endtime", "orderby");
    assertThat(windows.ask().paging()).isEqualTo(new Paging.None());
    Reading.Changes changes = earthquakes.changes().orElseThrow();
    assertThat(changes.from()).isEmpty();
    assertThat(changes.order()).isEqualTo(Order.NONE);
    assertThat(changes.cursor().as()).isEqualTo(Writing.EPOCH_MILLIS);
    assertThat(changes.cursor().sentAs()).isEqualTo(Writing.ISO);
    assertThat(changes.ask().query()).containsEntry("includedeleted", "true");
    assertThat(changes.ask().paging())
        .isEqualTo(
            new Paging.Offset(
                "offset", 1, new Paging.Size("limit", 5_000), Optional.empty(), 1000));
    assertThat(earthquakes.deleted())
        .contains(new Condition(JsonPointer.compile("/properties/status"), Set.of("deleted")));
    assertThat(earthquakes.fields()).hasSize(19);
    assertThat(earthquakes.fields().get(1).as()).isEqualTo(As.EPOCH_MILLIS);
    assertThat(earthquakes.keepRecord()).isTrue();
  }

  @Test
  void theIssuesAreReadAsTheyAreDescribed() throws IOException {
    SourceDefinition github = example("github.yaml");
    assertThat(github.api().auth()).isEqualTo(new Auth.Bearer("${env:GITHUB_TOKEN}"));
    assertThat(github.forEach()).isEqualTo(Map.of("repo", List.of("golang/go", "apache/kafka")));
    ResourceDefinition issues = github.resources().get(0);
    assertThat(issues.changes().orElseThrow().from()).contains(Instant.EPOCH);
    assertThat(issues.changes().orElseThrow().ask().paging())
        .isEqualTo(new Paging.ByCursor(new Paging.LinkHeader(1000), 1000));
    assertThat(issues.whole().orElseThrow().absence()).isEqualTo(new Absence(true, 10, 5));
    assertThat(issues.records()).isEqualTo(new RecordForm.Elements(List.of(JsonPointer.empty())));
    assertThat(issues.fields().get(0).origin()).isEqualTo(new Origin.OfForEach("repo"));
    ResourceDefinition events = github.resources().get(1);
    assertThat(events.listed().orElseThrow().named()).isEqualTo(new Listing.OfResource("issues"));
    assertThat(events.listed().orElseThrow().asks().get(0).name()).isEmpty();
    assertThat(events.fields().get(2).origin()).isEqualTo(new Origin.OfItem("number"));
  }

  @Test
  void theSmallestIsRight() {
    assertThat(problems(SMALL)).isEmpty();
    SourceDefinition shop = Definitions.read("shop.yaml", SMALL);
    assertThat(shop.text()).isEqualTo(SMALL);
    assertThat(shop.resources().get(0).fields().get(1).type())
        .isEqualTo(new FieldDefinition.Type(Kind.DECIMAL, 10, 2));
  }

  @Test
  void allProblemsAreToldAtOnceInTheOrderOfTheFile() {
    String text =
        SMALL
            .replace("source: shop", "source: Shop")
            .replace("every: 1d", "every: daily")
            .replace("key: [id]", "keys: [id]");
    assertThatThrownBy(() -> Definitions.read("shop.yaml", text))
        .isInstanceOf(LandfallException.class)
        .satisfies(
            e ->
                assertThat(
                        String.valueOf(e.getMessage()).lines().map(line -> line.split(" ", 2)[0]))
                    .containsExactly(
                        "shop.yaml:1:9:", "shop.yaml:6:3:", "shop.yaml:9:16:", "shop.yaml:14:5:"));
  }

  /** Every key of every group, misspelt by one letter where it stands in an example. */
  @Test
  void aMisspeltKeyIsToldWithItsPlaceAndWhatWasMeant() throws IOException {
    for (String name : List.of("usgs.yaml", "github.yaml")) {
      List<String> lines = Files.readAllLines(EXAMPLES.resolve(name));
      int tried = 0;
      for (int i = 0; i < lines.size(); i++) {
        String key = lines.get(i).strip().replaceAll(":.*", "");
        boolean isKnown =
            SourcePage.groups().stream().anyMatch(group -> group.names().contains(key));
        if (!isKnown || lines.get(i).strip().startsWith("#") || lines.get(i).contains("{at")) {
          continue;
        }
        List<String> wrong = new java.util.ArrayList<>(lines);
        wrong.set(i, lines.get(i).replaceFirst(key, key + "x"));
        String place = "%s:%d:%d: ".formatted(name, i + 1, lines.get(i).indexOf(key) + 1);
        Checked checked = Definitions.check(name, String.join("\n", wrong));
        assertThat(checked).as(wrong.get(i)).isInstanceOf(Checked.Wrong.class);
        assertThat(((Checked.Wrong) checked).problems())
            .as(wrong.get(i))
            .anySatisfy(
                problem ->
                    assertThat(problem.toString())
                        .startsWith(place)
                        .contains(key + "x: no such key. Did you mean " + key + "?"));
        tried++;
      }
      assertThat(tried).isGreaterThan(20);
    }
  }

  @Test
  void aKeyThatIsThereTwiceIsToldWhereverItStands() {
    assertThat(problems("about: A\nabout: B", "about: Orders of a shop."))
        .containsExactly(
            "shop.yaml:3:1: about: it is there twice, first in line 2; only one of the two can be"
                + " meant");
    assertThat(problems("id: {at: /id, at: /no, type: text}", "id: {at: /id, type: text}"))
        .singleElement()
        .asString()
        .startsWith("shop.yaml:16:21: resources.orders.fields.id.at: it is there twice");
  }

  /**
   * Each with what stands in the small file, what it is replaced by, and a part of the message; ¶
   * is a line end.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "source: shop | source: my shop | shop.yaml:1:9: source: \"my shop\": expected a name",
        "source: shop | source: nhl | shop.yaml:1:1: source: nhl is a source that Landfall has"
            + " itself",
        "url: https | auth: {bearer: abc}¶  url: https | a secret stands here itself",
        "url: https | auth: {baerer: \"${env:X}\"}¶  url: https | Did you mean bearer?",
        "url: https | headers: {X-Api-Key: abc}¶  url: https | by its name it is a secret",
        "url: https | headers: {Cookie: abc}¶  url: https | by its name it is a secret",
        "url: https://shop | url: https://${env:HOST} | only values under api.auth and api.headers",
        "url: https | budget: fast¶  url: https | such as 5/s, 30/m or 5000/h",
        "url: https | answers: {404: none}¶  url: https | expected ok, empty, unchanged",
        "every: 1d | every: 90 | expected a length of time",
        "every: 1d | every: 1d¶        retract-at-most: some | expected a share, a number of rows"
            + " or both",
        "every: 1d | every: 1d¶        absent: keep¶        retract-at-most: 1% | with absent: keep"
            + " nothing is taken back",
        "path: /orders | path: orders | a path that begins with /, such as /orders",
        "path: /orders | path: /orders?x=1 | its parameters stand under query",
        "path: /orders | path: /orders/{id} | nothing is put in place of {id} here",
        "path: /orders | path: \"/orders/{id\" | a brace without its other one",
        "path: /orders | path: /orders¶          host: files | api.hosts has no files",
        "paging: none | paging: all | shop.yaml:12:19: resources.orders.reads.whole.ask.paging:"
            + " \"all\": expected none or link-header",
        "paging: none | conditional: true | paging is missing: none, link-header, or how",
        "paging: none | paging: {page: p} | first is missing",
        "paging: none | paging: {pages: /x} | Did you mean page?",
        "paging: none | paging: {by: cursor} | ties is missing",
        "paging: none | paging: {by: cursor, ties: none} | by: cursor is for changes",
        "paging: none | paging: {cursor: /x, to: next} | such as query.cursor",
        "paging: none | paging: {offset: o, first: 0, size: {n: 1, m: 2}} | one parameter and its"
            + " value",
        "paging: none | paging: {offset: o, first: 0, size: {n: 1}}¶          query: {o: 5} |"
            + " paging sets it on each request",
        "records: /data | records: data | which begins with /, such as /data",
        "records: /data | records: $.data.items | such as /data/items",
        "records: /data | records: | nothing stands here; expected",
        "records: /data | records: {objects: /x} | Did you mean object?",
        "records: /data | records: /data¶    older: skip | nothing says how old a record is",
        "records: /data | records: /data¶    dataset-version: 0 | a whole number from 1 to 99",
        "records: /data | records: /data¶    deleted: {at: /x} | is or in is missing",
        "key: [id] | key: [ids] | shop.yaml:14:11: resources.orders.key[1]: there is no field ids."
            + " Did you mean id?",
        "key: [id] | key: [id, id] | is there twice",
        "key: [id] | key: [] | the list is empty",
        "key: [id] | key: id | expected a list",
        "key: [id] | key: [id]¶    filters: [id] | whose bounds are kept anyway",
        "{at: /id, type: text} | {at: /id, type: double} | so no key; take text",
        "{at: /id, type: text} | {at: /id, type: text, retired: true} | tells no rows apart",
        "{at: /id, type: text} | {type: text} | at or from is missing",
        "{at: /id, type: text} | {from: id, type: text} | a value of the record itself stands under"
            + " at",
        "{at: /id, type: text} | {from: for.repo, type: text} | for-each has no repo",
        "{at: /id, type: text} | {from: item.id, type: text} | this resource is not listed",
        "{at: /id, type: text} | {at: /id, type: string} | expected text, int, long",
        "{at: /id, type: text} | {at: /id, type: \"decimal(40,2)\"} | expected 1 to 38 digits",
        "{at: /id, type: text} | {at: /id, type: decimal(10,2)} | in quotation marks, because a"
            + " comma ends a value",
        "{at: /id, type: text} | {at: /id, type: text, as: epoch-millis} | write type: timestamp",
        "{at: /id, type: text} | {at: /id, type: text, as: present} | write type: boolean",
        "{at: /id, type: text} | 5 | expected the keys of fields.NAME, not a single value",
        "total: { | ID: { | differs by capitals alone",
        "total: { | _total: { | Landfall's own columns",
        "orders: | Orders: | expected a name of lower-case letters",
        "orders: | ledger: | shop.ledger.v1 is a topic that every source has",
        "resources: | for-each: {repo: [a, b]}¶resources: | each repo is asked the same",
        "resources: | for-each: {from: [a]}¶resources: | is a time that is put in place",
        "about: Orders of a shop. | about: \"?\" | ? was left there by the draft",
        "about: Orders of a shop. | about: &a Orders | & names a value for others",
        "about: Orders of a shop. | about: *a | * and a name stand for another value",
        "about: Orders of a shop. | about: !!java.net.URL x | ! and a name is a type",
        "about: Orders of a shop. | about: [ | not YAML",
        "about: Orders of a shop. | --- | not YAML"
      })
  void whatIsWrongIsSaidWithItsPlace(String tried) {
    String[] parts = tried.replace("¶", "\n").split(" \\| ", 3);
    assertThat(problems(parts[1], parts[0]))
        .anySatisfy(problem -> assertThat(problem).contains(parts[2]))
        .allSatisfy(problem -> assertThat(problem).matches("shop\\.yaml:\\d+:\\d+: (?s:.+)"));
  }

  /** The small file, whose orders are read in another way. */
  private static String read(String reads) {
    int from = SMALL.indexOf("      whole:");
    int to = SMALL.indexOf("          paging: none");
    return SMALL.substring(0, from) + reads.indent(6) + SMALL.substring(to);
  }

  private static final String WINDOWS =
      read(
          """
          windows:
            every: 1d
            from: 2024-01-01
            ask:
              path: /orders/{from}
          """);

  private static final String CHANGES =
      read(
          """
          changes:
            every: 1m
            from: 2024-01-01
            cursor: {at: /u, as: iso}
            order: none
            lag: 0s
            ask:
              path: /orders/{since}
          """);

  private static final String LISTED =
      read(
              """
              listed:
                of: shops
                for: {shop: /id}
                ask:
                  path: /orders/{shop}
              """)
          + """
            shops:
              reads: {whole: {every: 1d, ask: {path: /shops, paging: none}}}
              records: ""
              key: [id]
              fields: {id: {at: /id, type: text}}
          """;

  @Test
  void eachWayOfReadingNeedsWhatMakesItsRequestsDiffer() {
    assertThat(problems(WINDOWS)).isEmpty();
    assertThat(problems(CHANGES)).isEmpty();
    assertThat(problems(LISTED)).isEmpty();
    assertThat(problems(WINDOWS.replace("{from}", "x")))
        .singleElement()
        .asString()
        .contains("each window is asked the same");
    assertThat(problems(CHANGES.replace("{since}", "x")))
        .singleElement()
        .asString()
        .contains("nothing says since when");
    assertThat(problems(LISTED.replace("{shop}", "x")))
        .singleElement()
        .asString()
        .contains("each item is asked the same");
    assertThat(problems(CHANGES.replace("{since}", "{sinc}")))
        .anySatisfy(problem -> assertThat(problem).contains("Did you mean since?"));
  }

  @Test
  void windowsDivideDays() {
    for (String right : List.of("1h", "6h", "12h", "1d", "7d", "24h")) {
      assertThat(problems(WINDOWS.replace("every: 1d", "every: " + right))).isEmpty();
    }
    for (String wrong : List.of("7h", "36h", "90m", "30m", "1ms")) {
      assertThat(problems(WINDOWS.replace("every: 1d", "every: " + wrong)))
          .as(wrong)
          .singleElement()
          .asString()
          .contains("hours that divide a day");
    }
    assertThat(problems(WINDOWS.replace("every: 1d", "every: 1d\n        look-again: [2h, 1h]")))
        .singleElement()
        .asString()
        .contains("look-again[2]: not longer than the one before");
  }

  @Test
  void aCursorPagesOnlyWhatComesInItsOrder() {
    String byCursor = CHANGES.replace("paging: none", "paging: {by: cursor, ties: none}");
    assertThat(problems(byCursor))
        .singleElement()
        .asString()
        .contains("by: cursor needs order: ascending");
    assertThat(problems(byCursor.replace("order: none", "order: ascending"))).isEmpty();
    assertThat(problems(CHANGES.replace("        cursor: {at: /u, as: iso}\n", "")))
        .singleElement()
        .asString()
        .contains("cursor is missing");
    assertThat(problems(CHANGES.replace("from: 2024-01-01", "from: first-run")))
        .singleElement()
        .asString()
        .contains("nothing else brings what was before");
  }

  @Test
  void whatListsItemsIsThereAndComesToAnEnd() {
    assertThat(problems(LISTED.replace("of: shops", "of: shop")))
        .singleElement()
        .asString()
        .contains("there is no resource shop. Did you mean shops?");
    assertThat(problems(LISTED.replace("of: shops", "of: orders")))
        .singleElement()
        .asString()
        .contains("orders of orders: each waits for the other's records");
    assertThat(problems(LISTED.replace("{shop: /id}", "{since: /id, shop: /id}")))
        .singleElement()
        .asString()
        .contains("{since} is a time");
  }

  @Test
  void valuesAreTakenAsTheyAreWritten() {
    SourceDefinition shop =
        Definitions.read(
            "shop.yaml",
            SMALL.replace(
                "paging: none",
                "paging: none\n"
                    + "          query: {a: yes, b: 12:30, c: 1.10, d: 0123, e: ~, f:"
                    + " 2024-01-01}"));
    assertThat(shop.resources().get(0).whole().orElseThrow().ask().query())
        .isEqualTo(
            Map.of(
                "a", "yes", "b", "12:30", "c", "1.10", "d", "0123", "e", "~", "f", "2024-01-01"));
  }

  @Test
  void aSecretIsNeverRepeated() {
    for (String secret :
        List.of(
            "auth: {bearer: planted}",
            "auth: {basic: {user: planted, password: planted}}",
            "auth: {header: {name: X, value: planted}}",
            "headers: {Authorization: planted}",
            "headers: {X-My-Token: planted}")) {
      assertThat(problems(secret + "\n  url: https", "url: https"))
          .isNotEmpty()
          .allSatisfy(problem -> assertThat(problem).doesNotContain("planted"));
    }
  }

  @Test
  void whatNobodyWritesByHandIsRefused() {
    assertThat(problems("x: " + "[".repeat(50) + "]".repeat(50)))
        .singleElement()
        .asString()
        .contains("not YAML: Nesting Depth exceeded max 20");
    assertThat(problems("#" + "x".repeat(YamlText.MOST_CHARACTERS)))
        .singleElement()
        .asString()
        .contains("a definition is not that large");
    assertThat(problems("")).singleElement().asString().contains("the file is empty");
    assertThat(problems("- a")).singleElement().asString().contains("expected keys with values");
    assertThat(problems("a\u0000b")).singleElement().asString().contains("not YAML");
  }
}
