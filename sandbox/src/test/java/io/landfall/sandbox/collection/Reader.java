package io.landfall.sandbox.collection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A plain client that reads a listing to its end, in the way of each paging and form. */
final class Reader {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern NEXT = Pattern.compile("<([^>]*)>; rel=\"next\"");
  private static final int MOST_PAGES = 500;

  private final HttpClient http = HttpClient.newHttpClient();
  private final SimulatedCollection collection;

  Reader(SimulatedCollection collection) {
    this.collection = collection;
  }

  HttpResponse<byte[]> get(String target, String... headers)
      throws IOException, InterruptedException {
    URI uri = collection.baseUrl().resolve(target);
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  JsonNode json(String target) throws IOException, InterruptedException {
    return JSON.readTree(get(target).body());
  }

  JsonNode post(String target) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(collection.baseUrl().resolve(target))
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    return JSON.readTree(http.send(request, HttpResponse.BodyHandlers.ofByteArray()).body());
  }

  /** All records by id; of several with one id the last counts. */
  Map<String, JsonNode> all(Paging paging, Form form, String query)
      throws IOException, InterruptedException {
    Map<String, JsonNode> all = new TreeMap<>();
    list(paging, form, query).forEach(record -> all.put(record.get("id").asText(), record));
    return all;
  }

  /** All records as they come. */
  List<JsonNode> list(Paging paging, Form form, String query)
      throws IOException, InterruptedException {
    String first =
        "/v1/records?paging=%s&form=%s&%s".formatted(Query.word(paging), Query.word(form), query);
    List<JsonNode> all = new ArrayList<>();
    Optional<String> target = Optional.of(first);
    for (int page = 1; target.isPresent(); page++) {
      if (page > MOST_PAGES) {
        throw new IllegalStateException("no end after " + MOST_PAGES + " pages: " + target.get());
      }
      HttpResponse<byte[]> answer = get(target.get());
      JsonNode body = JSON.readTree(answer.body());
      List<JsonNode> records = records(form, body);
      all.addAll(records);
      target = next(paging, first, page, all.size(), records, body, answer);
    }
    return all;
  }

  private static Optional<String> next(
      Paging paging,
      String first,
      int page,
      int read,
      List<JsonNode> records,
      JsonNode body,
      HttpResponse<byte[]> answer) {
    JsonNode about = body.isArray() ? body.path(0) : body;
    String start = first + "&" + paging.parameter + "=";
    return switch (paging) {
      case NONE -> Optional.empty();
      case LINK ->
          answer
              .headers()
              .firstValue("Link")
              .map(NEXT::matcher)
              .filter(Matcher::find)
              .map(link -> link.group(1));
      case NEXT -> Optional.ofNullable(about.at("/links/next").textValue());
      case TOKEN ->
          about.get("more").asBoolean()
              ? Optional.of(start + about.get("next").asText())
              : Optional.empty();
      case AFTER ->
          about.get("more").asBoolean()
              ? Optional.of(start + records.get(records.size() - 1).get("id").asText())
              : Optional.empty();
      case PAGE ->
          page < about.get("pages").asInt() ? Optional.of(start + (page + 1)) : Optional.empty();
      case OFFSET ->
          read < about.get("total").asInt() && !records.isEmpty()
              ? Optional.of(start + read)
              : Optional.empty();
      case START ->
          read < about.get("total").asInt() && !records.isEmpty()
              ? Optional.of(start + (read + 1))
              : Optional.empty();
    };
  }

  private static List<JsonNode> records(Form form, JsonNode body) {
    List<JsonNode> records = new ArrayList<>();
    switch (form) {
      case LIST -> body.get("records").forEach(records::add);
      case ARRAY -> body.forEach(records::add);
      case PAIR -> body.get(1).forEach(records::add);
      case OBJECT ->
          body.get("records")
              .properties()
              .forEach(one -> records.add(((ObjectNode) one.getValue()).put("id", one.getKey())));
      case COLUMNS -> {
        JsonNode columns = body.get("records");
        for (int i = 0; i < columns.get("id").size(); i++) {
          ObjectNode record = JSON.createObjectNode();
          for (Map.Entry<String, JsonNode> column : columns.properties()) {
            record.set(column.getKey(), column.getValue().get(i));
          }
          records.add(record);
        }
      }
    }
    return records;
  }
}
