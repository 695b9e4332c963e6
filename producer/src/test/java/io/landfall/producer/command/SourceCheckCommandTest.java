package io.landfall.producer.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.cli.ExitCode;
import io.landfall.cli.Program;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceCheckCommandTest {

  private static final Path EXAMPLES = Path.of("..", "sources");

  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private ExitCode source(String... args) {
    return new Program(
            "landfall producer",
            "Sources.",
            List.of(new SourceCheckCommand(), new SourceSchemaCommand()))
        .run(Map.of(), new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), args);
  }

  @Test
  void whatIsRightIsSummedUp() {
    assertThat(
            source(
                "source",
                "check",
                EXAMPLES.resolve("usgs.yaml").toString(),
                EXAMPLES.resolve("github.yaml").toString()))
        .as(err.toString(UTF_8))
        .isEqualTo(ExitCode.OK);
    assertThat(out.toString(UTF_8).lines())
        .containsExactly(
            "../sources/usgs.yaml: ok: source usgs, with earthquakes (windows, changes; key id; 19"
                + " fields)",
            "../sources/github.yaml: ok: source github, with issues (changes, whole; key"
                + " repo/number; 14 fields), events (listed; key id; 6 fields)");
  }

  @Test
  void everyProblemOfEveryFileIsTold() throws IOException {
    Path wrong = Files.writeString(folder.resolve("wrong.yaml"), "source: x\nabuot: y\n");
    Path missing = folder.resolve("missing.yaml");
    Path binary = Files.write(folder.resolve("binary.yaml"), new byte[] {(byte) 0xff, 0});
    assertThat(
            source(
                "source",
                "check",
                wrong.toString(),
                missing.toString(),
                binary.toString(),
                EXAMPLES.resolve("usgs.yaml").toString()))
        .isEqualTo(ExitCode.USAGE);
    assertThat(err.toString(UTF_8))
        .contains(
            wrong + ":2:1: abuot: no such key. Did you mean about?",
            missing + " cannot be read: no such file or folder",
            binary + " is not text in UTF-8");
    assertThat(out.toString(UTF_8)).contains("usgs.yaml: ok");
  }

  @Test
  void withoutAFileThereIsNothingToCheck() {
    assertThat(source("source", "check")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString(UTF_8)).contains("Name the files of sources");
  }

  @Test
  void theSchemaIsTheOneBesideTheExamples() throws IOException {
    assertThat(source("source", "schema")).isEqualTo(ExitCode.OK);
    assertThat(out.toString(UTF_8))
        .isEqualTo(Files.readString(EXAMPLES.resolve("source.schema.json")));
  }
}
