package io.landfall.sandbox.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.sandbox.pipeline.SandboxBroker;
import io.landfall.sandbox.process.ChildProcess;
import io.landfall.sandbox.process.Part;
import io.landfall.schemas.nhl.NhlDatasets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * From a record that shape cannot use to the mail that somebody reads, and to the one that says it
 * is over: through shape's metrics, the rules, Prometheus and Alertmanager as they are installed,
 * with the files of the folder {@code monitoring}.
 */
class AlertMailIT {

  private static final Path MONITORING = Path.of(System.getProperty("landfall.home"), "monitoring");
  private static final long PATIENCE_SECONDS = 150;

  @TempDir Path folder;

  private final Deque<Process> started = new ArrayDeque<>();

  @AfterEach
  void stop() throws InterruptedException {
    for (Process process : started) {
      process.destroy();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    }
  }

  @Test
  void aDeadLetterIsMailedAndItsEndToo() throws Exception {
    Installed prometheus = Installed.program("prometheus");
    Installed alertmanager = Installed.program("prometheus-alertmanager", "alertmanager");
    String shapeAddress = Scraped.freeAddress();
    try (MailServer mail = new MailServer();
        SandboxBroker broker = new SandboxBroker(folder);
        ChildProcess shape =
            producer(
                broker,
                "shape",
                "--metrics-address",
                shapeAddress,
                "--state-dir",
                folder.resolve("state").toString())) {
      shape.ready();
      start(prometheus, alertmanager, shapeAddress, mail.address());
      send(broker, "junk");

      String firing = await(mail, "Subject: Landfall firing: LandfallDeadLetters nhl");
      assertThat(firing)
          .contains("To: night@example.org")
          .contains("nhl: 1 open dead letters")
          .contains("What to do: docs/runbooks.md#landfalldeadletters");

      try (ChildProcess dismiss =
          producer(broker, "dead-letters", "dismiss", "--all", "--because", "a test")) {
        assertThat(dismiss.exitCode()).as(dismiss.logAndOutput()).isZero();
      }
      assertThat(await(mail, "Subject: Landfall resolved: LandfallDeadLetters nhl"))
          .contains(", resolved ");
    }
  }

  private void start(Installed prometheus, Installed alertmanager, String shape, String mailServer)
      throws IOException {
    String alerts = Scraped.freeAddress();
    Path rules = Files.createDirectories(folder.resolve("rules"));
    Files.copy(MONITORING.resolve("rules/landfall.yml"), rules.resolve("landfall.yml"));
    // As it is, but for who is where, and for how long somebody who waits has to wait.
    String config =
        Files.readString(MONITORING.resolve("prometheus.yml"))
            .replace("interval: 15s", "interval: 1s")
            .replaceAll(
                "dns_sd_configs: \\[\\{names: \\[alertmanager].*",
                "static_configs: [{targets: [\"%s\"]}]".formatted(alerts))
            .replaceAll(
                "dns_sd_configs: \\[\\{names: \\[shape.*",
                "static_configs: [{targets: [\"%s\"]}]".formatted(shape))
            .replaceAll("dns_sd_configs: .*", "static_configs: []");
    Path file = Files.writeString(folder.resolve("prometheus.yml"), config);
    started.push(
        prometheus.start(
            folder.resolve("prometheus.log"),
            Map.of(),
            List.of(
                "--config.file=" + file,
                "--storage.tsdb.path=" + folder.resolve("prometheus"),
                "--web.listen-address=" + Scraped.freeAddress())));

    Path scripts = Files.createDirectories(folder.resolve("monitoring"));
    Path script = scripts.resolve("alertmanager.sh");
    Files.copy(MONITORING.resolve("alertmanager.sh"), script);
    assertThat(script.toFile().setExecutable(true)).isTrue();
    Files.writeString(
        scripts.resolve("alertmanager.yml"),
        Files.readString(MONITORING.resolve("alertmanager.yml"))
            .replace("group_wait: 30s", "group_wait: 1s")
            .replace("group_interval: 5m", "group_interval: 2s"));
    started.push(
        new Installed(script)
            .start(
                folder.resolve("alertmanager.log"),
                Map.of(
                    "ALERT_MAIL_TO",
                    "night@example.org",
                    "ALERT_SMTP",
                    mailServer,
                    "ALERT_SMTP_TLS",
                    "false"),
                List.of(
                    folder.toString(),
                    alertmanager.file().toString(),
                    "--storage.path=" + folder.resolve("alertmanager"),
                    "--cluster.listen-address=",
                    "--web.listen-address=" + alerts)));
  }

  private ChildProcess producer(SandboxBroker broker, String... words) {
    return ChildProcess.start(
        Part.PRODUCER,
        folder.resolve(words[0]),
        Map.of("LANDFALL_BOOTSTRAP_SERVERS", broker.bootstrapServers()),
        List.of(words));
  }

  private static void send(SandboxBroker broker, String junk) throws Exception {
    try (Producer<String, byte[]> producer =
        new KafkaProducer<>(
            Map.of(
                CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, (Object) broker.bootstrapServers()),
            new StringSerializer(),
            new ByteArraySerializer())) {
      String topic = NhlDatasets.PLAYER_GAME_STATS.topics().answers().name();
      producer.send(new ProducerRecord<>(topic, junk, new byte[] {1, 2, 3})).get();
    }
  }

  private String await(MailServer mail, String subject) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < end) {
      Optional<String> found =
          mail.received().stream().filter(each -> each.contains(subject)).findFirst();
      if (found.isPresent()) {
        return found.get();
      }
      Thread.sleep(100);
    }
    throw new AssertionError(
        "No mail \"%s\" within %d s, but %s%n%s%n%s"
            .formatted(
                subject,
                PATIENCE_SECONDS,
                mail.received(),
                Files.readString(folder.resolve("prometheus.log")),
                Files.readString(folder.resolve("alertmanager.log"))));
  }
}
