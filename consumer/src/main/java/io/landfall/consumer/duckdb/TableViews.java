package io.landfall.consumer.duckdb;

import io.delta.kernel.types.BinaryType;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.ByteType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.DecimalType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.FloatType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.ShortType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.TimestampNTZType;
import io.delta.kernel.types.TimestampType;
import io.landfall.cli.LandfallException;
import io.landfall.consumer.bronze.BronzeSchema;
import io.landfall.schemas.Dataset;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The statements that make a table's two views: every row landed, and the rows in force. */
final class TableViews {

  private static final Map<Class<? extends DataType>, String> TYPES =
      Map.ofEntries(
          Map.entry(BinaryType.class, "BLOB"),
          Map.entry(BooleanType.class, "BOOLEAN"),
          Map.entry(ByteType.class, "TINYINT"),
          Map.entry(DateType.class, "DATE"),
          Map.entry(DoubleType.class, "DOUBLE"),
          Map.entry(FloatType.class, "FLOAT"),
          Map.entry(IntegerType.class, "INTEGER"),
          Map.entry(LongType.class, "BIGINT"),
          Map.entry(ShortType.class, "SMALLINT"),
          Map.entry(StringType.class, "VARCHAR"),
          Map.entry(TimestampNTZType.class, "TIMESTAMP"),
          Map.entry(TimestampType.class, "TIMESTAMP WITH TIME ZONE"));

  private final Dataset dataset;
  private final TableFiles table;

  TableViews(Dataset dataset, TableFiles table) {
    this.dataset = dataset;
    this.table = table;
  }

  /**
   * {@code NAME}: every row, with the table's columns, null where a file is older than a column.
   */
  String landed() {
    String none =
        fields().stream()
            .map(field -> "NULL::%s AS %s".formatted(type(field), name(field.getName())))
            .collect(Collectors.joining(", ", "SELECT ", " WHERE false"));
    String files =
        table.files().stream().map(TableViews::text).collect(Collectors.joining(", ", "[", "]"));
    // By name, beginning with no rows and all columns: a column that no file has is there too.
    String rows =
        table.files().isEmpty()
            ? none
            : "%s UNION ALL BY NAME SELECT * FROM read_parquet(%s, union_by_name = true, hive_partitioning = false)"
                .formatted(none, files);
    return "CREATE VIEW %s AS SELECT %s FROM (%s)".formatted(name(dataset.name()), columns(), rows);
  }

  /** {@code NAME_current}: of each key the highest revision, unless that takes the row back. */
  String inForce() {
    String key = dataset.key().stream().map(TableViews::name).collect(Collectors.joining(", "));
    return "CREATE VIEW %s AS SELECT %s FROM (SELECT *, row_number() OVER (PARTITION BY %s ORDER BY %s DESC) AS _newest_first FROM %s) WHERE _newest_first = 1 AND %s <> 'RETRACT'"
        .formatted(
            name(dataset.name() + "_current"),
            columns(),
            key,
            BronzeSchema.REVISION,
            name(dataset.name()),
            BronzeSchema.OPERATION);
  }

  private List<StructField> fields() {
    return table.columns().fields();
  }

  private String columns() {
    return fields().stream().map(field -> name(field.getName())).collect(Collectors.joining(", "));
  }

  private static String type(StructField field) {
    if (field.getDataType() instanceof DecimalType decimal) {
      return "DECIMAL(%d, %d)".formatted(decimal.getPrecision(), decimal.getScale());
    }
    String type = TYPES.get(field.getDataType().getClass());
    if (type == null) {
      throw LandfallException.refused(
          "Column %s is %s, which DuckDB's engine does not show; --engine spark does."
              .formatted(field.getName(), field.getDataType()));
    }
    return type;
  }

  private static String name(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  static String text(Path path) {
    return '\'' + path.toString().replace("'", "''") + '\'';
  }
}
