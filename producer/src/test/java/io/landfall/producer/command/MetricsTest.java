package io.landfall.producer.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.cli.ExitCode;
import io.landfall.producer.ProducerMain;
import io.landfall.producer.testing.Deployment;
import io.landfall.producer.testing.Stations;
import io.landfall.producer.testing.TestBroker;
import io.landfall.schemas.Topics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the producer tells of itself, on a real broker, by file and over HTTP. */
class MetricsTest {

  private static final String OF_WEATHER = "{source=\"weather\"}";

  @TempDir Path folder;

  private final Stations stations = new Stations();
  private TestBroker broker;
  private Deployment own;

  @BeforeEach
  void start() throws Exception {
    broker = TestBroker.start(folder.resolve("kafka"));
    own = new Deployment(broker, "m.", folder, stations);
    for (int station = 0; station < 8; station++) {
      stations.measure("S" + station, station);
    }
  }

  @AfterEach
  void stop() {
    own.close();
    broker.close();
  }

  private Map<String, Double> written() throws IOException {
    return samples(Files.readString(folder.resolve("run.prom")));
  }

  private static Map<String, Double> samples(String text) {
    Map<String, Double> samples = new HashMap<>();
    text.lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(
            line -> {
              int blank = line.lastIndexOf(' ');
              samples.put(line.substring(0, blank), Double.parseDouble(line.substring(blank + 1)));
            });
    return samples;
  }

  private String file() {
    return folder.resolve("run.prom").toString();
  }

  @Test
  void aRunTellsWhatItDidAndHowItStands() throws Exception {
    Topics topics = own.topics();
    double before = Instant.now().toEpochMilli() / 1000.0;
    own.succeed("run", "--metrics-file", file());
    Map<String, Double> figures = written();
    String rows = "landfall_rows_emitted_total{dataset=\"%s\",operation=\"%s\"}";
    String dataset = topics.dataset().name();
    assertThat(figures)
        .containsEntry(rows.formatted(dataset, "upsert"), 8.0)
        .containsEntry(rows.formatted(dataset, "retract"), 0.0)
        .containsEntry("landfall_items{source=\"weather\",state=\"fetched\"}", 8.0)
        .containsEntry("landfall_items{source=\"weather\",state=\"failed\"}", 0.0)
        .containsEntry("landfall_oldest_waiting_item_seconds" + OF_WEATHER, 0.0)
        .containsEntry("landfall_answers_not_in_force" + OF_WEATHER, 0.0)
        .containsEntry("landfall_dead_letters" + OF_WEATHER, 0.0)
        .containsEntry("landfall_shape_lag_records" + OF_WEATHER, 0.0)
        .containsEntry("landfall_last_run_exit_code" + OF_WEATHER, 0.0)
        .doesNotContainKey("landfall_oldest_waiting_item_timestamp_seconds" + OF_WEATHER);
    assertThat(figures.get("landfall_transaction_seconds_count" + OF_WEATHER)).isPositive();
    assertThat(figures.get("landfall_topic_bytes{topic=\"%s\"}".formatted(topics.answers().name())))
        .isPositive();
    assertThat(figures.get("landfall_broker_disk_usable_bytes{broker=\"1\"}")).isPositive();
    assertThat(figures.get("landfall_last_successful_run_timestamp_seconds" + OF_WEATHER))
        .isGreaterThanOrEqualTo(before);
    assertThat(figures.keySet())
        .anyMatch(name -> name.startsWith("landfall_definition_info{source=\"weather\""));

    own.send(topics.answers(), 0, Stations.key("S1"), new byte[] {1});
    own.succeed("run", "--metrics-file", file());
    assertThat(written()).containsEntry("landfall_dead_letters" + OF_WEATHER, 1.0);
  }

