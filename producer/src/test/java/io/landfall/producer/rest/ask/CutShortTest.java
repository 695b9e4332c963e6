package io.landfall.producer.rest.ask;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import io.landfall.producer.definition.Paging;
import io.landfall.producer.definition.Reading.Ask;
import io.landfall.producer.definition.Reading.Count;
import io.landfall.producer.definition.Reading.Cursor;
import io.landfall.producer.definition.Reading.Order;
import io.landfall.producer.definition.Reading.Writing;
import io.landfall.producer.rest.ask.AnApi.Said;
import io.landfall.producer.rest.ask.AnApi.Served;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Only the API ends a listing; whatever else does is told. */
class CutShortTest {

  private static final AnApi API = new AnApi();

  private static final Paging.LinkHeader LINKS = new Paging.LinkHeader(1000);
  private static final Optional<JsonPointer> NOTHING = Optional.empty();

  @AfterAll
  static void close() {
    API.close();
  }

  private static JsonPointer at(String pointer) {
    return JsonPointer.compile(pointer);
  }

  private static Look look(Question question, Served served) throws InterruptedException {
    API.serves(served);
    return API.asking().look(question);
  }

  private static Look look(Paging paging, Served served) throws InterruptedException {
    return look(AnApi.question(paging), served);
  }

  private static String reason(Look look) {
    assertThat(look.ending()).isInstanceOf(Look.Ending.CutShort.class);
    return ((Look.Ending.CutShort) look.ending()).reason();
  }

  private static String records(int... ids) {
    StringBuilder records = new StringBuilder();
    for (int id : ids) {
      records.append(records.isEmpty() ? "" : ",").append("{\"id\": %d}".formatted(id));
    }
    return "\"records\": [" + records + "]";
  }

  private static Said page(String more, int... ids) {
    return Said.json("{%s%s}".formatted(records(ids), more));
  }

  /** A next page for ever. */
  private static Said endless(AnApi.Got request) {
    int page = request.number("page", 1);
    return page("", page).with("Link", "<?page=%d>; rel=next".formatted(page + 1));
  }

  @Test
  void aCapOfOursIsNoEnd() throws Exception {
    Look look = look(new Paging.LinkHeader(3), CutShortTest::endless);
    assertThat(look.pages()).hasSize(3);
    assertThat(reason(look)).startsWith("page 3: GET ").endsWith("and at-most is 3 pages");
  }

  @Test
  void enoughBytesAreNoEnd() throws Exception {
    Look look = look(AnApi.question(LINKS).within(60), CutShortTest::endless);
    assertThat(look.ending()).isInstanceOf(Look.Ending.Filled.class);
    assertThat(look.pages()).hasSize(3);
  }

  @Test
  void anAddressThatWasAskedBeforeDoesNotAdvance() throws Exception {
    Look look =
        look(
            LINKS,
            request ->
                page("", request.number("page", 1))
                    .with("Link", "</things?page=%d>; rel=next".formatted(2)));
    assertThat(reason(look)).contains("/things?page=2, which was asked before");
    assertThat(look.pages()).hasSize(2);
  }

  @Test
  void aTokenThatComesAgainDoesNotAdvance() throws Exception {
    Look look =
        look(
            new Paging.Token(at("/next"), "token", NOTHING, 1000),
            request -> page(", \"next\": \"same\"", request.parameter("token").length()));
    assertThat(reason(look)).endsWith("the token at \"/next\" has come before");
  }

  @Test
  void aPageThatComesAgainDoesNotAdvance() throws Exception {
    Look look =
        look(
            new Paging.Offset("skip", 0, new Paging.Size("limit", 2), NOTHING, 1000),
            request -> page(", \"at\": \"" + request.parameter("skip") + "\"", 1, 2));
    assertThat(reason(look))
        .startsWith("page 2: GET ")
        .endsWith("it has the same 2 records as page 1: paging does not advance");
  }

  @Test
  void aLastRecordThatStaysDoesNotAdvance() throws Exception {
    Look look =
        look(
            new Paging.AfterLast(at("/id"), "after", NOTHING, 1000),
            request -> page("", request.parameter("after").length(), 7));
    assertThat(reason(look)).contains("ended with the same value at \"/id\": \"7\"");
  }

