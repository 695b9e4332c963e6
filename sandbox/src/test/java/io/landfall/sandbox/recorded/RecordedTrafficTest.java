package io.landfall.sandbox.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.landfall.cli.LandfallException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedTrafficTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern NEXT = Pattern.compile("<([^>]*)>; rel=\"next\"");
  private static final String DAY =
      "/fdsnws/event/1/query?format=geojson&starttime=2025-05-11&endtime=2025-05-11T23:59:59.999&orderby=time-asc";

  private static final String LINES =
      """
      {"method":"GET","url":"https://api.example.com/things?b=2&a=1","sent":{},"status":200,"headers":{"Etag":"\\"one\\"","Link":"<https://api.example.com/other?page=2>; rel=\\"next\\"","Content-Length":"999"},"body":"[ 1]"}
      {"method":"GET","url":"https://api.example.com/things?a=1&b=2","sent":{},"status":200,"headers":{"Etag":"\\"two\\""},"body":"[2]"}
      {"method":"GET","url":"https://api.example.com/things?a=1&b=2","sent":{"If-None-Match":"\\"two\\""},"status":304,"headers":{},"body":""}
      """;

  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void theShippedEarthquakesAreCorrectedStepByStep() throws Exception {
    try (RecordedTraffic traffic = RecordedTraffic.shipped().start(0)) {
      assertThat(traffic.steps()).hasSize(4);
      Map<String, JsonNode> noon = day(traffic);
      assertThat(event(noon, "us7000pyn1").at("/properties/place").asText())
          .isEqualTo("7 km NNW of Port-Vila, Vanuatu");
      assertThat(traffic.step()).isTrue();
      assertThat(event(day(traffic), "us7000pyn1").at("/properties/place").asText())
          .isEqualTo("5 km NNW of Port-Vila, Vanuatu");
      assertThat(day(traffic)).containsKey("ci41150800");
      assertThat(traffic.step()).isTrue();
      assertThat(day(traffic)).doesNotContainKey("ci41150800");
      assertThat(magnitude(traffic, "us7000pyqf")).isEqualTo("5.5");
      assertThat(post(traffic, "/sandbox/step").get("moved").asBoolean()).isTrue();
      assertThat(magnitude(traffic, "us7000pyqf")).isEqualTo("5.4");
      assertThat(traffic.step()).isFalse();
      assertThat(day(traffic).keySet()).containsAll(List.of("us7000pyn1", "ci41150576"));
    }
  }

  @Test
  void theEarthquakesAreAskedForAsTheRealServiceIs() throws Exception {
    try (RecordedTraffic traffic = RecordedTraffic.shipped().start(0)) {
      traffic.setClock(Instant.parse("2025-05-12T02:00:00Z"), 0);
      Map<String, JsonNode> day = day(traffic);
      String count = DAY.replace("/query?", "/count?");
      assertThat(json(traffic, count).get("count").asInt()).isEqualTo(day.size());
      Map<String, JsonNode> paged = new TreeMap<>();
      for (int offset = 1; offset <= day.size(); offset += 50) {
        JsonNode page = json(traffic, DAY + "&limit=50&offset=" + offset).get("features");
        assertThat(page.size()).isLessThanOrEqualTo(50);
        page.forEach(event -> paged.put(event.get("id").asText(), event));
      }
      assertThat(paged).isEqualTo(day);
      JsonNode tonga = event(day, "us7000pyqf");
      Instant updated = Instant.ofEpochMilli(tonga.at("/properties/updated").asLong());
      assertThat(json(traffic, DAY + "&updatedafter=" + updated).get("features"))
          .contains(tonga)
          .allSatisfy(
              event ->
                  assertThat(event.at("/properties/updated").asLong())
                      .isGreaterThanOrEqualTo(updated.toEpochMilli()));
      assertThat(json(traffic, DAY + "&minmagnitude=5.4").get("features")).hasSizeBetween(1, 20);
      assertThat(get(traffic, "/fdsnws/event/1/query?format=xml").statusCode()).isEqualTo(400);
      assertThat(get(traffic, "/fdsnws/event/1/query?format=geojson&start=x").statusCode())
          .isEqualTo(400);
      assertThat(json(traffic, "/fdsnws/event/1/query?format=geojson&eventid=us7000pyqf").get("id"))
          .isEqualTo(tonga.get("id"));
    }
  }

  @Test
  void exchangesAnswerInTheirOrder(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("things.jsonl"), LINES);
    try (RecordedTraffic traffic = RecordedTraffic.in(folder).start(0)) {
      HttpResponse<byte[]> first = get(traffic, "/things?a=1&b=2");
      assertThat(text(first)).isEqualTo("[ 1]");
      assertThat(first.headers().firstValue("Link"))
          .hasValue("<%s/other?page=2>; rel=\"next\"".formatted(traffic.baseUrl()));
      assertThat(text(get(traffic, "/things?b=2&a=1"))).isEqualTo("[2]");
      assertThat(text(get(traffic, "/things?b=2&a=1"))).isEqualTo("[2]");
      assertThat(get(traffic, "/things?b=2&a=1", "If-None-Match", "\"two\"").statusCode())
          .isEqualTo(304);
      assertThat(text(get(traffic, "/things?b=2&a=1", "If-None-Match", "\"old\"")))
          .isEqualTo("[2]");
      assertThat(traffic.unanswered()).isEmpty();
    }
  }

  @Test
  void whatWasNotRecordedIsCountedAndNotMadeUp(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("things.jsonl"), LINES);
    try (RecordedTraffic traffic = RecordedTraffic.in(folder).start(0)) {
      HttpResponse<byte[]> answer = get(traffic, "/things?a=1&b=3");
      assertThat(answer.statusCode()).isEqualTo(501);
      assertThat(text(answer)).contains("GET /things?a=1&b=3", "/things?a=1&b=2");
      get(traffic, "/things?a=1&b=3");
      assertThat(json(traffic, "/sandbox/unanswered").get("GET /things?a=1&b=3").asInt())
          .isEqualTo(2);
    }
  }

  @Test
  void anEmptyFolderIsRefused(@TempDir Path folder) {
    assertThatThrownBy(() -> RecordedTraffic.in(folder))
        .isInstanceOf(LandfallException.class)
        .hasMessageContaining("holds nothing recorded");
  }

  @Test
  void aWholeListOfIssuesIsReadByItsLinks() throws Exception {
    Path recordings = recordings();
    try (RecordedTraffic traffic = RecordedTraffic.in(recordings).start(0)) {
      String first =
          "/repos/octo/ivy/issues?state=all&sort=updated&direction=asc&per_page=100&page=1";
      Optional<String> target = Optional.of(first);
      int issues = 0;
      while (target.isPresent()) {
        HttpResponse<byte[]> answer = get(traffic, target.get());
        assertThat(answer.statusCode()).isEqualTo(200);
        issues += JSON.readTree(answer.body()).size();
        target =
            answer
                .headers()
                .firstValue("Link")
                .map(NEXT::matcher)
                .filter(Matcher::find)
                .map(link -> link.group(1));
      }
      assertThat(issues).isGreaterThan(100);
      assertThat(traffic.unanswered()).isEmpty();
    }
  }

  @Test
  void threeDaysOfEarthquakesAreSteppedThrough() throws Exception {
    Path recordings = recordings();
    try (RecordedTraffic traffic = RecordedTraffic.in(recordings).start(0)) {
      assertThat(traffic.steps().size()).isGreaterThan(60);
      traffic.setClock(Instant.parse("2025-05-11T23:30:00Z"), 0);
      int atMidnight = day(traffic).size();
      traffic.setClock(Instant.parse("2025-05-12T23:30:00Z"), 0);
      assertThat(day(traffic)).hasSizeGreaterThanOrEqualTo(atMidnight);
    }
  }

  private static Path recordings() {
    Path given = Path.of(System.getProperty("rest.recordings", "absent"));
    assumeTrue(
        Files.isDirectory(given), "no recordings in " + given + " (-Drest.recordings=FOLDER)");
    return given;
  }

  private String magnitude(RecordedTraffic traffic, String id)
      throws IOException, InterruptedException {
    return event(day(traffic), id).at("/properties/mag").asText();
  }

  private static JsonNode event(Map<String, JsonNode> events, String id) {
    return Objects.requireNonNull(events.get(id), id);
  }

  private Map<String, JsonNode> day(RecordedTraffic traffic)
      throws IOException, InterruptedException {
    Map<String, JsonNode> events = new TreeMap<>();
    json(traffic, DAY).get("features").forEach(one -> events.put(one.get("id").asText(), one));
    return events;
  }

  private JsonNode json(RecordedTraffic traffic, String target)
      throws IOException, InterruptedException {
    return JSON.readTree(get(traffic, target).body());
  }

  private HttpResponse<byte[]> get(RecordedTraffic traffic, String target, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(traffic.baseUrl().resolve(target));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private JsonNode post(RecordedTraffic traffic, String target)
      throws IOException, InterruptedException {
    URI uri = traffic.baseUrl().resolve(target);
    HttpRequest request =
        HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.noBody()).build();
    return JSON.readTree(http.send(request, HttpResponse.BodyHandlers.ofByteArray()).body());
  }

  private static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }
}
