package io.landfall.producer.nhl.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import com.sun.net.httpserver.HttpServer;
import io.landfall.cli.Progress;
import io.landfall.producer.http.Hosts;
import io.landfall.producer.http.HttpSettings;
import io.landfall.producer.nhl.stats.Games;
import io.landfall.producer.source.FetchOutcome;
import io.landfall.producer.source.Held;
import io.landfall.producer.source.JsonLimits;
import io.landfall.producer.source.Listing;
import io.landfall.schemas.Item;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * Answers that mean harm, from a real server: each is an outcome with a short reason, and none
 * costs more memory than its size explains.
 */
class HostileAnswersTest {

  private static final Item GAME =
      Games.of(2024020001, LocalDate.parse("2024-10-04"), 2, "OFF", "BUF", "NJD");
  private static final LocalDate WEEK = LocalDate.parse("2024-10-04");
  private static final String PLAYS = "/v1/gamecenter/2024020001/play-by-play";
  private static final String BOXSCORE = "/v1/gamecenter/2024020001/boxscore";
  private static final String SHIFTS = "/stats/rest/en/shiftcharts";
  private static final String HOME = "/scores/htmlreports/20242025/TH020001.HTM";
  private static final String AWAY = "/scores/htmlreports/20242025/TV020001.HTM";
  private static final String SCHEDULE = "/v1/schedule/2024-10-04";

  private static final Held NOTHING =
      new Held(Map.of(), false, Map.of(), Map.of(), Optional::empty);
  private static final Progress SILENT = Progress.lines(line -> {}, Clock.systemUTC());

  /** A body is there as it came, as one array, and as what is read of it. */
  private static final long MOST_ALLOCATED = 400L * 1024 * 1024;

  private static final Map<String, byte[]> PAGES = new ConcurrentHashMap<>();
  private static final ThreadMXBean MEMORY = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final HttpServer SERVER = started();

  private static HttpServer started() {
    HttpServer server;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          byte[] body = PAGES.getOrDefault(path, new byte[0]);
          exchange
              .getResponseHeaders()
              .add("Content-Type", path.endsWith(".HTM") ? "text/html" : "application/json");
          exchange.sendResponseHeaders(
              body.length == 0 ? 404 : 200, body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return server;
  }

  @AfterContainer
  static void stop() {
    SERVER.stop(0);
  }

  private static NhlSource source() {
    String base = "http://127.0.0.1:" + SERVER.getAddress().getPort();
    Hosts hosts =
        new Hosts(new HttpSettings(Optional.empty(), Duration.ofSeconds(20)), Clock.systemUTC());
    NhlApi api =
        new NhlApi(
            hosts.at(URI.create(base + "/v1")),
            hosts.at(URI.create(base + "/stats/rest/en")),
            hosts.at(URI.create(base + "/scores/htmlreports")));
    return new NhlSource(api, hosts, ZoneId.of("America/New_York"));
  }

  private static String repeated(String text, int times, String between) {
    return text + (between + text).repeat(Math.max(0, times - 1));
  }

  /** A list of what is small to send and large to hold. */
  private static String wide(Random random) {
    String one =
        List.of("{}", "[]", "0", "null", "{\"a\":0}", "\"\"", "1e9", "[[]]").get(random.nextInt(8));
    return "[" + repeated(one, 1 + random.nextInt(8_000_000 / (one.length() + 1)), ",") + "]";
  }

  private static String deep(Random random) {
    int depth = 1 + random.nextInt(random.nextBoolean() ? 100 : 3_000_000);
    String open = random.nextBoolean() ? "[" : "{\"a\":";
    return open.repeat(Math.min(depth, 7_000_000 / open.length()));
  }

  private static String number(Random random) {
    String digits = "9".repeat(1 + random.nextInt(random.nextBoolean() ? 150 : 1_000_000));
    return switch (random.nextInt(6)) {
      case 0 -> digits;
      case 1 -> "-" + digits;
      case 2 -> "0." + digits;
      case 3 -> "1e" + digits;
      case 4 -> "1e-999999999";
      default -> List.of("NaN", "-Infinity", "1e999999999", "1E+2147483648").get(random.nextInt(4));
    };
  }

  private static String text(Random random) {
    String unit =
        List.of("x", "\\ud800", "\\u0000", "\\udfff\\ud800", "é", "\\n").get(random.nextInt(6));
    int length = 1 + random.nextInt(random.nextBoolean() ? 100 : 1_000_000);
    return "\"" + unit.repeat(Math.min(length, 7_000_000 / unit.length())) + "\"";
  }

  /** A value that means harm, and that a text of JSON can hold. */
  private static String hostile(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> wide(random);
      case 1 -> deep(random);
      case 2 -> number(random);
      case 3 -> text(random);
      case 4 -> "{" + text(random) + ":1}";
      default -> "{\"id\":1,\"id\":2,\"plays\":[],\"plays\":[{}]}";
    };
  }

