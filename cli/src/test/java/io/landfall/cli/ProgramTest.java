package io.landfall.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgramTest {

  private static final class Look implements Command {
    @Override
    public String name() {
      return "look";
    }

    @Override
    public String description() {
      return "Looks.";
    }

    @Override
    public List<Setting<?>> settings() {
      return List.of(
          LandfallSettings.BOOTSTRAP_SERVERS,
          LandfallSettings.FROM,
          LandfallSettings.LOOKBACK_DAYS,
          LandfallSettings.TABLE,
          LandfallSettings.ONCE);
    }

    @Override
    public ExitCode run(Settings settings, PrintStream out) {
      settings.described().forEach(out::println);
      for (PassThrough to : PassThrough.values()) {
        out.println(to + " " + settings.passedThrough(to));
      }
      for (Setting<?> setting : settings()) {
        out.println(
            setting.key()
                + " = "
                + settings.find(setting).map(Object::toString).orElse("-")
                + " from "
                + settings.origin(setting).orElse("nowhere"));
      }
      return ExitCode.OK;
    }
  }

  /** A command of a group, of two words. */
  private static final class Letters implements Command {
    @Override
    public String name() {
      return "letters list";
    }

    @Override
    public String description() {
      return "Lists.";
    }

    @Override
    public List<Setting<?>> settings() {
      return List.of(LandfallSettings.ONCE);
    }

    @Override
    public ExitCode run(Settings settings, PrintStream out) {
      out.println("listed");
      return ExitCode.OK;
    }
  }

  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private ExitCode run(Map<String, String> environment, String... args) {
    return new Program("landfall test", "Tests.", List.of(new Look(), new Letters()))
        .run(
            environment,
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            args);
  }

  private String out() {
    return out.toString(UTF_8);
  }

  private String err() {
    return err.toString(UTF_8);
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("landfall.yaml"), text);
  }

  @Test
  void aFlagWinsOverTheEnvironmentAndThatOverTheFileAndThatOverTheDefault() throws IOException {
    Path file = file("lookback-days: 3\nbootstrap-servers: file:1\nfrom: 2024-10-04\n");
    Map<String, String> environment =
        Map.of("LANDFALL_BOOTSTRAP_SERVERS", "env:1", "LANDFALL_TABLE", "/env");
    assertThat(run(environment, "look", "--config", file.toString(), "--table", "/flag"))
        .isEqualTo(ExitCode.OK);
    assertThat(out())
        .contains("table = /flag from --table")
        .contains("bootstrap-servers = env:1 from environment variable LANDFALL_BOOTSTRAP_SERVERS")
        .contains("lookback-days = 3 from lookback-days in " + file)
        .contains("from = 2024-10-04")
        .contains("once = false from default");
  }

  @Test
  void everyMistakeIsToldAtOnce() throws IOException {
    Path file = file("lookback: 3\nlookback-days: many\n");
    ExitCode code =
        run(
            Map.of("LANDFALL_TABEL", "/x", "LANDFALL_FROM", "yesterday"),
            "look",
            "--config",
            file.toString(),
            "--bootstrap-servers",
            "nowhere",
            "--frm",
            "1");
    assertThat(code).isEqualTo(ExitCode.USAGE);
    assertThat(err())
        .contains("no such option: --frm. Did you mean --from?")
        .contains("lookback in " + file + ": no such setting. Did you mean lookback-days?")
        .contains("lookback-days in " + file + ": \"many\": expected a whole number from 0 to 366")
        .contains(
            "environment variable LANDFALL_TABEL: no such setting. Did you mean LANDFALL_TABLE?")
        .contains("environment variable LANDFALL_FROM: \"yesterday\": expected a date")
        .contains("--bootstrap-servers: \"nowhere\": expected host:port")
        .contains("--table is missing")
        .doesNotContain("\tat ");
  }

  private static final class Group implements Command {
    private static final Setting<List<Integer>> NUMBERS =
        Setting.arguments("numbers", "NUMBER", Parsers.integer(0, 9), "Some numbers.");

    @Override
    public String name() {
      return "numbers add";
    }

    @Override
    public String description() {
      return "Adds.";
    }

    @Override
    public List<Setting<?>> settings() {
      return List.of(NUMBERS, LandfallSettings.ONCE);
    }

    @Override
    public ExitCode run(Settings settings, PrintStream out) {
      out.println(settings.find(NUMBERS).orElse(List.of()));
      return ExitCode.OK;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "numbers add,[]",
    "numbers add 1,[1]",
    "numbers add 1 2 3,'[1, 2, 3]'",
    "numbers add 1 --once 2,'[1, 2]'"
  })
  void aCommandOfTwoWordsTakesAnyNumberOfWords(String line, String numbers) {
    ExitCode code =
        new Program("landfall test", "Tests.", List.of(new Look(), new Group()))
            .run(
                Map.of(),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                line.split(" "));
    assertThat(code).as(err()).isEqualTo(ExitCode.OK);
    assertThat(out()).isEqualToIgnoringNewLines(numbers);
  }

  @Test
  void aWrongOneOfSeveralWordsIsTold() {
    ExitCode code =
        new Program("landfall test", "Tests.", List.of(new Group()))
            .run(
                Map.of(),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                "numbers",
                "add",
                "1",
                "12");
    assertThat(code).isEqualTo(ExitCode.USAGE);
    assertThat(err()).contains("NUMBER: \"1 12\": expected a whole number from 0 to 9");
  }

  @Test
  void aFileThatIsNotThereIsTold() {
    assertThat(run(Map.of(), "look", "--table", "/t", "--config", folder + "/none.yaml"))
        .isEqualTo(ExitCode.USAGE);
    assertThat(err()).contains("none.yaml cannot be read");
  }

  @Test
  void theNameOfAFileThatCannotBeOneIsToldWithWhereItStands() {
    assertThat(run(Map.of("LANDFALL_CONFIG", ""), "look", "--table", "/t"))
        .isEqualTo(ExitCode.USAGE);
    assertThat(err()).contains("environment variable LANDFALL_CONFIG: \"\": expected a path");
    assertThat(run(Map.of(), "look", "--table", "/t", "--config=")).isEqualTo(ExitCode.USAGE);
    assertThat(err()).contains("--config: \"\": expected a path");
  }

  @Test
  void aFileThatIsNotYamlIsTold() throws IOException {
    Path file = file("a: [1\n");
    assertThat(run(Map.of(), "look", "--table", "/t", "--config", file.toString()))
        .isEqualTo(ExitCode.USAGE);
    assertThat(err()).contains("is not YAML");
  }

  @Test
  void anUnknownVerbIsTold() {
    assertThat(run(Map.of(), "lok")).isEqualTo(ExitCode.USAGE);
    assertThat(err()).contains("lok").contains("look");
  }

  @Test
  void withoutAVerbTheVerbsAreShown() {
    assertThat(run(Map.of())).isEqualTo(ExitCode.USAGE);
    assertThat(err()).contains("no command given").contains("Looks.");
  }

  @Test
  void helpNeedsNoSettings() {
    assertThat(run(Map.of(), "look", "--help")).isEqualTo(ExitCode.OK);
    assertThat(out()).contains("--bootstrap-servers").contains("127.0.0.1:9092");
    assertThat(run(Map.of(), "--help")).isEqualTo(ExitCode.OK);
  }

  @Test
  void theVersionIsThatOfTheBuild() {
    assertThat(run(Map.of(), "--version")).isEqualTo(ExitCode.OK);
    assertThat(run(Map.of(), "look", "--version")).isEqualTo(ExitCode.OK);
    assertThat(out()).startsWith("landfall 0.").doesNotContain("$");
  }

  @Test
  void kafkaStreamsAndSparkSettingsArePassedThroughFromEverywhere() throws IOException {
    Path file =
        file("kafka:\n  linger.ms: 5\n  client:\n    id: me\nspark.sql.shuffle.partitions: 3\n");
    Map<String, String> environment =
        Map.of("LANDFALL_TABLE", "/t", "LANDFALL_STREAMS_NUM_STREAM_THREADS", "1");
    assertThat(run(environment, "look", "--config", file.toString(), "--kafka.linger.ms=7"))
        .isEqualTo(ExitCode.OK);
    assertThat(out())
        .contains("KAFKA {client.id=me, linger.ms=7}")
        .contains("STREAMS {num.stream.threads=1}")
        .contains("SPARK {spark.sql.shuffle.partitions=3}");
  }

  @Test
  void whatAPromiseRestsOnIsRefusedByName() throws IOException {
    Path file =
        file(
            """
            kafka.isolation.level: read_uncommitted
            kafka.enable.idempotence: false
            kafka.acks: 1
            streams.processing.guarantee: at_least_once
            spark.failOnDataLoss: false
            kafka.enable.auto.commit: true
            """);
    assertThat(run(Map.of(), "look", "--table", "/t", "--config", file.toString()))
        .isEqualTo(ExitCode.USAGE);
    assertThat(err().lines().filter(line -> line.contains("it cannot be set, because"))).hasSize(6);
  }

  @Test
  void aSecretIsMaskedAndRefusedOnTheCommandLine() {
    Map<String, String> environment = Map.of("LANDFALL_KAFKA_SSL_KEY_PASSWORD", "hunter2");
    assertThat(run(environment, "look", "--table", "/t")).isEqualTo(ExitCode.OK);
    assertThat(out()).contains("kafka.ssl.key.password").contains("***");
    assertThat(run(Map.of(), "look", "--table", "/t", "--kafka.sasl.jaas.config", "hunter2"))
        .isEqualTo(ExitCode.USAGE);
    assertThat(err()).contains("--kafka.sasl.jaas.config: a secret").doesNotContain("hunter2");
  }

  @Test
  void whatWasMeantIsAsked() {
    run(Map.of(), "look", "--lookback", "3");
    run(Map.of(), "loook");
    run(Map.of(), "look", "--tabel=/t");
    run(Map.of(), "look", "--kafk.linger.ms=5");
    run(Map.of("LANDFALL_LOOKBAK_DAYS", "3"), "look", "--table", "/t");
    assertThat(err())
        .contains("no such option: --lookback. Did you mean --lookback-days?")
        .contains("no such command: loook. Did you mean look?")
        .contains("no such option: --tabel. Did you mean --table?")
        .contains("no such option: --kafk.linger.ms. Did you mean --kafka.linger.ms?")
        .contains("LANDFALL_LOOKBAK_DAYS: no such setting. Did you mean LANDFALL_LOOKBACK_DAYS?");
  }

  @Test
  void aValueIsNotCalledAnOption() {
    assertThat(
            run(Map.of(), "look", "--table", "/t", "--lookback", "hunter", "--frm", "2024-10-04"))
        .isEqualTo(ExitCode.USAGE);
    assertThat(err()).contains("--lookback.", "--frm.").doesNotContain("hunter", "2024");
  }

  @Test
  void anOptionOfAnotherVerbIsCalledThat() {
    assertThat(run(Map.of(), "look", "--table", "/t", "--cron", "x")).isEqualTo(ExitCode.USAGE);
    assertThat(err())
        .contains("--cron is an option of another command")
        .doesNotContain("such option");
  }

  @Test
  void aSettingThatIsPassedThroughNeedsAValue() {
    assertThat(run(Map.of(), "look", "--table", "/t", "--kafka.linger.ms"))
        .isEqualTo(ExitCode.USAGE);
    assertThat(err()).contains("--kafka.linger.ms: its value is missing");
  }

  @Test
  void whatAUserWroteIsShownAndNotSent() {
    run(Map.of(), "look", "--from", "a\u001b[2J\nlandfall test: all is well", "--\u001b[1m=1");
    assertThat(err()).contains("\\u001b[2J\\n").doesNotContain("\u001b");
    assertThat(err().lines()).doesNotContain("landfall test: all is well");
  }

  @Test
  void helpNamesWhatIsPassedThroughTheExitCodesAndTheVariables() {
    assertThat(run(Map.of(), "look", "--help")).isEqualTo(ExitCode.OK);
    assertThat(out())
        .contains("--kafka.NAME=VALUE", "LANDFALL_SOME_NAME", "LANDFALL_CONFIG")
        .doesNotContain("--spark.", "--streams.");
    for (ExitCode code : ExitCode.values()) {
      assertThat(out()).contains("  %-3d  %s".formatted(code.code(), code.meaning()));
    }
  }

  @Test
  void keysThatStandTwiceAreRefusedWithTheirLines() throws IOException {
    Path twice = file("table: /a\nfrom: 2024-10-04\ntable: /b\n");
    assertThat(run(Map.of(), "look", "--config", twice.toString())).isEqualTo(ExitCode.USAGE);
    assertThat(err()).contains(twice + ", line 3: table is there twice");
    Path notations = file("table: /a\nkafka.linger.ms: 1\nkafka:\n  linger.ms: 2\n");
    assertThat(run(Map.of(), "look", "--config", notations.toString())).isEqualTo(ExitCode.USAGE);
    assertThat(err()).contains("kafka.linger.ms is twice in").contains("(lines 2 and 4)");
    Path documents = file("table: /a\n---\ntable: /b\n");
    assertThat(run(Map.of(), "look", "--config", documents.toString())).isEqualTo(ExitCode.USAGE);
    assertThat(err()).contains("expected one YAML document");
  }

  @Test
  void helpAndVersionAreNoWordsThatMayStandBeforeACommandThatRuns() {
    assertThat(run(Map.of(), "--help", "letters", "list")).isEqualTo(ExitCode.OK);
    assertThat(run(Map.of(), "letters", "--help", "list")).isEqualTo(ExitCode.OK);
    assertThat(run(Map.of(), "--version", "letters", "list")).isEqualTo(ExitCode.OK);
    assertThat(out()).contains("Usage: landfall test letters").doesNotContain("listed");
  }

  @Test
  void whatNobodyKnowsIsToldWhereverItStands() {
    for (String[] words :
        List.of(
            new String[] {"--bogus", "letters", "list"},
            new String[] {"letters", "--bogus", "list"},
            new String[] {"letters", "list", "--bogus"})) {
      assertThat(run(Map.of(), words)).isEqualTo(ExitCode.USAGE);
    }
    assertThat(out()).isEmpty();
    assertThat(run(Map.of(), "letters", "list")).isEqualTo(ExitCode.OK);
    assertThat(run(Map.of(), "letters")).isEqualTo(ExitCode.USAGE);
    assertThat(err()).contains("no such option: --bogus", "a command is missing");
  }

  @Test
  void aValueThatBeginsWithAnAtSignIsAValue() throws IOException {
    Path other = Files.writeString(folder.resolve("other"), "--once");
    assertThat(run(Map.of(), "look", "--table", "@" + other)).isEqualTo(ExitCode.OK);
    assertThat(out()).contains("@" + other).contains("once = false");
  }

  @Test
  void aSwitchMayBeGivenItsValueAndTakesNoOtherWord() throws IOException {
    Path file = file("once: true\n");
    for (String[] words :
        List.of(
            new String[] {"look", "--once", "--table", "/t"},
            new String[] {"look", "--once=true", "--table", "/t"})) {
      assertThat(run(Map.of(), words)).isEqualTo(ExitCode.OK);
      assertThat(out()).contains("once = true from --once");
    }
    out.reset();
    assertThat(run(Map.of(), "look", "--once=false", "--table", "/t", "--config", "" + file))
        .isEqualTo(ExitCode.OK);
    assertThat(out()).contains("once = false from --once");
    assertThat(run(Map.of(), "look", "--once=maybe", "--table", "/t")).isEqualTo(ExitCode.USAGE);
    assertThat(run(Map.of(), "look", "--table", "/t", "--once", "word")).isEqualTo(ExitCode.USAGE);
    assertThat(err()).contains("maybe", "what is \"word\" for?");
  }

  @Test
  void namesMayBeWrittenWithUnderscores() throws IOException {
    Path file = file("lookback_days: 1\n");
    assertThat(run(Map.of(), "look", "--table", "/t", "--config", file.toString()))
        .isEqualTo(ExitCode.OK);
    assertThat(out()).contains("lookback-days = 1 from lookback-days in");
    assertThat(run(Map.of(), "look", "--table", "/a_b", "--lookback_days=2"))
        .isEqualTo(ExitCode.OK);
    assertThat(out()).contains("lookback-days = 2 from --lookback-days").contains("/a_b");
  }
}
