package io.landfall.sandbox.api;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What goes back to the client.
 *
 * @param headers beside length, type and encoding
 * @param delivery how the bytes travel
 */
record Answer(
    int status, String contentType, Map<String, String> headers, Body body, Delivery delivery) {

  static final String JSON = "application/json; charset=utf-8";
  static final String HTML = "text/html; charset=utf-8";

  /** How an answer's bytes travel. */
  enum Delivery {
    /** At once. */
    WHOLE,
    /** Half of the promised bytes, then the connection ends. */
    CUT,
    /** A few bytes at a time, with pauses. */
    DRIP,
    /** Nothing: the connection is reset. */
    RESET,
    /** Nothing: the connection stays open until the client or this API ends it. */
    SILENCE
  }

  Answer {
    headers = Map.copyOf(headers);
  }

  static Answer json(Body body) {
    return new Answer(200, JSON, Map.of(), body, Delivery.WHOLE);
  }

  static Answer json(int status, String text) {
    return new Answer(status, JSON, Map.of(), Body.text(text), Delivery.WHOLE);
  }

  static Answer html(int status, String text) {
    return new Answer(status, HTML, Map.of(), Body.text(text), Delivery.WHOLE);
  }

  static Answer redirect(String location) {
    return json(307, "").withHeader("Location", location);
  }

  static Answer notFound() {
    return json(404, "{\"message\":\"Not Found\"}");
  }

  Answer withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Answer(status, contentType, more, body, delivery);
  }

  Answer withType(String other) {
    return new Answer(status, other, headers, body, delivery);
  }

  Answer withBody(Body other) {
    return new Answer(status, contentType, headers, other, delivery);
  }

  Answer delivered(Delivery how) {
    return new Answer(status, contentType, headers, body, how);
  }
}
