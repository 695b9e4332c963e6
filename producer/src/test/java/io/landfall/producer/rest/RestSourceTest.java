package io.landfall.producer.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.landfall.cli.ExitCode;
import io.landfall.cli.LandfallException;
import io.landfall.cli.Progress;
import io.landfall.producer.ManualClock;
import io.landfall.producer.definition.Definitions;
import io.landfall.producer.definition.SourceDefinition;
import io.landfall.producer.fetch.FetchReport;
import io.landfall.producer.fetch.FetchRun;
import io.landfall.producer.fetch.FetchSettings;
import io.landfall.producer.fetch.MemoryLedger;
import io.landfall.producer.ledger.FetchPlan.Window;
import io.landfall.producer.rest.ask.CursorValue;
import io.landfall.producer.rest.ask.Look;
import io.landfall.producer.rest.ask.Look.Ending;
import io.landfall.producer.rest.ask.Pages;
import io.landfall.producer.rest.ask.Question;
import io.landfall.schemas.ItemStatus;
import io.landfall.schemas.LedgerEntry;
import io.landfall.schemas.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is asked for, when, and what comes into force, where a definition says how. */
class RestSourceTest {

  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  private static final String WINDOWS =
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
              look-again: [1h, 1d]
              absent: retract
              retract-at-most: 10%
              ask: {path: /q, query: {from: "{from}", to: "{to}"}, paging: none, same-but-for: [/made]}
          records: /rows
          key: [id]
          fields: {id: {at: /id, type: int}}
      """;
  private static final String CHANGES =
      """
      source: desk
      about: Tickets.
      api: {url: "http://localhost:1"}
      resources:
        tickets:
          reads:
            changes:
              every: 10m
              from: 2026-11-01T00:00:00Z
              cursor: {at: /updated, as: iso}
              order: ascending
              lag: 2m
              ask: {path: /t, query: {since: "{since}"}, paging: {by: cursor, ties: link-header}}
          records: ""
          key: [id]
          forgets-after: 30d
          fields: {id: {at: /id, type: int}}
        events:
          reads:
            listed:
              of: tickets
              for: {number: /id}
              again-when: [/updated]
              ask: {path: "/t/{number}/events", paging: none}
          records: ""
          key: [id]
          fields: {id: {at: /id, type: int}}
      """;

  private final ManualClock clock = new ManualClock(NOW);
  private final MemoryLedger ledger = new MemoryLedger();
  private final List<Map<String, String>> asked = new ArrayList<>();
  private Looks api = question -> rows(List.of());
  private Optional<String> accepted = Optional.empty();

  private Look rows(List<Integer> ids) {
    return rows(ids, new Ending.Whole());
  }

  private Look rows(List<Integer> ids, Ending ending) {
    String rows =
        ids.stream().map("{\"id\":%d}"::formatted).collect(Collectors.joining(",", "[", "]"));
    return Pages.look(
        List.of("{\"made\":\"%s\",\"rows\":%s}".formatted(clock.instant(), rows)),
        clock.instant(),
        Optional.empty(),
        ending);
  }

  private FetchReport run(String yaml) throws InterruptedException {
    SourceDefinition definition = Definitions.read("test.yaml", yaml);
    LocalDate beginning = LocalDate.parse("2026-11-24");
    RestSource source =
        new RestSource(
            definition,
            question -> {
              asked.add(question.values());
              return api.look(question);
            },
            Optional::empty,
            () -> 0,
            accepted,
            beginning,
            clock);
    Window window =
        new Window(
            Optional.empty(),
            Optional.empty(),
            0,
            LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC),
            beginning,
            Duration.ofDays(7));
    return new FetchRun(
            source,
            ledger,
            new FetchSettings(window, accepted, 1, 13),
            "items",
            clock,
            Progress.lines(line -> {}, clock))
        .run();
  }

  private LedgerEntry entry(String key) {
    return Objects.requireNonNull(ledger.known().entries().get(key), key);
  }

  @Test
  void aWindowThatWasNeverReadStaysDueHoweverOldItIs() throws Exception {
    api = question -> Pages.look(List.of(), NOW, Optional.empty(), later());
    run(WINDOWS);
    clock.pass(Duration.ofDays(400));
    asked.clear();
    api = question -> rows(List.of(1));
    run(WINDOWS);
    assertThat(asked)
        .contains(Map.of("from", "2026-11-24T00:00:00Z", "to", "2026-11-25T00:00:00Z"))
        .contains(Map.of("from", "2026-11-25T00:00:00Z", "to", "2026-11-26T00:00:00Z"))
        .hasSize(402);
  }

  private static Ending later() {
    return new Ending.Later("status 503", Optional.empty());
  }

  @Test
  void aWindowIsIncompleteWhileItGoesOnAndIsLookedAtAgainUntilALookBringsNothingNew()
      throws Exception {
    api = question -> rows(List.of(1));
    run(WINDOWS);
    LedgerEntry open = entry("quakes/2026-11-25/1d");
    assertThat(open.getStatus()).isEqualTo(ItemStatus.INCOMPLETE);
    assertThat(open.getReason()).contains("goes on until 2026-11-26T00:00:00Z");
    assertThat(open.getNextAttemptAt()).isEqualTo(NOW.plus(Duration.ofHours(1)));
    LedgerEntry closed = entry("quakes/2026-11-24/1d");
    assertThat(closed.getStatus()).isEqualTo(ItemStatus.FETCHED);
    assertThat(closed.getNextAttemptAt()).isEqualTo(NOW.plus(Duration.ofHours(1)));

    clock.pass(Duration.ofHours(1));
    api = question -> rows(List.of(1, 2));
    run(WINDOWS);
    assertThat(entry("quakes/2026-11-24/1d").getNextAttemptAt())
        .as("one more round follows each change")
        .isEqualTo(NOW.plus(Duration.ofHours(2)));
    for (int day = 0; day < 3; day++) {
      clock.pass(Duration.ofDays(1));
      run(WINDOWS);
    }
    assertThat(entry("quakes/2026-11-24/1d").getNextAttemptAt()).isNull();
  }

  @Test
  void whatDiffersOnlyInWhatSaysNothingIsNotArchivedAgain() throws Exception {
    api = question -> rows(List.of(1));
    run(WINDOWS);
    int before = ledger.answers;
    clock.pass(Duration.ofHours(1));
    run(WINDOWS);
    assertThat(ledger.answers).isEqualTo(before);
  }

  @Test
  void aCapThatIsReachedMakesTheItemIncompleteAndSaysSo() throws Exception {
    api = question -> rows(List.of(1), new Ending.CutShort("1,000 pages", Optional.empty()));
    run(WINDOWS);
    LedgerEntry cut = entry("quakes/2026-11-24/1d");
    assertThat(cut.getStatus()).isEqualTo(ItemStatus.INCOMPLETE);
    assertThat(cut.getReason()).contains("1,000 pages");
    assertThat(ledger.answers(cut).orElseThrow().getComplete()).isFalse();
    clock.pass(Duration.ofDays(2));
    api = question -> rows(List.of(1));
    run(WINDOWS);
    assertThat(ledger.answers(entry("quakes/2026-11-24/1d")).orElseThrow().getComplete())
        .as("the same rows, and now it is known that they are all")
        .isTrue();
  }

  private static List<Integer> ids(int last) {
    return IntStream.rangeClosed(1, last).boxed().toList();
  }

  @Test
  void aLookThatWouldTakeBackTooMuchWaitsForAnotherDayThatSaysTheSame() throws Exception {
    api = question -> rows(ids(230));
    run(WINDOWS);
    api = question -> rows(ids(18));
    clock.pass(Duration.ofHours(1));
    run(WINDOWS);
    LedgerEntry refused = entry("quakes/2026-11-24/1d");
    assertThat(refused.getNotInForce().get("records"))
        .isNotNull()
        .extracting(Refusal::getReason)
        .isEqualTo("would take back 212 of 230 rows");
    assertThat(ledger.answers(refused).orElseThrow().getNotInForce()).hasSize(1);
    assertThat(ledger.answers(refused).orElseThrow().getComplete()).isFalse();
    clock.pass(Duration.ofDays(1));
    run(WINDOWS);
    LedgerEntry confirmed = entry("quakes/2026-11-24/1d");
    assertThat(confirmed.getNotInForce()).isEmpty();
    assertThat(confirmed.getQuality()).containsEntry("rows", 18);
    assertThat(confirmed.getNextAttemptAt())
        .as("shape waits for a second look without them")
        .isNotNull();
  }

  @Test
  void whatTheUserAcceptsComesIntoForceAtOnce() throws Exception {
    api = question -> rows(ids(230));
    run(WINDOWS);
    api = question -> rows(ids(18));
    accepted = Optional.of("quakes/2026-11-24/1d");
    run(WINDOWS);
    assertThat(entry("quakes/2026-11-24/1d").getQuality()).containsEntry("rows", 18);
  }

  @Test
  void aRecordThatIsGoneIsLookedForOnceMoreAndThatLookIsArchivedThoughItIsTheSame()
      throws Exception {
    api = question -> rows(ids(20));
    run(WINDOWS);
    clock.pass(Duration.ofHours(1));
    api = question -> rows(ids(19));
    run(WINDOWS);
    int before = ledger.answers;
    clock.pass(Duration.ofDays(1));
    run(WINDOWS);
    assertThat(ledger.answers).isGreaterThan(before);
    assertThat(entry("quakes/2026-11-24/1d").getPosition()).doesNotContainKey("absent");
  }

  @Test
  void whatIsTooMuchIsHalvedAndStaysVoidWhenItIsListedAgain() throws Exception {
    api =
        question ->
            "2026-11-25T00:00:00Z".equals(question.values().get("to"))
                    && "2026-11-24T00:00:00Z".equals(question.values().get("from"))
                ? Pages.look(List.of(), NOW, Optional.empty(), new Ending.Split("status 400"))
                : rows(List.of(1));
    run(WINDOWS);
    assertThat(entry("quakes/2026-11-24/1d").getStatus()).isEqualTo(ItemStatus.VOID);
    assertThat(entry("quakes/2026-11-24T00/12h").getStatus()).isEqualTo(ItemStatus.FETCHED);
    assertThat(entry("quakes/2026-11-24T12/12h").getStatus()).isEqualTo(ItemStatus.FETCHED);
    clock.pass(Duration.ofDays(8));
    run(WINDOWS);
    assertThat(entry("quakes/2026-11-24/1d").getStatus()).isEqualTo(ItemStatus.VOID);
  }

  /** Tickets by when they changed; a look has those from the position on. */
  private final Map<Instant, Integer> tickets = new TreeMap<>();

  private Look ticketsOf(Question question) {
    if (question.ask().path().endsWith("events")) {
      return Pages.look(List.of("[]"), clock.instant(), Optional.empty(), new Ending.Whole());
    }
    Instant since = Instant.parse(question.values().getOrDefault("since", ""));
    Map<Instant, Integer> found = new TreeMap<>(tickets);
    found.keySet().removeIf(since::isAfter);
    String body =
        found.entrySet().stream()
            .map(one -> "{\"id\":%d,\"updated\":\"%s\"}".formatted(one.getValue(), one.getKey()))
            .collect(Collectors.joining(",", "[", "]"));
    return Pages.look(
        List.of(body),
        clock.instant(),
        found.keySet().stream().max(Instant::compareTo).map(CursorValue::at),
        new Ending.Whole());
  }

  @Test
  void thePositionDoesNotPassWhatMayBecomeVisibleLate() throws Exception {
    api = this::ticketsOf;
    tickets.put(NOW.minusSeconds(10), 1);
    run(CHANGES);
    assertThat(entry("tickets/changes").getPosition())
        .containsEntry("since", NOW.minus(Duration.ofMinutes(2)).toString());
    assertThat(entry("tickets/changes").getNextAttemptAt())
        .isEqualTo(NOW.plus(Duration.ofMinutes(10)));
    clock.pass(Duration.ofMinutes(10));
    tickets.put(NOW.minusSeconds(60), 2);
    run(CHANGES);
    assertThat(ledger.known().entries()).containsKey("events/2");
  }

  /** What else was read in the first run knows nothing of what changed after it. */
  @Test
  void whatBeginsWithTheFirstRunBeginsThereThoughThatOneFailed() throws Exception {
    String yaml =
        CHANGES
            .replace("from: 2026-11-01T00:00:00Z", "from: first-run")
            .replace(
                "      changes:\n",
                "      whole: {every: 30d, ask: {path: /all, paging: none}}\n      changes:\n");
    api = question -> Pages.look(List.of(), NOW, Optional.empty(), later());
    run(yaml);
    clock.pass(Duration.ofDays(3));
    api = question -> rows(List.of());
    asked.clear();
    run(yaml);
    assertThat(asked).contains(Map.of("since", NOW.minus(Duration.ofMinutes(2)).toString()));
  }

  @Test
  void theNextLookBeginsAtTheHighestCursorThatIncluded() throws Exception {
    api = this::ticketsOf;
    tickets.put(NOW.minusSeconds(1000), 1);
    run(CHANGES);
    clock.pass(Duration.ofMinutes(10));
    asked.clear();
    run(CHANGES);
    assertThat(asked).contains(Map.of("since", NOW.minusSeconds(1000).toString()));
  }

  @Test
  void whatIsKilledBeforeItIsRecordedIsAskedForFromTheSamePositionAgain() throws Exception {
    api = this::ticketsOf;
    tickets.put(NOW.minusSeconds(1000), 1);
    ledger.dieAfter(1);
    assertThatThrownBy(() -> run(CHANGES)).isInstanceOf(MemoryLedger.Killed.class);
    assertThat(entry("tickets/changes").getPosition()).isEmpty();
    assertThat(ledger.known().entries()).doesNotContainKey("events/1");
    ledger.dieAfter(Integer.MAX_VALUE);
    run(CHANGES);
    assertThat(entry("tickets/changes").getPosition()).isNotEmpty();
    assertThat(entry("events/1").getStatus()).isEqualTo(ItemStatus.FETCHED);
  }

  @Test
  void aChildIsDueAgainWhenWhatItsParentSaysOfItIsAnother() throws Exception {
    api = this::ticketsOf;
    tickets.put(NOW.minusSeconds(1000), 1);
    run(CHANGES);
    clock.pass(Duration.ofMinutes(10));
    asked.clear();
    run(CHANGES);
    assertThat(asked).doesNotContain(Map.of("number", "1"));
    clock.pass(Duration.ofMinutes(10));
    tickets.clear();
    tickets.put(NOW.minusSeconds(900), 1);
    asked.clear();
    run(CHANGES);
    assertThat(asked).contains(Map.of("number", "1"));
  }

  @Test
  void aLookThatIsFullGoesOnInTheSameRunFromWhereItEnded() throws Exception {
    tickets.put(NOW.minusSeconds(1000), 1);
    tickets.put(NOW.minusSeconds(900), 2);
    api =
        question -> {
          Look all = ticketsOf(question);
          return question.values().getOrDefault("since", "").startsWith("2026-11-01")
              ? Pages.look(
                  List.of("[]"),
                  NOW,
                  Optional.of(CursorValue.at(NOW.minusSeconds(1000))),
                  new Ending.Filled("8 MB came"))
              : all;
        };
    run(CHANGES);
    assertThat(asked).contains(Map.of("since", NOW.minusSeconds(1000).toString()));
    assertThat(entry("tickets/changes").getStatus()).isEqualTo(ItemStatus.FETCHED);
    assertThat(entry("tickets/changes").getPosition())
        .containsEntry("since", NOW.minusSeconds(900).toString());
  }

  @Test
  void aPositionThatTheApiHasForgottenIsRefusedAndHalfWayThereIsANote() throws Exception {
    api = this::ticketsOf;
    run(CHANGES);
    clock.pass(Duration.ofDays(16));
    assertThat(run(CHANGES).notes()).anyMatch(note -> note.contains("tickets/changes"));
    clock.pass(Duration.ofDays(31));
    assertThatThrownBy(() -> run(CHANGES))
        .isInstanceOfSatisfying(
            LandfallException.class,
            refused -> assertThat(refused.exitCode()).isEqualTo(ExitCode.REFUSED))
        .hasMessageContaining("--accept tickets/changes");
    accepted = Optional.of("tickets/changes");
    assertThat(run(CHANGES).isDone()).isTrue();
  }
}
