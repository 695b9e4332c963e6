package io.landfall.sandbox.collection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A reader that keeps one number, as tools of the field do: the highest cursor that it saw. What is
 * not above it is not taken.
 */
final class HighWaterMark {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern NEXT = Pattern.compile("<([^>]*)>; rel=\"next\"");

  /** What it appended, in order. */
  final List<JsonNode> table = new ArrayList<>();

  /** The answers that it was given, if it keeps them. */
  final List<String> answers = new ArrayList<>();

  Instant mark = Instant.EPOCH;

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI url;

  HighWaterMark(URI url) {
    this.url = url;
  }

  /** One page: its records, and the address of the next. */
  record Page(List<JsonNode> records, JsonNode body, Optional<String> next) {}

  Page page(String target) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(url.resolve(target)).build(),
            HttpResponse.BodyHandlers.ofString());
    answers.add(answer.body());
    JsonNode body = JSON.readTree(answer.body());
    List<JsonNode> records = new ArrayList<>();
    body.path("things").forEach(records::add);
    Optional<String> next =
        answer
            .headers()
            .firstValue("Link")
            .map(NEXT::matcher)
            .filter(Matcher::find)
            .map(link -> link.group(1));
    return new Page(records, body, next);
  }

  /** Reads all pages, takes what is above the mark, and moves the mark to the highest seen. */
  void read(String target) throws IOException, InterruptedException {
    List<JsonNode> seen = new ArrayList<>();
    Optional<String> next = Optional.of(target);
    while (next.isPresent()) {
      Page page = page(next.get());
      seen.addAll(page.records());
      next = page.next();
    }
    take(seen);
  }

  /** Appends what is above the mark, and moves it. */
  void take(List<JsonNode> seen) {
    Instant before = mark;
    for (JsonNode record : seen) {
      if (updated(record).isAfter(before)) {
        table.add(record);
        mark = updated(record).isAfter(mark) ? updated(record) : mark;
      }
    }
  }

  static Instant updated(JsonNode record) {
    return Instant.parse(record.path("updated").asText());
  }

  /** What a merge of the table leaves: the latest count of each id. */
  Map<String, Integer> latest() {
    Map<String, Integer> latest = new TreeMap<>();
    table.forEach(row -> latest.put(row.path("id").asText(), row.path("count").asInt()));
    return latest;
  }
}
