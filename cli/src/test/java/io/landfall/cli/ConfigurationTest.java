package io.landfall.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example file, the page in docs and the defaults, all against the code. */
class ConfigurationTest {

  private static final Path PAGE = Path.of("..", "docs", "configuration.md");
  private static final Path EXAMPLE = Path.of("..", "landfall.example.yaml");

  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private ExitCode config(Map<String, String> environment, String... args) {
    return ConfigProgram.of(List.of(), Set.of(), List.of())
        .run(
            environment,
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            args);
  }

  @Test
  void thePageInDocsIsWhatTheCodeSays() throws IOException {
    String expected = SettingsPage.text();
    if (Boolean.getBoolean("landfall.docs.write")) {
      Files.writeString(PAGE, expected);
    }
    assertThat(Files.readString(PAGE))
        .as("docs/configuration.md is stale: mvn -pl cli test -Dlandfall.docs.write=true")
        .isEqualTo(expected);
  }

  @Test
  void theExampleFileIsRightAndNamesEverySetting() throws IOException {
    assertThat(config(Map.of(), "check", "--config", EXAMPLE.toString()))
        .as(err.toString(UTF_8))
        .isEqualTo(ExitCode.OK);
    String text = Files.readString(EXAMPLE);
    assertThat(LandfallSettings.ALL)
        .filteredOn(setting -> setting.form() != Setting.Form.ARGUMENT)
        .allSatisfy(setting -> assertThat(text).contains(setting.key() + ":"));
  }

  @Test
  void everyValueIsShownWithItsOrigin() throws IOException {
    Path file = Files.writeString(folder.resolve("landfall.yaml"), "lookback-days: 3\n");
    assertThat(
            config(
                Map.of("LANDFALL_MAX_IN_FLIGHT", "2"),
                "show",
                "--config",
                file.toString(),
                "--table",
                "/t"))
        .isEqualTo(ExitCode.OK);
    List<String> lines = out.toString(UTF_8).lines().toList();
    assertThat(lines).anyMatch(line -> line.matches("lookback-days +3 +lookback-days in .*"));
    assertThat(lines).anyMatch(line -> line.matches("max-in-flight +2 +environment variable .*"));
    assertThat(lines).anyMatch(line -> line.matches("table +/t +--table"));
    assertThat(lines).anyMatch(line -> line.matches("items-per-transaction +13 +default"));
  }

  @Test
  void aSecretIsNeitherShownNorTakenAsAFlag() {
    assertThat(
            config(Map.of("LANDFALL_OPENLINEAGE_TOKEN", "planted-secret"), "show", "--table", "/t"))
        .isEqualTo(ExitCode.OK);
    assertThat(out.toString(UTF_8).lines())
        .anyMatch(line -> line.matches("openlineage-token +\\*{3} +environment variable .*"));
    assertThat(config(Map.of(), "check", "--table", "/t", "--openlineage-token", "planted-secret"))
        .isEqualTo(ExitCode.USAGE);
    assertThat(err.toString(UTF_8)).contains("--openlineage-token: a secret on the command line");
    assertThat(out.toString(UTF_8) + err.toString(UTF_8)).doesNotContain("planted-secret");
  }

