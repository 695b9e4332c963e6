package io.landfall.consumer.sql;

import io.landfall.consumer.testing.BronzeTables;
import io.landfall.consumer.testing.OffsetRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A table with a few rows, and beside it a folder of somebody else's. */
final class SmallTable {

  private SmallTable() {}

  /**
   * @return the table, in {@code folder}; the other one is its sibling {@code beside}
   */
  static Path in(Path folder) throws IOException {
    Path table = folder.resolve("readings");
    BronzeTables.fill(table, new OffsetRange(0, 0, 10));
    Files.createDirectories(folder.resolve("beside/inner"));
    Files.writeString(folder.resolve("beside/inner/precious.txt"), "not yours");
    return table;
  }
}
