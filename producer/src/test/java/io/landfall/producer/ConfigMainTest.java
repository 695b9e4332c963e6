package io.landfall.producer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.program.ConfigProgram;
import io.landfall.program.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
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
        ConfigProgram.of(ProducerMain.verbs(Clock.systemUTC()))
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
}
