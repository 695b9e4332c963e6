package io.landfall.sandbox.recorded;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * A feed of earthquakes as it was served at a time.
 *
 * @param served when
 * @param span how far back it reaches
 * @param events by their address, which is there even where a recorder dropped their id
 */
record Snapshot(Instant served, Duration span, Map<String, JsonNode> events) {

  /** Numbers stay as they were written. */
  static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  Snapshot {
    events = new LinkedHashMap<>(events);
  }

  /**
   * @param gzipped GeoJSON
   */
  static Snapshot read(Instant served, Duration span, InputStream gzipped) throws IOException {
    Map<String, JsonNode> events = new LinkedHashMap<>();
    try (InputStream in = new GZIPInputStream(gzipped)) {
      for (JsonNode event : JSON.readTree(in).path("features")) {
        String url = event.at("/properties/url").asText();
        events.put(url, identified(event, url));
      }
    }
    return new Snapshot(served, span, events);
  }

  /** The event with its id; where that was dropped, the last part of its address is the same. */
  private static JsonNode identified(JsonNode event, String url) {
    if (event.hasNonNull("id") || !(event instanceof ObjectNode object)) {
      return event;
    }
    return object.put("id", url.substring(url.lastIndexOf('/') + 1));
  }
}
