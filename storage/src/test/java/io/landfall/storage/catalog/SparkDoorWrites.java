package io.landfall.storage.catalog;

import io.landfall.cli.LandfallException;
import io.landfall.cli.TableLocation;
import io.landfall.consumer.bronze.TableState;
import io.landfall.consumer.door.Batch;
import io.landfall.consumer.door.Door;
import io.landfall.consumer.door.Outcome;
import io.landfall.consumer.door.spark.SparkDoor;
import io.landfall.consumer.landing.Offsets;
import io.landfall.consumer.testing.OffsetRange;
import io.landfall.consumer.testing.Readings;
import io.landfall.consumer.testing.Records;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * Lands rows through the spark door, in a folder and under a name of a catalog: two writers in
 * turn, a late one, and one after a RESTORE. Ends with 0 if all is as it should be.
 */
public final class SparkDoorWrites {

  private final SparkSession spark;
  private final TableLocation location;

  private SparkDoorWrites(SparkSession spark, TableLocation location) {
    this.spark = spark;
    this.location = location;
  }

  public static void main(String[] args) {
    Path folder = Path.of(args[0]);
    SparkSession spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.ui.enabled", false)
            .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
            .config(
                "spark.sql.catalog.spark_catalog",
                "org.apache.spark.sql.delta.catalog.DeltaCatalog")
            .config("spark.sql.warehouse.dir", folder.resolve("warehouse").toString())
            .config("spark.databricks.delta.snapshotPartitions", 1)
            .config("spark.sql.shuffle.partitions", 2)
            .getOrCreate();
    new SparkDoorWrites(spark, TableLocation.Folder.of(folder.resolve("readings"))).check();
    new SparkDoorWrites(spark, new TableLocation.Catalog("spark_catalog", "default", "readings"))
        .check();
    System.out.println("landed on " + spark.version());
    spark.stop();
  }

  private void check() {
    Door first = door();
    require(first.open(Readings.TOPIC_ID).position().equals(Offsets.START), "a new table");
    Door late = door();
    late.open(Readings.TOPIC_ID);
    require(append(first, 0, 10) instanceof Outcome.Committed, "the first batch");
    require(append(late, 0, 5) instanceof Outcome.Moved, "the late writer");
    Door second = door();
    TableState state = second.open(Readings.TOPIC_ID);
    require(state.position().equals(at(10)), "the position");
    require(append(second, 10, 20) instanceof Outcome.Committed, "the second batch");
    require(second.table().rows() == 20, "the rows");
    spark.sql("RESTORE TABLE %s TO VERSION AS OF 1".formatted(location.sql()));
    try {
      door().open(Readings.TOPIC_ID);
      throw new IllegalStateException("the restored table was taken");
    } catch (LandfallException e) {
      require(String.valueOf(e.getMessage()).contains("was restored"), e.toString());
    }
  }

  private Door door() {
    return new SparkDoor(spark, Readings.FIRST, location);
  }

  private Outcome append(Door door, long from, long to) {
    Batch batch =
        new Batch(
            Readings.TOPIC_ID,
            from == 0 ? Offsets.START : at(from),
            at(to),
            Instant.ofEpochSecond(1_700_000_000));
    return door.append(
        Records.of(Readings.FIRST.schema(), new OffsetRange(0, from, to)).in(spark), batch);
  }

  private static Offsets at(long offset) {
    return new Offsets(Map.of(0, offset));
  }

  private static void require(boolean condition, String what) {
    if (!condition) {
      throw new IllegalStateException("Not as it should be: " + what);
    }
  }
}
