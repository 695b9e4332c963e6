package io.landfall.consumer.ingest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder that may be thrown away. */
public record Scratch(Path path) implements AutoCloseable {

  /** A new one in another folder. */
  static Scratch in(Path folder, String name) {
    try {
      return new Scratch(Files.createTempDirectory(Files.createDirectories(folder), name));
    } catch (IOException e) {
      throw new UncheckedIOException("The scratch folder cannot be used: " + e, e);
    }
  }

  @Override
  public void close() {
    try (Stream<Path> found = Files.walk(path)) {
      List<Path> deepestFirst = found.sorted(Comparator.reverseOrder()).toList();
      for (Path each : deepestFirst) {
        Files.deleteIfExists(each);
      }
    } catch (IOException | UncheckedIOException e) {
      // Of no use to anybody: whoever clears the folder that it is in removes it.
      return;
    }
  }
}
