package io.landfall.consumer.bronze;

import org.apache.spark.sql.types.StructField;

/**
 * A column that a table has.
 *
 * @param type by Delta's name for it: {@code integer}, {@code timestamp} and so on
 */
public record Column(String name, String type, boolean nullable) {

  /** A column as Spark tells it. */
  public static Column of(StructField field) {
    return new Column(field.name(), field.dataType().typeName(), field.nullable());
  }
}
