package io.landfall.producer.nhl.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.landfall.cli.Progress;
import io.landfall.producer.http.Hosts;
import io.landfall.producer.http.HttpSettings;
import io.landfall.producer.nhl.stats.Endpoint;
import io.landfall.producer.nhl.stats.Games;
import io.landfall.producer.nhl.stats.Judgement;
import io.landfall.producer.nhl.stats.ParsedAnswer;
import io.landfall.producer.source.FetchOutcome;
import io.landfall.producer.source.Held;
import io.landfall.producer.source.Listing;
import io.landfall.schemas.ApiAnswer;
import io.landfall.schemas.Item;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NhlSourceTest {

  private static final Item GAME =
      Games.of(2024020001, LocalDate.parse("2024-10-04"), 2, "OFF", "BUF", "NJD");
  private static final String PLAYS = "/v1/gamecenter/2024020001/play-by-play";
  private static final String BOXSCORE = "/v1/gamecenter/2024020001/boxscore";
  private static final String SHIFTS = "/stats/rest/en/shiftcharts";

  private static final Held NOTHING =
      new Held(Map.of(), false, Map.of(), Map.of(), Optional::empty);
  private static final Progress SILENT = Progress.lines(line -> {}, Clock.systemUTC());

  private record Page(String contentType, String body) {}

  private final Map<String, Page> pages = new HashMap<>();
  private int judged;
  private HttpServer server;
  private NhlSource source;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          Page page = pages.get(exchange.getRequestURI().getPath());
          byte[] body = page == null ? new byte[0] : page.body().getBytes(UTF_8);
          if (page != null) {
            exchange.getResponseHeaders().add("Content-Type", page.contentType());
          }
          exchange.sendResponseHeaders(
              page == null ? 404 : 200, body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    String base = "http://127.0.0.1:" + server.getAddress().getPort();
    Hosts hosts =
        new Hosts(new HttpSettings(Optional.empty(), Duration.ofSeconds(2)), Clock.systemUTC());
    NhlApi api =
        new NhlApi(
            hosts.at(URI.create(base + "/v1")),
            hosts.at(URI.create(base + "/stats/rest/en")),
            hosts.at(URI.create(base + "/scores/htmlreports")));
    source = new NhlSource(api, hosts, ZoneId.of("America/New_York"), this::judge);
    json(PLAYS, "{\"plays\":[1]}");
    json(BOXSCORE, "{\"id\":1}");
    json(SHIFTS, "{\"data\":[{}],\"total\":1}");
  }

  /** Complete with all three answers, or with both reports in the chart's place. */
  private Judgement judge(Item game, Map<Endpoint, ParsedAnswer> answers) {
    judged++;
    Set<String> there = answers.keySet().stream().map(Endpoint::label).collect(Collectors.toSet());
    Map<String, String> missing = new HashMap<>();
    for (String endpoint : List.of("play-by-play", "boxscore", "shiftcharts")) {
      if (!there.contains(endpoint)) {
        missing.put(endpoint, "not fetched");
      }
    }
    if (there.containsAll(Set.of("shifts-html-home", "shifts-html-away"))) {
      missing.remove("shiftcharts");
    }
    return new Judgement(
        missing,
        Optional.empty(),
        Map.of(),
        missing.isEmpty(),
        !missing.containsKey("shiftcharts"));
  }

  /** What was fetched, as it is held from then on. */
  private static Held held(FetchOutcome.Fetched fetched, boolean complete) {
    return new Held(
        hashes(fetched), complete, Map.of(), Map.of(), () -> Optional.of(fetched.answers()));
  }

  private void report(String kind) {
    pages.put(
        "/scores/htmlreports/20242025/" + kind + "020001.HTM",
        new Page("text/html", "<html>" + kind + "</html>"));
  }

  @Test
  void theHtmlReportsStandInForAMissingShiftChart() throws Exception {
    json(SHIFTS, "{\"data\":[],\"total\":0}");
    report("TH");
    report("TV");
    FetchOutcome.Fetched fetched = fetched();
    assertThat(fetched.missing().reasons()).isEmpty();
    assertThat(hashes(fetched))
        .containsOnlyKeys("play-by-play", "boxscore", "shifts-html-home", "shifts-html-away");
  }

  @Test
  void aShiftChartThatComesLateReplacesTheReports() throws Exception {
    json(SHIFTS, "{\"data\":[],\"total\":0}");
    report("TH");
    report("TV");
    Held held = held(fetched(), true);
    json(SHIFTS, "{\"data\":[{}],\"total\":1}");
    FetchOutcome later = source.fetch(GAME, held);
    assertThat(later).isInstanceOf(FetchOutcome.Fetched.class);
    assertThat(hashes((FetchOutcome.Fetched) later))
        .containsOnlyKeys("play-by-play", "boxscore", "shiftcharts");
  }

  @Test
  void theReportsAreNotAskedForWhereThereIsAShiftChart() throws Exception {
    fetched();
    assertThat(source.requests()).isEqualTo(3);
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void json(String path, String body) {
    pages.put(path, new Page("application/json; charset=utf-8", body));
  }

  private FetchOutcome.Fetched fetched() throws InterruptedException {
    FetchOutcome outcome = source.fetch(GAME, NOTHING);
    assertThat(outcome).isInstanceOf(FetchOutcome.Fetched.class);
    return (FetchOutcome.Fetched) outcome;
  }

  private static Map<String, String> hashes(FetchOutcome.Fetched fetched) {
    return fetched.answers().getAnswers().stream()
        .collect(Collectors.toMap(ApiAnswer::getEndpoint, ApiAnswer::getSha256));
  }

  @Test
  void threeAnswersAreKeptByteForByte() throws Exception {
    FetchOutcome.Fetched fetched = fetched();
    assertThat(fetched.missing().reasons()).isEmpty();
    assertThat(fetched.answers().getAnswers())
        .extracting(response -> new String(response.getBody().array(), UTF_8))
        .containsExactly("{\"plays\":[1]}", "{\"id\":1}", "{\"data\":[{}],\"total\":1}");
  }

  @Test
  void theSameAnswersAgainAreUnchangedAndNotJudgedAgain() throws Exception {
    Held held = held(fetched(), true);
    judged = 0;
    assertThat(source.fetch(GAME, held))
        .isEqualTo(new FetchOutcome.Unchanged(FetchOutcome.Missing.NOTHING));
    assertThat(judged).isZero();
  }

  @Test
  void reportsThatStandInForAChartAreLookedAtAgain() throws Exception {
    json(SHIFTS, "{\"data\":[],\"total\":0}");
    report("TH");
    report("TV");
    Held held = held(fetched(), true);
    pages.put(
        "/scores/htmlreports/20242025/TH020001.HTM", new Page("text/html", "<html>new</html>"));
    assertThat(source.fetch(GAME, held)).isInstanceOf(FetchOutcome.Fetched.class);
  }

  @Test
  void answersThatWereNotCompleteAreJudgedAgainByTheCodeOfToday() throws Exception {
    assertThat(source.fetch(GAME, held(fetched(), false)))
        .isEqualTo(new FetchOutcome.Unchanged(FetchOutcome.Missing.NOTHING));
    assertThat(judged).isEqualTo(2);
  }

  @Test
  void aChangedAnswerIsFetchedAgain() throws Exception {
    Held held = held(fetched(), true);
    json(BOXSCORE, "{\"id\":2}");
    assertThat(source.fetch(GAME, held)).isInstanceOf(FetchOutcome.Fetched.class);
  }

  @Test
  void anEmptyShiftChartIsMissingAndNotKept() throws Exception {
    json(SHIFTS, "{\"data\":[],\"total\":0}");
    FetchOutcome.Fetched fetched = fetched();
    assertThat(fetched.missing().reasons()).isNotEmpty();
    assertThat(hashes(fetched)).containsOnlyKeys("play-by-play", "boxscore");
  }

  @Test
  void oneMissingAnswerDoesNotLoseTheOthers() throws Exception {
    pages.remove(BOXSCORE);
    FetchOutcome.Fetched fetched = fetched();
    assertThat(fetched.missing().reasons().get("boxscore")).contains("status 404");
    assertThat(hashes(fetched)).containsOnlyKeys("play-by-play", "shiftcharts");
  }

  @Test
  void htmlIsToldBeforeItIsParsed() throws Exception {
    pages.put(PLAYS, new Page("text/html", "<html>maintenance</html>"));
    assertThat(fetched().missing().reasons().get("play-by-play"))
        .contains("Content-Type is \"text/html\", not JSON");
  }

  @Test
  void truncatedJsonIsToldAndNotKept() throws Exception {
    json(PLAYS, "{\"plays\":[{\"eventId\":");
    FetchOutcome.Fetched fetched = fetched();
    assertThat(fetched.missing().reasons().get("play-by-play")).contains("not whole JSON");
    assertThat(hashes(fetched)).containsOnlyKeys("boxscore", "shiftcharts");
  }

  @Test
  void whatIsNoLongerServedStaysInForceAndTheRestGoesOn() throws Exception {
    FetchOutcome.Fetched first = fetched();
    json(SHIFTS, "{\"data\":[],\"total\":0}");
    json(BOXSCORE, "{\"id\":3}");
    FetchOutcome.Fetched later = (FetchOutcome.Fetched) source.fetch(GAME, held(first, true));
    assertThat(later.missing().reasons()).isEmpty();
    assertThat(later.answers().getAnswers())
        .extracting(response -> new String(response.getBody().array(), UTF_8))
        .containsExactly("{\"plays\":[1]}", "{\"id\":3}", "{\"data\":[{}],\"total\":1}");
    assertThat(later.notInForce().get("shiftcharts"))
        .isEqualTo(new FetchOutcome.NotInForce("", "no longer served: empty"));
  }

  @Test
  void whatTheArchiveHasLostIsReplacedByWhatSaysNoLess() throws Exception {
    Map<String, String> hashes = hashes(fetched());
    json(BOXSCORE, "{\"id\":3}");
    Held held = new Held(hashes, true, Map.of(), Map.of(), Optional::empty);
    assertThat(source.fetch(GAME, held)).isInstanceOf(FetchOutcome.Fetched.class);
    Held better = new Held(hashes, true, Map.of("plays", 300), Map.of(), Optional::empty);
    assertThat(source.fetch(GAME, better)).isInstanceOf(FetchOutcome.Unavailable.class);
    assertThat(source.fetch(GAME, better.lost())).isInstanceOf(FetchOutcome.Unavailable.class);
  }

  @Test
  void nothingAtAllIsRejected() throws Exception {
    pages.clear();
    assertThat(source.fetch(GAME, NOTHING)).isInstanceOf(FetchOutcome.Rejected.class);
  }

  @Test
  void whatIsNotThereYetIsNoFailure() throws Exception {
    json(SHIFTS, "{\"data\":[],\"total\":0}");
    assertThat(fetched().missing().failed()).isFalse();
    pages.remove(BOXSCORE);
    assertThat(fetched().missing().failed()).isFalse();
  }

  @Test
  void whatCameBrokenIsAFailureThoughTheRestCame() throws Exception {
    json(PLAYS, "{\"plays\":[{\"eventId\":");
    assertThat(fetched().missing().failed()).isTrue();
  }

  @Test
  void aStandInThatFailsIsAFailureWhereItWasNeeded() throws Exception {
    json(SHIFTS, "{\"data\":[],\"total\":0}");
    report("TH");
    pages.put("/scores/htmlreports/20242025/TV020001.HTM", new Page("application/json", "{}"));
    assertThat(fetched().missing().failed()).isTrue();
  }

  @Test
  void nothingIsSaidOfAGameThatWasNotAskedFor() throws Exception {
    Held held = held(fetched(), true);
    server.stop(0);
    while (source.unreachable().isEmpty()) {
      assertThat(source.fetch(GAME, held)).isInstanceOf(FetchOutcome.Unavailable.class);
    }
    assertThat(source.fetch(GAME, held)).isInstanceOf(FetchOutcome.NotAsked.class);
    assertThat(source.fetch(GAME, NOTHING)).isInstanceOf(FetchOutcome.NotAsked.class);
  }

  @Test
  void aDayWhoseGamesTheAnswerDoesNotHaveIsNotListed() throws Exception {
    json(
        "/v1/schedule/2024-10-04",
        "{\"gameWeek\":[{\"date\":\"2024-10-04\",\"games\":[]},{\"date\":\"2024-10-06\"}]}");
    Listing listing =
        source.list(LocalDate.parse("2024-10-04"), LocalDate.parse("2024-10-07"), SILENT);
    assertThat(listing.days()).containsExactly(LocalDate.parse("2024-10-04"));
  }

  @Test
  void aBrokenWeekOfTheScheduleHidesNoOther() throws Exception {
    json(
        "/v1/schedule/2024-10-11",
        """
        {"gameWeek":[{"date":"2024-10-11","games":[
          {"id":2024020020,"gameType":2,"gameState":"OFF","gameScheduleState":"OK",
           "homeTeam":{"abbrev":"A"},"awayTeam":{"abbrev":"B"}},
          {"id":2024010020,"gameType":1,"gameState":"FINAL"}]}]}
        """);
    Listing listing =
        source.list(LocalDate.parse("2024-10-04"), LocalDate.parse("2024-10-11"), SILENT);
    assertThat(listing.items()).extracting(Item::getKey).containsExactly("2024020020");
    assertThat(listing.problems()).singleElement().asString().contains("/schedule/2024-10-04");
    assertThat(listing.days()).containsExactly(LocalDate.parse("2024-10-11"));
  }
}
