package io.landfall.consumer.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.cli.TableLocation.Folder;
import io.landfall.consumer.bronze.Views;
import io.landfall.consumer.door.Batch;
import io.landfall.consumer.door.Door;
import io.landfall.consumer.door.Outcome;
import io.landfall.consumer.landing.Offsets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/** Tables of readings in folders. */
public final class BronzeTables {

  private BronzeTables() {}

  /**
   * A new table with one commit for each range of a topic's only partition; the hour is ten times
   * the offset.
   */
  public static void fill(Path folder, OffsetRange... ranges) {
    SparkSession spark = SharedSpark.session();
    Door door = DoorKind.FAST.to(spark, Readings.FIRST, folder);
    Offsets at = door.open(Readings.TOPIC_ID).position();
    for (OffsetRange range : ranges) {
      Offsets to = new Offsets(Map.of(range.partition(), range.to()));
      Batch batch = new Batch(Readings.TOPIC_ID, at, to, Instant.ofEpochSecond(1_700_000_000));
      assertThat(door.append(Records.of(Readings.FIRST.schema(), range).in(spark), batch))
          .isInstanceOf(Outcome.Committed.class);
      at = to;
    }
  }

  /** The same table in another folder. */
  public static void copy(Path table, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(table)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, to.resolve(table.relativize(file)));
      }
    }
  }

  /** The views that a user of SQL sees. */
  public static void views(SparkSession spark, Path folder) {
    Views.create(spark, Readings.FIRST, Folder.of(folder));
  }
}
