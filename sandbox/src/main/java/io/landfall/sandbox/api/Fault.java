package io.landfall.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** The ways in which an answer can go wrong. */
public enum Fault {
  /** An HTML page where JSON was asked for, with status 200. */
  HTML_OK(right -> Answer.html(200, Pages.MAINTENANCE)),
  /** An HTML page with status 503. */
  HTML_UNAVAILABLE(right -> Answer.html(503, Pages.MAINTENANCE)),
  /** An HTML page with status 500. */
  SERVER_ERROR(right -> Answer.html(500, Pages.MAINTENANCE)),
  /** An HTML page with status 502. */
  BAD_GATEWAY(right -> Answer.html(502, Pages.MAINTENANCE)),
  /** The first half of the JSON, delivered as if it were complete. */
  TRUNCATED_JSON(right -> right.withBody(firstHalf(right.body()))),
  /** The right JSON under the type of an HTML page. */
  WRONG_CONTENT_TYPE(
      right ->
          new Answer(right.status(), Answer.HTML, right.headers(), right.body(), right.delivery())),
  /** A play-by-play with one play more, of a type that nobody knows. */
  UNKNOWN_EVENT_TYPE(right -> right.withBody(withUnknownPlay(right.body()))),
  /** 404, as for a game that does not exist. */
  NOT_FOUND(right -> Answer.notFound()),
  /** 429 that asks for a pause of one second. */
  TOO_MANY_REQUESTS(right -> tooMany().withHeader("Retry-After", "1")),
  /** 429 without a word about when to come back. */
  TOO_MANY_REQUESTS_UNTOLD(right -> tooMany()),
  /** 429 that asks for a pause of eleven days. */
  TOO_MANY_REQUESTS_ABSURD(right -> tooMany().withHeader("Retry-After", "999999")),
  /** 200 with nothing in it. */
  EMPTY_BODY(right -> right.withBody(Body.EMPTY)),
  /** The connection is reset before the answer begins. */
  CONNECTION_RESET(right -> right.delivered(Answer.Delivery.RESET)),
  /** The connection ends in the middle of the body, short of the length promised. */
  CUT_BODY(right -> right.delivered(Answer.Delivery.CUT)),
  /** A few bytes every fiftieth of a second: it would be complete in many minutes. */
  SLOW_DRIP(right -> right.delivered(Answer.Delivery.DRIP)),
  /** No answer at all, on an open connection. */
  SILENCE(right -> right.delivered(Answer.Delivery.SILENCE));

  private static final ObjectMapper JSON = new ObjectMapper();

  private final UnaryOperator<Answer> effect;

  Fault(UnaryOperator<Answer> effect) {
    this.effect = effect;
  }

  /** What goes out instead of the right answer. */
  Answer instead(Answer right) {
    return effect.apply(right);
  }

  /** The name used at the control endpoint: lower case, hyphens. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Answer tooMany() {
    return Answer.json(429, "{\"message\":\"Too Many Requests\"}");
  }

  private static Body firstHalf(Body body) {
    byte[] bytes = body.plain();
    return Body.plain(Arrays.copyOf(bytes, bytes.length / 2));
  }

  private static Body withUnknownPlay(Body body) {
    try {
      JsonNode game = JSON.readTree(body.plain());
      if (game.path("plays").isEmpty()) {
        return body;
      }
      JsonNode plays = game.get("plays");
      ObjectNode play = plays.get(plays.size() - 1).deepCopy();
      play.put("eventId", 999_999).put("typeCode", 599).put("typeDescKey", "puck-lost-in-snow");
      play.put("sortOrder", play.path("sortOrder").asInt() + 1);
      game.<ObjectNode>withObject("/").withArray("plays").add(play);
      return Body.plain(JSON.writeValueAsBytes(game));
    } catch (IOException e) {
      throw new UncheckedIOException("A play-by-play that is not JSON", e);
    }
  }

  /** Texts apart, since an enum's constants are made before its own static fields. */
  private static final class Pages {
    static final String MAINTENANCE =
        "<!DOCTYPE html>\n<html><head><title>Error</title></head>"
            + "<body><h1>We will be right back</h1></body></html>\n";

    private Pages() {}
  }
}
