package io.landfall.producer.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.producer.ManualClock;
import io.landfall.producer.definition.Definitions;
import io.landfall.producer.definition.SourceDefinition;
import io.landfall.producer.rest.ask.Look;
import io.landfall.producer.rest.ask.Look.Ending;
import io.landfall.producer.rest.ask.Pages;
import io.landfall.producer.rest.ask.Question;
import io.landfall.producer.source.FetchOutcome;
import io.landfall.producer.source.Held;
import io.landfall.schemas.Item;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A look is begun while another one is answered, in one thread: each time the same. */
class OverlappingLooksTest {

  private static final Instant NOW = Instant.parse("2026-11-27T00:00:00Z");
  private static final Held NOTHING =
      new Held(Map.of(), false, Map.of(), Map.of(), Optional::empty, Map.of(), Optional.empty());
  private static final String QUAKES =
      """
      source: quakes
      about: Quakes.
      api: {url: "http://localhost:1"}
      resources:
        quakes:
          reads:
            windows:
              every: 1d
              from: 2026-11-24
              zone: UTC
              look-again: [1h]
              ask: {path: /q, query: {from: "{from}", to: "{to}"}, paging: none}
            changes:
              every: 10m
              from: 2026-11-24T00:00:00Z
              cursor: {at: /updated, as: iso}
              order: none
              lag: 2m
              ask: {path: /q, query: {since: "{since}"}, paging: none}
          records: ""
          key: [id]
          ignore: [/views]
          fields: {id: {at: /id, type: int}, mag: {at: /mag, type: double}}
        places:
          reads:
            whole: {every: 1d, ask: {path: /places, paging: none}}
          records: ""
          key: [id]
          fields: {id: {at: /id, type: int}}
      """;

  private final ManualClock clock = new ManualClock(NOW);
  private final SourceDefinition definition = Definitions.read("quakes.yaml", QUAKES);
  private final List<String> asked = new ArrayList<>();
  private final Map<String, Deque<Answer>> answers = new HashMap<>();
  private final RestSource source =
      new RestSource(
          definition,
          this::look,
          Optional::empty,
          () -> 0,
          Optional.empty(),
          LocalDate.parse("2026-11-24"),
          clock);

  /** What happens while it is made, and what it says. */
  private record Answer(Runnable meanwhile, String body) {}

  private Look look(Question question) {
    String name =
        question.ask().path().equals("/places")
            ? "places"
            : question.values().getOrDefault("from", "changes");
    asked.add(name);
    Instant askedAt = clock.instant();
    clock.pass(Duration.ofSeconds(1));
    Answer answer = answers(name).remove();
    answer.meanwhile().run();
    return Pages.look(List.of(answer.body()), askedAt, Optional.empty(), new Ending.Whole());
  }

  private Deque<Answer> answers(String name) {
    return answers.computeIfAbsent(name, key -> new ArrayDeque<>());
  }

  private void will(String name, Runnable meanwhile, String body) {
    answers(name).add(new Answer(meanwhile, body));
  }

  private FetchOutcome fetch(Item item) {
    try {
      return source.fetch(item, NOTHING);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Item window(String day) {
    Instant from = Instant.parse(day + "T00:00:00Z");
    return Items.window(
        "quakes",
        Map.of(),
        new Stretch(
            day + "/1d",
            from,
            from.plus(Duration.ofDays(1)),
            LocalDate.parse(day),
            LocalDate.parse(day)));
  }

  private static Item standing(String resource, String kind) {
    return Items.standing(resource, kind, Map.of(), LocalDate.parse("2026-11-24"));
  }

  private static String said(FetchOutcome outcome) {
    assertThat(outcome).isInstanceOf(FetchOutcome.Fetched.class);
    return new String(
        RecordNames.bytes(((FetchOutcome.Fetched) outcome).answers().getAnswers().get(0).getBody()),
        UTF_8);
  }

  private void other(Item item) {
    assertThat(fetch(item)).isInstanceOf(FetchOutcome.Fetched.class);
  }

  /** It moved from the one to the other day, and its size was corrected, between two answers. */
  @Test
  void ofTwoThatDifferTheOneThatEndsLastIsMadeAgain() {
    will("2026-11-26T00:00:00Z", () -> {}, "[{\"id\":1,\"mag\":5.4},{\"id\":2,\"mag\":1}]");
    will("2026-11-25T00:00:00Z", () -> other(window("2026-11-26")), "[{\"id\":1,\"mag\":5.5}]");
    will("2026-11-25T00:00:00Z", () -> {}, "[]");
    assertThat(said(fetch(window("2026-11-25")))).isEqualTo("[]");
    assertThat(asked)
        .containsExactly("2026-11-25T00:00:00Z", "2026-11-26T00:00:00Z", "2026-11-25T00:00:00Z");
  }

  @Test
  void changesAndWindowsToo() {
    will("2026-11-26T00:00:00Z", () -> {}, "[{\"id\":1,\"mag\":5.5}]");
    will("changes", () -> other(window("2026-11-26")), "[{\"id\":1,\"mag\":5.4}]");
    will("changes", () -> {}, "[{\"id\":1,\"mag\":5.3}]");
    assertThat(said(fetch(standing("quakes", Items.CHANGES)))).contains("5.3");
  }

  @Test
  void whatDoesNotCountDoesNotDiffer() {
    will("2026-11-26T00:00:00Z", () -> {}, "[{\"id\":1,\"mag\":5.4,\"views\":7}]");
    will(
        "2026-11-25T00:00:00Z",
        () -> other(window("2026-11-26")),
        "[{\"id\":1,\"views\":8,\"mag\":5.4},{\"id\":3}]");
    assertThat(said(fetch(window("2026-11-25")))).contains("\"views\":8");
    assertThat(asked).hasSize(2);
  }

  @Test
  void anotherResourceHasOtherRecords() {
    will("places", () -> {}, "[{\"id\":1}]");
    will(
        "2026-11-25T00:00:00Z",
        () -> other(standing("places", Items.WHOLE)),
        "[{\"id\":1,\"mag\":5.4}]");
    fetch(window("2026-11-25"));
    assertThat(asked).hasSize(2);
  }

  /** One after the other is in order. */
  @Test
  void whatEndedBeforeDoesNotCount() {
    will("2026-11-26T00:00:00Z", () -> {}, "[{\"id\":1,\"mag\":5.4}]");
    will("2026-11-25T00:00:00Z", () -> {}, "[{\"id\":1,\"mag\":5.5}]");
    fetch(window("2026-11-26"));
    fetch(window("2026-11-25"));
    assertThat(asked).hasSize(2);
  }

  /** What differs each time is not asked for without end, and not taken either. */
  @Test
  void whatGoesOnDifferingWaits() {
    for (int size = 0; size < 3; size++) {
      will("2026-11-26T00:00:00Z", () -> {}, "[{\"id\":1,\"mag\":%d}]".formatted(size));
      will("2026-11-25T00:00:00Z", () -> other(window("2026-11-26")), "[{\"id\":1,\"mag\":9}]");
    }
    assertThat(fetch(window("2026-11-25")))
        .isEqualTo(
            new FetchOutcome.Unavailable(
                "a record differs from what quakes/2026-11-26/1d was answered at the same time: 1",
                Optional.empty()));
    assertThat(asked).hasSize(6);
  }
}
