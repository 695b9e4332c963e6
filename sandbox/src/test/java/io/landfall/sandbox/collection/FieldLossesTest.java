package io.landfall.sandbox.collection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.landfall.producer.definition.Checked;
import io.landfall.producer.definition.Definitions;
import io.landfall.sandbox.collection.ScriptedApi.Thing;
import io.landfall.schemas.ItemStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What users of tools that keep one number lost or got twice, each played twice over the same
 * script: to a reader that keeps one number, which loses it or gets it twice, and to a described
 * source, whose rows in force are what the API has.
 */
class FieldLossesTest {

  /** What went wrong in the field, what becomes of it there, and what becomes of it here. */
  private enum Loss {
    SHARING_THE_MARKS_SECOND(
        "A record gets the very second of the highest one, after that was read",
        "lost",
        "bounds count; what comes twice has the same hash and is no new row"),
    MORE_IN_ONE_SECOND_THAN_A_PAGE(
        "More records in one second than a page has, and the next request begins at that second",
        "stands still; the rest is lost",
        "inside one value of the cursor the API's own paging goes on"),
    VISIBLE_LATER(
        "A record is shown later than its cursor says, after higher ones",
        "lost",
        "the next position is never later than the start of the read less `lag`"),
    TOUCHED_WHILE_PAGES_ARE_READ(
        "A record of page 1 is touched: it moves to the end, and the first of page 2 slips to page 1",
        "the one that slipped is lost",
        "pages by the cursor's value, not by number"),
    FILTERED_PAGES_LOOK_SHORT(
        "A reader leaves records out, and takes a page that has few left for the last",
        "the pages behind it are lost",
        "what ends a listing looks at the answer, before anything is left out"),
    CAPPED_IN_SILENCE(
        "The API gives no more than so many records, and does not say so",
        "the rest is lost, for good",
        "`count` or `total` does not agree: INCOMPLETE with its reason, and the position stays"),
    COARSER_MARK(
        "The cursor is kept in another precision than records have",
        "the last stretch again with each look",
        "read again, and no row comes of it"),
    SAME_TOKEN_AGAIN(
        "The token of a page leads to that page",
        "reads it without end",
        "stops, INCOMPLETE with its reason; whole once the API is right again"),
    PAGES_NOT_FOLLOWED(
        "Nobody said that there are pages",
        "one page, no error",
        "`paging` has to be said; `count` tells that `none` was wrong"),
    PASSED_BY_A_LATE_COMMIT(
        "Records get their time when a transaction begins and are shown when it ends, while pages are read",
        "lost",
        "the next position is never later than the start of the read less `lag`"),
    STATE_WRITE_FAILED(
        "Rows are written, and the write of the state behind them fails",
        "all of them twice",
        "answers and position are one transaction"),
    NO_ORDER(
        "The API has no order, and a read ends after its first page",
        "what the later pages had is lost",
        "`order: none`: the position moves when all pages are read"),
    ONE_MARK_FOR_ALL_VALUES(
        "One of several accounts, shops or repositories cannot be read at first",
        "its older records are lost",
        "each value of `for-each` has a position of its own"),
    DELETED(
        "A record is deleted, and nothing tells so",
        "stays for ever",
        "taken back after two complete looks of `whole` without it"),
    FIELD_WANTED_LATER(
        "A field is wanted that nobody had declared, and the API does not answer any more",
        "gone",
        "the archive has the answers as they came; `reshape` makes the rows anew"),
    RAW_ANSWERS_OVER_AND_OVER(
        "Raw answers are kept, and nothing changes",
        "one more copy with each look",
        "an answer that differs in nothing but `same-but-for` is not archived");

    final String situation;
    final String there;
    final String here;

    Loss(String situation, String there, String here) {
      this.situation = situation;
      this.there = there;
      this.here = here;
    }
  }

  private static final Path PAGE = Path.of("..", "docs", "guarantees.md");
  private static final String BEGIN = "<!-- made by FieldLossesTest: from here -->\n";
  private static final String END = "<!-- to here -->\n";

  private static final Instant NOW = Instant.parse("2026-11-01T10:00:00Z");
  private static final String NEW_FIRST = "/things?sort=updated";

