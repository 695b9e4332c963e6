package io.landfall.consumer.columnar;

import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.FileReadResult;
import io.delta.kernel.internal.types.DataTypeJsonSerDe;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.types.BinaryType;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.FloatType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import io.landfall.consumer.testing.SharedSpark;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;

/** The cells of a file as {@link Cells}, by four readers that share next to no code. */
final class FileReaders {

  private FileReaders() {}

  static List<List<String>> parquetJava(Path file) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    try (ParquetReader<Group> reader =
        ParquetReader.builder(new GroupReadSupport(), new org.apache.hadoop.fs.Path(file.toUri()))
            .build()) {
      for (Group group = reader.read(); group != null; group = reader.read()) {
        List<String> row = new ArrayList<>();
        for (int i = 0; i < group.getType().getFieldCount(); i++) {
          row.add(group.getFieldRepetitionCount(i) == 0 ? "null" : cell(group, i));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  private static String cell(Group group, int field) {
    PrimitiveType type = group.getType().getType(field).asPrimitiveType();
    if (type.getLogicalTypeAnnotation() instanceof DecimalLogicalTypeAnnotation decimal) {
      BigInteger unscaled =
          switch (type.getPrimitiveTypeName()) {
            case INT32 -> BigInteger.valueOf(group.getInteger(field, 0));
            case INT64 -> BigInteger.valueOf(group.getLong(field, 0));
            default -> new BigInteger(group.getBinary(field, 0).getBytes());
          };
      return Cells.of(new BigDecimal(unscaled, decimal.getScale()));
    }
    return switch (type.getPrimitiveTypeName()) {
      case BINARY ->
          type.getLogicalTypeAnnotation() instanceof StringLogicalTypeAnnotation
              ? group.getString(field, 0)
              : Cells.of(group.getBinary(field, 0).getBytes());
      default -> group.getValueToString(field, 0);
    };
  }

  /** Spark's vectorised reader. */
  static List<List<String>> spark(Path file) {
    var table = SharedSpark.session().read().parquet(file.toString());
    List<String> columns = new ArrayList<>();
    for (StructField field : table.schema().fields()) {
      columns.add(
          switch (field.dataType().typeName()) {
            case "timestamp" -> "unix_micros(%s)".formatted(field.name());
            case "date" -> "unix_date(%s)".formatted(field.name());
            default -> field.name();
          });
    }
    List<List<String>> rows = new ArrayList<>();
    for (Row row : table.selectExpr(columns.toArray(String[]::new)).collectAsList()) {
      List<String> cells = new ArrayList<>();
      for (int i = 0; i < row.size(); i++) {
        cells.add(Cells.of(row.get(i)));
      }
      rows.add(cells);
    }
    return rows;
  }

  static List<List<String>> duckDb(Path file) throws SQLException {
    List<List<String>> rows = new ArrayList<>();
    try (Connection database = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = database.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      try (ResultSet result = statement.executeQuery(duckDbQuery(database, file))) {
        while (result.next()) {
          List<String> row = new ArrayList<>();
          for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
            row.add(Cells.of(result.getObject(i)));
          }
          rows.add(row);
        }
      }
    }
    return rows;
  }

  private static String duckDbQuery(Connection database, Path file) throws SQLException {
    List<String> columns = new ArrayList<>();
    try (Statement statement = database.createStatement();
        ResultSet types =
            statement.executeQuery("DESCRIBE SELECT * FROM read_parquet('%s')".formatted(file))) {
      while (types.next()) {
        String name = "\"%s\"".formatted(types.getString("column_name"));
        columns.add(
            switch (types.getString("column_type")) {
              case "TIMESTAMP WITH TIME ZONE" -> "epoch_us(%s)".formatted(name);
              case "DATE" -> "datediff('day', DATE '1970-01-01', %s)".formatted(name);
              case "BLOB" -> "lower(hex(%s))".formatted(name);
              default -> name;
            });
      }
    }
    return "SELECT %s FROM read_parquet('%s')".formatted(String.join(", ", columns), file);
  }

  /**
   * Delta Kernel's own Parquet handler.
   *
   * @param columns as Spark's JSON, which is Delta's
   */
  static List<List<String>> kernel(Path file, String columns) throws IOException {
    StructType schema = DataTypeJsonSerDe.deserializeStructType(columns);
    FileStatus status = FileStatus.of(file.toUri().toString(), Files.size(file), 0);
    List<List<String>> rows = new ArrayList<>();
    try (CloseableIterator<FileReadResult> batches =
        DefaultEngine.create(new Configuration())
            .getParquetHandler()
            .readParquetFiles(Utils.singletonCloseableIterator(status), schema, Optional.empty())) {
      while (batches.hasNext()) {
        ColumnarBatch batch = batches.next().getData();
        for (int row = 0; row < batch.getSize(); row++) {
          List<String> cells = new ArrayList<>();
          for (int column = 0; column < schema.length(); column++) {
            cells.add(cell(batch.getColumnVector(column), row));
          }
          rows.add(cells);
        }
      }
    }
    return rows;
  }

  private static String cell(ColumnVector column, int row) {
    if (column.isNullAt(row)) {
      return "null";
    }
    DataType type = column.getDataType();
    if (type instanceof IntegerType || type instanceof DateType) {
      return Cells.of(column.getInt(row));
    }
    if (type instanceof LongType || type instanceof TimestampType) {
      return Cells.of(column.getLong(row));
    }
    if (type instanceof FloatType) {
      return Cells.of(column.getFloat(row));
    }
    if (type instanceof DoubleType) {
      return Cells.of(column.getDouble(row));
    }
    if (type instanceof BooleanType) {
      return Cells.of(column.getBoolean(row));
    }
    if (type instanceof StringType) {
      return column.getString(row);
    }
    return type instanceof BinaryType
        ? Cells.of(column.getBinary(row))
        : Cells.of(column.getDecimal(row));
  }
}
