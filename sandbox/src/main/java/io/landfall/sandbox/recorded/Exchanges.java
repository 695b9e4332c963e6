package io.landfall.sandbox.recorded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.landfall.sandbox.server.Request;
import io.landfall.sandbox.server.Response;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * Recorded exchanges, in their order. A request that was recorded several times gets the answers
 * one after the other, and then the last one again. Not safe for several threads.
 */
final class Exchanges {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int NEAR = 5;

  private final List<Exchange> all;
  private final IdentityHashMap<Exchange, Integer> played = new IdentityHashMap<>();

  Exchanges(List<Exchange> all) {
    this.all = List.copyOf(all);
  }

  /**
   * Reads a file of one exchange a line.
   *
   * @throws IOException also if a line is none
   */
  static List<Exchange> read(Path file) throws IOException {
    List<Exchange> read = new ArrayList<>();
    try (InputStream in = Files.newInputStream(file);
        InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in;
        var lines = new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        read.add(exchange(JSON.readTree(line)));
      }
    }
    return read;
  }

  int size() {
    return all.size();
  }

  /**
   * The answer that was recorded for a request; empty if none was. With {@code If-None-Match} that
   * is one recorded with the same, or one without, which is a 304 where its tag is the one sent.
   *
   * @param base where this is played, for links
   */
  Optional<Response> answer(Request request, String base) {
    Optional<String> condition = Exchange.condition(request);
    List<Exchange> same = all.stream().filter(one -> one.answers(request)).toList();
    List<Exchange> fitting =
        same.stream().filter(one -> one.condition().equals(condition)).toList();
    if (!fitting.isEmpty()) {
      return Optional.of(next(fitting).response(base));
    }
    List<Exchange> whole = same.stream().filter(one -> one.status() != 304).toList();
    if (whole.isEmpty()) {
      return Optional.empty();
    }
    Exchange one = next(whole);
    Response answer = one.response(base);
    boolean held = condition.isPresent() && condition.equals(one.tag());
    return Optional.of(held ? answer.withStatus(304) : answer);
  }

  /** What was recorded and looks most like a request that was not. */
  List<String> near(Request request) {
    Map<String, Integer> alike = new HashMap<>();
    for (Exchange one : all) {
      alike.merge(one.asked().target(), likeness(one.asked(), request), Math::max);
    }
    return alike.entrySet().stream()
        .filter(one -> one.getValue() > 0)
        .sorted(
            Map.Entry.<String, Integer>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(NEAR)
        .map(Map.Entry::getKey)
        .toList();
  }

  private Exchange next(List<Exchange> fitting) {
    Exchange next =
        fitting.stream()
            .filter(one -> !played.containsKey(one))
            .findFirst()
            .orElse(fitting.get(fitting.size() - 1));
    played.merge(next, 1, Integer::sum);
    return next;
  }

  /** How much of path and query is the same. */
  private static int likeness(Request recorded, Request asked) {
    int same = recorded.path().equals(asked.path()) ? 100 : 0;
    same += lastPart(recorded.path()).equals(lastPart(asked.path())) ? 10 : 0;
    if (same > 0) {
      for (Map.Entry<String, String> parameter : asked.query().entrySet()) {
        same += parameter.getValue().equals(recorded.query().get(parameter.getKey())) ? 1 : 0;
      }
    }
    return same;
  }

  private static String lastPart(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static Exchange exchange(JsonNode line) throws IOException {
    if (!line.hasNonNull("url") || !line.hasNonNull("status")) {
      throw new IOException("A recorded exchange needs url and status: " + line);
    }
    URI url = URI.create(line.get("url").asText());
    String origin = url.getScheme() + "://" + url.getRawAuthority();
    String query = url.getRawQuery();
    String target = url.getRawPath() + (query == null ? "" : "?" + query);
    Map<String, String> sent = new HashMap<>();
    texts(line.path("sent")).forEach((name, value) -> sent.put(lower(name), value));
    Request asked = Request.of(line.path("method").asText("GET"), target, sent);
    return new Exchange(
        origin,
        asked,
        line.get("status").asInt(),
        texts(line.path("headers")),
        line.path("body").asText(""));
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static Map<String, String> texts(JsonNode object) {
    Map<String, String> texts = new HashMap<>();
    object.properties().forEach(one -> texts.put(one.getKey(), one.getValue().asText()));
    return texts;
  }
}
