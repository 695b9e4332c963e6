package io.landfall.producer.rest.ask;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import io.landfall.producer.definition.ApiDefinition;
import io.landfall.producer.definition.ApiDefinition.GrantHeaders;
import io.landfall.producer.definition.ApiDefinition.HeaderTime;
import io.landfall.producer.definition.Paging;
import io.landfall.producer.definition.Reading.Ask;
import io.landfall.producer.rest.ask.AnApi.Said;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What one look comes to, by what the API says. */
class LookTest {

  private static final AnApi API = new AnApi();
  private static final Question ALL = AnApi.question(new Paging.LinkHeader(100));
  private static final Said ONE = Said.json("{\"records\": [{\"id\": 1}]}");

  @AfterAll
  static void close() {
    API.close();
  }

  private static Look.Ending ending(Said said) throws InterruptedException {
    API.serves(request -> said);
    return API.asking().look(ALL).ending();
  }

  @Test
  void aStatusMeansWhatIsUsualOrWhatTheDefinitionSays() throws Exception {
    assertThat(ending(ONE)).isEqualTo(new Look.Ending.Whole());
    assertThat(ending(Said.status(204))).isEqualTo(new Look.Ending.Empty());
    assertThat(ending(Said.status(404))).isInstanceOf(Look.Ending.Refused.class);
    assertThat(ending(Said.status(304))).isInstanceOf(Look.Ending.Refused.class);
    assertThat(ending(Said.status(403))).isInstanceOf(Look.Ending.Stop.class);
    assertThat(ending(Said.status(410)))
        .isEqualTo(new Look.Ending.Gone("GET %s/things: status 410".formatted(API.url())));
    assertThat(ending(Said.status(400))).isInstanceOf(Look.Ending.Split.class);
    assertThat(ending(Said.status(503).with("Retry-After", "7200")))
        .isInstanceOf(Look.Ending.Later.class);
  }

  @Test
  void aRefusalThatSaysWhenItIsOverIsForLater() throws Exception {
    Look.Ending ending = ending(Said.status(403).with("Retry-After", "7200"));
    assertThat(((Look.Ending.Later) ending).until()).isPresent();
  }

  @Test
  void aBodyThatIsTooLargeIsTooMuchAtOnce() throws Exception {
    assertThat(ending(Said.json("[" + " ".repeat(9 * 1024 * 1024) + "]")))
        .isInstanceOf(Look.Ending.Split.class);
  }

  @Test
  void aPageHasItsAnswer() throws Exception {
    API.serves(request -> ONE.with("ETag", "\"v1\""));
    Instant before = Instant.now();
    Look look = API.asking().look(ALL);
    assertThat(look.askedAt()).isBetween(before, Instant.now());
    assertThat(look.dated().orElseThrow()).isBetween(before.minusSeconds(2), Instant.now());
    Look.Page page = look.pages().get(0);
    assertThat(page.endpoint()).isEqualTo("page-1");
    assertThat(page.url()).hasToString(API.url() + "/things");
    assertThat(page.contentType()).isEqualTo("application/json");
    assertThat(page.headers()).containsEntry("ETag", "\"v1\"").containsKey("Date");
    assertThat(page.records()).isEqualTo(1);
    assertThat(page.body()).asString().isEqualTo(ONE.body());
  }

  @Test
  void onlyWhatIsNewIsAskedFor() throws Exception {
    API.serves(
        request ->
            "\"v1\"".equals(request.headers().get("If-none-match"))
                ? Said.status(304)
                : ONE.with("ETag", "\"v1\""));
    Look first = API.asking().look(ALL);
    Look second = API.asking().look(ALL.unless(first.validator().orElseThrow()));
    assertThat(second.ending()).isEqualTo(new Look.Ending.Unchanged());
    assertThat(second.pages()).isEmpty();
  }

  @Test
  void aValidatorIsForItsAddressOnly() throws Exception {
    API.serves(request -> ONE.with("ETag", "\"v1\""));
    String validator = API.asking().look(ALL).validator().orElseThrow();
    Question other =
        AnApi.question(AnApi.ask("/things", Map.of("since", "3"), new Paging.LinkHeader(100)));
    assertThat(API.asking().look(other.unless(validator)).ending())
        .isEqualTo(new Look.Ending.Whole());
    assertThat(API.requests()).noneMatch(got -> got.headers().containsKey("If-none-match"));
  }

