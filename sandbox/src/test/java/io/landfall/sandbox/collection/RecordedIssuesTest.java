package io.landfall.sandbox.collection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.landfall.sandbox.recorded.RecordedTraffic;
import io.landfall.schemas.ItemAnswers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shipped definition of GitHub against what GitHub once answered another client: each of its
 * requests is one that was recorded, and the rows are what was recorded.
 *
 * <p>{@link #asRecorded} is all in which our requests differ from that client's.
 */
class RecordedIssuesTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path FILES =
      Path.of(System.getProperty("rest.recordings", "absent")).resolve("github");
  private static final Path SHIPPED = Path.of("..", "sources", "github.yaml");

  @BeforeEach
  void recordingsAreThere() {
    assumeTrue(
        Files.isDirectory(FILES), "no recordings in " + FILES + " (-Drest.recordings=FOLDER)");
  }

  private static String replaced(String text, String of, String by) {
    assertThat(text).contains(of);
    return text.replace(of, by);
  }

  /**
   * The shipped definition, asking as the recorded client did:
   *
   * <ul>
   *   <li>that one sends {@code page=1}, which GitHub takes for granted;
   *   <li>it reads everything at first without {@code since}, as our {@code whole} does, but by
   *       {@code updated}; ours is by {@code created}, since page numbers drift where that moves;
   *   <li>its first {@code since} is the highest that it saw. Ours would be that too, as nothing
   *       was touched within {@code lag} of the read; {@code from} puts it there;
   *   <li>with a list's ETag it asks for other lists, where GitHub does not know it: these are
   *       played to ours, which has none for them.
   * </ul>
   */
  private static String asRecorded(RecordedTraffic traffic, String repo, String since)
      throws IOException {
    String text = Files.readString(SHIPPED);
    text = replaced(text, "https://api.github.com", traffic.baseUrl().toString());
    text = replaced(text, "auth: {bearer: \"${env:GITHUB_TOKEN}\"}", "auth: none");
    text = replaced(text, "budget: 1/s", "budget: 1000/s");
    text = replaced(text, "[golang/go, apache/kafka]", "[" + repo + "]");
    text = replaced(text, "from: 1970-01-01T00:00:00Z", "from: " + since);
    text =
        replaced(text, "direction: asc, per_page: 100", "direction: asc, page: 1, per_page: 100");
    text = replaced(text, "query: {per_page: 100}", "query: {page: 1, per_page: 100}");
    return replaced(text, "sort: created", "sort: updated");
  }

  private static List<JsonNode> recorded(Path file) throws IOException {
    List<JsonNode> all = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        all.add(JSON.readTree(line));
      }
    }
    return all;
  }

  /** All records by id in the lists whose address has this form; the later one counts. */
  private static Map<String, JsonNode> lists(List<JsonNode> exchanges, String address)
      throws IOException {
    Map<String, JsonNode> all = new TreeMap<>();
    for (JsonNode exchange : exchanges) {
      String path = exchange.path("url").asText().replaceAll("[?].*", "");
      if (path.matches(address) && exchange.path("status").asInt() == 200) {
        JSON.readTree(exchange.path("body").asText())
            .forEach(one -> all.put(one.path("id").asText(), one));
      }
    }
    return all;
  }

  private static final String ISSUES = ".*/issues";
  private static final String EVENTS = ".*/issues/\\d+/events";
  private static final String EVENTS_LIST = ".*/issues/events";

  private static void run(LandedInMemory landed, TickingClock clock, Duration... pauses)
      throws Exception {
    landed.run(1, 10);
    for (Duration pause : pauses) {
      clock.pass(pause);
      landed.run(1, 10);
    }
  }

  private static List<ItemAnswers> of(String resource, LandedInMemory landed) {
    return landed.fetched.archive.stream()
        .filter(look -> resource.equals(look.getItem().getAttributes().get("resource")))
        .toList();
  }

  private static Map<String, String> titles(Map<String, GenericRecord> rows) {
    Map<String, String> titles = new TreeMap<>();
    rows.forEach((id, row) -> titles.put(id, row.get("number") + " " + row.get("title")));
    return titles;
  }

  private static Map<String, String> recordedTitles(Map<String, JsonNode> issues) {
    Map<String, String> titles = new TreeMap<>();
    issues.forEach(
        (id, it) -> titles.put(id, it.path("number").asText() + " " + it.path("title").asText()));
    return titles;
  }

  @Test
  void eachIssueAndEachOfItsEventsIsARow() throws Exception {
    TickingClock clock = new TickingClock(Instant.parse("2024-06-03T21:20:47Z"));
    List<JsonNode> exchanges = recorded(FILES.resolve("ivy.jsonl.gz"));
    try (RecordedTraffic traffic = RecordedTraffic.in(FILES).start(0);
        LandedInMemory landed =
            new LandedInMemory(asRecorded(traffic, "octo/ivy", "2024-05-13T16:48:09Z"), clock);
        ShapedInMemory events = new ShapedInMemory(landed.connector.resources().get(1))) {
      run(landed, clock, Duration.ofMinutes(11), Duration.ofMinutes(11));
      assertThat(traffic.unanswered()).isEmpty();
      landed.shaped.shape(of("issues", landed));
      events.shape(of("events", landed));
      assertThat(titles(landed.shaped.inForce()))
          .hasSize(150)
          .isEqualTo(recordedTitles(lists(exchanges, ISSUES)));
      assertThat(landed.shaped.landing).as("what is read twice is no new row").hasSize(150);
      assertThat(events.inForce().keySet())
          .hasSizeGreaterThan(400)
          .isEqualTo(lists(exchanges, EVENTS).keySet());
    }
  }

  /** The edit is recorded as the answer to the one who edits; a list has the issue as that says. */
  @Test
  void anEditIsARevision(@TempDir Path folder) throws Exception {
    List<JsonNode> exchanges = recorded(FILES.resolve("tmpedit.jsonl.gz"));
    JsonNode edited = exchanges.get(exchanges.size() - 1);
    assertThat(edited.path("method").asText()).isEqualTo("PATCH");
    Files.copy(FILES.resolve("tmpedit.jsonl.gz"), folder.resolve("1.jsonl.gz"));
    ObjectNode listed = exchanges.get(3).deepCopy();
    assertThat(listed.path("url").asText()).contains("since=2024-06-12T22%3A14%3A45Z");
    listed.put("body", "[" + edited.path("body").asText() + "]");
    ((ObjectNode) listed.get("headers")).put("Etag", "\"edited\"");
    Files.writeString(folder.resolve("2.jsonl"), listed + "\n");

    TickingClock clock = new TickingClock(Instant.parse("2024-06-12T22:16:14Z"));
    try (RecordedTraffic traffic = RecordedTraffic.in(folder).start(0);
        LandedInMemory landed =
            new LandedInMemory(asRecorded(traffic, "octo/tmp", "2024-06-12T22:14:45Z"), clock)) {
      run(landed, clock, Duration.ofMinutes(1), Duration.ofMinutes(10));
      assertThat(traffic.unanswered().keySet()).isEmpty();
      landed.shaped.shape(of("issues", landed));
      Map<String, JsonNode> issues = lists(exchanges, ISSUES);
      JsonNode now = JSON.readTree(edited.path("body").asText());
      issues.put(now.path("id").asText(), now);
      assertThat(titles(landed.shaped.inForce())).hasSize(16).isEqualTo(recordedTitles(issues));
      assertThat(landed.shaped.landing).hasSize(17);
      GenericRecord row = landed.shaped.landing.get(16);
      assertThat(row.get("number")).isEqualTo(5);
      assertThat(row.get("_revision")).isEqualTo(2);
      assertThat(row.get("comments")).isEqualTo(3);
    }
  }

  /** The one list of which the recorded client held the ETag and was told that it is as before. */
  private static final String EVENTS_OF_ALL =
      """
      source: github
      about: The events of a repository, as one list.
      api: {url: "%s", budget: 1000/s, in-flight: 1}
      for-each: {repo: [octo/tmp]}
      resources:
        events:
          reads:
            whole:
              every: 10m
              ask:
                path: "/repos/{repo}/issues/events"
                query: {page: 1, per_page: 100}
                paging: link-header
                conditional: true
          records: ""
          key: [id]
          fields:
            id: {at: /id, type: long}
            number: {at: /issue/number, type: int}
            title: {at: /event, type: text}
      """;

  /**
   * A 304 is played to whoever sends the ETag that the recorded client sent, and to nobody else: a
   * request without it, or with another one, gets the whole list again.
   */
  @Test
  void whatIsHeldIsAskedForWithItsETag() throws Exception {
    List<JsonNode> exchanges = recorded(FILES.resolve("tmpedit.jsonl.gz"));
    JsonNode first = exchanges.get(2);
    JsonNode unchanged = exchanges.get(20);
    assertThat(unchanged.path("status").asInt()).isEqualTo(304);
    assertThat(unchanged.path("url")).isEqualTo(first.path("url"));
    assertThat(unchanged.path("sent").path("If-None-Match").asText())
        .startsWith("W/")
        .isEqualTo(first.path("headers").path("Etag").asText());

    TickingClock clock = new TickingClock(Instant.parse("2024-06-12T22:16:14Z"));
    try (RecordedTraffic traffic = RecordedTraffic.in(FILES).start(0);
        LandedInMemory landed =
            new LandedInMemory(EVENTS_OF_ALL.formatted(traffic.baseUrl()), clock)) {
      run(landed, clock, Duration.ofMinutes(11), Duration.ofMinutes(11));
      assertThat(traffic.unanswered()).isEmpty();
      assertThat(traffic.answers()).isEqualTo(Map.of(200, 1, 304, 2));
      assertThat(landed.fetched.archive).as("answers that say something new").hasSize(1);
      landed.shape();
      assertThat(landed.shaped.inForce().keySet())
          .hasSize(52)
          .isEqualTo(lists(exchanges, EVENTS_LIST).keySet());
      assertThat(landed.shaped.landing).hasSize(52);
    }
  }
}
