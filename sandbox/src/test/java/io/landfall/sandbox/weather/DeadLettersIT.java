package io.landfall.sandbox.weather;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.producer.deadletter.KafkaArchive;
import io.landfall.producer.deadletter.Letter;
import io.landfall.producer.deadletter.Standing;
import io.landfall.sandbox.guarantee.Observed;
import io.landfall.sandbox.pipeline.SandboxBroker;
import io.landfall.sandbox.process.ChildProcess;
import io.landfall.sandbox.process.Part;
import io.landfall.schemas.Topics;
import io.landfall.schemas.weather.WeatherDatasets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records that shape cannot use, from the first look at them to their rows. */
class DeadLettersIT {

  private static final LocalDate DAY = LocalDate.parse("2024-10-01");
  private static final int HOURS = 24;
  private static final Topics TOPICS = WeatherDatasets.STATION_HOURS.topics();

  private static final Part PRODUCER =
      Part.PRODUCER.with(
          "io.landfall.producer.weather.WeatherProducer",
          List.of("schemas/target/test-classes", "producer/target/test-classes"));

  @TempDir Path folder;

  private final Deque<ChildProcess> started = new ArrayDeque<>();
  private SandboxBroker broker;
  private WeatherService api;

  @BeforeEach
  void start() throws Exception {
    broker = new SandboxBroker(folder);
    api = new WeatherService(3, DAY, 1);
  }

  @AfterEach
  void stop() {
    started.forEach(ChildProcess::close);
    api.close();
    broker.close();
  }

  private ChildProcess launch(Map<String, String> faults, String... words) {
    List<String> arguments = new ArrayList<>(List.of(words));
    arguments.addAll(List.of("--bootstrap-servers", broker.bootstrapServers()));
    Path files = folder.resolve("%02d-%s".formatted(started.size(), words[0]));
    ChildProcess program = ChildProcess.start(PRODUCER, files, faults, arguments);
    started.push(program);
    return program;
  }

  private static String succeeded(ChildProcess program) throws InterruptedException {
    assertThat(program.exitCode()).as(program.logAndOutput()).isZero();
    return program.output();
  }

  private String run(Map<String, String> faults) throws InterruptedException {
    return succeeded(
        launch(
            faults,
            "run",
            "--web-api-url",
            api.url().toString(),
            "--from",
            DAY.toString(),
            "--to",
            DAY.toString(),
            "--state-dir",
            folder.resolve("state").toString()));
  }

  private String shape() throws InterruptedException {
    return succeeded(
        launch(Map.of(), "shape", "--once", "--state-dir", folder.resolve("state").toString()));
  }

  private String letters(String... words) throws InterruptedException {
    return succeeded(launch(Map.of(), words));
  }

  /** State and item of each letter, in the order of the list. */
  private List<String> listed() throws InterruptedException {
    return letters("dead-letters", "list", "-o", "csv")
        .lines()
        .skip(1)
        .map(line -> line.split(",", -1))
        .map(cells -> cells[0] + " " + cells[2])
        .toList();
  }

  private String origin(String item) throws InterruptedException {
    return letters("dead-letters", "list", "-o", "csv")
        .lines()
        .map(line -> line.split(",", -1))
        .filter(cells -> cells[2].equals(item))
        .reduce((older, newer) -> newer)
        .orElseThrow()[1];
  }

  private static String item(String station) {
    return station + "/" + DAY;
  }

  private List<ConsumerRecord<String, byte[]>> archived(@Nullable String item) {
    return Observed.committed(broker.bootstrapServers(), TOPICS.answers()).stream()
        .filter(record -> item == null || item.equals(record.key()))
        .toList();
  }

  private long landed(String station) {
    return Observed.committed(broker.bootstrapServers(), TOPICS.landing()).stream()
        .filter(record -> record.key().startsWith(station))
        .count();
  }