  @Test
  void moreWithoutATokenIsNoEnd() throws Exception {
    Look look =
        look(
            new Paging.Token(at("/next"), "token", Optional.of(at("/more")), 1000),
            request -> page(", \"more\": true", 1));
    assertThat(reason(look)).contains("says at \"/more\" that there is more, and has no token");
  }

  @Test
  void nothingWhereTheAnswerMustSayWhetherThereIsMoreIsNoEnd() throws Exception {
    Look look =
        look(
            new Paging.AfterLast(at("/id"), "after", Optional.of(at("/has_more")), 1000),
            request -> page("", 1));
    assertThat(reason(look)).contains("has nothing usable at \"/has_more\"");
  }

  @Test
  void aBodyThatIsNoJsonIsNoPage() throws Exception {
    Look look =
        look(
            LINKS,
            request ->
                request.query().isEmpty()
                    ? endless(request)
                    : Said.json("<html>Down for maintenance</html>"));
    assertThat(reason(look)).startsWith("page 2: GET ").contains("no JSON");
    assertThat(look.pages()).hasSize(1);
  }

  @Test
  void aBodyThatIsCutIsNoPage() throws Exception {
    Look look = look(LINKS, request -> Said.json("{\"records\": [{\"id\": 1}, {\"id\""));
    assertThat(reason(look)).startsWith("page 1: GET ").contains("no JSON");
    assertThat(look.pages()).isEmpty();
  }

  @Test
  void anErrorThatIsSentAs200IsNoEmptyPage() throws Exception {
    Look look = look(LINKS, request -> Said.json("{\"error\": \"try later\"}"));
    assertThat(reason(look)).contains("/records");
  }

  @Test
  void aLinkToAHostThatNobodyNamedIsNotFollowed() throws Exception {
    Look look =
        look(LINKS, request -> page("", 1).with("Link", "<https://evil.test/x?page=2>; rel=next"));
    assertThat(reason(look))
        .contains("https://evil.test/x?page=2, a host that the definition does not name");
    assertThat(API.requests()).hasSize(1);
  }

  @Test
  void aBodysLinkToAHostThatNobodyNamedIsNotFollowed() throws Exception {
    Look look =
        look(
            new Paging.Link(at("/next"), 1000),
            request -> page(", \"next\": \"%s/x\"".formatted(API.url("localhost")), 1));
    assertThat(reason(look)).contains("a host that the definition does not name");
    assertThat(API.requests()).hasSize(1);
  }

  @Test
  void totalsThatDifferTellOfADrift() throws Exception {
    Look look =
        look(
            new Paging.Offset(
                "skip", 0, new Paging.Size("limit", 2), Optional.of(at("/total")), 1000),
            request -> {
              int skip = request.number("skip", 0);
              return page(", \"total\": %d".formatted(6 + skip), skip, skip + 1);
            });
    assertThat(reason(look)).contains("says that there are 8 records, and page 1 said 6");
  }

  @Test
  void fewerRecordsThanTheTotalAreNotAll() throws Exception {
    Look look =
        look(
            new Paging.Numbered(
                "page",
                1,
                Optional.of(new Paging.Size("limit", 2)),
                NOTHING,
                Optional.of(at("/total")),
                1000),
            request ->
                request.parameter("page").equals("1")
                    ? page(", \"total\": 4", 1, 2)
                    : page(", \"total\": 4", 2, 3));
    assertThat(reason(look)).endsWith("3 different records came, and the API says there are 4");
    assertThat(look.pages()).hasSize(2);
  }

  @Test
  void fewerRecordsThanTheCountAreNotAll() throws Exception {
    Ask plain = AnApi.ask("/things", Map.of(), new Paging.None());
    Ask counted =
        new Ask(
            plain.name(),
            plain.host(),
            plain.path(),
            plain.query(),
            plain.paging(),
            Optional.of(new Count("/count", Map.of("format", "json"), at("/count"))),
            List.of(),
            false,
            NOTHING);
    Served two =
        request ->
            request.path().equals("/count")
                ? Said.json("{\"count\": 2}")
                : page("", request.number("x", 1), 2);
    assertThat(look(AnApi.question(counted), two).ending()).isEqualTo(new Look.Ending.Whole());
    Look look =
        look(
            AnApi.question(counted),
            request ->
                request.path().equals("/count") ? Said.json("{\"count\": 3}") : page("", 1, 2));
    assertThat(reason(look)).startsWith("2 different records came").endsWith("says there are 3");
    assertThat(look.total()).contains(3L);
  }