  @Test
  void fiveMistakesGiveFiveMessages() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("landfall.yaml"),
            """
            lookback-dayz: 3
            max-in-flight: 0
            request-timeout: soon
            kafka.isolation.level: read_uncommitted
            from: [1, 2]
            """);
    assertThat(config(Map.of(), "check", "--config", file.toString())).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString(UTF_8).lines().filter(line -> !line.startsWith("See:"))).hasSize(5);
  }

  @Test
  void valuesAreShownAsTheyAreWritten() {
    assertThat(config(Map.of("LANDFALL_OUTPUT", "csv"), "show", "--request-timeout", "3m"))
        .isEqualTo(ExitCode.OK);
    List<String> lines = out.toString(UTF_8).lines().toList();
    assertThat(lines).anyMatch(line -> line.matches("request-timeout +3m +--request-timeout"));
    assertThat(lines).anyMatch(line -> line.matches("output +csv +environment variable .*"));
  }

  @Test
  void whatIsNotSetAndWhatIsWrongIsShownToo() {
    assertThat(config(Map.of("LANDFALL_OUTPUT", "xml"), "show", "--max-in-flight", "2"))
        .isEqualTo(ExitCode.USAGE);
    List<String> lines = out.toString(UTF_8).lines().toList();
    assertThat(lines).hasSize(LandfallSettings.ALL.size());
    assertThat(lines).anyMatch(line -> line.matches("table +- +not set"));
    assertThat(lines).anyMatch(line -> line.matches("output +xml +environment variable .*, wrong"));
    assertThat(lines).anyMatch(line -> line.matches("max-in-flight +2 +--max-in-flight"));
    assertThat(err.toString(UTF_8)).contains("LANDFALL_OUTPUT: \"xml\": expected one of");
  }

  @Test
  void namesThatKafkaDoesNotKnowAreWarnedOf() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("landfall.yaml"),
            """
            kafka:
              lingr.ms: 5
              linger.ms: 5
            streams:
              num.stream.thread: 1
              consumer.fetch.max.byte: 1
              topic.retention.ms: 1
            """);
    ExitCode code =
        ConfigProgram.of(List.of(), Set.of("num.stream.threads"), List.of())
            .run(
                Map.of(),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                "check",
                "--config",
                file.toString());
    assertThat(code).isEqualTo(ExitCode.OK);
    assertThat(out.toString(UTF_8).lines().filter(line -> line.startsWith("warning: ")))
        .hasSize(3)
        .anyMatch(line -> line.contains("no lingr.ms. Did you mean kafka.linger.ms?"))
        .anyMatch(line -> line.contains("Did you mean streams.num.stream.threads?"))
        .anyMatch(line -> line.contains("Did you mean streams.consumer.fetch.max.bytes?"));
  }

  @Test
  void whatWasNotLookedAtIsSaid() {
    assertThat(config(Map.of(), "check", "--spark.sql.shufle.partitions=3")).isEqualTo(ExitCode.OK);
    assertThat(out.toString(UTF_8))
        .contains("Not checked: the table", "Not checked: settings of Spark", "--online asks them");
  }

  private record Found(OnlineCheck.Finding finding) implements OnlineCheck {
    @Override
    public String name() {
      return "it";
    }

    @Override
    public Finding ask(Settings settings) {
      return finding;
    }
  }

  private ExitCode online(ExitCode... codes) {
    List<OnlineCheck> checks =
        Arrays.stream(codes)
            .<OnlineCheck>map(code -> new Found(new OnlineCheck.Finding(code, "so it is")))
            .toList();
    return ConfigProgram.of(List.of(), Set.of(), checks)
        .run(
            Map.of(),
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            "check",
            "--online");
  }

  @Test
  void onlineEndsWithTheWorstThatWasFound() {
    assertThat(online(ExitCode.OK, ExitCode.OK)).isEqualTo(ExitCode.OK);
    assertThat(out.toString(UTF_8)).contains("ok: so it is", "The settings are right.");
    assertThat(online(ExitCode.OK, ExitCode.UNAVAILABLE)).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(online(ExitCode.UNAVAILABLE, ExitCode.USAGE)).isEqualTo(ExitCode.USAGE);
    assertThat(online(ExitCode.USAGE, ExitCode.REFUSED)).isEqualTo(ExitCode.REFUSED);
    assertThat(out.toString(UTF_8)).contains("wrong: so it is", "not everything behind them");
  }

  @Test
  void offlineNothingIsAsked() {
    ExitCode code =
        ConfigProgram.of(
                List.of(),
                Set.of(),
                List.of(new Found(new OnlineCheck.Finding(ExitCode.REFUSED, "asked"))))
            .run(
                Map.of(),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                "check");
    assertThat(code).isEqualTo(ExitCode.OK);
  }

  @Test
  void noHelpOfAnotherVerbSpeaksOfATable() {
    for (Setting<?> setting : LandfallSettings.ALL) {
      if (!setting
          .key()
          .matches(
              "dataset|table|door|into|backup|records-per-commit|output|refill|accept-version|quarantine-schema")) {
        assertThat(setting.description()).as(setting.key()).doesNotContain("table");
      }
    }
  }
}
