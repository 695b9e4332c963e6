package io.landfall.producer.nhl.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page of docs/ that a test generates and holds against the one that is there. */
final class Page {

  private Page() {}

  /** Whether pages are written anew: {@code -Ddocs.write}. */
  static boolean isWritten() {
    return System.getProperty("docs.write") != null;
  }

  /** The page that is there; empty if there is none. */
  static String text(String name) {
    try {
      return Files.exists(file(name)) ? Files.readString(file(name)) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes the page if pages are written anew; fails if the page that is there is another. */
  static void verify(String name, String text) {
    try {
      if (isWritten()) {
        Files.writeString(file(name), text);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(text(name))
        .as(
            "docs/%s is stale: write it anew with mvn -pl producer -am test -Dtest='*PageTest'"
                + " -Ddocs.write -Dsurefire.failIfNoSpecifiedTests=false",
            name)
        .isEqualTo(text);
  }

  private static Path file(String name) {
    return Path.of(System.getProperty("basedir", ".")).resolve("../docs").resolve(name);
  }
}
