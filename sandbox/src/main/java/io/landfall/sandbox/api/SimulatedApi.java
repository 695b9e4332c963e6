package io.landfall.sandbox.api;

import io.landfall.sandbox.season.Correction;
import io.landfall.sandbox.season.GameJson;
import io.landfall.sandbox.season.GeneratedGame;
import io.landfall.sandbox.season.Season;
import io.landfall.sandbox.server.Body;
import io.landfall.sandbox.server.HttpServer;
import io.landfall.sandbox.server.Request;
import io.landfall.sandbox.server.Response;
import io.landfall.sandbox.server.SimulatedClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The simulated API, running on this machine until closed. Safe for many threads.
 *
 * <pre>{@code
 * try (SimulatedApi api = SimulatedApi.serving(Season.of(7, 100)).start(0)) {
 *   URI schedule = URI.create(api.webApiUrl() + "/schedule/2024-10-04");
 * }
 * }</pre>
 */
public final class SimulatedApi implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SimulatedApi.class);
  private static final ZoneId EASTERN = ZoneId.of("America/New_York");
  private static final byte[] LOOPBACK = {127, 0, 0, 1};
  private static final int CACHED_PAGES = 64;

  /** A page by its kind, its day and what it was made from. */
  private record DayPage(Resource resource, LocalDate day, long version) {}

  private final List<GameSource> sources;
  private final Optional<GeneratedGames> generated;
  private final SimulatedClock clock;
  private final DayPages dayPages;
  private final Faults faults = new Faults();
  private final Map<Resource, Map<Integer, Long>> counts = new ConcurrentSkipListMap<>();
  private final Set<Integer> withheld = ConcurrentHashMap.newKeySet();
  private final Controls controls;
  private final HttpServer server;

  private final Map<DayPage, Body> pageCache =
      new LinkedHashMap<>(CACHED_PAGES * 2, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<DayPage, Body> eldest) {
          return size() > CACHED_PAGES;
        }
      };

  private SimulatedApi(Contents contents, InetAddress address, int port) throws IOException {
    this.clock = new SimulatedClock(contents.clock());
    List<GameSource> all = new ArrayList<>();
    contents.recordings().ifPresent(folder -> all.add(Recordings.in(folder)));
    this.generated = contents.season().map(season -> new GeneratedGames(season, clock));
    generated.ifPresent(all::add);
    this.sources = List.copyOf(all);
    this.dayPages = new DayPages(sources);
    this.controls = new Controls(this);
    this.server = HttpServer.start(address, port, this::answer);
  }

  /**
   * What an API serves; a game that is recorded and generated is served as recorded.
   *
   * @param clock of the machine: what runs the simulated one
   */
  public record Contents(Optional<Path> recordings, Optional<Season> season, Clock clock) {

    /** The same and the recordings in a folder. */
    public Contents andRecordings(Path folder) {
      return new Contents(Optional.of(folder), season, clock);
    }

    /**
     * Starts to answer, on 127.0.0.1.
     *
     * @param port 0 for any free one
     * @throws IOException if the port is taken
     */
    public SimulatedApi start(int port) throws IOException {
      return start(InetAddress.getByAddress(LOOPBACK), port);
    }

    /** The same on an address of this machine. */
    SimulatedApi start(InetAddress address, int port) throws IOException {
      return new SimulatedApi(this, address, port);
    }
  }

  public static Contents serving(Season season) {
    return new Contents(Optional.empty(), Optional.of(season), Clock.systemUTC());
  }

  public static Contents servingRecordings(Path folder) {
    return new Contents(Optional.of(folder), Optional.empty(), Clock.systemUTC());
  }

  /** The root of all paths, without a slash at the end. */
  public URI baseUrl() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  /** Instead of {@code https://api-web.nhle.com/v1}. */
  public URI webApiUrl() {
    return URI.create(baseUrl() + "/v1");
  }

  /** Instead of {@code https://api.nhle.com/stats/rest/en}. */
  public URI statsApiUrl() {
    return URI.create(baseUrl() + "/stats/rest/en");
  }

  /** Makes every answer for games and days go wrong, until {@link #clearFaults}. */
  public void fault(Fault fault) {
    fault(fault, OptionalInt.empty(), Optional.empty(), Integer.MAX_VALUE);
  }

  /**
   * Makes some answers go wrong.
   *
   * @param gameId empty for all games and days
   * @param resource empty for all
   * @param times how many answers
   */
  public void fault(Fault fault, OptionalInt gameId, Optional<Resource> resource, int times) {
    faults.add(fault, gameId, resource, times);
  }

  public void clearFaults() {
    faults.clear();
  }

  /** GameJson without rows for a game's shift chart, until {@link #releaseShiftChart}. */
  public void withholdShiftChart(int gameId) {
    withheld.add(gameId);
  }

  public void releaseShiftChart(int gameId) {
    withheld.remove(gameId);
  }

  /**
   * Corrects finished generated games: the latest ones that have not been corrected, in turn by
   * another scorer, a missed shot that was on goal, and hits that were none.
   *
   * @param games at most so many
   */
  public List<CorrectedGame> correct(int games) {
    List<CorrectedGame> corrected = new ArrayList<>();
    generated.ifPresent(source -> corrected.addAll(LateCorrections.latest(source, games)));
    return corrected;
  }

  /** Corrects one generated game; empty if it has nothing to correct in that way. */
  public Optional<CorrectedGame> correct(int gameId, Correction kind) {
    return generated
        .filter(source -> source.has(gameId))
        .flatMap(source -> source.correct(gameId, kind));
  }

  /** A generated game as it stands after its corrections, with the generator's tally. */
  public Optional<GeneratedGame> generatedGame(int gameId) {
    return generated.filter(source -> source.has(gameId)).map(source -> source.game(gameId));
  }

  /**
   * Sets the simulated clock; generated games are from then on in the state of that moment.
   *
   * @param rate simulated seconds in a real one; 0 stands still
   */
  public void setClock(Instant now, double rate) {
    clock.set(now, rate);
    clearPageCache();
  }

  /** Moves the simulated clock on. */
  public void advanceClock(Duration by) {
    clock.advance(by);
    clearPageCache();
  }

  /** Every generated game is long over again. */
  public void clearClock() {
    clock.clear();
    clearPageCache();
  }

  /** The simulated time; empty if none was set. */
  public Optional<Instant> now() {
    return clock.now();
  }

  /** How many answers of each status each kind of path gave; a reset or silence counts as 0. */
  public Map<Resource, Map<Integer, Long>> requests() {
    return Collections.unmodifiableMap(counts);
  }

  public void clearRequests() {
    counts.clear();
  }

  @Override
  public void close() {
    server.close();
  }

  private Response answer(Request request) {
    Route route = Route.of(request);
    Optional<Fault> fault = faults.take(route);
    Response right = right(route, request);
    Response answer = fault.map(one -> one.instead(right)).orElse(right);
    boolean said =
        answer.delivery() != Response.Delivery.RESET
            && answer.delivery() != Response.Delivery.SILENCE;
    counts
        .computeIfAbsent(route.resource(), resource -> new ConcurrentSkipListMap<>())
        .merge(said ? answer.status() : 0, 1L, Long::sum);
    return answer;
  }

  private Response right(Route route, Request request) {
    try {
      return switch (route.resource()) {
        case CONTROL -> controls.answer(request);
        case SCHEDULE, SCORE -> day(route);
        case SHIFT_CHART -> shiftChart(route.gameId());
        case UNKNOWN -> Response.notFound();
        default -> game(route);
      };
    } catch (RuntimeException e) {
      // A fault of this program; the client must still get an answer, or it waits for ever.
      LOG.atError().addKeyValue("path", request.path()).setCause(e).log("No answer could be made");
      return Response.html(500, "<html><body>" + e + "</body></html>");
    }
  }

  private Response day(Route route) {
    if (route.date().isEmpty()) {
      String name = route.resource() == Resource.SCORE ? "score" : "schedule";
      LocalDate today = LocalDate.ofInstant(clock.today(), EASTERN);
      return Response.redirect("/v1/%s/%s".formatted(name, today));
    }
    LocalDate day = route.date().get();
    if (clock.runs()) {
      return Response.json(page(route.resource(), day));
    }
    long version = sources.stream().mapToLong(GameSource::version).sum();
    DayPage page = new DayPage(route.resource(), day, version);
    synchronized (pageCache) {
      return Response.json(pageCache.computeIfAbsent(page, key -> page(key.resource(), key.day())));
    }
  }

  private Body page(Resource resource, LocalDate day) {
    return resource == Resource.SCORE ? dayPages.score(day) : dayPages.schedule(day);
  }

  private void clearPageCache() {
    synchronized (pageCache) {
      pageCache.clear();
    }
  }

  private Response shiftChart(int gameId) {
    Optional<Body> chart =
        withheld.contains(gameId) ? Optional.empty() : body(gameId, Resource.SHIFT_CHART);
    return Response.json(chart.orElseGet(() -> Body.plain(GameJson.noShiftChart())));
  }

  private Response game(Route route) {
    boolean report =
        route.resource() == Resource.HOME_REPORT || route.resource() == Resource.VISITOR_REPORT;
    return report
        ? report(route).orElseGet(Response::notFound)
        : body(route.gameId(), route.resource()).map(Response::json).orElseGet(Response::notFound);
  }

  /** A report may be there for a game of which nothing else was recorded. */
  private Optional<Response> report(Route route) {
    return sources.stream()
        .flatMap(source -> source.body(route.gameId(), route.resource()).stream())
        .findFirst()
        .map(body -> Response.json(body).withType(Response.HTML));
  }

  private Optional<Body> body(int gameId, Resource resource) {
    return sources.stream()
        .filter(source -> source.has(gameId))
        .findFirst()
        .flatMap(source -> source.body(gameId, resource));
  }
}
