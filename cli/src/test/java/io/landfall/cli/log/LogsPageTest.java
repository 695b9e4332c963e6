package io.landfall.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/logs.md} names every key that a program logs. */
class LogsPageTest {

  private static final Pattern KEY = Pattern.compile("addKeyValue\\(\\s*\"([^\"]+)\"");

  @Test
  void everyKeyIsOnThePage() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "logs.md"));
    assertThat(keys()).hasSizeGreaterThan(20).allMatch(key -> page.contains("`" + key + "`"));
  }

  private static Set<String> keys() throws IOException {
    Set<String> keys = new TreeSet<>();
    for (String module : List.of("cli", "producer", "consumer")) {
      try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "main", "java"))) {
        files
            .filter(file -> file.toString().endsWith(".java"))
            .forEach(
                file ->
                    KEY.matcher(text(file)).results().map(key -> key.group(1)).forEach(keys::add));
      }
    }
    return keys;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
