package io.landfall.sandbox.server;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hc.core5.http.NameValuePair;
import org.apache.hc.core5.net.WWWFormCodec;

/**
 * One request as far as an API cares.
 *
 * @param target path and query as they were sent
 * @param path without query, not decoded
 * @param query the parameters, decoded; of several with one name the last counts
 * @param headers by name in lower case; of several with one name the last counts
 */
public record Request(
    String method,
    String target,
    String path,
    Map<String, String> query,
    Map<String, String> headers) {

  public Request {
    query = Map.copyOf(query);
    headers = Map.copyOf(headers);
  }

  public static Request of(String method, String target, Map<String, String> headers) {
    int mark = target.indexOf('?');
    String path = mark < 0 ? target : target.substring(0, mark);
    Map<String, String> query = mark < 0 ? Map.of() : query(target.substring(mark + 1));
    return new Request(method, target, path, query, headers);
  }

  public Optional<String> parameter(String name) {
    return Optional.ofNullable(query.get(name));
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }

  /** Whether the client takes gzip. */
  boolean gzip() {
    return header("accept-encoding").filter(taken -> taken.contains("gzip")).isPresent();
  }

  private static Map<String, String> query(String text) {
    Map<String, String> found = new LinkedHashMap<>();
    for (NameValuePair pair : WWWFormCodec.parse(text, StandardCharsets.UTF_8)) {
      if (pair.getValue() != null) {
        found.put(pair.getName(), pair.getValue());
      }
    }
    return found;
  }
}
