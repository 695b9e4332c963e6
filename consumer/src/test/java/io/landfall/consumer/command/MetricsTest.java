package io.landfall.consumer.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.cli.ExitCode;
import io.landfall.cli.TableLocation.Folder;
import io.landfall.consumer.ConsumerMain;
import io.landfall.consumer.testing.ConsumerRun;
import io.landfall.consumer.testing.Readings;
import io.landfall.consumer.testing.SharedSpark;
import io.landfall.consumer.testing.TestBroker;
import io.landfall.consumer.testing.TestTopic;
import java.io.ByteArrayOutputStream;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the consumer tells of itself, on a real broker, by file and over HTTP. */
class MetricsTest {

  private static final String OF_READINGS = "{dataset=\"readings\"}";

  @TempDir Path folder;

  private SparkSession spark;
  private TestBroker broker;
  private TestTopic topic;

  @BeforeEach
  void start() throws Exception {
    spark = SharedSpark.session();
    broker = TestBroker.start(folder.resolve("broker"));
    topic = new TestTopic(broker.kafka(), Readings.FIRST);
  }

  @AfterEach
  void stop() {
    topic.close();
    broker.close();
  }

  private List<String> arguments(String command, String... more) {
    List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
    arguments.addAll(
        List.of(
            "--topic-prefix",
            topic.dataset().topicPrefix(),
            "--table",
            folder.resolve("readings").toString(),
            "--scratch-dir",
            folder.resolve("scratch").toString()));
    if (!command.startsWith("watch") && !command.startsWith("backup")) {
      arguments.addAll(List.of("--bootstrap-servers", broker.kafka().bootstrapServers()));
    }
    arguments.addAll(List.of(more));
    return arguments;
  }

  private ConsumerRun run(String command, String... more) {
    return ConsumerRun.of(Readings.FIRST, arguments(command, more).toArray(String[]::new));
  }

  private Map<String, Double> written(String file) throws Exception {
    return samples(Files.readString(folder.resolve(file)));
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

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  private Map<Integer, Long> published() throws Exception {
    Map<Integer, Long> offsets = new HashMap<>();
    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", broker.kafka().bootstrapServers()))) {
      Map<TopicPartition, OffsetAndMetadata> found =
          admin
              .listConsumerGroupOffsets(topic.dataset().topics().positionGroup())
              .partitionsToOffsetAndMetadata()
              .get();
      found.forEach((partition, at) -> offsets.put(partition.partition(), at.offset()));
    }
    return offsets;
  }

  @Test
  void aRunTellsWhatItDidAndWhereTheTableStands() throws Exception {
    topic.commit(0, 4);
    topic.commit(1, new byte[] {1, 2, 3});
    run("run", "--once", "--metrics-file", file("run.prom")).requires(ExitCode.OK, "4 rows");

    Map<String, Double> figures = written("run.prom");
    assertThat(figures)
        .containsEntry("landfall_rows_appended_total" + OF_READINGS, 4.0)
        .containsEntry("landfall_batch_rows_sum" + OF_READINGS, 4.0)
        .containsEntry("landfall_commit_seconds_count" + OF_READINGS, 1.0)
        .containsEntry("landfall_quarantine_records" + OF_READINGS, 1.0)
        .containsEntry("landfall_lag_records" + OF_READINGS, 0.0)
        .containsEntry("landfall_lag_to_last_stable_records" + OF_READINGS, 0.0)
        .containsEntry("landfall_open_transaction_age_seconds" + OF_READINGS, 0.0)
        .containsEntry("landfall_table_files" + OF_READINGS, 1.0)
        .containsEntry(stopped("topic-missing"), 0.0)
        .containsEntry(
            "landfall_batch_seconds_count{dataset=\"readings\",phase=\"trigger_execution\"}", 1.0);
    // The fourth reading's hour is 3.
    double newest = (1_700_000_000_123L + 3) / 1000.0;
    assertThat(figures.get("landfall_newest_item_timestamp_seconds" + OF_READINGS))
        .isEqualTo(newest);
    assertThat(figures.get("landfall_freshness_seconds" + OF_READINGS))
        .isBetween(
            Instant.now().getEpochSecond() - newest - 60,
            Instant.now().getEpochSecond() - newest + 1);
    assertThat(figures.get("landfall_table_bytes" + OF_READINGS)).isGreaterThan(500);
    assertThat(figures.keySet()).allMatch(name -> name.startsWith("landfall_"));
    assertThat(published()).isEqualTo(Map.of(0, 5L, 1, 2L));

    topic.commit(1, 3);
    run("run", "--once").requires(ExitCode.OK, "3 rows");
    assertThat(published()).isEqualTo(Map.of(0, 5L, 1, 6L));
    run("replay", "--into", folder.resolve("rebuilt").toString(), "--from-offset", "0:4,1:6")
        .requires(ExitCode.OK);
    assertThat(published()).isEqualTo(Map.of(0, 5L, 1, 6L));
  }

