package io.landfall.producer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.landfall.cli.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigMainTest {

  @TempDir Path folder;

  @Test
  void whatOnlyAVerbUnderstandsIsToldTogetherWithTheRest() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("landfall.yaml"),
            """
            cron: "61 9 * * *"
            from: 2025-01-02
            to: 2025-01-01
            max-in-flight: none
            kafka:
              acks: 1
            """);
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    ExitCode code =
        ConfigMain.program(Clock.systemUTC())
            .run(
                Map.of(),
                new PrintStream(new ByteArrayOutputStream(), true, UTF_8),
                new PrintStream(err, true, UTF_8),
                "check",
                "--config",
                file.toString());
    assertThat(code).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString(UTF_8).lines().filter(line -> !line.startsWith("See:")))
        .hasSize(4)
        .anyMatch(line -> line.contains("--cron \"61 9 * * *\": "))
        .anyMatch(line -> line.contains("--from 2025-01-02 is after --to 2025-01-01"))
        .anyMatch(line -> line.contains("max-in-flight in"))
        .anyMatch(line -> line.contains("kafka.acks in"));
  }

  @Test
  void onlineAsksEachThingAndTellsWhatIsWrong() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    HttpServer api =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    api.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, 2);
          exchange.getResponseBody().write("{}".getBytes(UTF_8));
          exchange.close();
        });
    api.start();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ExitCode code =
          ConfigMain.program(Clock.systemUTC())
              .run(
                  Map.of(),
                  new PrintStream(out, true, UTF_8),
                  new PrintStream(new ByteArrayOutputStream(), true, UTF_8),
                  "check",
                  "--online",
                  "--bootstrap-servers=127.0.0.1:" + port,
                  "--web-api-url=http://127.0.0.1:" + api.getAddress().getPort() + "/v1",
                  "--stats-api-url=http://127.0.0.1:" + port,
                  "--table=" + folder.resolve("table"),
                  "--state-dir=" + folder.resolve("state"),
                  "--scratch-dir=/proc/xx/scratch");
      assertThat(code).isEqualTo(ExitCode.USAGE);
    } finally {
      api.stop(0);
    }
    assertThat(out.toString(UTF_8).lines().toList())
        .anyMatch(line -> line.matches("broker +wrong: No Kafka at .*nothing listens there.*"))
        .anyMatch(line -> line.matches("topics +wrong: No Kafka at .*"))
        .anyMatch(line -> line.matches("web API +ok: GET http.*"))
        .anyMatch(line -> line.matches("stats API +wrong: GET http.*"))
        .anyMatch(line -> line.matches("table +ok: .* can be written"))
        .anyMatch(line -> line.matches("state-dir +ok: .*"))
        .anyMatch(line -> line.matches("scratch-dir +wrong: --scratch-dir /proc/xx/scratch .*"));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aMisspeltNameOfStreamsIsWarnedOf() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ConfigMain.program(Clock.systemUTC())
        .run(
            Map.of(),
            new PrintStream(out, true, UTF_8),
            new PrintStream(new ByteArrayOutputStream(), true, UTF_8),
            "check",
            "--streams.num.stream.thread=1");
    assertThat(out.toString(UTF_8)).contains("Did you mean streams.num.stream.threads?");
  }
}
