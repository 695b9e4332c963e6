package io.landfall.sandbox.api;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.hc.core5.http.NameValuePair;
import org.apache.hc.core5.net.WWWFormCodec;

/**
 * One request as far as this API cares.
 *
 * @param path without query, not decoded
 * @param query the parameters, decoded; of several with one name the last counts
 * @param gzip whether the client takes gzip
 */
record Request(String method, String path, Map<String, String> query, boolean gzip) {

  Request {
    query = Map.copyOf(query);
  }

  static Request of(String method, String target, boolean gzip) {
    int mark = target.indexOf('?');
    String path = mark < 0 ? target : target.substring(0, mark);
    return new Request(method, path, mark < 0 ? Map.of() : query(target.substring(mark + 1)), gzip);
  }

  Optional<String> parameter(String name) {
    return Optional.ofNullable(query.get(name));
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
