package io.landfall.sandbox.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.landfall.sandbox.server.Body;
import io.landfall.sandbox.server.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/** The ways in which an answer can go wrong; at the control endpoint lower case, with hyphens. */
public enum Fault {
  /** An HTML page where JSON was asked for, with status 200. */
  HTML_OK,
  /** An HTML page with status 500. */
  SERVER_ERROR,
  /** An HTML page with status 502. */
  BAD_GATEWAY,
  /** An HTML page with status 503. */
  HTML_UNAVAILABLE,
  /** The first half of the JSON, delivered as if it were complete. */
  TRUNCATED_JSON,
  /** The right JSON under the type of an HTML page. */
  WRONG_CONTENT_TYPE,
  /** A play-by-play with one play more, of a type that nobody knows. */
  UNKNOWN_EVENT_TYPE,
  /** 404, as for a game that does not exist. */
  NOT_FOUND,
  /** 429 that asks for a pause of one second. */
  TOO_MANY_REQUESTS,
  /** 429 without a word about when to come back. */
  TOO_MANY_REQUESTS_UNTOLD,
  /** 429 that asks for a pause of eleven days. */
  TOO_MANY_REQUESTS_ABSURD,
  /** 200 with nothing in it. */
  EMPTY_BODY,
  /** The connection is reset before the answer begins. */
  CONNECTION_RESET,
  /** The connection ends in the middle of the body, short of the length promised. */
  CUT_BODY,
  /** Sixteen bytes every twentieth of a second: complete after many minutes. */
  SLOW_DRIP,
  /** No answer at all, on an open connection. */
  SILENCE;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MAINTENANCE =
      "<!DOCTYPE html>\n<html><head><title>Error</title></head>"
          + "<body><h1>We will be right back</h1></body></html>\n";

  /** What goes out instead of the right answer. */
  Response instead(Response right) {
    return switch (this) {
      case HTML_OK -> Response.html(200, MAINTENANCE);
      case SERVER_ERROR -> Response.html(500, MAINTENANCE);
      case BAD_GATEWAY -> Response.html(502, MAINTENANCE);
      case HTML_UNAVAILABLE -> Response.html(503, MAINTENANCE);
      case TRUNCATED_JSON -> right.withBody(firstHalf(right.body()));
      case WRONG_CONTENT_TYPE -> right.withType(Response.HTML);
      case UNKNOWN_EVENT_TYPE -> right.withBody(withUnknownPlay(right.body()));
      case NOT_FOUND -> Response.notFound();
      case TOO_MANY_REQUESTS -> tooMany().withHeader("Retry-After", "1");
      case TOO_MANY_REQUESTS_UNTOLD -> tooMany();
      case TOO_MANY_REQUESTS_ABSURD -> tooMany().withHeader("Retry-After", "999999");
      case EMPTY_BODY -> right.withBody(Body.EMPTY);
      case CONNECTION_RESET -> right.delivered(Response.Delivery.RESET);
      case CUT_BODY -> right.delivered(Response.Delivery.CUT);
      case SLOW_DRIP -> right.delivered(Response.Delivery.DRIP);
      case SILENCE -> right.delivered(Response.Delivery.SILENCE);
    };
  }

  private static Response tooMany() {
    return Response.json(429, "{\"message\":\"Too Many Requests\"}");
  }

  private static Body firstHalf(Body body) {
    byte[] bytes = body.plain();
    return Body.plain(Arrays.copyOf(bytes, bytes.length / 2));
  }

  private static Body withUnknownPlay(Body body) {
    try {
      ObjectNode game = JSON.readValue(body.plain(), ObjectNode.class);
      if (!(game.get("plays") instanceof ArrayNode plays) || plays.isEmpty()) {
        return body;
      }
      ObjectNode play = plays.get(plays.size() - 1).deepCopy();
      play.put("eventId", 999_999).put("typeCode", 599).put("typeDescKey", "puck-lost-in-snow");
      play.put("sortOrder", play.path("sortOrder").asInt() + 1);
      plays.add(play);
      return Body.plain(JSON.writeValueAsBytes(game));
    } catch (IOException e) {
      throw new UncheckedIOException("A play-by-play that is not JSON", e);
    }
  }
}