  private final TickingClock clock = new TickingClock(NOW);
  private final List<LandedInMemory> landed = new ArrayList<>();

  /** The same twice: what happens to one API happens to the other. */
  private ScriptedApi theirs = begun();

  private ScriptedApi ours = begun();
  private HighWaterMark tool = new HighWaterMark(theirs.url());

  private ScriptedApi begun() {
    try {
      return new ScriptedApi(clock);
    } catch (IOException e) {
      throw new IllegalStateException("no port is free", e);
    }
  }

  @BeforeEach
  void markIsAtTheBeginning() {
    tool = new HighWaterMark(theirs.url());
  }

  @AfterEach
  void close() {
    landed.forEach(LandedInMemory::close);
    theirs.close();
    ours.close();
  }

  private void both(Consumer<ScriptedApi> happens) {
    happens.accept(theirs);
    happens.accept(ours);
  }

  private static Instant at(String time) {
    return Instant.parse("2026-11-01T" + time + "Z");
  }

  /** {@code t01} to {@code tNN}, a minute apart. */
  private static void fill(ScriptedApi api, int count, String from) {
    for (int i = 1; i <= count; i++) {
      api.put("t%02d".formatted(i), at(from).plus(Duration.ofMinutes(i)));
    }
  }

  private String source(String forEach, String reads, String fields) {
    return """
    source: things
    about: A scripted API.
    api: {url: "%s"}
    %sresources:
      things:
        reads:
    %s    records: /things
        key: [id]
        deleted: {at: /status, is: deleted}
        fields:
          id: {at: /id, type: text}
          count: {at: /count, type: int}
    %s"""
        .formatted(ours.url(), forEach, reads.indent(6), fields.indent(6));
  }

  private static String changes(String order, String path, String query, String rest) {
    return """
    changes:
      every: 1m
      from: 2026-01-01
      cursor: {at: /updated, as: iso}
      order: %s
      lag: 30m
      ask: {path: "%s", query: {since: "{since}"%s}, %s}
    """
        .formatted(order, path, query, rest);
  }

  private static String ascending() {
    return changes(
        "ascending", "/things", ", sort: updated", "paging: {by: cursor, ties: link-header}");
  }

  private static String whole(String rest) {
    return "whole: {every: 1d, ask: {path: /things, %s}}\n".formatted(rest);
  }

  private LandedInMemory landfall(String reads) {
    return landfall("", reads);
  }

  private LandedInMemory landfall(String forEach, String reads) {
    LandedInMemory one = new LandedInMemory(source(forEach, reads, ""), clock);
    landed.add(one);
    return one;
  }

  private void pass(Duration time) {
    clock.pass(time);
  }

  private static void look(LandedInMemory landfall) throws Exception {
    landfall.run(1, 1);
    landfall.shape();
  }

  private void hasAll(LandedInMemory landfall) {
    Map<String, Integer> rows = new TreeMap<>();
    landfall.shaped.inForce().forEach((id, row) -> rows.put(id, (Integer) row.get("count")));
    assertThat(rows).isEqualTo(ours.truth());
    assertThat(landfall.shaped.deadLetters).isEmpty();
  }

  private static void isIncomplete(LandedInMemory landfall) {
    assertThat(landfall.fetched.known().entries().values())
        .anySatisfy(
            entry -> {
              assertThat(entry.getStatus())
                  .isIn(ItemStatus.INCOMPLETE, ItemStatus.FAILED, ItemStatus.EXPECTED);
              assertThat(entry.getReason()).isNotBlank();
            });
  }

  private void theToolLost(String... ids) {
    assertThat(tool.latest()).doesNotContainKeys(ids);
    assertThat(theirs.truth()).containsKeys(ids);
  }

  @Test
  void sharingTheMarksSecond() throws Exception {
    LandedInMemory landfall = landfall(ascending());
    both(api -> api.put("a", at("10:00:00")));
    tool.read(NEW_FIRST);
    look(landfall);
    both(api -> api.put("b", at("10:00:00")));
    pass(Duration.ofMinutes(5));
    both(api -> api.put("c", at("10:05:00")));
    tool.read(NEW_FIRST);
    look(landfall);
    theToolLost("b");
    hasAll(landfall);
  }

