package io.landfall.consumer.door.spark;

import static org.apache.spark.sql.functions.expr;

import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The columns of {@link RecordRows}, and how the table's columns come from them. */
final class RowColumns {

  private RowColumns() {}

  /** With numbers in place of dates and timestamps. */
  static StructType of(StructType table) {
    return new StructType(
        Arrays.stream(table.fields())
            .map(
                field ->
                    new StructField(
                        field.name(), type(field.dataType()), field.nullable(), field.metadata()))
            .toArray(StructField[]::new));
  }

  private static DataType type(DataType type) {
    if (type.equals(DataTypes.TimestampType)) {
      return DataTypes.LongType;
    }
    return type.equals(DataTypes.DateType) ? DataTypes.IntegerType : type;
  }

  /** The table's columns. */
  static Column[] ofTable(StructType table) {
    return Arrays.stream(table.fields()).map(RowColumns::column).toArray(Column[]::new);
  }

  private static Column column(StructField field) {
    String name = "`%s`".formatted(field.name().replace("`", "``"));
    if (field.dataType().equals(DataTypes.TimestampType)) {
      return expr("timestamp_micros(%s)".formatted(name)).as(field.name());
    }
    return field.dataType().equals(DataTypes.DateType)
        ? expr("date_from_unix_date(%s)".formatted(name)).as(field.name())
        : expr(name);
  }
}
