package io.landfall.consumer.door.spark;

import io.landfall.cli.LandfallException;
import io.landfall.cli.TableLocation;
import io.landfall.consumer.bronze.BronzeSchema;
import io.landfall.consumer.door.NewFolder;
import io.landfall.schemas.Dataset;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;

/** Tables that come into being, in a folder or in a catalog. */
public final class NewTable {

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
    if (location instanceof TableLocation.Folder folder) {
      NewFolder.require(folder, spark.sparkContext().hadoopConfiguration(), leftovers);
    }
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
