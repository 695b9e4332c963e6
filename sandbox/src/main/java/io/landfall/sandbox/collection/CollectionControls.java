package io.landfall.sandbox.collection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.landfall.sandbox.server.Request;
import io.landfall.sandbox.server.Response;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;

/**
 * The paths under {@code /sandbox/} that steer a collection: what {@link SimulatedCollection}
 * offers in Java, for other processes. Answers are JSON; a request that makes no sense is told why,
 * with 400.
 *
 * <ul>
 *   <li>{@code POST misbehave?kind=edit[&times=N][&chance=0.5]}, {@code POST script?seed=N}, {@code
 *       GET misbehaviour}
 *   <li>{@code POST change?kind=edit[&times=N]}: at once, without waiting for an answer
 *   <li>{@code POST late?most=PT2H}, {@code POST still}
 *   <li>{@code POST clock?now=2026-11-25T01:00:00Z[&rate=60]}, {@code ?advance=PT2H}; {@code GET
 *       clock}
 *   <li>{@code GET truth}, {@code GET requests}, {@code POST requests/clear}
 * </ul>
 */
final class CollectionControls {

  private static final int MOST_TIMES = 1_000_000;

  private final SimulatedCollection collection;

  CollectionControls(SimulatedCollection collection) {
    this.collection = collection;
  }

  Response answer(Request request) {
    try {
      String control = request.path().substring("/sandbox/".length());
      JsonNode result =
          switch (request.method() + " " + control) {
            case "POST misbehave" -> misbehave(request);
            case "POST script" -> script(request);
            case "GET misbehaviour" -> misbehaviour();
            case "POST change" -> change(request);
            case "POST late" -> late(request);
            case "POST still" -> still();
            case "POST clock" -> setClock(request);
            case "GET clock" -> clock();
            case "GET truth" -> truth();
            case "GET requests" -> requests();
            case "POST requests/clear" -> clearRequests();
            default -> throw new BadRequest("no such control: " + request.method() + " " + control);
          };
      return Response.json(200, result.toString());
    } catch (BadRequest | DateTimeException | IllegalArgumentException e) {
      return Response.json(400, object().put("message", e.getMessage()).toString());
    }
  }

  private JsonNode misbehave(Request request) {
    String chance = request.parameter("chance").orElse("1");
    collection.misbehave(kind(request), times(request), Double.parseDouble(chance));
    return misbehaviour();
  }

  private JsonNode script(Request request) {
    int seed =
        Query.number(request, "seed", 0, Integer.MAX_VALUE)
            .orElseThrow(() -> new BadRequest("seed is missing"));
    collection.script(seed, EnumSet.allOf(Misbehaviour.class));
    return misbehaviour();
  }

  private JsonNode misbehaviour() {
    ObjectNode result = object();
    collection
        .counts()
        .forEach(
            (kind, count) ->
                result.putObject(kind.named()).put("left", count.left()).put("done", count.done()));
    return result;
  }

  private JsonNode change(Request request) {
    Misbehaviour kind = kind(request);
    int times = times(request);
    collection.change(kind, times);
    return object().put("kind", kind.named()).put("times", times);
  }

  private JsonNode late(Request request) {
    Duration most =
        Duration.parse(
            request.parameter("most").orElseThrow(() -> new BadRequest("most is missing")));
    collection.lateByAtMost(most);
    return object().put("most", most.toString());
  }

  private JsonNode still() {
    collection.still();
    return misbehaviour();
  }

  private JsonNode setClock(Request request) {
    Optional<String> now = request.parameter("now");
    Optional<String> advance = request.parameter("advance");
    if (now.isPresent()) {
      double rate = Double.parseDouble(request.parameter("rate").orElse("0"));
      collection.setClock(Instant.parse(now.get()), rate);
    } else if (advance.isPresent()) {
      collection.advanceClock(Duration.parse(advance.get()));
    } else {
      throw new BadRequest("give now or advance");
    }
    return clock();
  }

  private JsonNode clock() {
    return object().put("now", collection.now().toString());
  }

  private JsonNode truth() {
    ObjectNode result = object();
    ArrayNode records = result.putArray("records");
    collection.current().values().forEach(records::add);
    return result;
  }

  private JsonNode requests() {
    ObjectNode result = object();
    ObjectNode answers = result.putObject("answers");
    collection.answers().forEach((status, count) -> answers.put(String.valueOf(status), count));
    ArrayNode latest = result.putArray("requests");
    collection.requests().forEach(latest::add);
    return result;
  }

  private JsonNode clearRequests() {
    collection.clearRequests();
    return object();
  }

  private static int times(Request request) {
    return Query.number(request, "times", 1, MOST_TIMES).orElse(1);
  }

  private static Misbehaviour kind(Request request) {
    String name = request.parameter("kind").orElse("");
    return Misbehaviour.named(name)
        .orElseThrow(
            () ->
                new BadRequest(
                    "kind must be one of %s, not \"%s\""
                        .formatted(String.join(", ", Misbehaviour.names()), name)));
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
