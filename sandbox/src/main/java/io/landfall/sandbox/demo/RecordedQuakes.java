package io.landfall.sandbox.demo;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Goes through the recording of earthquakes, and tells what changed in it. */
final class RecordedQuakes {

  /** What the recorder kept of an event. */
  private static final List<JsonPointer> KEPT =
      List.of(
          JsonPointer.compile("/properties/mag"),
          JsonPointer.compile("/properties/place"),
          JsonPointer.compile("/properties/time"),
          JsonPointer.compile("/properties/updated"),
          JsonPointer.compile("/geometry/coordinates"));

  private final ControlClient client = new ControlClient();
  private final URI api;
  private final String days;
  private Map<String, String> known = Map.of();
  private Set<String> missing = Set.of();

  /**
   * What one step of the recording brought.
   *
   * @param added events that nobody knew
   * @param changed events of which something else is said
   * @param gone events that are gone for the second time
   */
  record Step(int added, int changed, int gone) {
    int rows() {
      return added + changed + gone;
    }
  }

  /**
   * @param api where the service of earthquakes is, without a slash at the end
   * @param days that count, as parameters of its queries
   */
  RecordedQuakes(URI api, String days) {
    this.api = api;
    this.days = days;
  }

  /** What is there now, compared with the last time. */
  Step look() throws InterruptedException {
    Map<String, String> now = new TreeMap<>();
    client
        .get(URI.create("%s/query?format=geojson&%s".formatted(api, days)))
        .path("features")
        .forEach(event -> now.put(event.path("id").asText(), said(event)));
    int added = 0;
    int changed = 0;
    for (Map.Entry<String, String> event : now.entrySet()) {
      String before = known.get(event.getKey());
      if (before == null) {
        added++;
      } else if (!before.equals(event.getValue())) {
        changed++;
      }
    }
    Set<String> lacking = new HashSet<>(known.keySet());
    lacking.removeAll(now.keySet());
    Set<String> again = new HashSet<>(lacking);
    again.retainAll(missing);
    missing = lacking;
    lacking.stream()
        .filter(id -> !again.contains(id))
        .forEach(id -> now.put(id, known.getOrDefault(id, "")));
    known = now;
    return new Step(added, changed, again.size());
  }

  private static String said(JsonNode event) {
    return KEPT.stream().map(at -> event.at(at).toString()).collect(Collectors.joining(" "));
  }

  /** On to the next snapshot. */
  void step() throws InterruptedException {
    if (client.post(api.resolve("/sandbox/step")).isEmpty()) {
      throw new IllegalStateException("The recording has a next snapshot");
    }
  }
}