  @Test
  void aRunThatFailsKeepsWhenOneLastDidNot() throws Exception {
    own.succeed("run");
    broker.close();
    // No file yet, and no journal to ask: nobody knows of a success.
    String[] away = {
      "--metrics-file",
      file(),
      "--kafka.default.api.timeout.ms=2000",
      "--kafka.request.timeout.ms=1000"
    };
    assertThat(own.run("run", away).code()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(written())
        .containsEntry("landfall_last_run_exit_code" + OF_WEATHER, 3.0)
        .doesNotContainKey("landfall_last_successful_run_timestamp_seconds" + OF_WEATHER);
    Files.writeString(
        folder.resolve("run.prom"),
        "landfall_last_successful_run_timestamp_seconds{source=\"weather\"} 1.7E9\n");
    assertThat(own.run("run", away).code()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(written())
        .containsEntry("landfall_last_run_exit_code" + OF_WEATHER, 3.0)
        .containsEntry("landfall_last_successful_run_timestamp_seconds" + OF_WEATHER, 1.7e9);
  }

  @Test
  void aScheduleIsScraped() throws Exception {
    int port = freePort();
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(said, true, UTF_8);
    ExitCode[] code = new ExitCode[1];
    Thread command =
        new Thread(
            () ->
                code[0] =
                    ProducerMain.program(stations, Clock.systemUTC())
                        .run(
                            Map.of(),
                            out,
                            out,
                            "schedule",
                            "--bootstrap-servers",
                            broker.address(),
                            "--topic-prefix",
                            "m.",
                            "--state-dir",
                            folder.resolve("state").toString(),
                            "--metrics-address",
                            Integer.toString(port)));
    command.start();
    await(port, "/readyz", answer -> answer.statusCode() == 200);
    await(
        port,
        "/metrics",
        answer ->
            answer.body().contains("landfall_last_run_exit_code" + OF_WEATHER + " 0.0")
                && answer.body().contains("landfall_rows_emitted_total")
                && answer.body().contains("landfall_topic_bytes"));
    await(port, "/healthz", answer -> answer.statusCode() == 200);
    command.interrupt();
    command.join();
    assertThat(code[0]).as(said.toString(UTF_8)).isEqualTo(ExitCode.OK);
  }

  @Test
  void shapeIsScrapedWithTheFiguresOfStreams() throws Exception {
    own.succeed("fetch");
    int port = freePort();
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(said, true, UTF_8);
    Thread command =
        new Thread(
            () -> {
              var unused =
                  ProducerMain.program(stations, Clock.systemUTC())
                      .run(
                          Map.of(),
                          out,
                          out,
                          "shape",
                          "--bootstrap-servers",
                          broker.address(),
                          "--topic-prefix",
                          "m.",
                          "--state-dir",
                          folder.resolve("state").toString(),
                          "--metrics-address",
                          Integer.toString(port));
            });
    command.start();
    await(port, "/readyz", answer -> answer.statusCode() == 200);
    await(
        port,
        "/metrics",
        answer ->
            answer.body().contains("operation=\"upsert\"} 8.0")
                && answer.body().contains("landfall_shape_lag_records")
                && answer.body().contains("kafka_stream_"));
    command.interrupt();
    command.join();
    assertThat(said.toString(UTF_8)).contains("shape: ready");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void await(int port, String path, Predicate<HttpResponse<String>> wanted)
      throws Exception {
    Instant end = Instant.now().plus(Duration.ofSeconds(60));
    while (true) {
      try {
        HttpResponse<String> answer =
            HttpClient.newHttpClient()
                .send(
                    HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:%d%s".formatted(port, path)))
                        .timeout(Duration.ofSeconds(10))
                        .build(),
                    HttpResponse.BodyHandlers.ofString());
        if (wanted.test(answer)) {
          return;
        }
        assertThat(Instant.now()).as(path + ": " + answer.body()).isBefore(end);
      } catch (IOException e) {
        assertThat(Instant.now()).as(e.toString()).isBefore(end);
      }
      Thread.sleep(100);
    }
  }
}
