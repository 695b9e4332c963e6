package io.landfall.producer.nhl.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.landfall.producer.ManualClock;
import io.landfall.producer.http.Hosts;
import io.landfall.producer.http.HttpSettings;
import io.landfall.producer.ledger.Entries;
import io.landfall.producer.nhl.stats.Games;
import io.landfall.producer.nhl.stats.NhlShaper;
import io.landfall.producer.source.FetchOutcome;
import io.landfall.producer.source.Shaped;
import io.landfall.schemas.Item;
import io.landfall.schemas.ItemAnswers;
import io.landfall.schemas.ItemStatus;
import io.landfall.schemas.LedgerEntry;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A recorded game whose answers say less when they are asked for again. */
class InForceTest {

  private static final int ID = 2024020001;
  private static final Path ROOT = Path.of(System.getProperty("nhl.recordings", "absent"));
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Item GAME =
      Games.of(ID, LocalDate.parse("2024-10-04"), 2, "OFF", "BUF", "NJD");
  private static final List<String> ENDPOINTS = List.of("play-by-play", "boxscore", "shiftcharts");

  /** How an answer says less than it did. */
  @SuppressWarnings("ImmutableEnumChecker") // the changes hold no state
  private enum Less {
    PLAYS_CUT("play-by-play", game -> cut(game, "plays")),
    NO_PLAYS("play-by-play", game -> ((ObjectNode) game).putArray("plays")),
    NO_ROSTER("play-by-play", game -> ((ObjectNode) game).putArray("rosterSpots")),
    NOT_OVER("play-by-play", game -> ((ObjectNode) game).put("gameState", "LIVE")),
    OTHER_GAME("play-by-play", game -> ((ObjectNode) game).put("id", 1)),
    ONE_HIT_GONE("play-by-play", InForceTest::withoutAHit),
    LINES_CUT("boxscore", box -> cut(home(box), "forwards")),
    ONE_TEAM_ONLY("boxscore", box -> ((ObjectNode) teams(box)).remove("homeTeam")),
    NO_LINES("boxscore", box -> ((ObjectNode) box).remove("playerByGameStats")),
    CHART_CUT("shiftcharts", chart -> cut(chart, "data")),
    CHART_OF_ONE_TEAM("shiftcharts", InForceTest::ofOneTeam);

    private final String endpoint;
    private final Consumer<JsonNode> change;

    Less(String endpoint, Consumer<JsonNode> change) {
      this.endpoint = endpoint;
      this.change = change;
    }

    boolean isNoEndedGame() {
      return this == NO_PLAYS || this == NO_ROSTER || this == NOT_OVER || this == OTHER_GAME;
    }
  }

  private final ManualClock clock = new ManualClock(Instant.parse("2024-10-05T14:00:00Z"));
  private final Map<String, byte[]> pages = new HashMap<>();
  private HttpServer server;
  private NhlSource source;
  private LedgerEntry entry = Entries.listed(GAME);
  private Optional<ItemAnswers> archive = Optional.empty();
  private int archived;
  private Item item = GAME;

