package io.landfall.sandbox.weather;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.sandbox.api.SimulatedApi;
import io.landfall.sandbox.guarantee.BronzeRow;
import io.landfall.sandbox.guarantee.Expected;
import io.landfall.sandbox.guarantee.Guarantee;
import io.landfall.sandbox.guarantee.Observed;
import io.landfall.sandbox.pipeline.SandboxBroker;
import io.landfall.sandbox.process.ChildProcess;
import io.landfall.sandbox.process.Part;
import io.landfall.sandbox.season.Season;
import io.landfall.schemas.Dataset;
import io.landfall.schemas.weather.WeatherDatasets;
import java.net.URI;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A weather service instead of the NHL: the same programs, the same promises. */
class WeatherIT {

  private static final LocalDate FIRST = LocalDate.parse("2024-10-01");
  private static final int HOURS = 24;

  private static final Part PRODUCER =
      Part.PRODUCER.with(
          "io.landfall.producer.weather.WeatherProducer",
          List.of("schemas/target/test-classes", "producer/target/test-classes"));

  private static final Part CONSUMER =
      Part.CONSUMER.with(
          "io.landfall.consumer.weather.WeatherConsumer",
          List.of("schemas/target/test-classes", "consumer/target/test-classes"));

  @TempDir Path folder;

  private final Deque<ChildProcess> started = new ArrayDeque<>();
  private SandboxBroker broker;

  @BeforeEach
  void start() throws Exception {
    broker = new SandboxBroker(folder);
  }

  @AfterEach
  void stop() {
    started.forEach(ChildProcess::close);
    broker.close();
  }

  /** Both programs with a topic prefix, and the folders that go with it. */
  private final class Deployment {
    private final WeatherService api;
    private final String prefix;

    Deployment(WeatherService api, String prefix) {
      this.api = api;
      this.prefix = prefix;
    }

    ChildProcess producer(String command, String... more) {
      List<String> arguments = new ArrayList<>(List.of(command));
      if (!command.equals("status")) {
        arguments.addAll(List.of("--web-api-url", api.url().toString()));
        arguments.addAll(List.of("--from", FIRST.toString(), "--to", FIRST.plusDays(9).toString()));
        arguments.addAll(List.of("--state-dir", path("state").toString()));
      }
      return launch(PRODUCER, arguments, more);
    }

    ChildProcess consumer(String command, String... more) {
      return launch(
          CONSUMER,
          List.of(
              command,
              "--table",
              path("bronze").toString(),
              "--scratch-dir",
              path("scratch").toString()),
          more);
    }

    private ChildProcess launch(Part part, List<String> arguments, String... more) {
      List<String> all = new ArrayList<>(arguments);
      all.addAll(List.of("--bootstrap-servers", broker.bootstrapServers()));
      if (!prefix.isEmpty()) {
        all.addAll(List.of("--topic-prefix", prefix));
      }
      all.addAll(List.of(more));
      return WeatherIT.this.launch(part, all);
    }

    private Path path(String name) {
      return folder.resolve(prefix + name);
    }

    Dataset dataset() {
      return WeatherDatasets.STATION_HOURS.withTopicPrefix(prefix);
    }

    Observed landedAndReplayed() throws InterruptedException {
      succeed(consumer("run", "--once"));
      Path replayed = path("replayed-" + started.size());
      succeed(consumer("replay", "--into", replayed.toString()));
      return Observed.at(
          new Expected.Items(api.items()),
          dataset(),
          List.of("station", "day"),
          broker.bootstrapServers(),
          path("bronze"),
          replayed);
    }
  }

  private ChildProcess launch(Part part, List<String> arguments) {
    Path files = folder.resolve("%02d-%s".formatted(started.size(), arguments.get(0)));
    ChildProcess program = ChildProcess.start(part, files, Map.of(), arguments);
    started.push(program);
    return program;
  }

  private static ChildProcess succeed(ChildProcess program) throws InterruptedException {
    assertThat(program.exitCode()).as(program.logAndOutput()).isZero();
    return program;
  }

