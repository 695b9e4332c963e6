package io.landfall.consumer.door.spark;

import io.landfall.cli.LandfallException;
import io.landfall.cli.Reason;
import io.landfall.cli.RefusalReason;
import io.landfall.cli.TableLocation;
import io.landfall.cli.TableLocation.Folder;
import io.landfall.consumer.bronze.BronzeSchema;
import io.landfall.consumer.door.NewFolder;
import io.landfall.consumer.storage.NewFile;
import io.landfall.schemas.Dataset;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.SparkSession;

/** Tables that come into being, in a folder or in a catalog. */
public final class NewTable {

  /** Delta creates a catalog's own table in an empty folder alone. */
  private static final String NOT_EMPTY = "DELTA_CREATE_TABLE_WITH_NON_EMPTY_LOCATION";

  private static final String FIRST_COMMIT = "_delta_log/00000000000000000000.json";

  private NewTable() {}

  /**
   * Creates the table where there is none.
   *
   * @param leftovers by their names, files that may lie there before there is a table
   * @throws LandfallException if something else is at that place
   */
  public static void create(
      SparkSession spark,
      Dataset dataset,
      TableLocation location,
      Map<String, String> properties,
      Predicate<String> leftovers) {
    if (location instanceof Folder folder) {
      NewFolder.require(folder, spark.sparkContext().hadoopConfiguration(), leftovers);
      if (!NewFolder.isEmpty(folder, spark.sparkContext().hadoopConfiguration())) {
        createAmongLeftovers(spark, dataset, folder, properties);
        return;
      }
    }
    try {
      create(spark, dataset, location, properties);
    } catch (Exception e) {
      // Spark's own are not even declared.
      if (e instanceof SparkThrowable said && NOT_EMPTY.equals(said.getCondition())) {
        throw LandfallException.refused(
            RefusalReason.NOT_OURS,
            "%s is not in its catalog, and in the folder where it belongs there is something: %s Somebody may have died while the table was created. Nothing was written. Look what is there; if nothing of it is needed, move it away, and the same command creates the table."
                .formatted(location, Reason.of(e).lines().findFirst().orElse("").strip()));
      }
      throw e;
    }
  }

  /**
   * Where somebody died before there was a table, Spark takes whatever lies there for one, and
   * Delta creates none. So it is created in an empty folder, and its first commit put in place,
   * unless there is one.
   */
  private static void createAmongLeftovers(
      SparkSession spark, Dataset dataset, Folder folder, Map<String, String> properties) {
    try {
      java.nio.file.Path scratch = Files.createTempDirectory("landfall-table-");
      try {
        create(spark, dataset, Folder.of(scratch.resolve("table")), properties);
        NewFile.create(
            new Path(new Path(folder.toString()), FIRST_COMMIT),
            Files.readAllLines(scratch.resolve("table").resolve(FIRST_COMMIT)),
            spark.sparkContext().hadoopConfiguration());
      } finally {
        Path made = new Path(scratch.toUri());
        made.getFileSystem(spark.sparkContext().hadoopConfiguration()).delete(made, true);
      }
    } catch (FileAlreadyExistsException e) {
      // Another writer creates the table in this moment; the caller looks at it.
      return;
    } catch (IOException e) {
      throw LandfallException.unavailable(
          "No table can be created at %s: %s.".formatted(folder, e), e);
    }
  }

  private static void create(
      SparkSession spark, Dataset dataset, TableLocation location, Map<String, String> properties) {
    // Delta's own builder takes no name of three parts on older runtimes.
    spark.sql(
        "CREATE TABLE IF NOT EXISTS %s (%s) USING delta%s TBLPROPERTIES (%s)"
            .formatted(
                location.sql(),
                BronzeSchema.columns(dataset.schema()).toDDL(),
                Optional.ofNullable(dataset.schema().getDoc())
                    .map(doc -> " COMMENT " + text(doc))
                    .orElse(""),
                properties.entrySet().stream()
                    .map(property -> text(property.getKey()) + " = " + text(property.getValue()))
                    .collect(Collectors.joining(", "))));
  }

  private static String text(String value) {
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
