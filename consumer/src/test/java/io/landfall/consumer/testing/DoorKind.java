package io.landfall.consumer.testing;

import io.landfall.cli.TableLocation.Folder;
import io.landfall.consumer.door.Door;
import io.landfall.consumer.door.fast.FastDoor;
import io.landfall.consumer.door.spark.SparkDoor;
import io.landfall.schemas.Dataset;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/** Every door, for what all of them promise. */
public enum DoorKind {
  FAST {
    @Override
    public Door to(SparkSession spark, Dataset dataset, Folder table) {
      return new FastDoor(spark, dataset, table);
    }
  },
  SPARK {
    @Override
    public Door to(SparkSession spark, Dataset dataset, Folder table) {
      return new SparkDoor(spark, dataset, table);
    }
  };

  /** A new door of this kind. */
  public abstract Door to(SparkSession spark, Dataset dataset, Folder table);

  /** A new door of this kind to a folder of this machine. */
  public Door to(SparkSession spark, Dataset dataset, Path table) {
    return to(spark, dataset, Folder.of(table));
  }
}
