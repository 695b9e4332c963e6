package io.landfall.consumer.command;

import io.landfall.consumer.bronze.BronzeTable;
import io.landfall.consumer.bronze.TableCheck;
import io.landfall.consumer.door.Door;
import io.landfall.consumer.door.fast.FastDoor;
import io.landfall.consumer.door.spark.SparkDoor;
import io.landfall.consumer.door.spark.SparkTable;
import io.landfall.consumer.kernel.KernelTable;
import io.landfall.consumer.storage.HadoopSettings;
import io.landfall.program.DoorChoice;
import io.landfall.program.LandfallSettings;
import io.landfall.program.PassThrough;
import io.landfall.program.Setting;
import io.landfall.program.Settings;
import io.landfall.program.Stop;
import io.landfall.program.TableLocation;
import io.landfall.program.TableLocation.Folder;
import io.landfall.schemas.Dataset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/** The table that the user's settings name, and the ways to it. */
final class Tables {

  private Tables() {}

  /** What is wrong with where the tables are said to be. */
  static List<String> problems(Settings settings, List<Setting<TableLocation>> named) {
    List<String> problems = new ArrayList<>();
    Configuration hadoop = hadoop(settings);
    for (Setting<TableLocation> setting : named) {
      Optional<TableLocation> location = settings.find(setting);
      if (location.isPresent() && location.get() instanceof Folder folder && !folder.isLocal()) {
        HadoopSettings.refusal(folder, hadoop)
            .ifPresent(why -> problems.add("%s %s: %s".formatted(setting.flag(), folder, why)));
      }
      if (location.isPresent()
          && location.get() instanceof TableLocation.Catalog name
          && settings.find(LandfallSettings.DOOR).equals(Optional.of(DoorChoice.FAST))) {
        problems.add(
            "--door fast: it leads to folders only, and %s is a name in a catalog; use auto or spark"
                .formatted(name));
      }
    }
    return problems;
  }

  private static Configuration hadoop(Settings settings) {
    return HadoopSettings.of(settings.passedThrough(PassThrough.SPARK));
  }

  /**
   * A table that can be read without Spark: one in a folder, through a door that needs no Spark.
   */
  static Optional<KernelTable> withoutSpark(Settings settings) {
    boolean fast = !settings.find(LandfallSettings.DOOR).equals(Optional.of(DoorChoice.SPARK));
    return fast && settings.get(LandfallSettings.TABLE) instanceof Folder folder
        ? Optional.of(KernelTable.in(folder, hadoop(settings)))
        : Optional.empty();
  }

  /** The way into a table that the user wants, or that suits it. */
  static Door door(SparkSession spark, Dataset dataset, Settings settings, TableLocation location) {
    return location instanceof Folder folder
            && settings.get(LandfallSettings.DOOR) != DoorChoice.SPARK
        ? new FastDoor(spark, dataset, folder)
        : new SparkDoor(spark, dataset, kept(spark, location));
  }

  /** Refuses a catalog that ends with the process, and its tables with it. */
  private static TableLocation kept(SparkSession spark, TableLocation location) {
    if (location instanceof TableLocation.Catalog name
        && name.catalog().equals("spark_catalog")
        && spark.conf().get("spark.sql.catalogImplementation", "in-memory").equals("in-memory")) {
      throw Stop.usage(
          "--table %s: this Spark keeps its catalog in memory, so the table would be gone when the process ends. Give a catalog that stays (spark.sql.catalogImplementation=hive, or spark.sql.catalog.NAME), or a folder. Nothing was written."
              .formatted(name),
          new IllegalArgumentException(name.toString()));
    }
    return location;
  }

  /**
   * The dataset's table.
   *
   * @throws Stop if there is none, or another one
   */
  static BronzeTable existing(SparkSession spark, Dataset dataset, TableLocation location) {
    SparkTable table = new SparkTable(spark, location);
    if (!table.exists()) {
      throw missing(location);
    }
    new TableCheck(location, dataset).requireDataset(table.describe());
    return table;
  }

  /**
   * The dataset's table, read without Spark.
   *
   * @throws Stop if there is none, or another one
   */
  static KernelTable existing(KernelTable table, Dataset dataset) {
    if (!table.exists()) {
      throw missing(table.location());
    }
    new TableCheck(table.location(), dataset).requireDataset(table.describe());
    return table;
  }

  /** Refuses a place where a table is. */
  static void requireNone(SparkSession spark, TableLocation location) {
    if (new SparkTable(spark, location).exists()) {
      throw Stop.usage(
          "--into: there is a table at %s already. Nothing was written.".formatted(location),
          new java.nio.file.FileAlreadyExistsException(location.toString()));
    }
  }

  static Stop missing(TableLocation location) {
    return Stop.usage(
        "There is no table at %s. It comes into being with the first `landfall consumer run`; is --table right?"
            .formatted(location),
        new java.nio.file.NoSuchFileException(location.toString()));
  }
}
