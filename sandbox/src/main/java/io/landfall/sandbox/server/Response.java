package io.landfall.sandbox.server;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What goes back to the client.
 *
 * @param headers beside length, type and encoding
 * @param delivery how the bytes travel
 */
public record Response(
    int status, String contentType, Map<String, String> headers, Body body, Delivery delivery) {

  public static final String JSON = "application/json; charset=utf-8";
  public static final String HTML = "text/html; charset=utf-8";

  /** How an answer's bytes travel. */
  public enum Delivery {
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

  public Response {
    headers = Map.copyOf(headers);
  }

  public static Response json(Body body) {
    return new Response(200, JSON, Map.of(), body, Delivery.WHOLE);
  }

  public static Response json(int status, String text) {
    return new Response(status, JSON, Map.of(), Body.text(text), Delivery.WHOLE);
  }

  public static Response html(int status, String text) {
    return new Response(status, HTML, Map.of(), Body.text(text), Delivery.WHOLE);
  }

  public static Response redirect(String location) {
    return json(307, "").withHeader("Location", location);
  }

  public static Response notFound() {
    return json(404, "{\"message\":\"Not Found\"}");
  }

  public Response withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Response(status, contentType, more, body, delivery);
  }

  public Response withStatus(int other) {
    return new Response(other, contentType, headers, body, delivery);
  }

  public Response withType(String other) {
    return new Response(status, other, headers, body, delivery);
  }

  public Response withBody(Body other) {
    return new Response(status, contentType, headers, other, delivery);
  }

  public Response delivered(Delivery how) {
    return new Response(status, contentType, headers, body, how);
  }
}
