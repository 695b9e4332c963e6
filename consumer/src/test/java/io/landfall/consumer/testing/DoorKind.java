package io.landfall.consumer.testing;

import io.landfall.cli.TableLocation.Folder;
import io.landfall.consumer.door.Door;
import io.landfall.consumer.door.fast.FastDoor;
import io.landfall.consumer.door.spark.SparkDoor;
import io.landfall.schemas.Dataset;
import java.nio.file.Path;
import java.util.Set;
import org.apache.spark.sql.SparkSession;

/** Every door, for what all of them promise. */
public enum DoorKind {
  FAST {
    @Override
    public Door to(SparkSession spark, Dataset dataset, Folder table, Set<String> schemasAside) {
      return new FastDoor(spark, dataset, table, schemasAside);
    }
  },
  SPARK {
    @Override
    public Door to(SparkSession spark, Dataset dataset, Folder table, Set<String> schemasAside) {
      return new SparkDoor(spark, dataset, table, schemasAside);
    }
  };

  /** A new door of this kind, which sets records of some unknown schemas aside. */
  public abstract Door to(
      SparkSession spark, Dataset dataset, Folder table, Set<String> schemasAside);

  /** A new door of this kind. */
  public Door to(SparkSession spark, Dataset dataset, Folder table) {
    return to(spark, dataset, table, Set.of());
  }

  /** A new door of this kind to a folder of this machine. */
  public Door to(SparkSession spark, Dataset dataset, Path table) {
    return to(spark, dataset, Folder.of(table));
  }
}
