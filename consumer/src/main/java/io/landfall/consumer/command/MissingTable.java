package io.landfall.consumer.command;

import io.landfall.program.Stop;
import java.nio.file.Path;

/** The answer where a verb needs a table and there is none. */
final class MissingTable {

  private MissingTable() {}

  static Stop at(Path path) {
    return Stop.usage(
        "There is no table at %s. It comes into being with the first `landfall consumer run`; is --table right?"
            .formatted(path),
        new java.nio.file.NoSuchFileException(path.toString()));
  }
}