  @Test
  void aFirstPageThatStaysSaysNothingOfTheOthers() throws Exception {
    StillCollection collection = new StillCollection(12, 1, 4);
    API.serves(collection);
    assertThat(API.asking().look(collection.question(StillCollection.Kind.LINK_HEADER)).validator())
        .isEmpty();
    StillCollection full = new StillCollection(10, 1, 10);
    API.serves(full);
    assertThat(API.asking().look(full.question(StillCollection.Kind.LINK_HEADER)).validator())
        .isEmpty();
  }

  @Test
  void whatByCursorEndedWithIsNotReadAgain() throws Exception {
    StillCollection collection = new StillCollection(12, 1, 4);
    API.serves(collection);
    Question question = collection.question(StillCollection.Kind.CURSOR_BY_LINK);
    Look look = API.asking().look(question);
    String last =
        new CursorForm(question.changes().orElseThrow().cursor())
            .sent(look.highest().orElseThrow());
    assertThat(last).isEqualTo("2026-01-01T00:00:11Z");
    API.serves(
        request ->
            request.headers().containsKey("If-none-match") ? Said.status(304) : Said.status(500));
    Question next =
        new Question(
            question.ask(),
            Map.of("since", last),
            question.records(),
            question.key(),
            question.changes(),
            look.validator(),
            Question.MOST_BYTES);
    assertThat(API.asking().look(next).ending()).isEqualTo(new Look.Ending.Unchanged());
  }

  @Test
  void anAnswerThatHasNothingYetIsEmpty() throws Exception {
    Ask plain = ALL.ask();
    Ask ask =
        new Ask(
            plain.name(),
            plain.host(),
            plain.path(),
            plain.query(),
            plain.paging(),
            plain.count(),
            List.of(),
            false,
            Optional.of(JsonPointer.compile("/records")));
    API.serves(request -> Said.json("{\"records\": []}"));
    assertThat(API.asking().look(AnApi.question(ask)).ending()).isEqualTo(new Look.Ending.Empty());
    assertThat(API.asking().look(ALL).ending()).isEqualTo(new Look.Ending.Whole());
  }

  private static Asking limited(HeaderTime as) {
    ApiDefinition plain = API.definition();
    return API.asking(
        new ApiDefinition(
            plain.url(),
            Map.of(),
            plain.auth(),
            Map.of(),
            Optional.empty(),
            1,
            Duration.ofSeconds(10),
            Optional.of(new GrantHeaders("X-Left", "X-Until", as)),
            Map.of()),
        Map.of());
  }

  @Test
  void whereNothingIsGrantedForLongNothingIsAsked() throws Exception {
    Asking asking = limited(HeaderTime.EPOCH_SECONDS);
    long until = Instant.now().getEpochSecond() + 3000;
    API.serves(request -> ONE.with("X-Left", "0").with("X-Until", Long.toString(until)));
    assertThat(asking.look(ALL).ending()).isEqualTo(new Look.Ending.Whole());
    Look look = asking.look(ALL);
    assertThat(((Look.Ending.Later) look.ending()).until()).contains(Instant.ofEpochSecond(until));
    assertThat(API.requests()).hasSize(1);
  }

  @Test
  void whereMoreIsGrantedSoonThatIsWaitedFor() throws Exception {
    Asking asking = limited(HeaderTime.SECONDS);
    API.serves(request -> ONE.with("X-Left", "0").with("X-Until", "1"));
    long begin = System.nanoTime();
    assertThat(asking.look(ALL).ending()).isEqualTo(new Look.Ending.Whole());
    assertThat(asking.look(ALL).ending()).isEqualTo(new Look.Ending.Whole());
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(900));
  }

  @Test
  void aRefusalBecauseNothingIsGrantedIsForLater() throws Exception {
    Asking asking = limited(HeaderTime.SECONDS);
    API.serves(request -> Said.status(403).with("X-Left", "0").with("X-Until", "3000"));
    assertThat(((Look.Ending.Later) asking.look(ALL).ending()).until()).isPresent();
    assertThat(API.requests()).hasSize(1);
  }

  @Test
  void aPlaceholderWithoutAValueIsToldWithThoseThereAre() throws Exception {
    API.serves(request -> ONE);
    Question question = AnApi.question(AnApi.ask("/things/{what}", Map.of(), new Paging.None()));
    assertThat(API.asking().look(question).ending().toString())
        .contains("nothing stands for {what}");
    assertThat(API.requests()).isEmpty();
  }
}
