package io.landfall.consumer.command;

import io.landfall.cli.DoorChoice;
import io.landfall.cli.LandfallException;
import io.landfall.cli.LandfallSettings;
import io.landfall.cli.PassThrough;
import io.landfall.cli.Setting;
import io.landfall.cli.Settings;
import io.landfall.cli.StorageFailure;
import io.landfall.cli.TableLocation;
import io.landfall.cli.TableLocation.Folder;
import io.landfall.consumer.adopt.OverlapDoor;
import io.landfall.consumer.bronze.BronzeTable;
import io.landfall.consumer.bronze.Damage;
import io.landfall.consumer.bronze.QuarantineTable;
import io.landfall.consumer.bronze.TableCheck;
import io.landfall.consumer.bronze.TableProperties;
import io.landfall.consumer.door.Door;
import io.landfall.consumer.door.fast.FastDoor;
import io.landfall.consumer.door.spark.SparkDoor;
import io.landfall.consumer.door.spark.SparkTable;
import io.landfall.consumer.kernel.KernelTable;
import io.landfall.consumer.storage.ConditionalCreateProbe;
import io.landfall.consumer.storage.HadoopSettings;
import io.landfall.schemas.Dataset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/** The table that the user's settings name, and the ways to it. */
final class Tables {

  /** A platform brings a Delta of its own, and it may be one without Kernel. */
  private static final String KERNEL = "io.delta.kernel.Snapshot";

  private Tables() {}

  /** What is wrong with where the tables are said to be. */
  static List<String> problems(Settings settings, List<Setting<TableLocation>> named) {
    List<String> problems = new ArrayList<>();
    Configuration hadoop = hadoop(settings);
    boolean fast = settings.find(LandfallSettings.DOOR).equals(Optional.of(DoorChoice.FAST));
    for (Setting<TableLocation> setting : named) {
      Optional<TableLocation> location = settings.find(setting);
      if (location.isPresent() && location.get() instanceof Folder folder && !folder.isLocal()) {
        HadoopSettings.refusal(folder, hadoop)
            .ifPresent(why -> problems.add("%s %s: %s".formatted(setting.flag(), folder, why)));
      }
      if (location.isPresent() && location.get() instanceof TableLocation.Catalog name && fast) {
        problems.add(
            "--door fast: it leads to folders only, and %s is a name in a catalog; use auto or spark"
                .formatted(name));
      }
    }
    if (fast && !hasKernel()) {
      problems.add(
          "--door fast: it needs io.delta:delta-kernel-defaults, which is not on the class path; use auto or spark");
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
    return isFast(settings) && settings.get(LandfallSettings.TABLE) instanceof Folder folder
        ? Optional.of(KernelTable.in(folder, hadoop(settings)))
        : Optional.empty();
  }

  /** The quarantine table beside such a table. */
  static KernelTable besideWithoutSpark(KernelTable bronze, Settings settings) {
    return KernelTable.in(QuarantineTable.beside(bronze.location()), hadoop(settings));
  }

  /** The name of the topic that a table's rows come from. */
  static String topic(BronzeTable table) {
    return table.describe().property(TableProperties.TOPIC);
  }

  private static boolean isFast(Settings settings) {
    return !settings.find(LandfallSettings.DOOR).equals(Optional.of(DoorChoice.SPARK))
        && hasKernel();
  }

  private static boolean hasKernel() {
    try {
      Class.forName(KERNEL, false, Tables.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /** The way into a table that the user wants, or that suits it. */
  static Door door(SparkSession spark, Dataset dataset, Settings settings, TableLocation location) {
    Set<String> schemasAside = settings.find(LandfallSettings.QUARANTINE_SCHEMA).orElse(Set.of());
    Door door =
        location instanceof Folder folder && isFast(settings)
            ? new FastDoor(spark, dataset, folder, schemasAside)
            : new SparkDoor(spark, dataset, kept(spark, location), schemasAside);
    return new OverlapDoor(spark, dataset, door);
  }

  /** Refuses a catalog that ends with the process, and its tables with it. */
  private static TableLocation kept(SparkSession spark, TableLocation location) {
    if (location instanceof TableLocation.Catalog name
        && name.catalog().equals("spark_catalog")
        && spark.conf().get("spark.sql.catalogImplementation", "in-memory").equals("in-memory")) {
      throw LandfallException.usage(
          "--table %s: this Spark keeps its catalog in memory, so the table would be gone when the process ends. Give a catalog that stays (spark.sql.catalogImplementation=hive, or spark.sql.catalog.NAME), or a folder. Nothing was written."
              .formatted(name),
          new IllegalArgumentException(name.toString()));
    }
    return location;
  }

  /** Refuses a folder that cannot be written, or in which two writers could not be kept apart. */
  static void requireWritable(Settings settings, Setting<TableLocation> setting) {
    if (settings.get(setting) instanceof Folder folder) {
      if (folder.isLocal()) {
        StorageFailure.requireWritable(setting.flag(), Path.of(folder.path()));
      } else {
        ConditionalCreateProbe.require(folder, hadoop(settings));
      }
    }
  }

  /** Refuses a table of which files are missing. */
  static void requireUndamaged(BronzeTable table) {
    table.damage().ifPresent(Tables::refuse);
  }

  /**
   * Refuses what can be asked nothing: no table, another one, or one whose log is damaged.
   *
   * @return what else of it is damaged
   */
  static Optional<Damage> requireReadable(BronzeTable table, Dataset dataset) {
    Optional<Damage> damage = table.damage();
    damage.filter(found -> found.part() == Damage.Part.LOG).ifPresent(Tables::refuse);
    if (!table.exists()) {
      throw missing(table.location());
    }
    new TableCheck(table.location(), dataset).requireDataset(table.describe());
    return damage;
  }

  /** Refuses a place where no table is; whether a damaged one can be used is for others to say. */
  static void requireThere(BronzeTable table) {
    if (table.damage().isEmpty() && !table.exists()) {
      throw missing(table.location());
    }
  }

  /** Refuses a place where no table is or another one; what is damaged is for others to say. */
  static void requireIts(BronzeTable table, Dataset dataset) {
    if (table.damage().isEmpty()) {
      if (!table.exists()) {
        throw missing(table.location());
      }
      new TableCheck(table.location(), dataset).requireDataset(table.describe());
    }
  }

  private static void refuse(Damage damage) {
    throw damage.refusal();
  }

  /** Refuses a place where a table is. */
  static void requireNone(SparkSession spark, TableLocation location) {
    if (new SparkTable(spark, location).exists()) {
      throw LandfallException.usage(
          "--into: there is a table at %s already. Nothing was written.".formatted(location),
          new java.nio.file.FileAlreadyExistsException(location.toString()));
    }
  }

  private static LandfallException missing(TableLocation location) {
    return LandfallException.usage(
        "There is no table at %s. It comes into being with the first `landfall consumer run`; is --table right?"
            .formatted(location),
        new java.nio.file.NoSuchFileException(location.toString()));
  }
}