  @Test
  void moreInOneSecondThanAPage() throws Exception {
    LandedInMemory landfall = landfall(ascending());
    for (int i = 10; i < 35; i++) {
      String id = "t" + i;
      both(api -> api.put(id, at("09:00:00")));
    }
    Instant before;
    do {
      before = tool.mark;
      tool.take(tool.page(NEW_FIRST + "&since=" + tool.mark).records());
    } while (tool.mark.isAfter(before));
    look(landfall);
    assertThat(tool.table).hasSize(10);
    hasAll(landfall);
  }

  @Test
  void visibleLater() throws Exception {
    LandedInMemory landfall = landfall(ascending());
    both(api -> api.put("a", at("09:59:00")));
    tool.read(NEW_FIRST);
    look(landfall);
    both(api -> api.put("late", at("09:40:00")));
    pass(Duration.ofMinutes(5));
    tool.read(NEW_FIRST);
    look(landfall);
    theToolLost("late");
    hasAll(landfall);
  }

  @Test
  void touchedWhilePagesAreRead() throws Exception {
    LandedInMemory landfall = landfall(ascending());
    both(api -> fill(api, 25, "09:00:00"));
    both(
        api ->
            api.after(1, () -> api.put(new Thing("t01", at("09:01:00"), 1, false).touched(NOW))));
    tool.read(NEW_FIRST);
    look(landfall);
    pass(Duration.ofMinutes(5));
    tool.read(NEW_FIRST);
    theToolLost("t11");
    hasAll(landfall);
  }

  @Test
  void filteredPagesLookShort() throws Exception {
    LandedInMemory landfall = landfall(whole("paging: {page: page, first: 1, size: {limit: 10}}"));
    both(api -> fill(api, 25, "09:00:00"));
    both(api -> api.put(new Thing("t12", at("09:12:00"), 1, true)));
    List<JsonNode> kept = new ArrayList<>();
    int left = 10;
    for (int page = 1; left == 10; page++) {
      List<JsonNode> records = new ArrayList<>(tool.page("/things?page=" + page).records());
      records.removeIf(record -> record.path("status").asText().equals("deleted"));
      kept.addAll(records);
      left = records.size();
    }
    tool.take(kept);
    look(landfall);
    theToolLost("t21", "t25");
    hasAll(landfall);
  }

  @Test
  void cappedInSilence() throws Exception {
    LandedInMemory landfall =
        landfall(
            changes(
                "none",
                "/things",
                "",
                "paging: link-header, count: {path: /count, query: {since: \"{since}\"}, at: /count}"));
    for (int i = 30; i > 0; i--) {
      String id = "t%02d".formatted(i);
      Instant updated = at("09:00:00").plus(Duration.ofMinutes(i));
      both(api -> api.put(id, updated));
    }
    both(api -> api.capAt(20));
    tool.read("/things");
    look(landfall);
    isIncomplete(landfall);
    both(api -> api.capAt(Integer.MAX_VALUE));
    pass(Duration.ofHours(25));
    tool.read("/things");
    look(landfall);
    theToolLost("t01", "t10");
    hasAll(landfall);
  }

  @Test
  void coarserMark() throws Exception {
    LandedInMemory landfall = landfall(ascending());
    both(api -> api.put("a", at("09:58:00.123")));
    both(api -> api.put("b", at("09:59:00.456")));
    for (int i = 0; i < 3; i++) {
      tool.mark = tool.mark.truncatedTo(ChronoUnit.DAYS);
      tool.read(NEW_FIRST);
      look(landfall);
      pass(Duration.ofMinutes(5));
    }
    assertThat(tool.table).hasSize(6);
    assertThat(landfall.shaped.landing).hasSize(2);
    hasAll(landfall);
  }

