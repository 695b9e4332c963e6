package io.landfall.sandbox.collection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.landfall.sandbox.server.Body;
import io.landfall.sandbox.server.HttpServer;
import io.landfall.sandbox.server.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Three days of a feed of earthquakes, as it was served hour by hour: each snapshot is one look.
 *
 * <p>The feed has the events of a day. One that leaves it has not gone, it is older. So where a
 * feed slides, {@code absent: keep} is right, and with {@code absent: retract} the table is the
 * feed and no more than the feed: both are held here against a count of the bare files.
 */
class RecordedEarthquakesTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path FEED =
      Path.of(System.getProperty("rest.recordings", "absent")).resolve("usgs/all_day");
  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  /** As the file has each field that the definition declares. */
  private static final Map<String, String> DECLARED =
      Map.of(
          "time", "/properties/time",
          "mag", "/properties/mag",
          "place", "/properties/place",
          "longitude", "/geometry/coordinates/0",
          "latitude", "/geometry/coordinates/1",
          "depth_km", "/geometry/coordinates/2");

  private static final String SOURCE =
      """
      source: quakes
      about: A feed of a day's earthquakes.
      api: {url: "http://127.0.0.1:%d"}
      resources:
        earthquakes:
          reads:
            whole:
              every: 30m
              absent: %s
              ask: {path: /all_day.geojson, paging: none, same-but-for: [/metadata/generated]}
          records: /features
          key: [id]
          keep-record: none
          fields:
            id:        {at: /properties/url,         type: text}
            time:      {at: /properties/time,        type: long}
            mag:       {at: /properties/mag,         type: double}
            place:     {at: /properties/place,       type: text}
            longitude: {at: /geometry/coordinates/0, type: double}
            latitude:  {at: /geometry/coordinates/1, type: double}
            depth_km:  {at: /geometry/coordinates/2, type: double}
      """;

  @BeforeEach
  void recordingsAreThere() {
    assumeTrue(Files.isDirectory(FEED), "no recordings in " + FEED + " (-Drest.recordings=FOLDER)");
  }

  /** What a row has, and what an event has, in the same words. */
  private static Map<String, String> declared(JsonNode event) {
    Map<String, String> values = new TreeMap<>();
    DECLARED.forEach(
        (name, at) -> {
          JsonNode value = event.at(at);
          values.put(
              name,
              value.isMissingNode() || value.isNull()
                  ? "none"
                  : name.equals("place") || name.equals("time")
                      ? value.asText()
                      : String.valueOf(value.doubleValue()));
        });
    return values;
  }

  private static Map<String, String> declared(GenericRecord row) {
    Map<String, String> values = new TreeMap<>();
    DECLARED
        .keySet()
        .forEach(
            name -> values.put(name, row.get(name) == null ? "none" : row.get(name).toString()));
    return values;
  }

  /** One snapshot: its bytes, and its events by their address. */
  private record Snapshot(Instant served, String body, Map<String, Map<String, String>> events) {}

  private static List<Snapshot> snapshots() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(FEED)) {
      files = all.filter(file -> !file.toString().contains("/2025-05-04")).sorted().toList();
    }
    List<Snapshot> snapshots = new ArrayList<>();
    for (Path file : files) {
      try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
        String body = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        JsonNode feed = JSON.readTree(body);
        Map<String, Map<String, String>> events = new TreeMap<>();
        feed.path("features")
            .forEach(one -> events.put(one.at("/properties/url").asText(), declared(one)));
        snapshots.add(
            new Snapshot(
                Instant.ofEpochMilli(feed.at("/metadata/generated").asLong()), body, events));
      }
    }
    return snapshots;
  }

  /** What came of the feed, event by event, counted over the bare files. */
  private static final class Counted {
    final Map<String, Map<String, String>> inForce = new TreeMap<>();
    final Map<String, Integer> missed = new TreeMap<>();
    int firstSights;
    int corrections;
    int takenBack;
    int returned;

    private final boolean isRetracting;
    private final Map<String, Boolean> gone = new TreeMap<>();

    Counted(boolean isRetracting) {
      this.isRetracting = isRetracting;
    }

    void next(Snapshot snapshot) {
      snapshot
          .events()
          .forEach(
              (id, now) -> {
                Map<String, String> before = inForce.put(id, now);
                missed.remove(id);
                if (before == null && gone.remove(id) == null) {
                  firstSights++;
                } else if (before == null) {
                  returned++;
                } else if (!before.equals(now)) {
                  corrections++;
                }
              });
      for (String id : List.copyOf(inForce.keySet())) {
        if (isRetracting
            && !snapshot.events().containsKey(id)
            && missed.merge(id, 1, Integer::sum) == 2) {
          inForce.remove(id);
          missed.remove(id);
          gone.put(id, true);
          takenBack++;
        }
      }
    }

    int rows() {
      return firstSights + corrections + takenBack + returned;
    }
  }

  private Counted played(String absent, List<Snapshot> snapshots) throws Exception {
    Counted counted = new Counted(absent.equals("retract"));
    AtomicReference<String> body = new AtomicReference<>("");
    TickingClock clock = new TickingClock(snapshots.get(0).served());
    try (HttpServer feed =
            HttpServer.start(
                InetAddress.getByAddress(LOOPBACK),
                0,
                request -> Response.json(Body.text(Objects.requireNonNull(body.get()))));
        LandedInMemory landed = new LandedInMemory(SOURCE.formatted(feed.port(), absent), clock)) {
      for (Snapshot snapshot : snapshots) {
        clock.pass(Duration.between(clock.instant(), snapshot.served()));
        body.set(snapshot.body());
        landed.run(1, 1);
        landed.shape();
        counted.next(snapshot);
        Map<String, Map<String, String>> rows = new TreeMap<>();
        landed.shaped.inForce().forEach((id, row) -> rows.put(id, declared(row)));
        assertThat(rows).as("%s after %s", absent, snapshot.served()).isEqualTo(counted.inForce);
        assertThat(landed.shaped.landing)
            .as("%s after %s", absent, snapshot.served())
            .hasSize(counted.rows());
      }
      assertThat(landed.shaped.deadLetters).isEmpty();
    }
    return counted;
  }

  /** In force are the events of a snapshot, and those that only it did not have. */
  @Test
  void takenBackAfterTwoLooksTheTableIsTheFeed() throws Exception {
    List<Snapshot> snapshots = snapshots();
    Counted counted = played("retract", snapshots);
    Map<String, Map<String, String>> last = snapshots.get(snapshots.size() - 1).events();
    assertThat(counted.inForce).containsAllEntriesOf(last);
    assertThat(counted.inForce.keySet().stream().filter(id -> !last.containsKey(id)))
        .containsExactlyInAnyOrderElementsOf(counted.missed.keySet());
    assertThat(counted.corrections).isPositive();
    assertThat(counted.takenBack).isGreaterThan(500);
    assertThat(counted.returned).isPositive();
  }

  /** In force is each event that ever was in the feed, as it was told last. */
  @Test
  void keptTheTableIsAllThatTheFeedEverHad() throws Exception {
    List<Snapshot> snapshots = snapshots();
    Counted counted = played("keep", snapshots);
    Map<String, Map<String, String>> ever = new TreeMap<>();
    snapshots.forEach(snapshot -> ever.putAll(snapshot.events()));
    assertThat(counted.inForce).isEqualTo(ever);
    assertThat(counted.rows()).isEqualTo(ever.size() + counted.corrections);
  }
}
