package io.landfall.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.landfall.sandbox.season.Change;
import io.landfall.sandbox.season.Correction;
import io.landfall.sandbox.season.GeneratedGame;
import io.landfall.sandbox.season.Metric;
import io.landfall.sandbox.season.Person;
import io.landfall.sandbox.season.Situation;
import io.landfall.sandbox.server.Request;
import io.landfall.sandbox.server.Response;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * The paths under {@code /sandbox/} that steer the simulation: what {@link SimulatedApi} offers in
 * Java, for other processes. Answers are JSON; a request that makes no sense is told why, with 400.
 *
 * <ul>
 *   <li>{@code POST correct?games=N} or {@code ?gameId=ID&kind=scorer}
 *   <li>{@code POST shift-chart?gameId=ID&state=withheld|released}
 *   <li>{@code POST fault?kind=html-ok[&gameId=ID][&resource=boxscore][&times=N]}, {@code POST
 *       faults/clear}
 *   <li>{@code POST clock?now=2024-10-05T01:00:00Z[&rate=60]}, {@code ?advance=PT2H}, {@code
 *       ?clear=true}; {@code GET clock}
 *   <li>{@code GET tally?gameId=ID}, {@code GET requests}, {@code POST requests/clear}
 * </ul>
 */
final class Controls {

  /** What is wrong with a control request. */
  private static final class BadRequest extends IllegalArgumentException {
    BadRequest(String message) {
      super(message);
    }
  }

  private final SimulatedApi api;

  Controls(SimulatedApi api) {
    this.api = api;
  }

  Response answer(Request request) {
    try {
      String control = request.path().substring("/sandbox/".length());
      JsonNode result =
          switch (request.method() + " " + control) {
            case "POST correct" -> correct(request);
            case "POST shift-chart" -> shiftChart(request);
            case "POST fault" -> fault(request);
            case "POST faults/clear" -> clearFaults();
            case "POST clock" -> setClock(request);
            case "GET clock" -> clock();
            case "GET tally" -> tally(request);
            case "GET requests" -> requests();
            case "POST requests/clear" -> clearRequests();
            default -> throw new BadRequest("no such control: " + request.method() + " " + control);
          };
      return Response.json(200, result.toString());
    } catch (BadRequest e) {
      return Response.json(400, object().put("message", e.getMessage()).toString());
    }
  }

  private JsonNode correct(Request request) {
    OptionalInt gameId = gameId(request);
    if (gameId.isEmpty()) {
      int games = number(request, "games").orElse(1);
      return corrected(api.correct(games));
    }
    String name = request.parameter("kind").orElse(name(Correction.SCORER));
    Correction kind = named(name, Correction.values(), "kind");
    return corrected(
        List.of(
            api.correct(gameId.getAsInt(), kind)
                .orElseThrow(
                    () ->
                        new BadRequest(
                            "game %d is not a generated one, or has nothing to correct by %s"
                                .formatted(gameId.getAsInt(), name)))));
  }

  private static JsonNode corrected(List<CorrectedGame> games) {
    ObjectNode result = object();
    ArrayNode list = result.putArray("corrected");
    for (CorrectedGame game : games) {
      ObjectNode entry = list.addObject();
      entry.put("gameId", game.gameId()).put("kind", name(game.kind()));
      ArrayNode changes = entry.putArray("changes");
      game.changes().forEach(change -> change(change, changes.addObject()));
    }
    return result;
  }

  private static void change(Change change, ObjectNode to) {
    Person player = change.player();
    to.put("playerId", player.playerId());
    to.put("name", player.fullName());
    to.put("team", player.team().abbreviation());
    to.put("situation", change.situation());
    to.put("column", change.metric().column());
    to.put("old", change.before());
    to.put("new", change.after());
  }

  private JsonNode shiftChart(Request request) {
    int gameId = gameId(request).orElseThrow(() -> new BadRequest("gameId is missing"));
    String state = request.parameter("state").orElse("");
    switch (state) {
      case "withheld" -> api.withholdShiftChart(gameId);
      case "released" -> api.releaseShiftChart(gameId);
      default -> throw new BadRequest("state must be withheld or released, not \"" + state + "\"");
    }
    return object().put("gameId", gameId).put("state", state);
  }

