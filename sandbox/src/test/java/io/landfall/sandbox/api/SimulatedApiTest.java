package io.landfall.sandbox.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.landfall.cli.ExitCode;
import io.landfall.cli.Program;
import io.landfall.sandbox.season.EdgeCase;
import io.landfall.sandbox.season.Season;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimulatedApiTest {

  private static final int LATE = 2024020004;
  private static final String CHART = "/stats/rest/en/shiftcharts?cayenneExp=";

  private SimulatedApi api;
  private Client client;

  @BeforeEach
  void start() throws IOException {
    Season season = Season.of(7, 30).having(Map.of(LATE, Set.of(EdgeCase.CHART_LATE)));
    api = SimulatedApi.serving(season).start(0);
    client = new Client(api);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void gzipIsSentToWhoTakesIt() throws Exception {
    String path = "/v1/gamecenter/2024020002/play-by-play";
    HttpResponse<byte[]> zipped = client.getGzip(path);
    assertThat(zipped.headers().firstValue("Content-Encoding")).contains("gzip");
    byte[] unzipped = new GZIPInputStream(new ByteArrayInputStream(zipped.body())).readAllBytes();
    HttpResponse<byte[]> plain = client.get(path);
    assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(unzipped).isEqualTo(plain.body());
  }

  @Test
  void aShiftChartIsFoundWithAndWithoutFurtherConditions() throws Exception {
    byte[] plain = client.get(CHART + "gameId=2024020002").body();
    String more =
        "gameId=2024020002 and ((duration != '00:00' and typeCode = 517) or typeCode != 517 )";
    String encoded = URLEncoder.encode(more, StandardCharsets.UTF_8) + "&exclude=eventDetails";
    assertThat(client.get(CHART + encoded).body()).isEqualTo(plain);
    assertThat(new ObjectMapper().readTree(plain).get("total").asInt()).isGreaterThan(600);
    assertThat(client.json(CHART + "gameId=2023029999").get("total").asInt()).isZero();
  }

  @Test
  void nowIsARedirectToADay() throws Exception {
    client.post("/sandbox/clock?now=2024-10-09T02:00:00Z");
    HttpResponse<byte[]> response = client.get("/v1/schedule/now");
    assertThat(response.statusCode()).isEqualTo(307);
    assertThat(response.headers().firstValue("Location")).contains("/v1/schedule/2024-10-08");
    assertThat(client.get("/v1/score/now").headers().firstValue("Location"))
        .contains("/v1/score/2024-10-08");
  }

  @Test
  void theScheduleListsEveryGameOnItsDay() throws Exception {
    JsonNode page = client.json("/v1/schedule/2024-10-04");
    assertThat(page.at("/gameWeek/0/date").asText()).isEqualTo("2024-10-04");
    assertThat(page.at("/gameWeek/0/dayAbbrev").asText()).isEqualTo("FRI");
    JsonNode game = page.at("/gameWeek/0/games/0");
    assertThat(game.get("id").asInt()).isEqualTo(2024020001);
    assertThat(game.get("gameState").asText()).isEqualTo("OFF");
    JsonNode plays = client.json("/v1/gamecenter/2024020001/play-by-play");
    assertThat(plays.at("/homeTeam/score")).isEqualTo(game.at("/homeTeam/score"));
    assertThat(plays.at("/awayTeam/abbrev")).isEqualTo(game.at("/awayTeam/abbrev"));
    assertThat(plays.get("gameDate").asText()).isEqualTo("2024-10-04");
  }

  @Test
  void unknownPathsGamesAndDaysAreNotFound() throws Exception {
    for (String path :
        List.of(
            "/",
            "/v1/standings",
            "/v1/schedule/2024-13-01",
            "/v1/gamecenter/1/boxscore",
            "/v1/gamecenter/2024021312/boxscore",
            "/v1/gamecenter/2024020001/landing")) {
      assertThat(client.get(path).statusCode()).as(path).isEqualTo(404);
    }
  }

  @Test
  void aCorrectionSaysWhatItChangedAndTheAnswersShowIt() throws Exception {
    JsonNode corrected = client.post("/sandbox/correct?games=2").get("corrected");
    assertThat(corrected).hasSize(2);
    JsonNode first = corrected.get(0);
    String boxScore = "/v1/gamecenter/" + first.get("gameId").asInt() + "/boxscore";
    int shown = 0;
    for (JsonNode change : first.get("changes")) {
      if (change.get("situation").asText().equals("all")
          && change.get("column").asText().equals("I_F_goals")) {
        JsonNode line = line(client.json(boxScore), change.get("playerId").asInt());
        assertThat(line.get("goals")).isEqualTo(change.get("new"));
        assertThat(change.get("old")).isNotEqualTo(change.get("new"));
        shown++;
      }
    }
    assertThat(shown).isEqualTo(2);
    assertThat(client.post("/sandbox/correct?games=100").get("corrected")).hasSize(28);
  }

  private static JsonNode line(JsonNode boxScore, int playerId) {
    return boxScore.findParents("playerId").stream()
        .filter(line -> line.get("playerId").asInt() == playerId)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aShiftChartCanBeWithheldAndReleased() throws Exception {
    client.post("/sandbox/shift-chart?gameId=2024020003&state=withheld");
    assertThat(client.json(CHART + "gameId=2024020003").get("total").asInt()).isZero();
    client.post("/sandbox/shift-chart?gameId=2024020003&state=released");
    assertThat(client.json(CHART + "gameId=2024020003").get("total").asInt()).isPositive();
  }

  @Test
  void aLateShiftChartComesWithTheThirdRequest() throws Exception {
    assertThat(client.json(CHART + "gameId=" + LATE).get("total").asInt()).isZero();
    assertThat(client.json(CHART + "gameId=" + LATE).get("total").asInt()).isZero();
    assertThat(client.json(CHART + "gameId=" + LATE).get("total").asInt()).isPositive();
  }

  @Test
  void theClockTakesGamesThroughTheirStates() throws Exception {
    String path = "/v1/gamecenter/2024020001/play-by-play";
    String start = client.json(path).get("startTimeUTC").asText();
    client.post("/sandbox/clock?now=" + start);
    assertThat(client.json(path).get("gameState").asText()).isEqualTo("PRE");
    assertThat(client.json(path).get("plays")).isEmpty();
    client.post("/sandbox/clock?advance=PT1H");
    JsonNode live = client.json(path);
    assertThat(live.get("gameState").asText()).isEqualTo("LIVE");
    assertThat(live.get("plays").size()).isBetween(50, 350);
    assertThat(client.json(CHART + "gameId=2024020001").get("total").asInt()).isZero();
    client.post("/sandbox/clock?advance=P1D");
    assertThat(client.json(path).get("gameState").asText()).isEqualTo("OFF");
    assertThat(client.json(CHART + "gameId=2024020001").get("total").asInt()).isPositive();
    assertThat(client.json("/v1/schedule/2024-10-04").at("/gameWeek/0/games/0/gameState").asText())
        .isEqualTo("OFF");
  }

  @Test
  void theTallyAgreesWithTheBoxScore() throws Exception {
    JsonNode boxScore = client.json("/v1/gamecenter/2024020002/boxscore");
    JsonNode tally = client.json("/sandbox/tally?gameId=2024020002");
    assertThat(tally.get("players")).hasSize(40);
    for (JsonNode player : tally.get("players")) {
      JsonNode line = line(boxScore, player.get("playerId").asInt());
      if (!line.get("position").asText().equals("G")) {
        assertThat(player.at("/situations/all/I_F_goals")).isEqualTo(line.get("goals"));
        assertThat(player.at("/situations/all/shifts")).isEqualTo(line.get("shifts"));
      }
    }
  }

  @Test
  void requestsAreCountedByKindAndStatus() throws Exception {
    client.get("/v1/gamecenter/2024020001/boxscore");
    client.get("/v1/gamecenter/2024020001/boxscore");
    client.get("/v1/gamecenter/2024029999/boxscore");
    JsonNode counts = client.json("/sandbox/requests");
    assertThat(counts.at("/boxscore/200").asInt()).isEqualTo(2);
    assertThat(counts.at("/boxscore/404").asInt()).isEqualTo(1);
    assertThat(api.requests()).containsEntry(Resource.BOXSCORE, Map.of(200, 2L, 404, 1L));
  }

  @Test
  void nonsenseAtAControlIsExplained() throws Exception {
    assertThat(client.post("/sandbox/fault?kind=earthquake").get("message").asText())
        .contains("must be one of html-ok")
        .contains("earthquake");
    assertThat(client.post("/sandbox/clock?advance=PT1H").get("message").asText())
        .contains("Set the simulated clock");
    assertThat(client.post("/sandbox/correct?gameId=7").get("message").asText())
        .contains("game 7 is not a generated one");
  }

  @Test
  void theVerbSaysReadyAndWhatIsWrong() throws Exception {
    Program program = new Program("landfall sandbox", "tests", List.of(new ApiCommand()));
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    ExitCode code =
        program.run(
            Map.of(),
            new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            "api");
    assertThat(code).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("nothing to serve");

    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream ready = new PrintStream(out, true, StandardCharsets.UTF_8);
    Thread command =
        new Thread(
            () -> program.run(Map.of(), ready, ready, "api", "--season", "3", "--games", "5"));
    command.start();
    while (command.isAlive() && !out.toString(StandardCharsets.UTF_8).contains("ready")) {
      Thread.sleep(20);
    }
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("ready").contains("/v1");
    command.interrupt();
    command.join();
  }
}
