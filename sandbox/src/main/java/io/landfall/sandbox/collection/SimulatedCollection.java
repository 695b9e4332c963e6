package io.landfall.sandbox.collection;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.landfall.sandbox.server.Body;
import io.landfall.sandbox.server.HttpServer;
import io.landfall.sandbox.server.Request;
import io.landfall.sandbox.server.Response;
import io.landfall.sandbox.server.SimulatedClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A REST collection made from a seed, which changes while it is read and misbehaves as it is told.
 * Each seed gives the same records, and the same requests the same answers. Safe for many threads.
 *
 * <p>Listings are under {@code /v1/records} (see {@link Query} and {@link Paging}), their number
 * under {@code /v1/count}, a record under {@code /v1/records/ID}, what belongs to it under {@code
 * /v1/records/ID/parts}; {@link CollectionControls} steers it under {@code /sandbox/}.
 */
public final class SimulatedCollection implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SimulatedCollection.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String RECORD = "/v1/records/";
  private static final String PARTS = "/parts";
  private static final int REMEMBERED = 10_000;
  private static final int MOST_OFF = 9;
  private static final byte[] LOOPBACK = {127, 0, 0, 1};
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);

  /**
   * What a collection begins with.
   *
   * @param records how many it has
   * @param end its time when it starts, in whole seconds; all records are older
   * @param span since when there are records, before that
   * @param cap the most records in one answer; a listing without pages that has more is a 400
   * @param hourly how many requests are answered in an hour of its clock
   * @param rate how fast its clock runs: seconds in a real one; 0 stands still
   * @param answerTakes how far the clock moves with each answer
   */
  public record Contours(
      long seed,
      int records,
      Instant end,
      Duration span,
      int cap,
      int hourly,
      double rate,
      Duration answerTakes) {

    /** The same, ending at another time. */
    public Contours endingAt(Instant other) {
      return new Contours(seed, records, other, span, cap, hourly, rate, answerTakes);
    }

    /** The same over another time. */
    public Contours spanning(Duration other) {
      return new Contours(seed, records, end, other, cap, hourly, rate, answerTakes);
    }

    /** The same with another cap. */
    public Contours cappedAt(int other) {
      return new Contours(seed, records, end, span, other, hourly, rate, answerTakes);
    }

    /** The same with another limit of requests. */
    public Contours answeringHourly(int other) {
      return new Contours(seed, records, end, span, cap, other, rate, answerTakes);
    }

    /** The same with another clock. */
    public Contours running(double otherRate, Duration otherAnswerTakes) {
      return new Contours(seed, records, end, span, cap, hourly, otherRate, otherAnswerTakes);
    }

    /**
     * Starts to answer, on 127.0.0.1.
     *
     * @param port 0 for any free one
     * @throws IOException if the port is taken
     */
    public SimulatedCollection start(int port) throws IOException {
      return start(InetAddress.getByAddress(LOOPBACK), port);
    }

    /** The same on an address of this machine. */
    SimulatedCollection start(InetAddress address, int port) throws IOException {
      return new SimulatedCollection(this, address, port);
    }
  }

  private final Contours contours;
  private final RecordText text;
  private final Contents contents;
  private final Script script;
  private final Random random;
  private final SimulatedClock clock = new SimulatedClock(Clock.systemUTC());
  private final CollectionControls controls = new CollectionControls(this);
  private final HttpServer server;
  private final Deque<String> requests = new ArrayDeque<>();
  private final Map<Integer, Long> answers = new TreeMap<>();

  private Duration latest = Duration.ofHours(2);
  private Shown replica;
  private @Nullable Query before;
  private Response answerBefore = Response.notFound();
  private List<Entry> justAnswered = List.of();
  private long hour;
  private int askedThisHour;

  private SimulatedCollection(Contours contours, InetAddress address, int port) throws IOException {
    this.contours = contours;
    long end = contours.end().getEpochSecond();
    this.text = new RecordText(contours.seed());
    this.contents =
        new Contents(contours.seed(), contours.records(), end - contours.span().toSeconds(), end);
    this.script = new Script(contours.seed());
    this.random = new Random(contours.seed());
    this.replica = contents.shown();
    clock.set(Instant.ofEpochSecond(end), contours.rate());
    this.server = HttpServer.start(address, port, this::answer);
  }

  /**
   * A collection over the 30 days before 2026-11-01, whose clock moves by a second with each
   * answer.
   */
  public static Contours of(long seed, int records) {
    return new Contours(
        seed,
        records,
        Instant.parse("2026-11-01T00:00:00Z"),
        Duration.ofDays(30),
        20_000,
        1_000_000,
        0,
        Duration.ofSeconds(1));
  }

  /** The root of all paths, without a slash at the end. */
  public URI baseUrl() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  /** The root of the collection's own paths: {@code /records} and so on follow. */
  public URI apiUrl() {
    return URI.create(baseUrl() + "/v1");
  }

  /** Switches a misbehaviour on: it acts so many times, each time that it can. */
  public void misbehave(Misbehaviour kind, int times) {
    misbehave(kind, times, 1);
  }

  /**
   * Switches a misbehaviour on.
   *
   * @param times how often it acts; then that is over
   * @param chance that it acts where it can, from 0 to 1
   */
  public synchronized void misbehave(Misbehaviour kind, int times, double chance) {
    if (kind == Misbehaviour.STALE) {
      replica = contents.shown().copy();
    }
    script.on(kind, times, chance);
  }

  /** Switches several on, as a seed says: each up to three times, at times of its choice. */
  public void script(long seed) {
    script(seed, EnumSet.allOf(Misbehaviour.class));
  }

  /** The same, of these only. */
  public synchronized void script(long seed, Set<Misbehaviour> from) {
    replica = contents.shown().copy();
    script.drawn(seed, from);
  }

  /** Changes the collection at once, without waiting for an answer. */
  public synchronized void change(Misbehaviour kind, int times) {
    if (!kind.changes()) {
      throw new IllegalArgumentException(kind.named() + " spoils answers and changes nothing");
    }
    for (int i = 0; i < times; i++) {
      act(kind);
    }
  }

  /** How long a late record is hidden at most; two hours unless told. At least a minute. */
  public synchronized void lateByAtMost(Duration most) {
    latest = most;
  }

  /** Ends all misbehaviour and shows all that is late. */
  public synchronized void still() {
    script.off();
    contents.showAll();
  }

  /** Whether nothing is on any more. Late records may still be hidden. */
  public synchronized boolean isStill() {
    return script.isOver();
  }

  /** What the collection holds: its records by id, those included that it does not show yet. */
  public synchronized SortedMap<String, JsonNode> current() {
    SortedMap<String, JsonNode> current = new TreeMap<>();
    for (Entry record : contents.current()) {
      current.put(Entry.id(record.number()), json(record));
    }
    return Collections.unmodifiableSortedMap(current);
  }

  /** How often each misbehaviour acted that was ever on. */
  public synchronized Map<Misbehaviour, Integer> acted() {
    Map<Misbehaviour, Integer> acted = new TreeMap<>();
    script.counts().forEach((kind, count) -> acted.put(kind, count.done()));
    return acted;
  }

  synchronized Map<Misbehaviour, Script.Count> counts() {
    return script.counts();
  }

  /** The time of its clock. */
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

  /** Moves its clock on, or back. */
  public void advanceClock(Duration by) {
    clock.advance(by);
  }

  /** The latest requests, the oldest first, such as {@code GET /v1/records?limit=10}. */
  public synchronized List<String> requests() {
    return List.copyOf(requests);
  }

  /** How many answers there were of each status. */
  public synchronized Map<Integer, Long> answers() {
    return Map.copyOf(answers);
  }

  /** Forgets which requests there were. */
  public synchronized void clearRequests() {
    requests.clear();
    answers.clear();
  }

  @Override
  public void close() {
    server.close();
  }

  private Response answer(Request request) {
    if (request.path().startsWith("/sandbox/")) {
      return controls.answer(request);
    }
    synchronized (this) {
      Response answer = counted(request);
      requests.add(request.method() + " " + request.target());
      if (requests.size() > REMEMBERED) {
        requests.remove();
      }
      answers.merge(answer.status(), 1L, Long::sum);
      between();
      return answer;
    }
  }

  /** An answer within the limit of the hour, with the headers that tell of it. */
  private Response counted(Request request) {
    Instant now = now();
    long thisHour = Math.floorDiv(now.getEpochSecond(), 3600L);
    if (thisHour != hour) {
      hour = thisHour;
      askedThisHour = 0;
    }
    long over = (thisHour + 1) * 3600;
    askedThisHour++;
    Response answer =
        askedThisHour > contours.hourly()
            ? later(over - now.getEpochSecond(), "the limit of this hour is reached")
            : right(request);
    int left = Math.max(0, contours.hourly() - askedThisHour);
    return answer
        .withHeader("Date", HTTP_DATE.format(now))
        .withHeader("X-RateLimit-Limit", String.valueOf(contours.hourly()))
        .withHeader("X-RateLimit-Remaining", String.valueOf(left))
        .withHeader("X-RateLimit-Reset", String.valueOf(over));
  }

  private Response right(Request request) {
    try {
      if (script.takes(Misbehaviour.BUSY)) {
        return later(1, "too many requests");
      }
      if (script.takes(Misbehaviour.DOWN)) {
        return message(503, "down for a moment");
      }
      contents.show(now().getEpochSecond());
      String path = request.path();
      if (path.equals("/v1/records") || path.equals(Page.LINKED)) {
        return list(request);
      }
      if (path.equals("/v1/count")) {
        return conditional(request, count(request));
      }
      if (path.startsWith(RECORD)) {
        return conditional(request, one(path.substring(RECORD.length())));
      }
      return message(404, "no such path: " + path);
    } catch (BadRequest e) {
      return message(400, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      // A fault of this program; the client must still get an answer, or it waits for ever.
      LOG.atError().addKeyValue("path", request.path()).setCause(e).log("No answer could be made");
      return message(500, e.toString());
    }
  }

  private Response list(Request request) {
    Query query = Query.of(request, contours.cap());
    Query last = before;
    if (last != null && query.goesOn(last) && script.takes(Misbehaviour.REPEAT_PAGE)) {
      before = query;
      return answerBefore;
    }
    Page page = Page.of(query, shown());
    if (page.records().size() > contours.cap()) {
      return message(
          400,
          "%d records match, more than the %d that one answer may have; ask for less time"
              .formatted(page.records().size(), contours.cap()));
    }
    before = query;
    page = spoilt(page);
    justAnswered = page.records();
    String host = request.header("Host").orElse(baseUrl().getAuthority());
    Response answer = Response.json(Body.plain(page.body(text)));
    answer = linked(answer, page.link("http://" + host));
    answer = conditional(request, answer);
    answerBefore = answer;
    return broken(answer);
  }

  private static Response linked(Response answer, Optional<String> link) {
    return link.map(to -> answer.withHeader("Link", to)).orElse(answer);
  }

  /** A page as misbehaviours leave it that are about records. */
  private Page spoilt(Page right) {
    Page page = right;
    if (!page.records().isEmpty() && script.takes(Misbehaviour.EMPTY)) {
      return page.none();
    }
    if (page.records().size() > 1 && script.takes(Misbehaviour.SHUFFLE)) {
      List<Entry> shuffled = new ArrayList<>(page.records());
      Collections.rotate(shuffled, 1 + random.nextInt(shuffled.size() - 1));
      page = page.records(shuffled);
    }
    boolean tells =
        Set.of(Paging.PAGE, Paging.OFFSET, Paging.START).contains(page.query().paging());
    if (tells && script.takes(Misbehaviour.WRONG_TOTAL)) {
      page = page.total(wrong(page.total()));
    }
    boolean leads = Set.of(Paging.LINK, Paging.NEXT, Paging.TOKEN).contains(page.query().paging());
    if (leads && page.next().isPresent() && script.takes(Misbehaviour.REPEAT_TOKEN)) {
      page = page.leadingToItself();
    }
    return page;
  }

  /** An answer as misbehaviours leave it that are about bytes. */
  private Response broken(Response right) {
    if (right.status() != 200) {
      return right;
    }
    if (script.takes(Misbehaviour.CUT)) {
      return right.delivered(Response.Delivery.CUT);
    }
    if (script.takes(Misbehaviour.HALF)) {
      byte[] all = right.body().plain();
      return right.withBody(Body.plain(Arrays.copyOf(all, all.length / 2)));
    }
    return right;
  }

  private Response count(Request request) {
    int count = Query.of(request, contours.cap()).matches(shown()).size();
    int told = script.takes(Misbehaviour.WRONG_TOTAL) ? wrong(count) : count;
    return Response.json(200, "{\"count\":%d,\"most\":%d}".formatted(told, contours.cap()));
  }

  private Response one(String rest) {
    boolean parts = rest.endsWith(PARTS);
    String id = parts ? rest.substring(0, rest.length() - PARTS.length()) : rest;
    OptionalInt number = Entry.number(id);
    Optional<Entry> found =
        number.isPresent() ? shown().find(number.getAsInt()) : Optional.<Entry>empty();
    if (found.isEmpty()) {
      return message(404, "no such record: " + id);
    }
    Entry record = found.get();
    if (record.deleted()) {
      return message(410, "deleted: " + id);
    }
    JsonBytes to = new JsonBytes();
    if (parts) {
      text.parts(record, to);
    } else {
      text.object(record, to);
    }
    return Response.json(Body.plain(to.toBytes()));
  }

  /** What an answer is made of: now and then of a replica that lags behind. */
  private Shown shown() {
    return script.takes(Misbehaviour.STALE) ? replica : contents.shown();
  }

  private void between() {
    for (Misbehaviour kind : script.waiting()) {
      if (kind.changes() && script.wants(kind) && act(kind)) {
        script.done(kind);
      }
    }
    if (!contours.answerTakes().isZero()) {
      clock.advance(contours.answerTakes());
    }
  }

  private boolean act(Misbehaviour kind) {
    if (kind == Misbehaviour.CLOCK_BACK) {
      clock.advance(Duration.ofHours(-1));
      return true;
    }
    return contents.change(kind, now().getEpochSecond(), justAnswered, latest.toSeconds());
  }

  private int wrong(int total) {
    int off = 1 + random.nextInt(MOST_OFF);
    return random.nextBoolean() && total >= off ? total - off : total + off;
  }

  /** Adds the tag of the body, and leaves that out where the client has it. */
  private static Response conditional(Request request, Response answer) {
    if (answer.status() != 200) {
      return answer;
    }
    CRC32 sum = new CRC32();
    sum.update(answer.body().plain());
    sum.update(answer.headers().getOrDefault("Link", "").getBytes(UTF_8));
    String tag = "\"%x-%x\"".formatted(answer.body().plain().length, sum.getValue());
    boolean held = request.header("If-None-Match").filter(tags -> tags.contains(tag)).isPresent();
    Response tagged = answer.withHeader("ETag", "W/" + tag);
    return held ? tagged.withStatus(304) : tagged;
  }

  private static Response later(long seconds, String why) {
    return message(429, why).withHeader("Retry-After", String.valueOf(seconds));
  }

  private static Response message(int status, String why) {
    return Response.json(status, JSON.createObjectNode().put("message", why).toString());
  }

  private JsonNode json(Entry record) {
    JsonBytes to = new JsonBytes();
    text.object(record, to);
    try {
      return JSON.readTree(to.toBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("A record is not JSON", e);
    }
  }
}
