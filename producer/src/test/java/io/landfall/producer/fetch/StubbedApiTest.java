package io.landfall.producer.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.landfall.cli.Progress;
import io.landfall.producer.http.Hosts;
import io.landfall.producer.http.HttpSettings;
import io.landfall.producer.ledger.FetchPlan.Window;
import io.landfall.producer.nhl.api.NhlApi;
import io.landfall.producer.nhl.api.NhlSource;
import io.landfall.producer.nhl.stats.Recordings;
import io.landfall.schemas.ItemStatus;
import io.landfall.schemas.LedgerEntry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whole runs against a server that answers by rules, as APIs were seen to. */
class StubbedApiTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final LocalDate DAY = LocalDate.parse("2024-10-04");
  private static final String GAME = "2024020001";

  /** How a path is answered. */
  private record Rule(int status, ByteBuffer body, Map<String, String> headers, String accept) {
    static Rule json(byte[] body) {
      return new Rule(200, ByteBuffer.wrap(body), Map.of("Content-Type", "application/json"), "");
    }
  }

  private final Map<String, Rule> rules = new HashMap<>();
  private final MemoryLedger ledger = new MemoryLedger();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    Rule rule = rules.getOrDefault(exchange.getRequestURI().getPath(), notFound());
    boolean accepted =
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Accept"))
            .orElse("")
            .contains(rule.accept());
    rule.headers().forEach(exchange.getResponseHeaders()::add);
    exchange.sendResponseHeaders(accepted ? rule.status() : 406, rule.body().capacity());
    exchange.getResponseBody().write(rule.body().array());
    exchange.close();
  }

  private static Rule notFound() {
    return new Rule(404, ByteBuffer.wrap("{}".getBytes(UTF_8)), Map.of(), "");
  }

  private FetchReport run() throws InterruptedException {
    Hosts hosts =
        new Hosts(new HttpSettings(Optional.empty(), Duration.ofSeconds(30)), Clock.systemUTC());
    String base = "http://127.0.0.1:" + server.getAddress().getPort();
    NhlApi api =
        new NhlApi(
            hosts.at(URI.create(base + "/v1")),
            hosts.at(URI.create(base + "/stats/rest/en")),
            hosts.at(URI.create(base + "/scores/htmlreports")));
    Window window =
        new Window(
            Optional.of(DAY),
            Optional.of(DAY),
            7,
            LocalDate.now(Clock.systemUTC()),
            DAY,
            Duration.ofDays(7));
    return new FetchRun(
            new NhlSource(api, hosts, ZoneId.of("America/New_York")),
            ledger,
            new FetchSettings(window, 2, 10),
            "games",
            Clock.systemUTC(),
            Progress.lines(line -> {}, Clock.systemUTC()))
        .run();
  }

  private LedgerEntry entry(String game) {
    return Objects.requireNonNull(ledger.known().entries().get(game), game);
  }

  /** Plays a case of those that were seen, by the rules that it has beside it. */
  private FetchReport play(String name) throws IOException, InterruptedException {
    Path folder = Recordings.root().resolve("cases/http-stub").resolve(name);
    assumeThat(Files.isDirectory(folder)).as("%s is not there", folder).isTrue();
    for (JsonNode rule : JSON.readTree(Files.readAllBytes(folder.resolve("rules.json")))) {
      Map<String, String> headers = new HashMap<>(Map.of("Content-Type", "application/json"));
      rule.path("headers")
          .properties()
          .forEach(
              header -> {
                if (header.getValue().isNull()) {
                  headers.remove(header.getKey());
                } else {
                  headers.put(header.getKey(), header.getValue().asText());
                }
              });
      byte[] body = body(folder, rule);
      rules.put(
          rule.path("path").asText(),
          new Rule(
              rule.path("status").asInt(200),
              ByteBuffer.wrap(rule.path("gzip").asBoolean() ? zipped(body) : body),
              headers,
              rule.path("accept").asText("")));
    }
    return run();
  }

  private static byte[] body(Path folder, JsonNode rule) {
    if (!rule.has("file")) {
      return rule.path("text").asText().getBytes(UTF_8);
    }
    Path plain = folder.resolve(rule.path("file").asText()).normalize();
    byte[] body =
        Recordings.read(
            Files.exists(plain) ? plain : plain.resolveSibling(plain.getFileName() + ".gz"));
    return padded(body, rule.path("pad").asInt());
  }

  private static byte[] padded(byte[] body, int more) {
    byte[] padded = Arrays.copyOf(body, body.length + more);
    Arrays.fill(padded, body.length, padded.length, (byte) ' ');
    return padded;
  }

  private static byte[] zipped(byte[] bytes) throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write(bytes);
    }
    return zipped.toByteArray();
  }

  private void assertHeldWhole(FetchReport report) {
    assertThat(report.isDone()).isTrue();
    assertThat(report.tally().complete()).isEqualTo(1);
    assertThat(report.notes()).isEmpty();
    assertThat(entry(GAME).getHeld()).containsOnlyKeys("play-by-play", "boxscore", "shiftcharts");
  }

  @Test
  void aMissingContentTypeTakesNothingAway() throws Exception {
    assertHeldWhole(play("content-type-absent"));
  }

  @Test
  void aCodingInCapitalsTakesNothingAway() throws Exception {
    assertHeldWhole(play("encoding-upper-case"));
  }

  @Test
  void aCodingThatIsNotThereIsTheReason() throws Exception {
    assertThat(play("encoding-header-only").isDone()).isFalse();
    assertThat(entry(GAME).getStatus()).isEqualTo(ItemStatus.FAILED);
    assertThat(entry(GAME).getReason())
        .contains("Content-Encoding is \"gzip\", but the body is not gzip (");
  }

  @Test
  void aGameIsNotPutOffUntil2099() throws Exception {
    assertThat(play("content-type-absent").isDone()).isTrue();
    Instant tomorrow = Instant.now().plus(Duration.ofDays(1));
    assertThat(play("retry-after-2099").isDone()).isFalse();
    assertThat(entry(GAME).getNextAttemptAt())
        .isBetween(tomorrow.minusSeconds(1), tomorrow.plusSeconds(60));
  }

  @Test
  void anEntryWithoutAStateCostsItself() throws Exception {
    FetchReport report = play("schedule-entry-without-state");
    assertThat(report.tally().complete()).isEqualTo(1);
    assertThat(report.listingProblems()).singleElement().asString().contains("gameState");
    assertThat(report.isDone()).isFalse();
    assertThat(report.days().getThrough()).isBefore(DAY);
  }

  @Test
  void anEmptyWeekIsNoSchedule() throws Exception {
    FetchReport report = play("schedule-empty-week");
    assertThat(report.listingProblems())
        .singleElement()
        .asString()
        .endsWith("/schedule/2024-10-04: it does not have 2024-10-04");
    assertThat(report.isDone()).isFalse();
    assertThat(report.days().getThrough()).isBefore(DAY);
  }

  @Test
  void aGameThatNoRecordHoldsFailsWithItsSize() throws Exception {
    FetchReport report = play("oversized-game");
    assertThat(report.isDone()).isFalse();
    assertThat(entry(GAME).getReason()).contains("bytes together, and a record of Kafka holds");
  }

  private void schedule(int... games) throws IOException {
    ArrayNode week = JSON.createArrayNode();
    ArrayNode listed = week.addObject().put("date", DAY.toString()).putArray("games");
    for (int id : games) {
      listed.addPOJO(
          Map.of(
              "id",
              id,
              "gameType",
              2,
              "gameState",
              "OFF",
              "homeTeam",
              Map.of("abbrev", "BUF"),
              "awayTeam",
              Map.of("abbrev", "NJD")));
    }
    rules.put(
        "/v1/schedule/" + DAY,
        Rule.json(JSON.writeValueAsBytes(JSON.createObjectNode().set("gameWeek", week))));
  }

  private void game(int id, int plays, int boxScore) {
    byte[] body = "{\"plays\":[]}".getBytes(UTF_8);
    rules.put("/v1/gamecenter/" + id + "/play-by-play", Rule.json(padded(body, plays)));
    rules.put("/v1/gamecenter/" + id + "/boxscore", Rule.json(padded(body, boxScore)));
  }

  /** Each limit by itself: one answer, one answer unpacked, all answers of an item. */
  @Test
  void whatIsTooLargeFailsAloneWithItsSize() throws Exception {
    schedule(2024020001, 2024020002, 2024020003, 2024020004);
    game(2024020001, 0, 0);
    game(2024020002, 9_000_000, 9_000_000);
    game(2024020003, 8_380_000, 8_380_000);
    game(2024020004, 0, 0);
    byte[] bomb = zipped(padded("{}".getBytes(UTF_8), 100_000_000));
    for (String endpoint : new String[] {"play-by-play", "boxscore"}) {
      rules.put(
          "/v1/gamecenter/2024020004/" + endpoint,
          new Rule(
              200,
              ByteBuffer.wrap(bomb),
              Map.of("Content-Type", "application/json", "Content-Encoding", "gzip"),
              ""));
    }
    FetchReport report = run();
    assertThat(report.isDone()).isFalse();
    assertThat(report.tally().changed()).isEqualTo(1);
    assertThat(entry("2024020001").getHeld()).hasSize(2);
    assertThat(entry("2024020002").getReason())
        .contains("the body is larger than 8388608 bytes (9000012 bytes)");
    assertThat(entry("2024020003").getReason())
        .contains("the answers for 2024020003 are 16,760,024 bytes together");
    assertThat(entry("2024020004").getReason())
        .contains(
            "the body is larger than 8388608 bytes when it is unpacked (%d bytes of gzip)"
                .formatted(bomb.length));
  }
}
