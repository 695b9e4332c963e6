package io.landfall.consumer.sql;

import io.landfall.consumer.bronze.BronzeTable;
import io.landfall.consumer.landing.OffsetRange;
import io.landfall.consumer.landing.Offsets;
import io.landfall.consumer.testing.Readings;
import io.landfall.consumer.testing.SharedSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A table with a few rows, and beside it a folder of somebody else's. */
final class SmallTable {

  private SmallTable() {}

  /**
   * @return the table, in {@code folder}; the other one is its sibling {@code beside}
   */
  static Path in(Path folder) throws IOException {
    Path table = folder.resolve("readings");
    BronzeTable bronze =
        BronzeTable.open(SharedSpark.session(), Readings.FIRST, table, Readings.TOPIC_ID);
    bronze.append(
        Offsets.START,
        new Offsets(Map.of(0, 10L)),
        Readings.TOPIC_ID,
        List.of(Readings.write(Readings.FIRST, table, new OffsetRange(0, 0, 10))));
    Files.createDirectories(folder.resolve("beside/inner"));
    Files.writeString(folder.resolve("beside/inner/precious.txt"), "not yours");
    return table;
  }
}
