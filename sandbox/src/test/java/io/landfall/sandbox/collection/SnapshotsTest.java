package io.landfall.sandbox.collection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.landfall.cli.LandfallSettings;
import io.landfall.cli.Progress;
import io.landfall.cli.Settings;
import io.landfall.producer.definition.Definitions;
import io.landfall.producer.fetch.FetchRun;
import io.landfall.producer.fetch.FetchSettings;
import io.landfall.producer.http.Hosts;
import io.landfall.producer.http.HttpSettings;
import io.landfall.producer.ledger.FetchPlan.Window;
import io.landfall.producer.rest.RestConnector;
import io.landfall.sandbox.process.ChildProcess;
import io.landfall.sandbox.recorded.RecordedTraffic;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real history of corrections, snapshot after snapshot, read by the definition that is shipped:
 * after each one the rows in force are its events, and there are as many revisions as it was
 * corrected, counted in the recordings' own JSON.
 */
class SnapshotsTest {

  private static final Path FEEDS =
      Path.of(System.getProperty("rest.recordings", "absent")).resolve("usgs/all_day");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Hour after hour without a gap; the recordings before are of another week. */
  private static final String SINCE = "2025-05-10";

  /** Two complete looks without it. */
  private static final int GONE = 2;

  /** An event that has just left the feed's span may be missing for that. */
  private static final Duration SLACK = Duration.ofMinutes(10);

  /** What the snapshots say that there is, counted by this test alone. */
  private static final class Truth {
    final Map<String, String> said = new HashMap<>();
    final Map<String, Integer> missed = new HashMap<>();
    final Map<String, Long> times = new HashMap<>();
    int revisions;
    int corrected;
    int returned;
    int vanished;

    void take(Instant served, JsonNode feed) {
      Map<String, String> now = new HashMap<>();
      for (JsonNode event : feed.path("features")) {
        String url = event.at("/properties/url").asText();
        String id = url.substring(url.lastIndexOf('/') + 1);
        now.put(id, said(event));
        times.put(id, event.at("/properties/time").asLong());
      }
      now.forEach(this::take);
      long since = served.minus(Duration.ofDays(1)).plus(SLACK).toEpochMilli();
      for (String id : said.keySet()) {
        int looks = missed.getOrDefault(id, 0);
        boolean isMissing = looks > 0 || times.getOrDefault(id, 0L) >= since;
        if (!now.containsKey(id) && isMissing) {
          missed.put(id, looks + 1);
          if (looks + 1 == GONE) {
            revisions++;
            vanished++;
          }
        }
      }
    }

    private void take(String id, String says) {
      String before = said.put(id, says);
      int looks = missed.getOrDefault(id, 0);
      missed.remove(id);
      if (before == null) {
        revisions++;
      } else if (looks >= GONE) {
        revisions++;
        returned++;
      } else if (!before.equals(says)) {
        revisions++;
        corrected++;
      }
    }

    Map<String, String> inForce() {
      return said.entrySet().stream()
          .filter(one -> missed.getOrDefault(one.getKey(), 0) < GONE)
          .collect(
              Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, TreeMap::new));
    }

    private static String said(JsonNode event) {
      JsonNode properties = event.path("properties");
      JsonNode at = event.at("/geometry/coordinates");
      return "%s %s %s %s %s %s %s"
          .formatted(
              number(properties.path("mag")),
              properties.path("place").asText(),
              properties.path("time").asLong(),
              properties.path("updated").asLong(),
              number(at.path(0)),
              number(at.path(1)),
              number(at.path(2)));
    }

