package io.landfall.consumer.testing;

import io.landfall.cli.TableLocation.Folder;
import io.landfall.consumer.door.Door;
import io.landfall.consumer.door.fast.FastDoor;
import io.landfall.consumer.door.spark.SparkDoor;
import io.landfall.schemas.Dataset;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.params.provider.Arguments;

/**
 * Every door, for what all of them promise. A plain build tries what is common to the doors at one
 * of them, and of two the pairs in which each door is once in each role; {@code landfall.doors.all}
 * tries all of it.
 */
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

  /** Names {@link #one} for a test that is about what lies before a door. */
  public static final String ONE = "io.landfall.consumer.testing.DoorKind#one";

  /** Names {@link #pairs} for a test that is about two doors. */
  public static final String PAIRS = "io.landfall.consumer.testing.DoorKind#pairs";

  /** The door that a folder has by itself, or every one. */
  static Stream<DoorKind> one() {
    return areAll() ? Arrays.stream(values()) : Stream.of(FAST);
  }

  /** One door and another one, or any. */
  static Stream<Arguments> pairs() {
    return Arrays.stream(values())
        .flatMap(
            first ->
                Arrays.stream(values())
                    .filter(second -> areAll() || first != second)
                    .map(second -> Arguments.of(first, second)));
  }

  private static boolean areAll() {
    return Boolean.getBoolean("landfall.doors.all");
  }

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