  private JsonNode fault(Request request) {
    Fault fault = named(request.parameter("kind").orElse(""), Fault.values(), "kind");
    Optional<Resource> resource =
        request.parameter("resource").map(name -> named(name, Resource.values(), "resource"));
    int times = number(request, "times").orElse(Integer.MAX_VALUE);
    api.fault(fault, gameId(request), resource, times);
    return object().put("kind", name(fault));
  }

  private JsonNode clearFaults() {
    api.clearFaults();
    return object();
  }

  private JsonNode setClock(Request request) {
    try {
      Optional<String> now = request.parameter("now");
      Optional<String> advance = request.parameter("advance");
      if (now.isPresent()) {
        double rate = Double.parseDouble(request.parameter("rate").orElse("0"));
        api.setClock(Instant.parse(now.get()), rate);
      } else if (advance.isPresent()) {
        api.advanceClock(Duration.parse(advance.get()));
      } else if (request.parameter("clear").isPresent()) {
        api.clearClock();
      } else {
        throw new BadRequest("give now, advance or clear");
      }
    } catch (DateTimeException | NumberFormatException | IllegalStateException e) {
      throw new BadRequest(String.valueOf(e.getMessage()));
    }
    return clock();
  }

  private JsonNode clock() {
    ObjectNode result = object();
    api.now().ifPresent(now -> result.put("now", now.toString()));
    return result;
  }

  private JsonNode tally(Request request) {
    int gameId = gameId(request).orElseThrow(() -> new BadRequest("gameId is missing"));
    GeneratedGame game =
        api.generatedGame(gameId)
            .orElseThrow(() -> new BadRequest("game %d is not a generated one".formatted(gameId)));
    ObjectNode result = object().put("gameId", gameId);
    ArrayNode players = result.putArray("players");
    for (int player = 0; player < game.players().size(); player++) {
      Person person = game.players().get(player);
      ObjectNode entry = players.addObject();
      entry.put("playerId", person.playerId()).put("name", person.fullName());
      entry.put("team", person.team().abbreviation());
      entry.put("position", String.valueOf(person.position()));
      ObjectNode situations = entry.putObject("situations");
      ObjectNode all = situations.putObject("all");
      for (Metric metric : Metric.values()) {
        all.put(metric.column(), game.tally().count(player, metric));
      }
      for (Situation situation : Situation.values()) {
        ObjectNode counts = situations.putObject(situation.word());
        for (Metric metric : Metric.values()) {
          counts.put(metric.column(), game.tally().count(player, situation, metric));
        }
      }
    }
    return result;
  }

  private JsonNode requests() {
    ObjectNode result = object();
    api.requests()
        .forEach(
            (resource, byStatus) -> {
              ObjectNode counts = result.putObject(name(resource));
              byStatus.forEach((status, count) -> counts.put(String.valueOf(status), count));
            });
    return result;
  }

  private JsonNode clearRequests() {
    api.clearRequests();
    return object();
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static OptionalInt gameId(Request request) {
    return number(request, "gameId");
  }

  private static OptionalInt number(Request request, String name) {
    Optional<String> text = request.parameter(name);
    if (text.isEmpty()) {
      return OptionalInt.empty();
    }
    try {
      return OptionalInt.of(Integer.parseInt(text.get()));
    } catch (NumberFormatException e) {
      throw new BadRequest("%s must be a whole number, not \"%s\"".formatted(name, text.get()));
    }
  }

  private static <T extends Enum<T>> T named(String name, T[] values, String what) {
    return Arrays.stream(values)
        .filter(value -> name(value).equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new BadRequest(
                    "%s must be one of %s, not \"%s\""
                        .formatted(
                            what,
                            Arrays.stream(values)
                                .map(Controls::name)
                                .collect(Collectors.joining(", ")),
                            name)));
  }
}
