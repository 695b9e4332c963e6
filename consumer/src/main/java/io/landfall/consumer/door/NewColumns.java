package io.landfall.consumer.door;

import io.landfall.cli.TableLocation;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;

/** Columns that a newer schema has and a table has not. */
public final class NewColumns {

  private NewColumns() {}

  /** Adds columns, which are null in all rows that are there. */
  public static void add(SparkSession spark, TableLocation table, List<StructField> columns) {
    spark.sql(
        "ALTER TABLE %s ADD COLUMNS (%s)"
            .formatted(
                table.sql(),
                columns.stream().map(NewColumns::definition).collect(Collectors.joining(", "))));
  }

  private static String definition(StructField column) {
    String comment =
        column.getComment().isEmpty()
            ? ""
            : " COMMENT '%s'"
                .formatted(column.getComment().get().replace("\\", "\\\\").replace("'", "\\'"));
    return "`%s` %s%s"
        .formatted(column.name().replace("`", "``"), column.dataType().sql(), comment);
  }
}