  @Test
  void sameTokenAgain() throws Exception {
    LandedInMemory landfall = landfall(whole("paging: {cursor: /next, to: query.token}"));
    both(api -> fill(api, 25, "09:00:00"));
    both(api -> api.stuck(true));
    String token = "1";
    int pages = 0;
    for (; !token.isEmpty() && pages < 50; pages++) {
      HighWaterMark.Page page = tool.page("/things?token=" + token);
      tool.table.addAll(page.records());
      token = page.body().path("next").asText();
    }
    look(landfall);
    assertThat(pages).as("nothing ends it but this test").isEqualTo(50);
    assertThat(tool.latest()).hasSize(10);
    assertThat(ours.answers()).isLessThan(10);
    isIncomplete(landfall);
    both(api -> api.stuck(false));
    pass(Duration.ofHours(25));
    look(landfall);
    hasAll(landfall);
  }

  @Test
  void pagesNotFollowed() throws Exception {
    String count = ", count: {path: /count, at: /count}";
    both(api -> fill(api, 25, "09:00:00"));
    tool.take(tool.page("/things").records());
    theToolLost("t11", "t25");
    String unsaid = source("", "whole: {every: 1d, ask: {path: /things}}\n", "");
    assertThat(Definitions.check("things.yaml", unsaid))
        .isInstanceOfSatisfying(
            Checked.Wrong.class,
            wrong -> assertThat(wrong.problems().toString()).contains("paging"));
    LandedInMemory wrong = landfall(whole("paging: none" + count));
    look(wrong);
    isIncomplete(wrong);
    LandedInMemory right = landfall(whole("paging: link-header" + count));
    look(right);
    hasAll(right);
  }

  @Test
  void passedByALateCommit() throws Exception {
    LandedInMemory landfall = landfall(ascending());
    both(api -> fill(api, 15, "09:00:00"));
    both(
        api -> {
          api.after(1, () -> api.put("quick", NOW));
          api.after(2, () -> api.put("long", at("09:45:00")));
        });
    tool.read(NEW_FIRST);
    look(landfall);
    pass(Duration.ofMinutes(5));
    tool.read(NEW_FIRST);
    look(landfall);
    theToolLost("long");
    hasAll(landfall);
  }

  @Test
  void stateWriteFailed() throws Exception {
    LandedInMemory landfall = landfall(ascending());
    both(api -> fill(api, 5, "09:00:00"));
    Instant kept = tool.mark;
    tool.read(NEW_FIRST);
    tool.mark = kept;
    tool.read(NEW_FIRST);
    landfall.fetched.dieAfter(0);
    assertThatThrownBy(() -> landfall.run(1, 1)).isInstanceOf(FetchedInMemory.Killed.class);
    landfall.shape();
    assertThat(landfall.shaped.landing).isEmpty();
    landfall.fetched.dieAfter(Integer.MAX_VALUE);
    look(landfall);
    assertThat(tool.table).hasSize(10);
    assertThat(landfall.shaped.landing).hasSize(5);
    hasAll(landfall);
  }

  @Test
  void noOrder() throws Exception {
    LandedInMemory landfall = landfall(changes("none", "/things", "", "paging: link-header"));
    for (int i = 25; i > 0; i--) {
      String id = "t%02d".formatted(i);
      Instant updated = at("09:00:00").plus(Duration.ofMinutes(i));
      both(api -> api.put(id, updated));
    }
    both(api -> api.refuse(request -> request.parameter("page").isPresent()));
    tool.take(tool.page("/things").records());
    look(landfall);
    both(api -> api.refuse(request -> false));
    pass(Duration.ofHours(25));
    tool.read("/things");
    look(landfall);
    theToolLost("t01", "t15");
    hasAll(landfall);
  }

  @Test
  void oneMarkForAllValues() throws Exception {
    String path = "/groups/{group}/things";
    LandedInMemory landfall =
        landfall(
            "for-each: {group: [a, b]}\n",
            changes(
                "ascending", path, ", sort: updated", "paging: {by: cursor, ties: link-header}"));
    both(api -> api.put("b", "of-b", at("09:00:00")));
    both(api -> api.put("a", "of-a", at("09:30:00")));
    both(api -> api.refuse(request -> request.path().startsWith("/groups/b/")));
    for (int i = 0; i < 2; i++) {
      List<JsonNode> seen = new ArrayList<>();
      for (String group : List.of("a", "b")) {
        seen.addAll(tool.page(path.replace("{group}", group)).records());
      }
      tool.take(seen);
      look(landfall);
      both(api -> api.refuse(request -> false));
      pass(Duration.ofHours(25));
    }
    theToolLost("of-b");
    hasAll(landfall);
  }

