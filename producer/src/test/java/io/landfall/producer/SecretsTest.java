package io.landfall.producer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.cli.ExitCode;
import io.landfall.producer.testing.TestBroker;
import io.landfall.schemas.testing.SecuredListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Secrets are planted wherever one can stand, the programs run as processes of their own with every
 * library at its most talkative, well and badly, and nothing that they print has one. Each secret
 * is in one run only: what was masked once is masked for ever.
 */
class SecretsTest {

  /** Of every secret. */
  private static final String PLANTED = "hunter2";

  private static final String USER = "producer";
  private static final String NOWHERE = "http://127.0.0.1:9";

  @TempDir private static Path shared;
  private static SecuredListener listener;
  private static TestBroker broker;

  @TempDir private Path folder;
  private final Map<String, String> environment = new TreeMap<>();

  @BeforeAll
  static void start() throws Exception {
    listener = SecuredListener.in(shared.resolve("keys"), USER);
    broker = TestBroker.start(shared.resolve("kafka"), listener);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  /** A settings file whose secrets are elsewhere. */
  private Path settings(String more) throws IOException {
    Path password =
        Files.writeString(folder.resolve("password"), SecuredListener.password(USER) + "\n");
    Path keys =
        Files.writeString(
            folder.resolve("keys.properties"), "trust=" + SecuredListener.STORE_PASSWORD + "\n");
    environment.put("S3_KEY", "s3-hunter2-k");
    return Files.writeString(
        folder.resolve("landfall.yaml"),
        """
        bootstrap-servers: %s
        web-api-url: %s
        stats-api-url: %s
        state-dir: %s
        kafka:
          security.protocol: SASL_SSL
          sasl.mechanism: SCRAM-SHA-512
          sasl.jaas.config: >-
            org.apache.kafka.common.security.scram.ScramLoginModule required
            username="%s" password="${file:%s}";
          ssl.truststore.location: %s
          ssl.truststore.type: PKCS12
          ssl.truststore.password: ${file:%s:trust}
          basic.auth.user.info: registry:registry-hunter2
          ssl.keystore.key: |
            -----BEGIN PRIVATE KEY-----
            bmV2ZXItaHVudGVyMi1zaG93bg-hunter2
            -----END PRIVATE KEY-----
        spark:
          hadoop.fs.s3a.secret.key: ${env:S3_KEY}
          hadoop.fs.azure.sas.container.account: sas-hunter2-token
          driver.extraJavaOptions: -Djavax.net.ssl.keyStorePassword=option-hunter2
        %s
        """
            .formatted(
                broker.secured(),
                NOWHERE,
                NOWHERE,
                folder.resolve("state"),
                USER,
                password,
                listener.client(USER).get("ssl.truststore.location"),
                keys,
                more));
  }

  private record Ended(int code, String said) {
    void is(ExitCode wanted) {
      assertThat(said).doesNotContain(PLANTED);
      assertThat(code).as(said).isEqualTo(wanted.code());
    }
  }

  /** The production log's own pattern, at its most talkative. */
  private Ended run(Class<?> program, String... arguments) throws Exception {
    Path log =
        Files.writeString(
            folder.resolve("log4j2.properties"),
            Files.readString(Path.of("src", "main", "resources", "log4j2.properties"), UTF_8)
                .replaceAll("(?m)^(.*\\.level) = \\w+$", "$1 = trace"));
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-Dlog4j2.configurationFile=" + log,
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
    command.addAll(List.of(arguments));
    Path said = folder.resolve("said");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    Path line = Path.of("/proc", Long.toString(process.pid()), "cmdline");
    if (Files.exists(line) && List.of(arguments).toString().indexOf(PLANTED) < 0) {
      assertThat(Files.readString(line, UTF_8)).doesNotContain(PLANTED);
    }
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), Files.readString(said, UTF_8));
  }

  private static String[] config(Path file, String... command) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of("--config", file.toString()));
    return all.toArray(String[]::new);
  }

  @Test
  void whatIsSetIsShownWithoutSecrets() throws Exception {
    Ended shown = run(ConfigMain.class, config(settings(""), "show"));
    shown.is(ExitCode.OK);
    assertThat(shown.said())
        .contains("${file:" + folder.resolve("password"), "${env:S3_KEY}", "***");
  }

  @Test
  void whatWorksSaysNothing() throws Exception {
    Path file = settings("");
    // Kafka takes no key without a certificate.
    Files.writeString(
        file, Files.readString(file).replaceAll("(?s) +ssl\\.keystore\\.key.*?END[^\n]*\n", ""));
    Ended ended = run(ProducerMain.class, config(file, "status"));
    ended.is(ExitCode.USAGE);
    // It logged in, and may do nothing.
    assertThat(ended.said()).contains("it lacks", "DEBUG");
  }

  @Test
  void aKeyThatKafkaDoesNotTake() throws Exception {
    run(ProducerMain.class, config(settings(""), "status")).is(ExitCode.USAGE);
  }

  @Test
  void wrongPasswords() throws Exception {
    Path file = settings("");
    Files.writeString(
        file, Files.readString(file).replaceAll("(?s) +ssl\\.keystore\\.key.*?END[^\n]*\n", ""));
    Files.writeString(folder.resolve("password"), "wrong-hunter2-\"p\\w");
    run(ProducerMain.class, config(file, "run")).is(ExitCode.USAGE);
    Files.writeString(folder.resolve("keys.properties"), "trust=wrong-hunter2-store");
    run(ProducerMain.class, config(file, "run")).is(ExitCode.USAGE);
  }

  @Test
  void textsThatAreNoJaas() throws Exception {
    for (String jaas :
        List.of(
            "org.apache.kafka.common.security.plain.PlainLoginModule required password='a-hunter2'",
            "org.apache.kafka.common.security.plain.PlainLoginModule b-hunter2 x;",
            "c-hunter2",
            "no.such.Module required password=\"d-hunter2\" e-hunter2;")) {
      environment.put("LANDFALL_KAFKA_SECURITY_PROTOCOL", "SASL_PLAINTEXT");
      environment.put("LANDFALL_KAFKA_SASL_MECHANISM", "PLAIN");
      environment.put("LANDFALL_KAFKA_SASL_JAAS_CONFIG", jaas);
      run(ProducerMain.class, "status", "--bootstrap-servers", broker.address()).is(ExitCode.USAGE);
    }
  }

  @Test
  void addressesWithCredentials() throws Exception {
    for (String url :
        List.of(
            "http://user:url-hunter2@127.0.0.1:9/v1",
            "http://127.0.0.1:9/v1?api_key=query-hunter2",
            "http://127.0.0.1:9/v1?x=other-hunter2")) {
      environment.put("LANDFALL_WEB_API_URL", url);
      run(ConfigMain.class, "check").is(ExitCode.USAGE);
      run(ProducerMain.class, "plan", "--bootstrap-servers", broker.address()).is(ExitCode.USAGE);
    }
  }

  @Test
  void flagsAndFilesThatAreWrong() throws Exception {
    run(ProducerMain.class, "status", "--kafka.ssl.key.password=flag-hunter2").is(ExitCode.USAGE);
    run(ProducerMain.class, "status", "--kafka.sasl.jaas.config", "jaas-hunter2")
        .is(ExitCode.USAGE);
    run(ProducerMain.class, "status", "--kafka-password=unknown-hunter2").is(ExitCode.USAGE);
    Path broken =
        Files.writeString(
            folder.resolve("broken.yaml"), "kafka:\n  ssl.key.password: 'broken-hunter2\n x: [y\n");
    run(ProducerMain.class, config(broken, "status")).is(ExitCode.USAGE);
    Path missing =
        Files.writeString(
            folder.resolve("missing.yaml"),
            "kafka:\n  ssl.key.password: ${file:/none/x}\n  ssl.keystore.password: x-hunter2\n");
    Ended ended = run(ProducerMain.class, config(missing, "status"));
    ended.is(ExitCode.USAGE);
    assertThat(ended.said()).contains("${file:/none/x}", "no such file");
  }
}
