package io.landfall.producer.rest.ask;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.landfall.producer.rest.ask.Look.Ending;
import io.landfall.producer.rest.ask.Look.Page;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Looks that no API was asked for. */
public final class Pages {

  private Pages() {}

  /** One of these bodies. */
  public static Look look(
      List<String> bodies, Instant at, Optional<CursorValue> highest, Ending ending) {
    List<Page> pages =
        IntStream.range(0, bodies.size())
            .mapToObj(
                index ->
                    new Page(
                        index + 1,
                        URI.create("http://localhost/" + index),
                        200,
                        "application/json",
                        Map.of(),
                        bodies.get(index).getBytes(UTF_8),
                        at,
                        1))
            .toList();
    return new Look(
        pages, at, Optional.empty(), highest, Optional.empty(), Optional.empty(), ending);
  }
}