  @Test
  void deleted() throws Exception {
    LandedInMemory landfall = landfall(ascending() + whole("paging: link-header"));
    both(api -> fill(api, 12, "09:00:00"));
    tool.read(NEW_FIRST);
    look(landfall);
    both(api -> api.remove("t03"));
    for (int i = 0; i < 2; i++) {
      pass(Duration.ofHours(25));
      tool.read(NEW_FIRST);
      look(landfall);
    }
    assertThat(tool.latest()).containsKey("t03");
    hasAll(landfall);
  }

  @Test
  void fieldWantedLater() throws Exception {
    LandedInMemory landfall = landfall(ascending());
    both(api -> fill(api, 5, "09:00:00"));
    tool.read(NEW_FIRST);
    look(landfall);
    List<Map<String, String>> columns =
        tool.table.stream().map(row -> Map.of("id", row.path("id").asText())).toList();
    String later = source("", ascending(), "note: {at: /note, type: text}");
    both(ScriptedApi::close);
    assertThat(columns).noneMatch(row -> row.containsKey("note"));
    try (LandedInMemory anew = new LandedInMemory(later, clock)) {
      anew.shaped.shape(landfall.fetched.archive);
      assertThat(anew.shaped.inForce().values())
          .hasSize(5)
          .allSatisfy(
              row -> assertThat(row.get("note").toString()).isEqualTo("note of " + row.get("id")));
    }
  }

  @Test
  void rawAnswersOverAndOver() throws Exception {
    LandedInMemory landfall = landfall(whole("paging: link-header, same-but-for: [/served]"));
    both(api -> fill(api, 5, "09:00:00"));
    for (int i = 0; i < 5; i++) {
      tool.page("/things");
      look(landfall);
      pass(Duration.ofHours(25));
    }
    assertThat(tool.answers).hasSize(5);
    assertThat(ours.answers()).isEqualTo(5);
    assertThat(landfall.fetched.archive).hasSize(1);
    hasAll(landfall);
  }

  @Test
  void thePageInDocsHasEachLossAndEachHasItsTest() throws IOException {
    List<String> tests =
        Arrays.stream(FieldLossesTest.class.getDeclaredMethods())
            .filter(method -> method.isAnnotationPresent(Test.class))
            .map(method -> method.getName())
            .toList();
    StringBuilder expected =
        new StringBuilder(
            "\n| what happens | a reader that keeps one number | Landfall | test |\n| --- | --- | --- | --- |\n");
    for (Loss loss : Loss.values()) {
      String name = camel(loss.name());
      assertThat(tests).contains(name);
      expected.append(
          "| %s | %s | %s | `%s` |\n".formatted(loss.situation, loss.there, loss.here, name));
    }
    expected.append("\n");
    String page = Files.readString(PAGE);
    assertThat(page).contains(BEGIN, END);
    int from = page.indexOf(BEGIN) + BEGIN.length();
    int to = page.indexOf(END, from);
    if (Boolean.getBoolean("landfall.docs.write")) {
      Files.writeString(PAGE, page.substring(0, from) + expected + page.substring(to));
      page = Files.readString(PAGE);
      to = page.indexOf(END, from);
    }
    assertThat(page.substring(from, to))
        .as("docs/guarantees.md is stale: mvn -pl sandbox -am test -Dlandfall.docs.write=true")
        .isEqualTo(expected.toString());
  }

  /** {@code A_NAME} as {@code aName}. */
  private static String camel(String name) {
    StringBuilder camel = new StringBuilder();
    for (String word : name.split("_", -1)) {
      String lower = word.toLowerCase(Locale.ROOT);
      camel.append(
          camel.isEmpty() ? lower : Character.toUpperCase(lower.charAt(0)) + lower.substring(1));
    }
    return camel.toString();
  }
}