  @Test
  void aRefusalInTheMiddleIsNoEnd() throws Exception {
    Look look =
        look(LINKS, request -> request.query().isEmpty() ? endless(request) : Said.status(422));
    assertThat(reason(look)).startsWith("page 2: GET ").endsWith("status 422");
    assertThat(look.pages()).hasSize(1);
  }

  @Test
  void aWishToComeBackInTheMiddleIsTold() throws Exception {
    Look look =
        look(
            LINKS,
            request ->
                request.query().isEmpty()
                    ? endless(request)
                    : Said.status(503).with("Retry-After", "7200"));
    assertThat(reason(look)).startsWith("page 2: ");
    assertThat(((Look.Ending.CutShort) look.ending()).until()).isPresent();
  }

  @Test
  void aPageThatHasFewerThanItWasAskedForMayBeAllThatTheApiGives() throws Exception {
    StillCollection collection = new StillCollection(25, 1, 10);
    Paging.Size more = new Paging.Size("wish", 1000);
    Look look =
        look(
            AnApi.question(
                AnApi.ask(
                    "/OFFSET", Map.of(), new Paging.Offset("offset", 0, more, NOTHING, 1000))),
            collection);
    assertThat(WholeLookTest.ids(look)).isEqualTo(collection.ids());
    assertThat(look.ending()).isEqualTo(new Look.Ending.Whole());
  }

  private static Question changes(Paging paging, String since) {
    Question plain = AnApi.question(AnApi.ask("/things", Map.of("since", "{since}"), paging));
    return new Question(plain.ask(), Map.of("since", since), plain.records(), plain.key())
        .by(new Cursor(at("/n"), Writing.NUMBER, Writing.NUMBER), Order.ASCENDING);
  }

  private static Said numbers(int... numbers) {
    StringBuilder records = new StringBuilder();
    for (int number : numbers) {
      records
          .append(records.isEmpty() ? "" : ",")
          .append("{\"id\": %d, \"n\": %d}".formatted(number, number));
    }
    return Said.json("{\"records\": [%s]}".formatted(records));
  }

  @Test
  void anOrderThatIsBrokenIsTold() throws Exception {
    Paging byCursor = new Paging.ByCursor(LINKS, 1000);
    assertThat(reason(look(changes(byCursor, "1"), request -> numbers(1, 5, 4, 9))))
        .endsWith("order broken at record 3: 4 comes after 5");
    assertThat(reason(look(changes(byCursor, "3"), request -> numbers(1, 2))))
        .endsWith("order broken at record 1: 1 comes after 3");
    assertThat(reason(look(changes(LINKS, "1"), request -> numbers(7, 6))))
        .endsWith("order broken at record 2: 6 comes after 7");
    assertThat(reason(look(changes(byCursor, "1"), request -> Said.json("{\"records\": [{}]}"))))
        .endsWith("order broken at record 1: it has no cursor that can be read");
  }

  @Test
  void aParameterThatTheApiDoesNotKnowIsFoundOut() throws Exception {
    Look look = look(changes(new Paging.ByCursor(LINKS, 1000), "1"), request -> numbers(1, 2));
    assertThat(reason(look))
        .startsWith("page 2: GET ")
        .contains("since=2: order broken at record 1: 1 comes after 2");
  }

  @Test
  void aFullPageOfTiesThatNobodyCanPageIsNoEnd() throws Exception {
    Question changes =
        new Question(
                AnApi.ask(
                    "/things",
                    Map.of("since", "{since}"),
                    new Paging.ByCursor(new Paging.None(), 1000)),
                Map.of("since", "1"),
                AnApi.question(LINKS).records(),
                AnApi.question(LINKS).key())
            .by(new Cursor(at("/n"), Writing.NUMBER, Writing.NUMBER), Order.ASCENDING);
    Look look =
        look(
            changes,
            request ->
                Said.json(
                    "{\"records\": [%s]}"
                        .formatted(
                            IntStream.range(0, 10)
                                .mapToObj(id -> "{\"id\": %d, \"n\": 4}".formatted(id))
                                .collect(Collectors.joining(",")))));
    assertThat(reason(look)).contains("all of its 10 records stand at one place of the cursor");
  }
}
