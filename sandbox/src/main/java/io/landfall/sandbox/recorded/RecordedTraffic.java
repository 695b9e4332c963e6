package io.landfall.sandbox.recorded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.landfall.cli.LandfallException;
import io.landfall.sandbox.server.HttpServer;
import io.landfall.sandbox.server.Request;
import io.landfall.sandbox.server.Response;
import io.landfall.sandbox.server.SimulatedClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Recorded traffic behind the paths of the APIs it was recorded from. Safe for many threads.
 *
 * <p>Its controls, for other processes, all under {@code /sandbox/}:
 *
 * <ul>
 *   <li>{@code GET clock}, {@code POST clock?now=2025-05-11T12:04:00Z[&rate=60]}, {@code
 *       ?advance=PT1H}
 *   <li>{@code GET steps}: when the earthquakes changed; {@code POST step}: on to the next of them
 *   <li>{@code GET unanswered}: the requests that nothing recorded could answer, and how often
 *   <li>{@code GET requests}: how many answers of each status there were
 * </ul>
 */
public final class RecordedTraffic implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RecordedTraffic.class);
  private static final byte[] LOOPBACK = {127, 0, 0, 1};
  private static final int DEEP = 4;
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);

  private final Earthquakes earthquakes;
  private final Exchanges exchanges;
  private final SimulatedClock clock = new SimulatedClock(Clock.systemUTC());
  private final Map<String, Integer> unanswered = new TreeMap<>();
  private final Map<Integer, Integer> answers = new TreeMap<>();
  private final HttpServer server;

  private RecordedTraffic(Recording recording, InetAddress address, int port) throws IOException {
    this.earthquakes = recording.earthquakes();
    this.exchanges = new Exchanges(recording.exchanges());
    if (!steps().isEmpty()) {
      clock.set(steps().get(0), 0);
    }
    this.server = HttpServer.start(address, port, this::answer);
  }

  /** What was recorded, before it is played. */
  public static final class Recording {

    private final Earthquakes earthquakes;
    private final List<Exchange> exchanges;

    private Recording(Earthquakes earthquakes, List<Exchange> exchanges) {
      this.earthquakes = earthquakes;
      this.exchanges = List.copyOf(exchanges);
    }

    private Earthquakes earthquakes() {
      return earthquakes;
    }

    private List<Exchange> exchanges() {
      return exchanges;
    }

    /**
     * Starts to answer, on 127.0.0.1. The clock stands at the first step.
     *
     * @param port 0 for any free one
     * @throws IOException if the port is taken
     */
    public RecordedTraffic start(int port) throws IOException {
      return start(InetAddress.getByAddress(LOOPBACK), port);
    }

    /** The same on an address of this machine. */
    RecordedTraffic start(InetAddress address, int port) throws IOException {
      return new RecordedTraffic(this, address, port);
    }
  }

  /** The earthquakes that come with this program: four snapshots of 2025-05-11. */
  public static Recording shipped() {
    return new Recording(Earthquakes.shipped(), List.of());
  }

  /**
   * What is in a folder: snapshots of earthquakes in {@code usgs/all_day} and {@code
   * usgs/all_week}, exchanges in files that end in {@code .jsonl.gz} or {@code .jsonl}, also in
   * folders below.
   *
   * @throws LandfallException if there is neither, or something cannot be read
   */
  public static Recording in(Path folder) {
    try {
      Path feeds = folder.resolve("usgs");
      Earthquakes earthquakes = Earthquakes.in(Files.isDirectory(feeds) ? feeds : folder);
      List<Exchange> exchanges = new ArrayList<>();
      for (Path file : exchangeFiles(folder)) {
        exchanges.addAll(Exchanges.read(file));
      }
      if (earthquakes.steps().isEmpty() && exchanges.isEmpty()) {
        throw LandfallException.usage(
            "%s holds nothing recorded: neither usgs/all_day/TIME.json.gz nor a file *.jsonl.gz. Give the folder that has one."
                .formatted(folder));
      }
      return new Recording(earthquakes, exchanges);
    } catch (IOException e) {
      throw LandfallException.usage(
          "What is recorded in %s cannot be read: %s. Give a folder that is readable and whole."
              .formatted(folder, e),
          e);
    }
  }

  /** The root of all paths, without a slash at the end. */
  public URI baseUrl() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  /** Instead of {@code https://earthquake.usgs.gov/fdsnws/event/1}. */
  public URI earthquakesUrl() {
    return URI.create(baseUrl() + "/fdsnws/event/1");
  }

  /** When the earthquakes changed. */
  public List<Instant> steps() {
    return earthquakes.steps();
  }

  /** What the earthquakes' service knows now, by event id. */
  public Map<String, JsonNode> current() {
    Map<String, JsonNode> current = new TreeMap<>();
    earthquakes.at(now()).forEach(event -> current.put(event.path("id").asText(), event));
    return current;
  }

  public Instant now() {
    return clock.today();
  }

  /**
   * Sets its clock.
   *
   * @param rate seconds in a real one; 0 stands still
   */
  public void setClock(Instant now, double rate) {
    clock.set(now, rate);
  }

  /** Moves the clock on to the next step; false if there is none. */
  public boolean step() {
    Instant now = now();
    Optional<Instant> next = steps().stream().filter(now::isBefore).findFirst();
    next.ifPresent(step -> clock.set(step, 0));
    return next.isPresent();
  }

  /** The requests that nothing recorded could answer, and how often each came. */
  public synchronized Map<String, Integer> unanswered() {
    return Map.copyOf(unanswered);
  }

  /** How many answers of each status there were. */
  public synchronized Map<Integer, Integer> answers() {
    return Map.copyOf(answers);
  }

  @Override
  public void close() {
    server.close();
  }

  private Response answer(Request request) {
    if (request.path().startsWith("/sandbox/")) {
      return control(request);
    }
    synchronized (this) {
      Response answer = played(request);
      answers.merge(answer.status(), 1, Integer::sum);
      return answer;
    }
  }

  private Response played(Request request) {
    try {
      String host = request.header("Host").orElse(baseUrl().getAuthority());
      Optional<Response> recorded = exchanges.answer(request, "http://" + host);
      if (recorded.isPresent()) {
        return recorded.get();
      }
      Instant now = now();
      return earthquakes
          .answer(request, now)
          .map(answer -> answer.withHeader("Date", HTTP_DATE.format(now)))
          .orElseGet(() -> notRecorded(request));
    } catch (RuntimeException e) {
      // A fault of this program; the client must still get an answer, or it waits for ever.
      LOG.atError().addKeyValue("path", request.path()).setCause(e).log("No answer could be made");
      return Response.json(500, message(e.toString()).toString());
    }
  }

  private Response notRecorded(Request request) {
    String asked = request.method() + " " + request.target();
    unanswered.merge(asked, 1, Integer::sum);
    ObjectNode answer = message("nothing recorded answers " + asked);
    ArrayNode near = answer.putArray("near");
    exchanges.near(request).forEach(near::add);
    return Response.json(501, answer.toString());
  }

  private Response control(Request request) {
    String control = request.method() + request.path().substring("/sandbox".length());
    try {
      return switch (control) {
        case "GET/clock" -> Response.json(200, clock().toString());
        case "POST/clock" -> Response.json(200, setClock(request).toString());
        case "POST/step" -> {
          boolean moved = step();
          yield Response.json(200, clock().put("moved", moved).toString());
        }
        case "GET/steps" -> {
          ObjectNode answer = object();
          ArrayNode list = answer.putArray("steps");
          steps().forEach(step -> list.add(step.toString()));
          yield Response.json(200, answer.toString());
        }
        case "GET/unanswered" -> {
          ObjectNode answer = object();
          unanswered().forEach(answer::put);
          yield Response.json(200, answer.toString());
        }
        case "GET/requests" -> {
          ObjectNode answer = object();
          answers().forEach((status, count) -> answer.put(String.valueOf(status), count));
          yield Response.json(200, answer.toString());
        }
        default -> Response.json(400, message("no such control: " + control).toString());
      };
    } catch (DateTimeException | IllegalArgumentException e) {
      return Response.json(400, message(Objects.toString(e.getMessage())).toString());
    }
  }

  private ObjectNode setClock(Request request) {
    Optional<String> now = request.parameter("now");
    Optional<String> advance = request.parameter("advance");
    if (now.isPresent()) {
      double rate = Double.parseDouble(request.parameter("rate").orElse("0"));
      clock.set(Instant.parse(now.get()), rate);
    } else if (advance.isPresent() && clock.now().isPresent()) {
      clock.advance(Duration.parse(advance.get()));
    } else {
      throw new IllegalArgumentException("give now, or advance once the clock was set");
    }
    return clock();
  }

  private ObjectNode clock() {
    return object().put("now", now().toString());
  }

  private static List<Path> exchangeFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder, DEEP)) {
      return files
          .filter(
              file -> file.toString().endsWith(".jsonl.gz") || file.toString().endsWith(".jsonl"))
          .sorted()
          .toList();
    }
  }

  private static ObjectNode message(String why) {
    return object().put("message", why);
  }

  private static ObjectNode object() {
    return Snapshot.JSON.createObjectNode();
  }
}
