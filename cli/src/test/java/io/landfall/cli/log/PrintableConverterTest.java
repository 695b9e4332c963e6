package io.landfall.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.apache.logging.log4j.message.SimpleMessage;
import org.apache.logging.log4j.util.SortedArrayStringMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pattern of each program's own log, with a text that tries to write a line of its own. */
class PrintableConverterTest {

  private static final String HOSTILE =
      "NJ\u001b[2J\u009b1m\u202e\u0007\n12:00:00 INFO  all is well http://u:hunter2@h/?token=hunter2";

  static Stream<Path> configurations() {
    return Stream.of("producer", "consumer", "sandbox")
        .map(module -> Path.of("..", module, "src", "main", "resources", "log4j2.properties"));
  }

  private static String pattern(Path configuration) throws IOException {
    return Files.readAllLines(configuration).stream()
        .filter(line -> line.contains(".layout.pattern = "))
        .map(line -> line.replaceAll("^.*? = ", ""))
        .findFirst()
        .orElseThrow();
  }

  private static String written(Path configuration, LogEvent event) throws IOException {
    return PatternLayout.newBuilder()
        .withPattern(pattern(configuration))
        .build()
        .toSerializable(event);
  }

  private static Log4jLogEvent.Builder event(String message, String value) {
    SortedArrayStringMap context = new SortedArrayStringMap();
    context.putValue("team", value);
    return Log4jLogEvent.newBuilder()
        .setLoggerName("io.landfall.X")
        .setLevel(Level.INFO)
        .setContextData(context)
        .setMessage(new SimpleMessage(message));
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void aMessageIsOneLine(Path configuration) throws IOException {
    String line = written(configuration, event(HOSTILE, HOSTILE).build());
    assertThat(line.stripTrailing().lines()).hasSize(1);
    assertThat(line)
        .contains("\\u001b[2J", "\\u009b", "\\u202e", "\\u0007", "\\n12:00:00")
        .doesNotContain("hunter2", "\u001b", "\u009b", "\u202e", "\u0007");
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void aTraceHasNoLineThatLooksLikeALogLine(Path configuration) throws IOException {
    String text =
        written(
            configuration,
            event("failed", "x")
                .setThrown(new IllegalStateException(HOSTILE, new IOException(HOSTILE)))
                .build());
    assertThat(text)
        .contains("\\u001b[2J", "    at ")
        .doesNotContain("hunter2", "\u001b", "\u009b", "\u202e", "\u0007");
    assertThat(text.lines().skip(2)).allMatch(line -> line.startsWith("    "));
  }
}