  private Producer<byte[], byte[]> stranger(String transactionalId) {
    Producer<byte[], byte[]> stranger =
        new KafkaProducer<>(
            Map.of(
                CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
                broker.bootstrapServers(),
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                transactionalId),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    stranger.initTransactions();
    return stranger;
  }

  private static void send(
      Producer<byte[], byte[]> stranger,
      @Nullable Integer partition,
      byte @Nullable [] key,
      byte @Nullable [] value) {
    var unused =
        stranger.send(new ProducerRecord<>(TOPICS.answers().name(), partition, key, value));
    stranger.flush();
  }

  @Test
  void whatAFixCanUseLandsOnceHoweverOftenAndByWhomItIsReplayed() throws Exception {
    assertThat(run(Map.of("WEATHER_UNUSABLE", "S1", "WEATHER_LARGE", "S2")))
        .contains("24 rows emitted, 2 dead letters");
    try (Producer<byte[], byte[]> junk = stranger("junk")) {
      junk.beginTransaction();
      send(junk, null, "bytes".getBytes(UTF_8), new byte[] {1, 2, 3});
      send(junk, null, "empty".getBytes(UTF_8), null);
      send(junk, 0, null, new byte[] {4});
      junk.commitTransaction();
    }
    assertThat(shape()).contains("3 dead letters");
    assertThat(listed())
        .containsExactlyInAnyOrder(
            "OPEN " + item("S1"), "OPEN " + item("S2"), "OPEN bytes", "OPEN empty", "OPEN ");
    assertThat(letters("status")).contains("5 dead letters open; the newest, ");

    String first = origin(item("S1"));
    Path body = folder.resolve("body");
    assertThat(letters("dead-letters", "show", first, "--body", body.toString()))
        .contains("this version knows nothing of station S1", "air  ", api.url() + "/air/S1/");
    assertThat(Files.readAllBytes(body)).isEqualTo(archived(item("S1")).get(0).value());
    assertThat(
            launch(Map.of(), "dead-letters", "show", first, "--body", body.toString()).exitCode())
        .isEqualTo(2);
    assertThat(launch(Map.of(), "dead-letters", "replay", first + "9").exitCode()).isEqualTo(2);
    assertThat(letters("dead-letters", "replay", first, "--dry-run"))
        .contains("would be sent", "1 to send");
    assertThat(archived(item("S1"))).hasSize(1);

    try (Producer<byte[], byte[]> killed = stranger(TOPICS.member("replay"))) {
      killed.beginTransaction();
      ConsumerRecord<String, byte[]> record = archived(item("S1")).get(0);
      send(killed, record.partition(), record.key().getBytes(UTF_8), record.value());
      List<ChildProcess> atOnce =
          List.of(
              launch(Map.of(), "dead-letters", "replay", first, origin(item("S2"))),
              launch(Map.of(), "dead-letters", "replay", first));
      for (ChildProcess one : atOnce) {
        assertThat(one.exitCode()).as(one.logAndOutput()).isIn(0, 5);
      }
    }
    letters("dead-letters", "replay", first, origin(item("S2")));
    assertThat(letters("dead-letters", "replay", first)).contains("the same record again");
    assertThat(archived(item("S1"))).as("the killed one's is not committed").hasSize(2);
    assertThat(archived(item("S2"))).hasSize(2);

    shape();
    assertThat(listed())
        .containsExactlyInAnyOrder(
            "RESOLVED " + item("S1"),
            "RESOLVED " + item("S2"),
            "OPEN bytes",
            "OPEN empty",
            "OPEN ");
    assertThat(letters("dead-letters", "replay", "--all")).contains("3 sent, 0 superseded");
    assertThat(shape()).contains("0 rows emitted, 3 dead letters");
    assertThat(List.of(landed("S0"), landed("S1"), landed("S2"))).containsOnly((long) HOURS);

    assertThat(letters("dead-letters", "dismiss", origin("bytes"), "--because", "not ours"))
        .contains(" (bytes): dismissed", "1 dead letter dismissed");
    assertThat(letters("dead-letters", "show", origin("bytes")))
        .contains("DISMISSED", ": not ours");
    assertThat(letters("dead-letters", "dismiss", "--all", "--because", "nor are these"))
        .contains("5 dead letters dismissed");
    assertThat(letters("dead-letters", "replay", "--all")).contains("0 sent, 0 superseded");
    assertThat(letters("status")).contains("No open dead letter, 6 dismissed, 2 resolved");
    assertThat(letters("status", "-o", "json"))
        .contains("{\"dead_letters\":8,\"open\":0,\"dismissed\":6,\"resolved\":2}")
        .contains("{\"run\":\"run\",\"started_at\":");
  }

  @Test
  void aNewerAnswerIsNeverPutBehindAnOldOne() throws Exception {
    run(Map.of());
    api.correct("S0", DAY, 7, 1.5);
    run(Map.of("WEATHER_UNUSABLE", "S0"));
    String old = origin(item("S0"));
    List<Letter> letters = new ArrayList<>();
    Map<String, Object> connection = new HashMap<>();
    connection.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers());
    try (Admin admin = Admin.create(connection);
        KafkaArchive archive = new KafkaArchive(connection, TOPICS, admin);
        Producer<byte[], byte[]> fetch = stranger("fetch")) {
      archive.standings().stream().map(Standing::letter).forEach(letters::add);
      var known = archive.takeOver();
      int before = archived(null).size();
      fetch.beginTransaction();
      send(fetch, null, item("S2").getBytes(UTF_8), new byte[] {1});
      assertThat(archive.send(letters, known)).as("another item got in between").isTrue();
      fetch.commitTransaction();
      assertThat(archived(null)).hasSize(before + 2);

      var later = archive.takeOver();
      fetch.beginTransaction();
      send(fetch, null, item("S0").getBytes(UTF_8), new byte[] {2});
      assertThat(archive.send(letters, later)).as("the same item got in between").isFalse();
      ChildProcess waiting = launch(Map.of(), "dead-letters", "replay", old);
      Thread.sleep(3_000);
      assertThat(waiting.isRunning()).as("somebody's transaction is open").isTrue();
      fetch.commitTransaction();
      assertThat(succeeded(waiting)).contains("0 sent, 1 superseded");
      assertThat(archived(null)).hasSize(before + 3);
    }
    api.correct("S0", DAY, 7, 2.5);
    run(Map.of());
    assertThat(letters("dead-letters", "replay", old)).contains("0 sent, 1 superseded");
    assertThat(run(Map.of())).contains("; 0 rows emitted");
    assertThat(Optional.of(landed("S0"))).contains(HOURS + 2L);
  }
}