  private static final List<String> PLACES =
      List.of(
          "%s",
          "{\"id\":%s}",
          "{\"plays\":%s}",
          "{\"plays\":[{\"eventId\":%s}]}",
          "{\"id\":2024020001,\"gameState\":\"OFF\",\"plays\":[{\"typeDescKey\":%s}],\"rosterSpots\":[{\"playerId\":1,\"firstName\":{\"default\":%1$s}}]}",
          "{\"rosterSpots\":%s,\"plays\":[{}]}",
          "{\"data\":%s}",
          "{\"data\":[{\"playerId\":%s,\"startTime\":\"00:00\"}]}",
          "{\"playerByGameStats\":{\"homeTeam\":{\"forwards\":%s}}}",
          "{\"nobody\":{\"knows\":%s}}");

  private static byte[] json(Random random, List<String> places) {
    String text =
        places.get(random.nextInt(places.size())).formatted(hostile(random)).stripTrailing();
    byte[] bytes = text.getBytes(random.nextInt(10) == 0 ? ISO_8859_1 : UTF_8);
    if (random.nextInt(4) == 0) {
      byte[] odd =
          new byte[][] {
                {(byte) 0xC0, (byte) 0xAF},
                {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
                {(byte) 0xF7, (byte) 0xBF, (byte) 0xBF, (byte) 0xBF},
                {(byte) 0x80},
                {0}
              }
              [random.nextInt(5)];
      int at = random.nextInt(bytes.length);
      System.arraycopy(odd, 0, bytes, at, Math.min(odd.length, bytes.length - at));
    }
    return bytes;
  }

  private static byte[] html(Random random) {
    String unit =
        List.of("<td>", "<table>", "<a>", "<b><p>", "<tr><td class='playerHeading'>1 X</td></tr>")
            .get(random.nextInt(5));
    int times = 1 + random.nextInt(random.nextBoolean() ? 10_000 : 7_000_000 / unit.length());
    return ("<html>" + unit.repeat(times)).getBytes(UTF_8);
  }

  @Provide
  Arbitrary<String> pages() {
    return Arbitraries.of(PLAYS, BOXSCORE, SHIFTS, HOME, AWAY);
  }

  @Property(tries = 25)
  void aGamesAnswerIsAnOutcome(@ForAll("pages") String page, @ForAll long seed) throws Exception {
    Random random = new Random(seed);
    PAGES.clear();
    PAGES.put(PLAYS, "{\"plays\":[1]}".getBytes(UTF_8));
    PAGES.put(BOXSCORE, "{\"id\":1}".getBytes(UTF_8));
    PAGES.put(HOME, "<html>".getBytes(UTF_8));
    PAGES.put(page, page.endsWith(".HTM") ? html(random) : json(random, PLACES));
    long before = MEMORY.getCurrentThreadAllocatedBytes();
    FetchOutcome outcome = source().fetch(GAME, NOTHING);
    assertThat(MEMORY.getCurrentThreadAllocatedBytes() - before).isLessThan(MOST_ALLOCATED);
    String said =
        outcome.match(
            fetched -> fetched.missing().reasons().toString(),
            unchanged -> unchanged.missing().reasons().toString(),
            FetchOutcome.Unavailable::reason,
            FetchOutcome.Rejected::reason,
            FetchOutcome.NotAsked::reason,
            FetchOutcome.Divided::reason);
    assertThat(said).hasSizeLessThan(10_000).doesNotContain("StreamReadConstraints");
  }

  @Property(tries = 15)
  void aScheduleIsAListingWithItsProblems(@ForAll long seed) throws Exception {
    Random random = new Random(seed);
    PAGES.clear();
    PAGES.put(
        SCHEDULE,
        json(
            random,
            List.of(
                "%s",
                "{\"gameWeek\":%s}",
                "{\"gameWeek\":[{\"date\":\"2024-10-04\",\"games\":%s}]}",
                "{\"gameWeek\":[{\"date\":\"2024-10-04\",\"games\":[{\"id\":2024020001,\"gameState\":%s}]}]}",
                "{\"gameWeek\":[{\"date\":\"2024-10-04\",\"games\":[{\"id\":2024020001,\"gameState\":\"OFF\",\"homeTeam\":{\"abbrev\":%s}}]}]}",
                "{\"gameWeek\":[{\"date\":%s,\"numberOfGames\":%1$s}],\"numberOfGames\":%1$s}")));
    long before = MEMORY.getCurrentThreadAllocatedBytes();
    Listing listing = source().list(WEEK, WEEK, SILENT);
    assertThat(MEMORY.getCurrentThreadAllocatedBytes() - before).isLessThan(MOST_ALLOCATED);
    assertThat(listing.problems().size() + listing.notes().size())
        .isBetween(1, 2 * NhlSchedule.TOLD + 2);
    assertThat(listing.problems()).allMatch(problem -> problem.length() < 3000);
    assertThat(listing.items()).allMatch(item -> item.toString().length() < 1000);
  }

  private static String refusal(String body) throws InterruptedException {
    PAGES.clear();
    PAGES.put(PLAYS, body.getBytes(UTF_8));
    return ((FetchOutcome.Unavailable) source().fetch(GAME, NOTHING)).reason();
  }

  /** One beyond each limit is refused with both numbers, and what is at it is not. */
  @Property(tries = 1)
  void eachLimitIsToldWithItsValues() throws InterruptedException {
    int deep = JsonLimits.DEEPEST;
    assertThat(refusal("{\"x\":" + "[".repeat(deep) + "]".repeat(deep) + "}"))
        .contains("depth (%d) exceeds the maximum allowed (%d)".formatted(deep + 1, deep));
    int tokens = JsonLimits.MOST_TOKENS;
    assertThat(refusal("{\"x\":[" + repeated("1", tokens, ",") + "]}"))
        .contains("(%d) exceeds the maximum allowed (%d)".formatted(tokens + 1, tokens));
    int digits = JsonLimits.LONGEST_NUMBER;
    assertThat(refusal("{\"id\":" + "1".repeat(digits + 1) + "}"))
        .contains("(%d) exceeds the maximum allowed (%d)".formatted(digits + 1, digits));
    int letters = JsonLimits.LONGEST_TEXT;
    assertThat(refusal("{\"gameState\":\"" + "x".repeat(2 * letters) + "\"}"))
        .contains("exceeds the maximum allowed (%d)".formatted(letters));
    assertThat(refusal("{\"" + "x".repeat(2 * JsonLimits.LONGEST_NAME) + "\":1}"))
        .contains("exceeds the maximum allowed (%d)".formatted(JsonLimits.LONGEST_NAME));
    assertThat(refusal("{\"id\":1,\"id\":2}")).contains("Duplicate field 'id'");
    String inside = "[".repeat(deep - 1) + "]".repeat(deep - 1);
    PAGES.put(PLAYS, ("{\"x\":" + inside + ",\"plays\":[1]}").getBytes(UTF_8));
    assertThat(source().fetch(GAME, NOTHING)).isInstanceOf(FetchOutcome.Fetched.class);
  }

  @Property(tries = 1)
  void whatIsNoUtf8IsToldWithItsPlace() throws InterruptedException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes("{\"id\":\"".getBytes(UTF_8));
    body.writeBytes(new byte[] {(byte) 0xC0, (byte) 0xAF});
    body.writeBytes("\"}".getBytes(UTF_8));
    PAGES.clear();
    PAGES.put(PLAYS, body.toByteArray());
    assertThat(((FetchOutcome.Unavailable) source().fetch(GAME, NOTHING)).reason())
        .contains("the body is not read: it is not UTF-8 at byte 7 (0xC0)");
  }
}
