package io.landfall.cli.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.landfall.cli.Command;
import io.landfall.cli.ExitCode;
import io.landfall.cli.LandfallException;
import io.landfall.cli.Program;
import io.landfall.cli.Setting;
import io.landfall.cli.Settings;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** A program of its own process, with the log configuration of each of ours. */
class LogFormatTest {

  private static final String HOSTILE = "a\u001b[2J\nb http://u:hunter2@h/?token=hunter2";

  /** Logs on two threads and ends as it is told. */
  private record Talking(String name) implements Command {

    @Override
    public String description() {
      return "Talks.";
    }

    @Override
    public List<Setting<?>> settings() {
      return List.of();
    }

    @Override
    public ExitCode run(Settings settings, PrintStream out) throws InterruptedException {
      out.println("result");
      var log = LoggerFactory.getLogger("io.landfall.Talking");
      log.atInfo().addKeyValue("reason", HOSTILE).log(HOSTILE);
      Thread other =
          new Thread(
              () ->
                  log.atWarn().setCause(new IOException(HOSTILE, new Error("deep"))).log("failed"),
              "other\nthread");
      other.start();
      other.join();
      if (name.equals("refuse")) {
        throw LandfallException.unavailable("it is\nnot there: " + HOSTILE);
      }
      if (name.equals("break")) {
        throw new IllegalStateException(HOSTILE);
      }
      return ExitCode.OK;
    }
  }

  /** The program that the tests start. */
  static final class Main {
    public static void main(String[] args) {
      new Program(
              "landfall test",
              "Tests.",
              List.of(new Talking("talk"), new Talking("refuse"), new Talking("break")))
          .runAndExit(args);
    }
  }

  private record Ended(int code, List<String> out, List<String> err) {

    List<JsonNode> lines() throws IOException {
      List<JsonNode> lines = new ArrayList<>();
      for (String line : err) {
        lines.add(new ObjectMapper().readTree(line));
      }
      return lines;
    }
  }

  static Stream<Path> configurations() {
    return Stream.of("producer", "consumer", "sandbox").map(LogFormatTest::configuration);
  }

  private static Path configuration(String module) {
    return Path.of("..", module, "src", "main", "resources", "log4j2.properties");
  }

  private static Ended run(Path configuration, String... args)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-Dlog4j2.configurationFile=" + configuration,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(args));
    Path errors = Files.createTempFile("landfall", ".err");
    try {
      Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
      String out = new String(process.getInputStream().readAllBytes(), UTF_8);
      int code = process.waitFor();
      return new Ended(code, out.lines().toList(), Files.readAllLines(errors));
    } finally {
      Files.delete(errors);
    }
  }

  private static void check(Ended ended) throws IOException {
    assertThat(ended.out()).containsExactly("result");
    assertThat(ended.lines())
        .isNotEmpty()
        .allSatisfy(
            line -> {
              assertThat(Instant.parse(line.path("@timestamp").asText())).isNotNull();
              for (String field :
                  List.of("log.level", "message", "log.logger", "process.thread.name")) {
                assertThat(line.path(field).asText()).as(field).isNotBlank();
              }
              assertThat(line.path("service.name").asText()).isEqualTo("landfall-test");
            });
    assertThat(String.join("\n", ended.err())).doesNotContain("hunter2", "\u001b");
    JsonNode first = ended.lines().get(0);
    assertThat(first.path("message").asText()).isEqualTo("a\\u001b[2J\\nb http://***@h/?token=***");
    assertThat(first.path("labels").path("reason").asText())
        .isEqualTo("a\\u001b[2J\\nb http://***@h/?token=***");
    JsonNode second = ended.lines().get(1);
    assertThat(second.path("process.thread.name").asText()).isEqualTo("other\\nthread");
    assertThat(second.path("error.stack_trace").asText()).contains("java.lang.Error: deep");
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void everyLineOfALogIsJson(Path configuration) throws Exception {
    Ended ended = run(configuration, "refuse", "--log-format", "json");
    check(ended);
    assertThat(ended.code()).isEqualTo(ExitCode.UNAVAILABLE.code());
    assertThat(ended.lines()).hasSize(3);
    assertThat(ended.lines().get(2).path("log.level").asText()).isEqualTo("ERROR");
    assertThat(ended.lines().get(2).path("message").asText())
        .isEqualTo(
            "landfall test refuse: it is\\nnot there: a\\u001b[2J\\nb http://***@h/?token=***");
  }

  @Test
  void aBugHasItsTraceInOneLine() throws Exception {
    Ended ended = run(configuration("producer"), "break", "--log-format=json");
    check(ended);
    assertThat(ended.code()).isEqualTo(ExitCode.BUG.code());
    assertThat(ended.lines().get(2).path("error.stack_trace").asText())
        .contains("IllegalStateException", "\n        at ");
    assertThat(ended.lines().get(3).path("message").asText()).contains("this is a bug in Landfall");
  }

  @Test
  void aWrongSettingIsToldInTheSameFormat() throws Exception {
    Ended ended =
        run(configuration("consumer"), "talk", "--log-format", "json", "--lookback-dayz", "3");
    assertThat(ended.code()).isEqualTo(ExitCode.USAGE.code());
    assertThat(ended.lines().get(0).path("message").asText()).contains("no such option");
  }

  @Test
  void textIsAsItWas() throws Exception {
    Ended ended = run(configuration("producer"), "talk");
    assertThat(ended.code()).isEqualTo(ExitCode.OK.code());
    assertThat(ended.err().get(0))
        .matches("[\\d:.]+ INFO  Talking a\\\\u001b\\[2J\\\\nb http://\\*\\*\\*@h/.*");
  }
}
