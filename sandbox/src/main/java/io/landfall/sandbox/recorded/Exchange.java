package io.landfall.sandbox.recorded;

import io.landfall.sandbox.server.Body;
import io.landfall.sandbox.server.Request;
import io.landfall.sandbox.server.Response;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A request and its answer, as recorded.
 *
 * @param origin scheme, host and port of the API, which links in headers lead to
 * @param asked the request; its headers are the conditional ones
 * @param headers of the answer, by the name that was sent
 */
record Exchange(
    String origin, Request asked, int status, Map<String, String> headers, String body) {

  private static final Set<String> OF_THE_CONNECTION =
      Set.of("connection", "content-encoding", "content-length", "transfer-encoding");
  private static final String CONDITION = "if-none-match";

  Exchange {
    headers = Map.copyOf(headers);
  }

  /** Whether path and query are the same, the order of the parameters aside. */
  boolean answers(Request request) {
    return asked.method().equals(request.method())
        && asked.path().equals(request.path())
        && asked.query().equals(request.query());
  }

  Optional<String> condition() {
    return asked.header(CONDITION);
  }

  static Optional<String> condition(Request request) {
    return request.header(CONDITION);
  }

  Optional<String> tag() {
    return header("etag");
  }

  /** The answer; its links lead to where it is played. */
  Response response(String base) {
    String type = header("content-type").orElse(Response.JSON);
    Response answer =
        new Response(status, type, Map.of(), Body.text(body), Response.Delivery.WHOLE);
    for (Map.Entry<String, String> header : headers.entrySet()) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      boolean leads = name.equals("link") || name.equals("location");
      if (!OF_THE_CONNECTION.contains(name) && !name.equals("content-type")) {
        String value = header.getValue();
        answer = answer.withHeader(header.getKey(), leads ? value.replace(origin, base) : value);
      }
    }
    return answer;
  }

  private Optional<String> header(String lower) {
    return headers.entrySet().stream()
        .filter(header -> header.getKey().toLowerCase(Locale.ROOT).equals(lower))
        .map(Map.Entry::getValue)
        .findFirst();
  }
}