  @BeforeEach
  void start() throws IOException {
    assumeThat(Files.isDirectory(ROOT.resolve("cases")))
        .as("no recordings in %s (-Dnhl.recordings=FOLDER)", ROOT)
        .isTrue();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          byte[] body = pages.get(path.substring(path.lastIndexOf('/') + 1));
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(body == null ? 404 : 200, body == null ? -1 : body.length);
          exchange.getResponseBody().write(body == null ? new byte[0] : body);
          exchange.close();
        });
    server.start();
    String base = "http://127.0.0.1:" + server.getAddress().getPort();
    Hosts hosts = new Hosts(new HttpSettings(Optional.empty(), Duration.ofSeconds(5)), clock);
    source =
        new NhlSource(
            new NhlApi(
                hosts.at(URI.create(base)),
                hosts.at(URI.create(base)),
                hosts.at(URI.create(base + "/reports"))),
            hosts,
            ZoneId.of("America/New_York"));
    for (String endpoint : ENDPOINTS) {
      pages.put(endpoint, recorded(ROOT.resolve("cases/seq-chart-cut/step1/" + ID), endpoint));
    }
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.stop(0);
    }
  }

  private static byte[] recorded(Path folder, String endpoint) throws IOException {
    try (InputStream file =
        new GZIPInputStream(Files.newInputStream(folder.resolve(endpoint + ".json.gz")))) {
      return file.readAllBytes();
    }
  }

  private FetchOutcome fetch() throws InterruptedException {
    FetchOutcome outcome = source.fetch(item, Entries.held(entry, () -> archive));
    entry = Entries.after(entry, outcome, clock.instant());
    if (outcome instanceof FetchOutcome.Fetched fetched) {
      archive = Optional.of(fetched.answers());
      archived++;
    }
    return outcome;
  }

  private List<GenericRecord> rows() {
    Shaped shaped = new NhlShaper().shape(archive.orElseThrow());
    assertThat(shaped).isInstanceOf(Shaped.Rows.class);
    return ((Shaped.Rows) shaped).rows();
  }

  private void serve(Less less) throws IOException {
    JsonNode tree = JSON.readTree(page(less.endpoint));
    less.change.accept(tree);
    pages.put(less.endpoint, JSON.writeValueAsBytes(tree));
  }

  private byte[] page(String endpoint) {
    return Objects.requireNonNull(pages.get(endpoint));
  }

  private static void cut(JsonNode parent, String list) {
    ArrayNode all = (ArrayNode) parent.path(list);
    for (int left = all.size() / 3; all.size() > left; ) {
      all.remove(all.size() - 1);
    }
  }

  private static JsonNode teams(JsonNode box) {
    return box.path("playerByGameStats");
  }

  private static JsonNode home(JsonNode box) {
    return teams(box).path("homeTeam");
  }

  private static void withoutAHit(JsonNode game) {
    ArrayNode plays = (ArrayNode) game.path("plays");
    for (int i = 0; i < plays.size(); i++) {
      if (plays.get(i).path("typeCode").asInt() == 503) {
        plays.remove(i);
        return;
      }
    }
    throw new IllegalStateException("a game has hits");
  }

  private static void ofOneTeam(JsonNode chart) {
    ArrayNode rows = (ArrayNode) chart.path("data");
    int team = rows.get(0).path("teamId").asInt();
    for (int i = rows.size() - 1; i >= 0; i--) {
      if (rows.get(i).path("teamId").asInt() != team) {
        rows.remove(i);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatSaysLessIsKeptAndNotInForceUntilItComesAgainOnALaterDay(Less less) throws Exception {
    fetch();
    List<GenericRecord> rows = rows();
    assertThat(entry.getStatus()).isEqualTo(ItemStatus.FETCHED);
    byte[] whole = page(less.endpoint);

    clock.pass(Duration.ofDays(2));
    serve(less);
    assertThat(fetch()).isInstanceOf(FetchOutcome.Fetched.class);
    assertThat(rows()).isEqualTo(rows);
    assertThat(archive.orElseThrow().getNotInForce())
        .singleElement()
        .satisfies(one -> assertThat(one.getAnswer().getEndpoint()).isEqualTo(less.endpoint));
    assertThat(entry.getStatus()).isEqualTo(ItemStatus.FETCHED);
    assertThat(entry.getNotInForce()).containsOnlyKeys(less.endpoint);
    int before = archived;

    clock.pass(Duration.ofHours(3));
    fetch();
    assertThat(archived).as("the same again is not kept again").isEqualTo(before);

    byte[] cut = page(less.endpoint);
    pages.put(less.endpoint, whole);
    fetch();
    assertThat(entry.getNotInForce()).as("the whole one is back").isEmpty();

    pages.put(less.endpoint, cut);
    clock.pass(Duration.ofDays(1));
    fetch();
    assertThat(entry.getNotInForce()).containsOnlyKeys(less.endpoint);
    clock.pass(Duration.ofHours(20));
    fetch();
    if (less.isNoEndedGame()) {
      assertThat(rows()).as("a game that is over stays so").isEqualTo(rows);
    } else {
      assertThat(entry.getNotInForce()).as("confirmed").isEmpty();
      assertThat(rows()).isNotEqualTo(rows);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"seq-chart-cut", "seq-plays-cut"})
  void thePoorerAnswersOfTheCasesChangeNoRow(String name) throws Exception {
    fetch();
    List<GenericRecord> rows = rows();
    for (String endpoint : ENDPOINTS) {
      pages.put(endpoint, recorded(ROOT.resolve("cases/" + name + "/step2/" + ID), endpoint));
    }
    fetch();
    assertThat(rows()).isEqualTo(rows);
    assertThat(entry.getStatus()).isEqualTo(ItemStatus.FETCHED);
    assertThat(entry.getNotInForce()).hasSize(1);
  }

  @Test
  void aCorrectionThatPlaysAndBoxScoreAgreeOnIsInForceAtOnce() throws Exception {
    fetch();
    List<GenericRecord> rows = rows();
    Path step = ROOT.resolve("cases/seq-chart-vanishes-correction/step2/" + ID);
    pages.put("play-by-play", recorded(step, "play-by-play"));
    pages.put("boxscore", recorded(step, "boxscore"));
    fetch();
    assertThat(entry.getNotInForce()).isEmpty();
    assertThat(changed(rows))
        .as("a hit is in the team's counts of every skater, twice")
        .isEqualTo(72);
  }

  @Test
  void aCorrectionGoesOnWhereTheChartIsNoLongerServed() throws Exception {
    fetch();
    List<GenericRecord> rows = rows();
    Path step = ROOT.resolve("cases/seq-chart-vanishes-correction/step2/" + ID);
    pages.put("play-by-play", recorded(step, "play-by-play"));
    pages.put("boxscore", recorded(step, "boxscore"));
    pages.put("shiftcharts", "{\"data\":[],\"total\":0}".getBytes(UTF_8));
    clock.pass(Duration.ofDays(1));
    fetch();
    assertThat(entry.getStatus()).isEqualTo(ItemStatus.FETCHED);
    assertThat(entry.getNotInForce()).containsOnlyKeys("shiftcharts");
    assertThat(changed(rows))
        .as("a hit is in the team's counts of every skater, twice")
        .isEqualTo(72);
    assertThat(rows())
        .allSatisfy(row -> assertThat(row.get("_coverage")).hasToString("plays+boxscore+shifts"));
  }

  private int changed(List<GenericRecord> before) {
    List<GenericRecord> now = new ArrayList<>(rows());
    now.removeAll(before);
    return now.size();
  }

  /** Whatever is served, once the whole answers are back, they are in force, and the rows right. */
  @Test
  void nothingThatIsServedInBetweenStays() throws Exception {
    long seed = ThreadLocalRandom.current().nextLong(1_000_000);
    System.out.println("InForceTest: seed " + seed);
    Random random = new Random(seed);
    fetch();
    List<GenericRecord> rows = rows();
    Map<String, byte[]> whole = Map.copyOf(pages);
    for (int step = 0; step < 40; step++) {
      clock.pass(Duration.ofHours(1 + random.nextInt(30)));
      pages.putAll(whole);
      for (int cuts = random.nextInt(3); cuts > 0; cuts--) {
        if (random.nextInt(4) == 0) {
          pages.remove(ENDPOINTS.get(random.nextInt(ENDPOINTS.size())));
        } else {
          try {
            serve(Less.values()[random.nextInt(Less.values().length)]);
          } catch (NullPointerException | ClassCastException | IllegalStateException e) {
            // What one cut has taken the next one does not find.
            assertThat(step).isNotNegative();
          }
        }
      }
      fetch();
      assertThat(entry.getHeld()).as("seed %d", seed).containsOnlyKeys(ENDPOINTS);
    }
    pages.putAll(whole);
    fetch();
    assertThat(rows()).as("seed %d", seed).isEqualTo(rows);
    assertThat(entry.getStatus()).isEqualTo(ItemStatus.FETCHED);
    assertThat(entry.getNotInForce()).isEmpty();
  }

  /** A recorded game before and after a real correction; all there is of it are the plays. */
  private Map<String, Integer> columnsChanged(String game, String before, String after)
      throws Exception {
    assumeThat(Files.isDirectory(ROOT.resolve("variants/" + game))).isTrue();
    pages.clear();
    item = Games.of(Integer.parseInt(game), GAME.getFirstDay(), 2, "OFF", "BUF", "NJD");
    entry = Entries.listed(item);
    pages.put("play-by-play", variant(before));
    fetch();
    List<GenericRecord> rows = rows();
    pages.put("play-by-play", variant(after));
    assertThat(fetch()).isInstanceOf(FetchOutcome.Fetched.class);
    assertThat(entry.getNotInForce()).isEmpty();
    Map<String, Integer> changed = new TreeMap<>();
    List<GenericRecord> now = rows();
    assertThat(now).hasSameSizeAs(rows);
    for (int row = 0; row < now.size(); row++) {
      for (var field : now.get(row).getSchema().getFields()) {
        if (!Objects.equals(now.get(row).get(field.pos()), rows.get(row).get(field.pos()))) {
          changed.merge(field.name(), 1, Integer::sum);
        }
      }
    }
    return changed;
  }

  private static byte[] variant(String name) throws IOException {
    try (InputStream file =
        new GZIPInputStream(Files.newInputStream(ROOT.resolve(name + ".json.gz")))) {
      JsonNode tree = JSON.readTree(file.readAllBytes());
      return JSON.writeValueAsBytes(name.endsWith(".wrapped") ? tree.path("data") : tree);
    }
  }

  @Test
  void twoHitsThatWereTakenBackChangeNothingElse() throws Exception {
    assertThat(
            columnsChanged(
                "2025020452",
                "variants/2025020452/2025-12-06-OFF.play-by-play",
                "variants/2025020452/2026-03-22-OFF.play-by-play"))
        .containsOnlyKeys("I_F_hits", "hitsAgainst", "hitsFor");
  }

  @Test
  void placesThatMovedByAFootChangeOnlyWhatIsCountedByPlace() throws Exception {
    assertThat(
            columnsChanged(
                "2023020204",
                "variants/2023020204/2025-05-31.play-by-play.wrapped",
                "games/2023020204/play-by-play"))
        .isNotEmpty()
        .allSatisfy((column, rows) -> assertThat(column).contains("Danger"));
  }

  @Test
  void anotherSpellingOfANameIsOnePlayers() throws Exception {
    assertThat(
            columnsChanged(
                "2023020204",
                "variants/2023020204/2024-07-21.play-by-play",
                "variants/2023020204/2025-05-31.play-by-play.wrapped"))
        .isEqualTo(Map.of("name", 5));
  }
}
