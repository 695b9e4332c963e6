package io.landfall.producer.nhl.api;

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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.zip.GZIPInputStream;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A recorded game as it was while it went on, made of its plays until then. */
class LiveGameTest {

  private static final int ID = 2024020001;
  private static final Path ROOT = Path.of(System.getProperty("nhl.recordings", "absent"));
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final LocalDate DAY = LocalDate.parse("2024-10-04");
  private static final int ALL = Integer.MAX_VALUE;

  private final ManualClock clock = new ManualClock(Instant.parse("2024-10-04T18:00:00Z"));
  private final Map<String, byte[]> pages = new ConcurrentHashMap<>();
  private final List<String> asked = new ArrayList<>();
  private HttpServer server;
  private NhlSource source;
  private JsonNode plays;
  private JsonNode box;
  private byte[] chart;
  private LedgerEntry entry = Entries.listed(item("FUT"));
  private Optional<ItemAnswers> archive = Optional.empty();

  @BeforeEach
  void start() throws IOException {
    Path folder = ROOT.resolve("games/" + ID);
    assumeThat(Files.isDirectory(folder))
        .as("no recordings in %s (-Dnhl.recordings=FOLDER)", ROOT)
        .isTrue();
    plays = JSON.readTree(recorded(folder.resolve("play-by-play")));
    box = JSON.readTree(recorded(folder.resolve("boxscore")));
    chart = recorded(folder.resolve("shiftcharts"));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          String page = path.substring(path.lastIndexOf('/') + 1);
          asked.add(page);
          byte[] body = pages.get(page);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(body == null ? 404 : 200, body == null ? -1 : body.length);
          exchange.getResponseBody().write(body == null ? new byte[0] : body);
          exchange.close();
        });
    server.start();
    URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    Hosts hosts = new Hosts(new HttpSettings(Optional.empty(), Duration.ofSeconds(5)), clock);
    source =
        new NhlSource(
            new NhlApi(hosts.at(base), hosts.at(base), hosts.at(URI.create(base + "/reports"))),
            hosts,
            ZoneId.of("America/New_York"));
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.stop(0);
    }
  }

  private static byte[] recorded(Path file) throws IOException {
    Path plain = Path.of(file + ".json");
    if (Files.exists(plain)) {
      return Files.readAllBytes(plain);
    }
    try (InputStream in = new GZIPInputStream(Files.newInputStream(Path.of(file + ".json.gz")))) {
      return in.readAllBytes();
    }
  }

  private static Item item(String state) {
    return Games.of(ID, DAY, 2, state, "BUF", "NJD");
  }

  /** What the API says after so many plays; the head counts what they come to. */
  private void serve(String state, int count) throws IOException {
    ObjectNode live = plays.deepCopy();
    live.put("gameState", state);
    ObjectNode lines = box.deepCopy();
    lines.put("gameState", state);
    if (count != ALL) {
      ArrayNode all = (ArrayNode) live.path("plays");
      while (all.size() > count) {
        all.remove(all.size() - 1);
      }
      countUp(live, all);
      lines.path("playerByGameStats").forEach(team -> team.forEach(LiveGameTest::unknown));
    }
    pages.put("play-by-play", JSON.writeValueAsBytes(live));
    pages.put("boxscore", JSON.writeValueAsBytes(lines));
  }

  private static void countUp(ObjectNode live, ArrayNode all) {
    for (String side : List.of("awayTeam", "homeTeam")) {
      ObjectNode team = (ObjectNode) live.path(side);
      int goals = 0;
      int shots = 0;
      for (JsonNode play : all) {
        int type = play.path("typeCode").asInt();
        boolean own =
            play.path("details").path("eventOwnerTeamId").asInt() == team.path("id").asInt();
        goals += own && type == 505 ? 1 : 0;
        shots += own && (type == 505 || type == 506) ? 1 : 0;
      }
      team.put("score", goals).put("sog", shots);
    }
  }

  /** A box score that tells the time on ice so far, and its counts later. */
  private static void unknown(JsonNode group) {
    for (JsonNode line : group) {
      for (String count : List.of("goals", "assists", "sog", "hits", "pim", "blockedShots")) {
        ((ObjectNode) line).remove(count);
      }
      ((ObjectNode) line).put("toi", "05:00").remove(List.of("takeaways", "giveaways"));
    }
  }

  private FetchOutcome fetch(String listedAs) throws InterruptedException {
    entry = Entries.listed(entry, item(listedAs), clock.instant());
    FetchOutcome outcome = source.fetch(entry.getItem(), Entries.held(entry, () -> archive));
    entry = Entries.after(entry, outcome, clock.instant());
    if (outcome instanceof FetchOutcome.Fetched fetched) {
      archive = Optional.of(fetched.answers());
    }
    return outcome;
  }

  private List<GenericRecord> rows() {
    Shaped shaped = new NhlShaper().shape(archive.orElseThrow());
    assertThat(shaped).isInstanceOf(Shaped.Rows.class);
    return ((Shaped.Rows) shaped).rows();
  }

  private static int total(List<GenericRecord> rows, String column) {
    return rows.stream()
        .filter(row -> row.get("situation").equals("all"))
        .mapToInt(row -> (Integer) Objects.requireNonNull(row.get(column), column))
        .sum();
  }

  @Test
  void whileItGoesOnItsRowsGrowAndSayThatTheyAreProvisional() throws Exception {
    int hits = 0;
    for (int count : List.of(100, 200, 300)) {
      serve("LIVE", count);
      assertThat(fetch("LIVE")).isInstanceOf(FetchOutcome.Fetched.class);
      assertThat(rows()).hasSize(180);
      assertThat(rows())
          .allSatisfy(row -> assertThat(row.get("_coverage")).hasToString("plays+boxscore+live"));
      assertThat(total(rows(), "I_F_hits")).isGreaterThan(hits);
      hits = total(rows(), "I_F_hits");
      assertThat(rows())
          .as("who was on the ice at what is not told yet")
          .allSatisfy(row -> assertThat(row.get("OnIce_F_goals")).isNull());
      assertThat(entry.getStatus()).isEqualTo(ItemStatus.EXPECTED);
      assertThat(fetch("LIVE")).isInstanceOf(FetchOutcome.Unchanged.class);
    }
    assertThat(asked).doesNotContain("shiftcharts").hasSize(12);
  }

  @Test
  void beforeTheFirstPlayThereIsNothingToSay() throws Exception {
    serve("LIVE", 0);
    fetch("LIVE");
    assertThat(new NhlShaper().shape(archive.orElseThrow()))
        .isEqualTo(new Shaped.Waiting("play-by-play: in progress, without plays"));
  }

  @Test
  void anAnswerThatSaysLessThanTheOneBeforeIsKeptAndNotInForce() throws Exception {
    serve("LIVE", 200);
    fetch("LIVE");
    List<GenericRecord> rows = rows();
    serve("LIVE", 150);
    fetch("LIVE");
    assertThat(rows()).isEqualTo(rows);
    assertThat(entry.getNotInForce()).containsOnlyKeys("play-by-play");
    serve("CRIT", 210);
    fetch("CRIT");
    assertThat(entry.getNotInForce()).isEmpty();
    assertThat(rows()).isNotEqualTo(rows);
  }

  @Test
  void playsThatTheirOwnHeadRefutesAreNotPutInForceEither() throws Exception {
    serve("LIVE", 200);
    fetch("LIVE");
    List<GenericRecord> rows = rows();
    serve("LIVE", 220);
    ObjectNode behind = (ObjectNode) JSON.readTree(pages.get("play-by-play"));
    ((ObjectNode) behind.path("homeTeam")).put("score", 9);
    pages.put("play-by-play", JSON.writeValueAsBytes(behind));
    fetch("LIVE");
    assertThat(rows()).isEqualTo(rows);
  }

  @Test
  void oneThatIsListedAsEndedIsNotReadWhileItsPlaysGoOn() throws Exception {
    serve("LIVE", 200);
    fetch("LIVE");
    fetch("FINAL");
    assertThat(new NhlShaper().shape(archive.orElseThrow())).isInstanceOf(Shaped.Waiting.class);
    assertThat(entry.getStatus()).isEqualTo(ItemStatus.INCOMPLETE);
  }

  @Test
  void aFinalAnswerOfFewerPlaysComesIntoForceAtOnce() throws Exception {
    serve("OVER", ALL);
    fetch("OVER");
    assertThat(rows().get(0).get("_coverage")).hasToString("plays+boxscore+live");
    int whole = plays.path("plays").size();
    ArrayNode all = (ArrayNode) plays.path("plays");
    for (int i = all.size() - 1; i >= 0; i--) {
      if (all.get(i).path("typeCode").asInt() == 516) { // stoppages are counted nowhere
        all.remove(i);
      }
    }
    serve("FINAL", ALL);
    pages.put("shiftcharts", chart);
    fetch("FINAL");
    assertThat(entry.getStatus()).isEqualTo(ItemStatus.FETCHED);
    assertThat(entry.getNotInForce()).isEmpty();
    assertThat(entry.getQuality().get("plays")).isLessThan(whole * 9 / 10);
    assertThat(rows())
        .allSatisfy(row -> assertThat(row.get("_coverage")).hasToString("plays+boxscore+shifts"));
  }

  /** Whatever was served while it went on, the end is what it is for whoever did not look. */
  @Test
  void theFinalStateIsThatOfOneThatNobodyFollowed() throws Exception {
    long seed = ThreadLocalRandom.current().nextLong(1_000_000);
    System.out.println("LiveGameTest: seed " + seed);
    Random random = new Random(seed);
    for (int game = 0; game < 10; game++) {
      boolean late = random.nextInt(3) == 0;
      List<LedgerEntry> entries = new ArrayList<>();
      List<List<GenericRecord>> rows = new ArrayList<>();
      for (boolean followed : List.of(true, false)) {
        entry = Entries.listed(item("FUT"));
        archive = Optional.empty();
        pages.clear();
        clock.set(Instant.parse("2024-10-04T18:00:00Z"));
        for (int round = 0; followed && round < 12; round++) {
          clock.pass(Duration.ofMinutes(10));
          serve("LIVE", random.nextInt(plays.path("plays").size()));
          if (random.nextInt(3) == 0) {
            pages.remove(random.nextBoolean() ? "play-by-play" : "boxscore");
          }
          fetch("LIVE");
          assertThat(entry.getStatus()).isEqualTo(ItemStatus.EXPECTED);
        }
        clock.set(Instant.parse("2024-10-04T21:00:00Z"));
        serve("OFF", ALL);
        if (!late) {
          pages.put("shiftcharts", chart);
        }
        asked.clear();
        fetch("OFF");
        assertThat(asked).hasSize(late ? 5 : 3);
        entries.add(entry);
        rows.add(rows());
      }
      assertThat(entries.get(0)).as("seed %d", seed).isEqualTo(entries.get(1));
      assertThat(rows.get(0)).as("seed %d", seed).isEqualTo(rows.get(1));
    }
  }

  /** Recorded in the second period. */
  @Test
  void aRecordedGameInProgress() throws Exception {
    Path file = ROOT.resolve("variants/2025021068/2026-03-17-LIVE.play-by-play");
    assumeThat(Files.exists(Path.of(file + ".json.gz"))).isTrue();
    Item game = Games.of(2025021068, LocalDate.parse("2026-03-17"), 2, "LIVE", "B", "A");
    entry = Entries.listed(game);
    pages.put("play-by-play", recorded(file));
    FetchOutcome outcome =
        source.fetch(entry.getItem(), Entries.held(entry, () -> Optional.empty()));
    archive = Optional.of(((FetchOutcome.Fetched) outcome).answers());
    assertThat(rows()).hasSize(180);
    assertThat(rows())
        .allSatisfy(row -> assertThat(row.get("_coverage")).hasToString("plays+live"));
    JsonNode head = JSON.readTree(recorded(file));
    assertThat(total(rows(), "I_F_goals"))
        .isEqualTo(
            head.path("awayTeam").path("score").asInt()
                + head.path("homeTeam").path("score").asInt());
  }
}
