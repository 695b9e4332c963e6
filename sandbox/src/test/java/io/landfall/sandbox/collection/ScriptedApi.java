package io.landfall.sandbox.collection;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.landfall.sandbox.server.Body;
import io.landfall.sandbox.server.HttpServer;
import io.landfall.sandbox.server.Request;
import io.landfall.sandbox.server.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * A small API of which a test holds everything in its hand: which records there are, in which order
 * they come, what happens between two answers.
 *
 * <p>{@code /things} and {@code /groups/GROUP/things} list them under {@code things}, with {@code
 * since} (the least {@code updated}; it counts), {@code sort} ({@code updated}; else as they were
 * put), {@code limit} (10 without it), {@code page} (from 1) or {@code token}; {@code Link} and
 * {@code /next} lead to the next page. {@code /count} tells how many there are.
 */
final class ScriptedApi implements AutoCloseable {

  /** A record. */
  record Thing(String id, Instant updated, int count, boolean deleted) {
    /** The same, changed then. */
    Thing touched(Instant then) {
      return new Thing(id, then, count + 1, deleted);
    }
  }

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final byte[] LOOPBACK = {127, 0, 0, 1};
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);

  private final Clock clock;
  private final HttpServer server;
  private final List<Thing> things = new ArrayList<>();
  private final Map<String, String> groups = new HashMap<>();
  private final Map<Integer, Runnable> after = new HashMap<>();
  private Predicate<Request> refused = request -> false;
  private int most = Integer.MAX_VALUE;
  private boolean stuck;
  private int answers;

  ScriptedApi(Clock clock) throws IOException {
    this.clock = clock;
    this.server = HttpServer.start(InetAddress.getByAddress(LOOPBACK), 0, this::answer);
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  /** Puts a record at the end, or where it was. */
  synchronized Thing put(String id, Instant updated) {
    return put(new Thing(id, updated, 1, false));
  }

  synchronized Thing put(Thing thing) {
    for (int i = 0; i < things.size(); i++) {
      if (things.get(i).id().equals(thing.id())) {
        things.set(i, thing);
        return thing;
      }
    }
    things.add(thing);
    return thing;
  }

  /** Puts a record that only one group lists. */
  synchronized void put(String group, String id, Instant updated) {
    groups.put(id, group);
    put(id, updated);
  }

  synchronized void remove(String id) {
    things.removeIf(thing -> thing.id().equals(id));
  }

  /** What happens after so many more answers. */
  synchronized void after(int more, Runnable happens) {
    after.put(answers + more, happens);
  }

  /** Which requests are answered with 400. */
  synchronized void refuse(Predicate<Request> which) {
    refused = which;
  }

  /** How many records there are for a listing at most, whatever there is. */
  synchronized void capAt(int cap) {
    most = cap;
  }

  /** Whether the token of each page leads to that page. */
  synchronized void stuck(boolean isStuck) {
    stuck = isStuck;
  }

  synchronized int answers() {
    return answers;
  }

  /** What there is: the count of each record by its id. */
  synchronized Map<String, Integer> truth() {
    Map<String, Integer> truth = new TreeMap<>();
    things.stream()
        .filter(thing -> !thing.deleted())
        .forEach(thing -> truth.put(thing.id(), thing.count()));
    return truth;
  }

  private synchronized Response answer(Request request) {
    Response answer =
        refused.test(request)
            ? Response.json(400, "{\"message\":\"refused, as asked for\"}")
            : answered(request);
    answers++;
    Runnable happens = after.remove(answers);
    if (happens != null) {
      happens.run();
    }
    return answer.withHeader("Date", HTTP_DATE.format(clock.instant()));
  }

  private Response answered(Request request) {
    List<Thing> all = new ArrayList<>(things);
    String[] path = request.path().split("/", -1);
    if (path[1].equals("groups")) {
      all.removeIf(thing -> !path[2].equals(groups.get(thing.id())));
    }
    request
        .parameter("since")
        .map(Instant::parse)
        .ifPresent(since -> all.removeIf(thing -> thing.updated().isBefore(since)));
    if (request.path().equals("/count")) {
      return Response.json(200, "{\"count\":%d}".formatted(all.size()));
    }
    if (request.parameter("sort").isPresent()) {
      all.sort(Comparator.comparing(Thing::updated).thenComparing(Thing::id));
    }
    int limit = Integer.parseInt(request.parameter("limit").orElse("10"));
    int page =
        Integer.parseInt(
            request.parameter("page").or(() -> request.parameter("token")).orElse("1"));
    int known = Math.min(most, all.size());
    int begin = Math.min(known, (page - 1) * limit);
    int end = Math.min(known, page * limit);
    ObjectNode body = JSON.createObjectNode();
    body.put("served", clock.instant().toString());
    ArrayNode list = body.putArray("things");
    for (Thing thing : all.subList(begin, end)) {
      list.addObject()
          .put("id", thing.id())
          .put("updated", thing.updated().toString())
          .put("count", thing.count())
          .put("note", "note of " + thing.id())
          .put("status", thing.deleted() ? "deleted" : "active");
    }
    boolean more = end < known;
    if (more) {
      body.put("next", String.valueOf(stuck ? page : page + 1));
    }
    Response answer = Response.json(Body.text(body.toString()));
    return more
        ? answer.withHeader(
            "Link", "<%s%s>; rel=\"next\"".formatted(url(), page(request, page + 1)))
        : answer;
  }

  private static String page(Request request, int page) {
    String target = request.target().replaceAll("[?&]page=\\d+", "");
    return target + (target.contains("?") ? "&" : "?") + "page=" + page;
  }

  @Override
  public void close() {
    server.close();
  }
}
