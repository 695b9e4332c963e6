package io.landfall.sandbox.recorded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.landfall.sandbox.server.Request;
import io.landfall.sandbox.server.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A service of earthquakes with the paths, parameters and limits of FDSN's, over recorded snapshots
 * of feeds: at each time it knows what the snapshots up to then have told. An event that left a
 * feed's span stays as it was last told; one that vanished from within it is gone.
 *
 * <p>Deleted events are not told of: the feeds did not have them, and nothing is made up.
 */
final class Earthquakes {

  private static final String ROOT = "/fdsnws/event/1/";
  private static final int MOST = 20_000;

  /** A feed is made some time before it is served; events that old may just have left it. */
  private static final Duration SLACK = Duration.ofMinutes(10);

  private static final Map<String, Duration> SPANS =
      Map.of("all_day", Duration.ofDays(1), "all_week", Duration.ofDays(7));
  private static final DateTimeFormatter NAMED =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HHmmssX");
  private static final Set<String> KNOWN =
      new TreeSet<>(
          Set.of(
              "format",
              "starttime",
              "endtime",
              "updatedafter",
              "minmagnitude",
              "maxmagnitude",
              "orderby",
              "limit",
              "offset",
              "eventid",
              "eventtype",
              "includedeleted"));
  private static final Comparator<JsonNode> BY_TIME =
      Comparator.comparingLong((JsonNode event) -> event.at("/properties/time").asLong())
          .thenComparing(event -> event.path("id").asText());
  private static final Comparator<JsonNode> BY_MAGNITUDE =
      Comparator.comparingDouble((JsonNode event) -> event.at("/properties/mag").asDouble(-10))
          .thenComparing(BY_TIME);

  private final NavigableMap<Instant, Map<String, JsonNode>> steps = new TreeMap<>();

  /**
   * @param snapshots in the order of their times
   */
  private Earthquakes(List<Snapshot> snapshots) {
    Map<String, JsonNode> known = new LinkedHashMap<>();
    for (Snapshot snapshot : snapshots) {
      long since = snapshot.served().minus(snapshot.span()).plus(SLACK).toEpochMilli();
      known.values().removeIf(event -> event.at("/properties/time").asLong() >= since);
      known.putAll(snapshot.events());
      steps.put(snapshot.served(), new LinkedHashMap<>(known));
    }
  }

  /** The snapshots in the folders {@code all_day} and {@code all_week} of a folder. */
  static Earthquakes in(Path folder) throws IOException {
    List<Snapshot> snapshots = new ArrayList<>();
    for (Map.Entry<String, Duration> feed : SPANS.entrySet()) {
      Path files = folder.resolve(feed.getKey());
      if (Files.isDirectory(files)) {
        try (Stream<Path> all = Files.list(files)) {
          for (Path file : all.filter(one -> one.toString().endsWith(".json.gz")).toList()) {
            Instant served = served(Objects.toString(file.getFileName()));
            try (InputStream in = Files.newInputStream(file)) {
              snapshots.add(Snapshot.read(served, feed.getValue(), in));
            }
          }
        }
      }
    }
    snapshots.sort(Comparator.comparing(Snapshot::served).thenComparing(Snapshot::span));
    return new Earthquakes(snapshots);
  }

  /** Those that come with this program: see the README beside them. */
  static Earthquakes shipped() {
    List<Snapshot> snapshots = new ArrayList<>();
    for (String name : Shipped.NAMES) {
      try (InputStream in = Shipped.open(name)) {
        snapshots.add(Snapshot.read(served(name), Duration.ofDays(1), in));
      } catch (IOException e) {
        throw new UncheckedIOException("The snapshot %s cannot be read".formatted(name), e);
      }
    }
    return new Earthquakes(snapshots);
  }

  /** When the snapshots were served. */
  List<Instant> steps() {
    return List.copyOf(steps.keySet());
  }

  /** What is known at a time, in no order. */
  List<JsonNode> at(Instant now) {
    Map.Entry<Instant, Map<String, JsonNode>> step = steps.floorEntry(now);
    return step == null ? List.of() : List.copyOf(step.getValue().values());
  }

  /** The answer to a request; empty if its path is none of these. */
  Optional<Response> answer(Request request, Instant now) {
    if (steps.isEmpty() || !request.path().startsWith(ROOT)) {
      return Optional.empty();
    }
    try {
      return switch (request.path().substring(ROOT.length())) {
        case "query" -> Optional.of(query(request, now));
        case "count" -> Optional.of(count(request, now));
        default -> Optional.empty();
      };
    } catch (DateTimeException | IllegalArgumentException e) {
      return Optional.of(refused(400, String.valueOf(e.getMessage())));
    }
  }

