package io.landfall.consumer.bronze;

import io.landfall.cli.TableLocation;
import io.landfall.schemas.Dataset;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;

/** The names under which a table is seen in SQL. */
public final class Views {

  private static final String NEWEST_FIRST = "_newest_first";

  private Views() {}

  /**
   * Makes {@code NAME} (every row ever landed) and {@code NAME_current} (the rows in force: of each
   * key the highest revision, unless that takes the row back).
   */
  public static void create(SparkSession spark, Dataset dataset, TableLocation table) {
    spark.sql("SELECT * FROM " + table.sql()).createOrReplaceTempView(dataset.name());
    spark.sql(inForce(dataset)).createOrReplaceTempView(dataset.name() + "_current");
  }

  private static String inForce(Dataset dataset) {
    return """
        SELECT * EXCEPT (%1$s)
        FROM (
          SELECT *, row_number() OVER (PARTITION BY %2$s ORDER BY %3$s DESC) AS %1$s FROM %4$s)
        WHERE %1$s = 1 AND %5$s <> 'RETRACT'
        """
        .formatted(
            NEWEST_FIRST,
            key(dataset),
            BronzeSchema.REVISION,
            dataset.name(),
            BronzeSchema.OPERATION);
  }

  /** The key's columns as SQL. */
  public static String key(Dataset dataset) {
    return dataset.key().stream()
        .map(column -> "`" + column + "`")
        .collect(Collectors.joining(", "));
  }
}