    private static String number(JsonNode value) {
      return value.isNumber() ? Double.toString(value.doubleValue()) : "null";
    }
  }

  private static String said(GenericRecord row) {
    return "%s %s %s %s %s %s %s"
        .formatted(
            row.get("mag"),
            row.get("place"),
            (Long) row.get("time") / 1_000,
            (Long) row.get("updated") / 1_000,
            row.get("longitude"),
            row.get("latitude"),
            row.get("depth_km"));
  }

  @Test
  void eachSnapshotIsInForceAndEachCorrectionARevision(@TempDir Path folder) throws Exception {
    assumeThat(FEEDS).as("no recordings in %s (-Drest.recordings=FOLDER)", FEEDS).exists();
    List<Path> files = hourly(folder);
    Truth truth = new Truth();
    try (RecordedTraffic recorded = RecordedTraffic.in(folder).start(0)) {
      List<Instant> steps = recorded.steps();
      assertThat(steps).hasSameSizeAs(files);
      TickingClock clock = new TickingClock(steps.get(0));
      RestConnector connector = connector(recorded, clock);
      FetchedInMemory fetched = new FetchedInMemory();
      try (ShapedInMemory shaped = new ShapedInMemory(connector.resources().get(0))) {
        for (int step = 0; step < steps.size(); step++) {
          truth.take(steps.get(step), feed(files.get(step)));
          run(connector, fetched, clock);
          shaped.shape(fetched.archive);
          Map<String, String> inForce = new TreeMap<>();
          shaped.inForce().forEach((id, row) -> inForce.put(id, said(row)));
          assertThat(inForce).as("after %s", steps.get(step)).isEqualTo(truth.inForce());
          assertThat(shaped.landing).as("rows until %s", steps.get(step)).hasSize(truth.revisions);
          if (recorded.step()) {
            clock.pass(Duration.between(clock.instant(), steps.get(step + 1)));
          }
        }
        assertThat(shaped.deadLetters).isEmpty();
      }
    }
    assertThat(truth.corrected).as("of a real history").isGreaterThan(100);
    assertThat(truth.vanished).isPositive();
    assertThat(truth.returned).isPositive();
  }

  /** Those of the days that are there hour after hour, alone in a folder. */
  private static List<Path> hourly(Path folder) throws IOException {
    Path feeds = Files.createDirectories(folder.resolve("usgs/all_day"));
    try (Stream<Path> all = Files.list(FEEDS)) {
      List<Path> files =
          all.filter(file -> String.valueOf(file.getFileName()).compareTo(SINCE) > 0)
              .sorted()
              .toList();
      for (Path file : files) {
        Files.copy(file, feeds.resolve(String.valueOf(file.getFileName())));
      }
      return files;
    }
  }

  private static JsonNode feed(Path file) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      return JSON.readTree(in);
    }
  }

  private static RestConnector connector(RecordedTraffic recorded, TickingClock clock)
      throws IOException {
    String shipped = Files.readString(ChildProcess.home().resolve("sources/usgs.yaml"));
    return new RestConnector(
        Definitions.read(
            "usgs.yaml",
            shipped
                .replaceFirst("url: https://\\S+", "url: " + recorded.earthquakesUrl())
                .replaceFirst("budget: \\S+", "budget: 10000/s")),
        Map.of(),
        clock);
  }

  private static void run(RestConnector connector, FetchedInMemory fetched, TickingClock clock)
      throws Exception {
    Hosts hosts = new Hosts(new HttpSettings(Optional.empty(), Duration.ofSeconds(20)), clock);
    Settings settings =
        Settings.resolve(
            List.of(LandfallSettings.ACCEPT), List.of(), Map.of(), Map.of(), Optional.empty());
    LocalDate first = LocalDate.parse(SINCE).minusDays(2);
    LocalDate last = LocalDate.parse(SINCE).plusDays(3);
    new FetchRun(
            connector.source(settings, hosts),
            fetched,
            new FetchSettings(
                new Window(
                    Optional.of(first),
                    Optional.of(last),
                    0,
                    last,
                    connector.beginning(),
                    Duration.ofDays(7)),
                2,
                4),
            "items",
            clock,
            Progress.lines(line -> {}, clock))
        .run();
  }
}