  private static String stopped(String reason) {
    return "landfall_writer_stopped{dataset=\"readings\",reason=\"%s\"}".formatted(reason);
  }

  @Test
  void aRefusalStaysInTheFileUntilARunIsNotRefused() throws Exception {
    topic.commit(0, 4);
    run("run", "--once", "--metrics-file", file("run.prom")).requires(ExitCode.OK);
    double version = written("run.prom").getOrDefault("landfall_table_version" + OF_READINGS, -1.0);
    String table = Folder.of(folder.resolve("readings")).sql();
    spark.sql("ALTER TABLE %s SET TBLPROPERTIES ('delta.appendOnly' = 'false')".formatted(table));
    run("watch --once", "--metrics-file", file("watch.prom")).requires(ExitCode.REFUSED);
    assertThat(written("watch.prom"))
        .containsEntry(stopped("changed-by-others"), 1.0)
        .containsEntry("landfall_table_version" + OF_READINGS, version + 1);
    run("run", "--once", "--metrics-file", file("run.prom"))
        .requires(ExitCode.REFUSED, "reason: changed-by-others");
    assertThat(written("run.prom"))
        .containsEntry(stopped("changed-by-others"), 1.0)
        .containsEntry(stopped("taken-back"), 0.0)
        .containsKey("landfall_newest_item_timestamp_seconds" + OF_READINGS);
    spark.sql("ALTER TABLE %s SET TBLPROPERTIES ('delta.appendOnly' = 'true')".formatted(table));
    run(
            "run",
            "--once",
            "--metrics-file",
            file("run.prom"),
            "--accept-version",
            Long.toString((long) version + 2))
        .requires(ExitCode.OK);
    assertThat(written("run.prom")).containsEntry(stopped("changed-by-others"), 0.0);
  }

  @Test
  void verifyAndBackupLeaveTheirFigures() throws Exception {
    topic.commit(0, 4);
    run("run", "--once").requires(ExitCode.OK);
    double before = Instant.now().getEpochSecond();
    run("backup create", "--backup", file("backups"), "--metrics-file", file("backup.prom"))
        .requires(ExitCode.OK);
    assertThat(written("backup.prom").get("landfall_backup_timestamp_seconds" + OF_READINGS))
        .isGreaterThanOrEqualTo(before);
    run("verify", "--metrics-file", file("verify.prom"));
    Map<String, Double> figures = written("verify.prom");
    assertThat(figures)
        .containsKeys(
            "landfall_verify_success" + OF_READINGS, "landfall_verify_differences" + OF_READINGS);
    assertThat(figures.get("landfall_verify_timestamp_seconds" + OF_READINGS))
        .isGreaterThanOrEqualTo(before);
  }

  @Test
  void aRunThatGoesOnIsScraped() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    topic.commit(0, 4);
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(said, true, UTF_8);
    ExitCode[] code = new ExitCode[1];
    Thread command =
        new Thread(
            () ->
                code[0] =
                    ConsumerMain.program(Readings.FIRST, Clock.systemUTC())
                        .run(
                            Map.of(),
                            out,
                            out,
                            arguments("run", "--metrics-address", Integer.toString(port))
                                .toArray(String[]::new)));
    command.start();
    await(
        port,
        "/metrics",
        answer ->
            answer.body().contains("landfall_rows_appended_total" + OF_READINGS + " 4.0")
                && answer.body().contains("landfall_lag_records"));
    await(port, "/readyz", answer -> answer.statusCode() == 200);
    await(port, "/healthz", answer -> answer.statusCode() == 200);
    assertThat(get(port, "/metrics").body()).contains("# TYPE jvm_memory_used_bytes gauge");
    command.interrupt();
    command.join();
    assertThat(code[0]).as(said.toString(UTF_8)).isEqualTo(ExitCode.OK);
    assertThat(published()).containsEntry(0, 5L);
  }

  private static void await(int port, String path, Predicate<HttpResponse<String>> wanted)
      throws Exception {
    Instant end = Instant.now().plus(Duration.ofSeconds(60));
    while (true) {
      try {
        HttpResponse<String> answer = get(port, path);
        if (wanted.test(answer)) {
          return;
        }
        assertThat(Instant.now()).as(path + ": " + answer.body()).isBefore(end);
      } catch (java.io.IOException e) {
        assertThat(Instant.now()).as(e.toString()).isBefore(end);
      }
      Thread.sleep(100);
    }
  }

  private static HttpResponse<String> get(int port, String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, path)))
                .timeout(Duration.ofSeconds(10))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }
}