  private Response query(Request request, Instant now) {
    Optional<String> id = request.parameter("eventid");
    List<JsonNode> found = matching(request, now);
    if (id.isPresent()) {
      return found.isEmpty()
          ? refused(404, "no event " + id.get())
          : Response.json(200, found.get(0).toString());
    }
    int offset = number(request, "offset", 1);
    int limit = Math.min(number(request, "limit", MOST + 1), MOST + 1);
    int from = Math.min(offset - 1, found.size());
    List<JsonNode> page = found.subList(from, Math.min(found.size(), from + limit));
    if (page.size() > MOST || (limit > MOST && request.parameter("limit").isPresent())) {
      return refused(
          400,
          "%d matching events exceeds search limit of %d. Modify the search to match fewer events."
              .formatted(page.size(), MOST));
    }
    ObjectNode answer = Snapshot.JSON.createObjectNode().put("type", "FeatureCollection");
    answer
        .putObject("metadata")
        .put("generated", now.toEpochMilli())
        .put("url", request.target())
        .put("title", "USGS Earthquakes")
        .put("status", 200)
        .put("count", page.size());
    answer.putArray("features").addAll(page);
    return Response.json(200, answer.toString());
  }

  private Response count(Request request, Instant now) {
    int count = matching(request, now).size();
    return Response.json(200, "{\"count\":%d,\"maxAllowed\":%d}".formatted(count, MOST));
  }

  private List<JsonNode> matching(Request request, Instant now) {
    for (String name : request.query().keySet()) {
      if (!KNOWN.contains(name)) {
        throw new IllegalArgumentException(
            "no such parameter: %s; there are %s".formatted(name, String.join(", ", KNOWN)));
      }
    }
    String format = request.parameter("format").orElse("");
    if (!format.equals("geojson")) {
      throw new IllegalArgumentException("format must be geojson, not \"" + format + "\"");
    }
    Optional<Long> start = request.parameter("starttime").map(Earthquakes::millis);
    Optional<Long> end = request.parameter("endtime").map(Earthquakes::millis);
    Optional<Long> updated = request.parameter("updatedafter").map(Earthquakes::millis);
    Optional<Double> least = request.parameter("minmagnitude").map(Double::valueOf);
    Optional<Double> most = request.parameter("maxmagnitude").map(Double::valueOf);
    Optional<String> id = request.parameter("eventid");
    // The real service's own default: the last 30 days, unless an event is named.
    long earliest =
        start.orElse(id.isPresent() ? 0 : now.minus(Duration.ofDays(30)).toEpochMilli());
    return at(now).stream()
        .filter(event -> time(event, "time") >= earliest)
        .filter(event -> end.isEmpty() || time(event, "time") <= end.get())
        .filter(event -> updated.isEmpty() || time(event, "updated") >= updated.get())
        .filter(event -> least.isEmpty() || magnitude(event) >= least.get())
        .filter(event -> most.isEmpty() || magnitude(event) <= most.get())
        .filter(event -> id.isEmpty() || event.path("id").asText().equals(id.get()))
        .sorted(order(request.parameter("orderby").orElse("time")))
        .toList();
  }

  private static long time(JsonNode event, String name) {
    return event.path("properties").path(name).asLong();
  }

  /** One without a magnitude is within no bounds. */
  private static double magnitude(JsonNode event) {
    return event.at("/properties/mag").asDouble(Double.NaN);
  }

  private static Comparator<JsonNode> order(String name) {
    return switch (name) {
      case "time" -> BY_TIME.reversed();
      case "time-asc" -> BY_TIME;
      case "magnitude" -> BY_MAGNITUDE.reversed();
      case "magnitude-asc" -> BY_MAGNITUDE;
      default ->
          throw new IllegalArgumentException(
              "orderby must be time, time-asc, magnitude or magnitude-asc, not \"" + name + "\"");
    };
  }

  private static int number(Request request, String name, int usual) {
    int number = request.parameter(name).map(Integer::parseInt).orElse(usual);
    if (number < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, not " + number);
    }
    return number;
  }

  private static long millis(String text) {
    if (!text.contains("T")) {
      return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli();
    }
    return text.matches(".*(Z|[+-]\\d\\d:?\\d\\d)")
        ? OffsetDateTime.parse(text).toInstant().toEpochMilli()
        : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC).toEpochMilli();
  }

  private static Instant served(String name) {
    return NAMED.parse(name.substring(0, name.indexOf('.')), Instant::from);
  }

  private static Response refused(int status, String why) {
    ObjectNode answer = Snapshot.JSON.createObjectNode().put("type", "FeatureCollection");
    answer.putObject("metadata").put("status", status).put("error", why);
    answer.putArray("features");
    return Response.json(status, answer.toString());
  }
}
