package io.landfall.consumer.sql;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** Statements to try, one a line of a file. */
final class Corpus {

  private Corpus() {}

  static List<String> letThrough(Path table) {
    return read("let-through.sql", table);
  }

  static List<String> refused(Path table) {
    return read("refused.sql", table);
  }

  private static List<String> read(String name, Path table) {
    try (InputStream file = Objects.requireNonNull(Corpus.class.getResourceAsStream(name))) {
      return new String(file.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.replace("$TABLE", table.toString()))
          .map(line -> line.replace("$BESIDE", table.resolveSibling("beside").toString()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
