package io.landfall.consumer.sql;

import static org.apache.spark.sql.functions.hex;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.jspecify.annotations.Nullable;

/** What Spark found. */
public final class SqlResult implements QueryResult {

  private final Dataset<Row> rows;
  private final boolean isText;

  /**
   * @param isText whether its one column is text of several lines, meant to be read as such: a plan
   */
  public SqlResult(Dataset<Row> rows, boolean isText) {
    this.rows = rows;
    this.isText = isText;
  }

  @Override
  public boolean isText() {
    return isText;
  }

  @Override
  public List<Column> columns() {
    return Arrays.stream(rows.schema().fields())
        .map(field -> new Column(field.name(), field.dataType() instanceof NumericType))
        .toList();
  }

  @Override
  public Iterator<List<@Nullable String>> rows(int most) {
    Dataset<Row> readable = readable();
    Iterator<Row> found =
        most == Integer.MAX_VALUE
            ? readable.toLocalIterator()
            : readable.takeAsList(most).iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return found.hasNext();
      }

      @Override
      public List<@Nullable String> next() {
        return cells(found.next());
      }
    };
  }

  @Override
  public Iterator<String> json() {
    return rows.toJSON().toLocalIterator();
  }

  /**
   * Numbers as they are and all else as text of Spark's: its times are the session's and not the
   * machine's, and what has parts shows them.
   */
  private Dataset<Row> readable() {
    StructField[] fields = rows.schema().fields();
    // Two columns of a query may have the same name.
    Dataset<Row> numbered =
        rows.toDF(IntStream.range(0, fields.length).mapToObj(i -> "_" + i).toArray(String[]::new));
    return numbered.select(
        IntStream.range(0, fields.length)
            .mapToObj(i -> readable(numbered.col("_" + i), fields[i].dataType()))
            .toArray(org.apache.spark.sql.Column[]::new));
  }

  private static org.apache.spark.sql.Column readable(
      org.apache.spark.sql.Column column, DataType type) {
    if (type instanceof NumericType) {
      return column;
    }
    return type instanceof BinaryType ? hex(column) : column.cast(DataTypes.StringType);
  }

  private static List<@Nullable String> cells(Row row) {
    List<@Nullable String> cells = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      cells.add(row.isNullAt(i) ? null : CellText.of(row.get(i)));
    }
    return cells;
  }
}
