package io.landfall.consumer.command;

import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.hex;
import static org.apache.spark.sql.functions.split;

import io.landfall.consumer.sql.SqlResult;
import io.landfall.program.OutputFormat;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;

/** Prints rows as a table, as CSV or as JSON; the latter two of any number, in bounded memory. */
final class RowPrinter {

  /** More rows than this are no use on a screen; their widths are not worth the memory. */
  private static final int MOST_IN_TABLE = 1_000;

  private static final Pattern QUOTED = Pattern.compile("[\",\r\n]");

  private RowPrinter() {}

  static void print(SqlResult result, OutputFormat format, PrintStream out) {
    switch (format) {
      case TABLE -> table(result, out);
      case CSV -> csv(result.rows(), out);
      case JSON -> result.rows().toJSON().toLocalIterator().forEachRemaining(out::println);
    }
    out.flush();
  }

  private static void csv(Dataset<Row> rows, PrintStream out) {
    out.println(String.join(",", Arrays.stream(rows.columns()).map(RowPrinter::quoted).toList()));
    for (Iterator<Row> each = readable(rows).toLocalIterator(); each.hasNext(); ) {
      out.println(
          String.join(",", cells(each.next(), "").stream().map(RowPrinter::quoted).toList()));
    }
  }

  private static String quoted(String cell) {
    return QUOTED.matcher(cell).find() ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
  }

  private static void table(SqlResult result, PrintStream out) {
    Dataset<Row> rows = result.isText() ? lines(result.rows()) : result.rows();
    List<List<String>> cells = new ArrayList<>();
    readable(rows).takeAsList(MOST_IN_TABLE + 1).forEach(row -> cells.add(cells(row, "null")));
    boolean cut = cells.size() > MOST_IN_TABLE;
    List<List<String>> shown = cut ? cells.subList(0, MOST_IN_TABLE) : cells;
    TextTable.of(columns(rows), shown).print(out);
    out.println(
        cut
            ? "(the first %,d rows; -o csv prints all)".formatted(MOST_IN_TABLE)
            : shown.size() == 1 ? "(1 row)" : "(%,d rows)".formatted(shown.size()));
  }

  /**
   * Numbers as they are and all else as text of Spark's: its times are the session's and not the
   * machine's, and what has parts shows them.
   */
  private static Dataset<Row> readable(Dataset<Row> rows) {
    StructField[] fields = rows.schema().fields();
    // Two columns of a query may have the same name.
    Dataset<Row> numbered =
        rows.toDF(IntStream.range(0, fields.length).mapToObj(i -> "_" + i).toArray(String[]::new));
    return numbered.select(
        IntStream.range(0, fields.length)
            .mapToObj(i -> readable(numbered.col("_" + i), fields[i].dataType()))
            .toArray(Column[]::new));
  }

  private static Column readable(Column column, DataType type) {
    if (type instanceof NumericType) {
      return column;
    }
    return type instanceof BinaryType ? hex(column) : column.cast(DataTypes.StringType);
  }

  /** Each line of a text as a row of its own. */
  private static Dataset<Row> lines(Dataset<Row> text) {
    String name = text.columns()[0];
    return text.select(explode(split(text.col("`" + name + "`"), "\n")).as(name));
  }

  private static List<TextTable.Column> columns(Dataset<Row> rows) {
    return Arrays.stream(rows.schema().fields())
        .map(field -> new TextTable.Column(field.name(), field.dataType() instanceof NumericType))
        .toList();
  }

  private static List<String> cells(Row row, String none) {
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      cells.add(row.isNullAt(i) ? none : text(row.get(i)));
    }
    return cells;
  }

  /** Without an exponent: 110932663 rather than 1.10932663E8. */
  private static String text(Object value) {
    if (value instanceof Double number && Double.isFinite(number)) {
      BigDecimal decimal = new BigDecimal(number.toString()).stripTrailingZeros();
      return Math.abs(decimal.scale()) > 12 ? number.toString() : decimal.toPlainString();
    }
    return value.toString();
  }
}
