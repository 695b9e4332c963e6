package io.landfall.producer.source.nhl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.landfall.producer.source.FetchOutcome;
import io.landfall.producer.source.Game;
import io.landfall.producer.source.Listing;
import io.landfall.producer.source.http.HttpApi;
import io.landfall.producer.source.http.Politeness;
import io.landfall.schemas.ApiResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NhlSourceTest {

  private static final Game GAME =
      new Game(2024020001, LocalDate.parse("2024-10-04"), 2, "OFF", "BUF", "NJD");
  private static final String PLAYS = "/v1/gamecenter/2024020001/play-by-play";
  private static final String BOXSCORE = "/v1/gamecenter/2024020001/boxscore";
  private static final String SHIFTS = "/stats/rest/en/shiftcharts";

  private record Page(String contentType, String body) {}

  private final Map<String, Page> pages = new HashMap<>();
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
    Politeness politeness =
        new Politeness(
            Optional.empty(),
            Duration.ofSeconds(2),
            2,
            Duration.ofMillis(10),
            Duration.ofSeconds(1),
            false);
    HttpApi api = new HttpApi("nhl", HttpClient.newHttpClient(), politeness, Clock.systemUTC());
    source =
        new NhlSource(
            URI.create(base + "/v1"),
            api,
            URI.create(base + "/stats/rest/en"),
            api,
            responses ->
                responses.getResponses().size() == 3 ? Map.of() : Map.of("something", "missing"));
    json(PLAYS, "{\"plays\":[1]}");
    json(BOXSCORE, "{\"id\":1}");
    json(SHIFTS, "{\"data\":[{}],\"total\":1}");
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void json(String path, String body) {
    pages.put(path, new Page("application/json; charset=utf-8", body));
  }

  private FetchOutcome.Fetched fetched() throws InterruptedException {
    FetchOutcome outcome = source.fetch(GAME, Map.of());
    assertThat(outcome).isInstanceOf(FetchOutcome.Fetched.class);
    return (FetchOutcome.Fetched) outcome;
  }

  private static Map<String, String> held(FetchOutcome.Fetched fetched) {
    return fetched.responses().getResponses().stream()
        .collect(Collectors.toMap(ApiResponse::getEndpoint, ApiResponse::getSha256));
  }

  @Test
  void threeAnswersAreKeptByteForByte() throws Exception {
    FetchOutcome.Fetched fetched = fetched();
    assertThat(fetched.missing()).isEmpty();
    assertThat(fetched.responses().getResponses())
        .extracting(response -> new String(response.getBody().array(), UTF_8))
        .containsExactly("{\"plays\":[1]}", "{\"id\":1}", "{\"data\":[{}],\"total\":1}");
  }

  @Test
  void theSameAnswersAgainAreUnchanged() throws Exception {
    assertThat(source.fetch(GAME, held(fetched()))).isEqualTo(new FetchOutcome.Unchanged(Map.of()));
  }

  @Test
  void aChangedAnswerIsFetchedAgain() throws Exception {
    Map<String, String> held = held(fetched());
    json(BOXSCORE, "{\"id\":2}");
    assertThat(source.fetch(GAME, held)).isInstanceOf(FetchOutcome.Fetched.class);
  }

  @Test
  void anEmptyShiftChartIsMissingAndNotKept() throws Exception {
    json(SHIFTS, "{\"data\":[],\"total\":0}");
    FetchOutcome.Fetched fetched = fetched();
    assertThat(fetched.missing()).isNotEmpty();
    assertThat(held(fetched)).containsOnlyKeys("play-by-play", "boxscore");
  }

  @Test
  void oneMissingAnswerDoesNotLoseTheOthers() throws Exception {
    pages.remove(BOXSCORE);
    FetchOutcome.Fetched fetched = fetched();
    assertThat(fetched.missing().get("boxscore")).contains("status 404");
    assertThat(held(fetched)).containsOnlyKeys("play-by-play", "shiftcharts");
  }

  @Test
  void htmlIsToldBeforeItIsParsed() throws Exception {
    pages.put(PLAYS, new Page("text/html", "<html>maintenance</html>"));
    assertThat(fetched().missing().get("play-by-play"))
        .contains("Content-Type is \"text/html\", not JSON");
  }

  @Test
  void truncatedJsonIsToldAndNotKept() throws Exception {
    json(PLAYS, "{\"plays\":[{\"eventId\":");
    FetchOutcome.Fetched fetched = fetched();
    assertThat(fetched.missing().get("play-by-play")).contains("not whole JSON");
    assertThat(held(fetched)).containsOnlyKeys("boxscore", "shiftcharts");
  }

  @Test
  void whatIsHeldIsNeverReplacedByLess() throws Exception {
    Map<String, String> held = held(fetched());
    json(SHIFTS, "{\"data\":[],\"total\":0}");
    json(BOXSCORE, "{\"id\":3}");
    FetchOutcome outcome = source.fetch(GAME, held);
    assertThat(outcome).isInstanceOf(FetchOutcome.Unavailable.class);
    assertThat(((FetchOutcome.Unavailable) outcome).reason()).contains("shiftcharts");
  }

  @Test
  void nothingAtAllIsRejected() throws Exception {
    pages.clear();
    assertThat(source.fetch(GAME, Map.of())).isInstanceOf(FetchOutcome.Rejected.class);
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
    Listing listing = source.list(LocalDate.parse("2024-10-04"), LocalDate.parse("2024-10-12"));
    assertThat(listing.games()).extracting(Game::id).containsExactly(2024020020);
    assertThat(listing.problems()).singleElement().asString().contains("/schedule/2024-10-04");
  }
}
