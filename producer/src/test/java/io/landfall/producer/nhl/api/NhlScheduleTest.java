package io.landfall.producer.nhl.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.landfall.cli.Progress;
import io.landfall.producer.ManualClock;
import io.landfall.producer.http.Hosts;
import io.landfall.producer.http.HttpSettings;
import io.landfall.producer.nhl.stats.Recordings;
import io.landfall.producer.source.Listing;
import io.landfall.schemas.Item;
import io.landfall.schemas.ItemState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Weeks of a schedule with one odd thing in them, from a real server. */
class NhlScheduleTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final LocalDate FRIDAY = LocalDate.parse("2024-10-04");
  private static final LocalDate THURSDAY = FRIDAY.plusDays(6);
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

  private final Map<String, byte[]> pages = new HashMap<>();
  private final ManualClock clock = new ManualClock(Instant.parse("2024-10-11T13:00:00Z"));
  private ObjectNode week = JSON.createObjectNode();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = pages.get(exchange.getRequestURI().getPath());
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(body == null ? 404 : 200, body == null ? -1 : body.length);
          exchange.getResponseBody().write(body == null ? new byte[0] : body);
          exchange.close();
        });
    server.start();
    week = week(FRIDAY);
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  /** Seven days with two games each that have ended. */
  private static ObjectNode week(LocalDate first) {
    ObjectNode week = JSON.createObjectNode();
    ArrayNode days = week.putArray("gameWeek");
    for (int day = 0; day < 7; day++) {
      ObjectNode one = days.addObject();
      one.put("date", first.plusDays(day).toString()).put("numberOfGames", 2);
      ArrayNode games = one.putArray("games");
      int id = 2024020000 + first.plusDays(day).getDayOfYear() * 2;
      games.add(game(id)).add(game(id + 1));
    }
    return week.put("numberOfGames", 14);
  }

  private static ObjectNode game(int id) {
    ObjectNode game = JSON.createObjectNode();
    game.put("id", id).put("gameType", id / 10_000 % 100);
    game.put("gameState", "OFF").put("gameScheduleState", "OK");
    game.putObject("homeTeam").put("abbrev", "BUF");
    game.putObject("awayTeam").put("abbrev", "NJD");
    return game;
  }

  private ObjectNode day(int day) {
    return (ObjectNode) week.path("gameWeek").get(day);
  }

  private ArrayNode games(int day) {
    return (ArrayNode) day(day).path("games");
  }

  /** The second game of the third day. */
  private ObjectNode odd() {
    return (ObjectNode) games(2).get(1);
  }

  private String oddId() {
    return odd().path("id").asText();
  }

  private Listing listed() throws Exception {
    return listed(FRIDAY, THURSDAY, week.toString().getBytes(UTF_8));
  }

  private Listing listed(LocalDate first, LocalDate last, byte[] body) throws Exception {
    pages.put("/schedule/" + first, body);
    return list(first, last);
  }

  private Listing list(LocalDate first, LocalDate last) throws Exception {
    Hosts hosts = new Hosts(new HttpSettings(Optional.empty(), Duration.ofSeconds(10)), clock);
    URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    NhlApi api = new NhlApi(hosts.at(base), hosts.at(base), hosts.at(base));
    return new NhlSource(api, hosts, NEW_YORK)
        .list(first, last, Progress.lines(line -> {}, Clock.systemUTC()));
  }

  private static List<LocalDate> days(LocalDate first, LocalDate last) {
    return first.datesUntil(last.plusDays(1)).toList();
  }

  private static List<LocalDate> allBut(int day) {
    return days(FRIDAY, THURSDAY).stream()
        .filter(one -> !one.equals(FRIDAY.plusDays(day)))
        .toList();
  }

  private void setOdd(String field, String json) throws IOException {
    if (json.equals("absent")) {
      odd().remove(field);
    } else {
      odd().set(field, JSON.readTree(json));
    }
  }

  @Test
  void aWeekWithNothingOddIsListedWhole() throws Exception {
    Listing listing = listed();
    assertThat(listing.items()).hasSize(14);
    assertThat(listing.days()).containsExactlyInAnyOrderElementsOf(days(FRIDAY, THURSDAY));
    assertThat(listing.problems()).isEmpty();
    assertThat(listing.notes()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "id        | absent        | id is missing",
        "id        | null          | id is null",
        "id        | 7             | id is 7",
        "id        | -2024020001   | id is -2024020001",
        "id        | 20240200011   | id is 20240200011",
        "id        | 9024020001    | id is 9024020001",
        "id        | 2024020001.5  | id is 2.0240200015E9",
        "id        | \"x\"         | id is \"x\"",
        "id        | {}            | id is {}",
        "gameState | absent        | gameState is missing",
        "gameState | null          | gameState is null",
        "gameState | \" \"         | gameState is \" \"",
        "gameState | {\"a\":1}     | gameState is {\"a\":1}"
      })
  void anEntryThatCannotBeListedCostsItself(String field, String json, String why)
      throws Exception {
    setOdd(field, json);
    Listing listing = listed();
    assertThat(listing.items()).hasSize(13);
    assertThat(listing.days()).containsExactlyInAnyOrderElementsOf(allBut(2));
    assertThat(listing.problems())
        .singleElement()
        .asString()
        .contains("/schedule/2024-10-04: gameWeek[2].games[1] (2024-10-06", why);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "7", "\"x\"", "[]", "[{}]", "{}"})
  void anEntryThatIsNoGameCostsItself(String json) throws Exception {
    games(2).set(1, JSON.readTree(json));
    Listing listing = listed();
    assertThat(listing.items()).hasSize(13);
    assertThat(listing.days()).containsExactlyInAnyOrderElementsOf(allBut(2));
    assertThat(listing.problems()).singleElement().asString().contains("gameWeek[2].games[1]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gameType          | absent     | gameType is missing, by its id it is 2; listed as 2",
        "gameType          | null       | gameType is null",
        "gameType          | \"x\"      | gameType is \"x\"",
        "gameType          | 1          | gameType is 1, by its id it is 2; listed as 2",
        "gameType          | 3          | gameType is 3, by its id it is 2; listed as 3",
        "homeTeam          | absent     | homeTeam.abbrev is missing",
        "awayTeam          | null       | awayTeam.abbrev is missing",
        "awayTeam          | {\"abbrev\":null} | awayTeam.abbrev is null",
        "gameScheduleState | \"PPD\"    | gameScheduleState is \"PPD\", but gameState is OFF",
        "gameScheduleState | \"SUSP\"   | gameScheduleState is \"SUSP\", but gameState is OFF",
        "gameState         | \"ENDED\"  | gameState is \"ENDED\", which is not known",
        "gameState         | 7          | gameState is 7, which is not known"
      })
  void whatIsOddAndCanBeListedIsListedAndNoted(String field, String json, String why)
      throws Exception {
    setOdd(field, json);
    Listing listing = listed();
    assertThat(listing.items()).hasSize(14);
    assertThat(listing.items()).extracting(Item::getState).containsOnly(ItemState.AVAILABLE);
    assertThat(listing.days()).hasSize(7);
    assertThat(listing.problems()).isEmpty();
    assertThat(listing.notes())
        .singleElement()
        .asString()
        .contains("gameWeek[2].games[1] (2024-10-06, game " + oddId() + "): " + why);
  }

  @Test
  void anIdAsTextIsTheId() throws Exception {
    odd().put("id", oddId());
    Listing listing = listed();
    assertThat(listing.items()).hasSize(14);
    assertThat(listing.problems()).isEmpty();
    assertThat(listing.notes()).singleElement().asString().contains("id is the text");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "\"2\"", "3"})
  void aGameThatCountsIsToldByItsType(String type) throws Exception {
    odd().put("id", type.equals("3") ? 2024030111 : 2024020999);
    setOdd("gameType", type);
    assertThat(listed().items()).hasSize(14);
    assertThat(listed().notes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {2024010001, 2024120001, 2024190001, 2024200001, 2025090001})
  void aGameOfAnotherKindIsNoProblem(int id) throws Exception {
    games(2).set(1, game(id).put("gameState", "WHATEVER"));
    Listing listing = listed();
    odd().remove("gameType");
    for (Listing each : List.of(listing, listed())) {
      assertThat(each.items()).hasSize(13);
      assertThat(each.days()).hasSize(7);
      assertThat(each.problems()).isEmpty();
      assertThat(each.notes()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "FUT, OK, PENDING",
    "PRE, TBD, PENDING",
    "LIVE, OK, IN_PROGRESS",
    "CRIT, '', IN_PROGRESS",
    "OVER, OK, IN_PROGRESS",
    "FINAL, OK, AVAILABLE",
    "OFF, OK, AVAILABLE",
    "FUT, PPD, PENDING",
    "PPD, OK, PENDING",
    "FUT, CNCL, CANCELLED",
    "CNCL, OK, CANCELLED"
  })
  void whatIsKnownIsNotNoted(String state, String scheduleState, ItemState expected)
      throws Exception {
    odd().put("gameState", state).put("gameScheduleState", scheduleState);
    Listing listing = listed();
    assertThat(stateOf(listing)).isEqualTo(expected);
    assertThat(listing.notes()).isEmpty();
    assertThat(listing.problems()).isEmpty();
  }

  private ItemState stateOf(Listing listing) {
    return listing.items().stream()
        .filter(game -> game.getKey().equals(oddId()))
        .findFirst()
        .orElseThrow()
        .getState();
  }

  @ParameterizedTest
  @CsvSource({"DONE, OK", "FUT, SUSP", "LIVE, FORFEIT", "final, OK"})
  void aStateThatIsNotKnownIsTriedOnceTheDayIsOverInNewYork(String state, String scheduleState)
      throws Exception {
    odd().put("gameState", state).put("gameScheduleState", scheduleState);
    clock.pass(Duration.between(clock.instant(), Instant.parse("2024-10-07T03:59:00Z")));
    Listing before = listed();
    assertThat(stateOf(before)).isEqualTo(ItemState.PENDING);
    assertThat(before.notes()).singleElement().asString().contains("when its day is over");
    clock.pass(Duration.ofMinutes(2));
    Listing after = listed();
    assertThat(stateOf(after)).isEqualTo(ItemState.AVAILABLE);
    assertThat(after.notes()).singleElement().asString().contains("because its day is over");
  }

  @ParameterizedTest
  @ValueSource(strings = {"absent", "null", "{}", "\"x\"", "7"})
  void gamesThatAreNoListCostTheirDay(String json) throws Exception {
    if (json.equals("absent")) {
      day(2).remove("games");
    } else {
      day(2).set("games", JSON.readTree(json));
    }
    Listing listing = listed();
    assertThat(listing.items()).hasSize(12);
    assertThat(listing.days()).containsExactlyInAnyOrderElementsOf(allBut(2));
    assertThat(listing.problems())
        .singleElement()
        .asString()
        .contains("gameWeek[2] (2024-10-06): games is");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"date\":\"tomorrow\"}", "{\"date\":null}", "{}", "null", "7", "[]"})
  void aDayWithoutADateCostsItself(String json) throws Exception {
    ((ArrayNode) week.path("gameWeek")).set(2, JSON.readTree(json));
    Listing listing = listed();
    assertThat(listing.items()).hasSize(12);
    assertThat(listing.days()).containsExactlyInAnyOrderElementsOf(allBut(2));
    assertThat(listing.problems())
        .hasSize(2)
        .anyMatch(problem -> problem.contains("gameWeek[2]: date is"))
        .anyMatch(problem -> problem.endsWith("it does not have 2024-10-06"));
  }

  @Test
  void aGameThatIsListedTwiceIsTakenWhereItWasPlayed() throws Exception {
    games(0).set(0, game(2024020999).put("gameScheduleState", "PPD").put("gameState", "FUT"));
    odd().put("id", 2024020999);
    games(5).set(0, game(2024020999).put("gameState", "FUT"));
    Listing listing = listed();
    assertThat(listing.items())
        .filteredOn(game -> game.getKey().equals("2024020999"))
        .singleElement()
        .satisfies(
            game -> {
              assertThat(game.getFirstDay()).isEqualTo("2024-10-06");
              assertThat(game.getState()).isEqualTo(ItemState.AVAILABLE);
            });
    assertThat(listing.days()).hasSize(7);
    assertThat(listing.problems()).isEmpty();
    assertThat(listing.notes())
        .hasSize(2)
        .anyMatch(
            note -> note.contains("game 2024020999 is listed twice, on 2024-10-04 (PPD) and on"));
  }

  @ParameterizedTest
  @CsvSource({
    "FUT, PPD, FUT, OK, 2024-10-06",
    "FUT, OK, FUT, PPD, 2024-10-04",
    "FUT, OK, FUT, OK, 2024-10-06",
    "FUT, CNCL, FUT, PPD, 2024-10-06",
    "OFF, OK, FUT, CNCL, 2024-10-04",
    "FUT, CNCL, FUT, OK, 2024-10-06"
  })
  void ofTwoEntriesTheOneThatWillBePlayedHolds(
      String state, String scheduleState, String state2, String scheduleState2, LocalDate holds)
      throws Exception {
    games(0)
        .set(0, game(2024020999).put("gameState", state).put("gameScheduleState", scheduleState));
    odd().put("id", 2024020999).put("gameState", state2).put("gameScheduleState", scheduleState2);
    assertThat(listed().items())
        .filteredOn(game -> game.getKey().equals("2024020999"))
        .extracting(Item::getFirstDay)
        .containsExactly(holds);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void theSameEntryTwiceOnOneDayIsOne(int count) throws Exception {
    games(2).add(odd().deepCopy());
    day(2).put("numberOfGames", count);
    week.put("numberOfGames", 12 + count);
    Listing listing = listed();
    assertThat(listing.items()).hasSize(14);
    assertThat(listing.days()).hasSize(7);
    assertThat(listing.problems()).isEmpty();
    assertThat(listing.notes()).isEmpty();
  }

  @Test
  void aDayThatIsShortOfGamesIsAskedForAgain() throws Exception {
    games(2).remove(1);
    Listing listing = listed();
    assertThat(listing.items()).hasSize(13);
    assertThat(listing.days()).containsExactlyInAnyOrderElementsOf(allBut(2));
    assertThat(listing.problems())
        .singleElement()
        .asString()
        .endsWith("gameWeek[2] (2024-10-06): numberOfGames is 2, but there are 1");
  }

  @Test
  void aWeekThatIsShortOfGamesIsAskedForAgain() throws Exception {
    games(2).remove(1);
    day(2).put("numberOfGames", 1);
    Listing listing = listed();
    assertThat(listing.items()).hasSize(13);
    assertThat(listing.days()).isEmpty();
    assertThat(listing.problems())
        .singleElement()
        .asString()
        .endsWith("/schedule/2024-10-04: numberOfGames is 14, but there are 13");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aWeekWithoutAnyGameIsBelievedWhereItsCountsSayTheSame(boolean counted) throws Exception {
    for (int day = 0; day < 7; day++) {
      games(day).removeAll();
      day(day).put("numberOfGames", 0);
      if (!counted) {
        day(day).remove("numberOfGames");
      }
    }
    week.put("numberOfGames", 0);
    assertThat(listed().days()).hasSize(7);
    assertThat(listed().problems()).isEmpty();
    week.put("numberOfGames", 14);
    assertThat(listed().days()).isEmpty();
    assertThat(listed().problems()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"gameWeek\":[]}", "{}", "[]", "null", "{\"gameWeek\":{}}", "", "[1", "{}{}"})
  void whatListsNothingIsNoSchedule(String body) throws Exception {
    Listing listing = listed(FRIDAY, THURSDAY, body.getBytes(UTF_8));
    assertThat(listing.items()).isEmpty();
    assertThat(listing.days()).isEmpty();
    assertThat(listing.problems()).singleElement().asString().contains("/schedule/2024-10-04: ");
  }

  @Test
  void daysThatAreMissingAreNamedAndTheOthersAreTaken() throws Exception {
    ((ArrayNode) week.path("gameWeek")).remove(6);
    ((ArrayNode) week.path("gameWeek")).remove(5);
    Listing listing = listed();
    assertThat(listing.items()).hasSize(10);
    assertThat(listing.days())
        .containsExactlyInAnyOrderElementsOf(days(FRIDAY, THURSDAY.minusDays(2)));
    assertThat(listing.problems())
        .singleElement()
        .asString()
        .endsWith("it does not have 2024-10-09, 2024-10-10");
    assertThat(list(FRIDAY, THURSDAY.minusDays(2)).days()).isEmpty();
    week.remove("numberOfGames");
    pages.put("/schedule/2024-10-04", week.toString().getBytes(UTF_8));
    assertThat(list(FRIDAY, THURSDAY.minusDays(2)).problems()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"-7", "7", "-1", "1", "-365"})
  void theWeekOfAnotherDateIsNotTheOneThatWasAskedFor(int off) throws Exception {
    Listing listing =
        listed(FRIDAY, THURSDAY, week(FRIDAY.plusDays(off)).toString().getBytes(UTF_8));
    assertThat(listing.days()).isEmpty();
    assertThat(listing.items()).hasSize(2 * Math.max(0, 7 - Math.abs(off)));
    assertThat(listing.problems())
        .hasSize(2)
        .anyMatch(problem -> problem.contains("it has days of another week: "))
        .anyMatch(problem -> problem.contains("it does not have "));
  }

  @Test
  void anEighthDayIsNotOfTheWeek() throws Exception {
    ObjectNode eighth = day(0).deepCopy().put("date", "2024-10-11");
    ((ArrayNode) week.path("gameWeek")).add(eighth);
    Listing listing = listed();
    assertThat(listing.items()).hasSize(14);
    assertThat(listing.days()).isEmpty();
    assertThat(listing.problems()).anyMatch(problem -> problem.endsWith("week: 2024-10-11"));
  }

  @Test
  void theSameAnswerForTwoWeeksListsOne() throws Exception {
    pages.put("/schedule/2024-10-11", week.toString().getBytes(UTF_8));
    Listing listing = listed(FRIDAY, THURSDAY.plusDays(7), week.toString().getBytes(UTF_8));
    assertThat(listing.items()).hasSize(14);
    assertThat(listing.days()).containsExactlyInAnyOrderElementsOf(days(FRIDAY, THURSDAY));
    assertThat(listing.problems()).allMatch(problem -> problem.contains("/schedule/2024-10-11"));
  }

  @Test
  void noWeekThatWasRecordedIsRefused() throws Exception {
    Recordings.needed();
    List<Path> files;
    try (Stream<Path> all = Files.list(Recordings.root().resolve("schedule"))) {
      files = all.filter(Files::isRegularFile).toList();
    }
    assertThat(files).hasSizeGreaterThan(20);
    for (Path file : files) {
      byte[] body = Recordings.read(file);
      LocalDate first = LocalDate.parse(file.getFileName().toString().substring(0, 10));
      Listing listing = listed(first, first.plusDays(6), body);
      assertThat(listing.problems()).as(file.toString()).isEmpty();
      assertThat(listing.notes()).as(file.toString()).isEmpty();
      assertThat(listing.days()).hasSize(7);
      assertThat(listing.items()).hasSize(counted(JSON.readTree(body)));
    }
  }

  private static int counted(JsonNode schedule) {
    return (int)
        schedule.findValues("gameType").stream()
            .filter(type -> List.of(2, 3).contains(type.asInt()))
            .count();
  }
}