  private static void verify(Observed observed) {
    Guarantee.all().forEach(guarantee -> guarantee.verify(observed));
  }

  private static List<BronzeRow> of(Observed observed, int revision) {
    return observed.bronze().stream().filter(row -> row.revision() == revision).toList();
  }

  @Test
  void everyPromiseHoldsForASourceThatNothingKnows() throws Exception {
    try (WeatherService api = new WeatherService(3, FIRST, 10)) {
      Deployment weather = new Deployment(api, "");
      int rows = api.items().size() * HOURS;

      ChildProcess killed = weather.producer("run");
      killed.await("some answers", () -> api.answers() > 20);
      killed.kill();
      succeed(weather.producer("run"));
      Observed air = weather.landedAndReplayed();
      verify(air);
      assertThat(air.bronze()).hasSize(rows).allMatch(row -> row.revision() == 1);
      assertThat(succeed(weather.producer("status")).output())
          .contains("30 station days in the ledger", "incomplete", "rain: not measured yet");

      api.readTheRain();
      api.correct("S1", FIRST, 7, null);
      ChildProcess more = succeed(weather.producer("run"));
      assertThat(more.output()).contains("30 station days due: 30 complete (30 with new answers)");
      Observed all = weather.landedAndReplayed();
      verify(all);
      assertThat(of(all, 2)).hasSize(rows);
      assertThat(of(all, 2))
          .filteredOn(row -> row.operation().equals("RETRACT"))
          .singleElement()
          .extracting(BronzeRow::key)
          .isEqualTo("S1/" + FIRST + "/7");

      api.correct("S2", FIRST.plusDays(4), 11, 19.5);
      succeed(weather.producer("run"));
      Observed corrected = weather.landedAndReplayed();
      verify(corrected);
      assertThat(of(corrected, 3))
          .singleElement()
          .extracting(BronzeRow::key)
          .isEqualTo("S2/" + FIRST.plusDays(4) + "/11");
      assertThat(succeed(weather.producer("run")).output()).contains("; 0 rows emitted");
    }
  }

  @Test
  void deploymentsAndSourcesOnOneBrokerNeverMeet() throws Exception {
    Season season = Season.of(7, 10);
    LocalDate games = season.fixtures().get(0).date();
    try (WeatherService one = new WeatherService(2, FIRST, 10);
        WeatherService other = new WeatherService(3, FIRST, 5);
        SimulatedApi nhl = SimulatedApi.serving(season).start(0)) {
      Deployment dev = new Deployment(one, "dev.");
      Deployment prod = new Deployment(other, "prod-");
      List<ChildProcess> atOnce =
          List.of(
              dev.producer("run"),
              prod.producer("run"),
              launch(Part.PRODUCER, nhl(nhl.webApiUrl(), nhl.statsApiUrl(), games)));
      for (ChildProcess program : atOnce) {
        succeed(program);
      }
      Observed inDev = dev.landedAndReplayed();
      Observed inProd = prod.landedAndReplayed();
      verify(inDev);
      verify(inProd);
      assertThat(inDev.bronze()).hasSize(one.items().size() * HOURS);
      assertThat(inProd.bronze()).hasSize(other.items().size() * HOURS);
      assertThat(inDev.ledger().keySet()).isEqualTo(one.items().keySet());
      assertThat(inProd.ledger().keySet()).isEqualTo(other.items().keySet());

      assertThat(dev.consumer("run", "--once", "--topic-prefix", "prod-").exitCode())
          .as("a table of one deployment with the topic of another")
          .isNotZero();
    }
  }

  private List<String> nhl(URI web, URI stats, LocalDate from) {
    return List.of(
        "run",
        "--bootstrap-servers",
        broker.bootstrapServers(),
        "--web-api-url",
        web.toString(),
        "--stats-api-url",
        stats.toString(),
        "--from",
        from.toString(),
        "--to",
        from.plusDays(3).toString(),
        "--state-dir",
        folder.resolve("state-nhl").toString());
  }
}
