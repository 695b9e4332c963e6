package io.landfall.consumer.command;

import io.landfall.program.OutputFormat;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;

/** Prints rows as a table, as CSV or as JSON; the latter two of any number, in bounded memory. */
final class RowPrinter {

  /** More rows than this are no use on a screen; their widths are not worth the memory. */
  private static final int MOST_IN_TABLE = 1_000;

  private static final Pattern QUOTED = Pattern.compile("[\",\r\n]");

  private RowPrinter() {}

  static void print(Dataset<Row> rows, OutputFormat format, PrintStream out) {
    switch (format) {
      case TABLE -> table(rows, out);
      case CSV -> csv(rows, out);
      case JSON -> rows.toJSON().toLocalIterator().forEachRemaining(out::println);
    }
    out.flush();
  }

  private static void csv(Dataset<Row> rows, PrintStream out) {
    out.println(String.join(",", Arrays.stream(rows.columns()).map(RowPrinter::quoted).toList()));
    for (Iterator<Row> each = rows.toLocalIterator(); each.hasNext(); ) {
      out.println(
          String.join(",", cells(each.next(), "").stream().map(RowPrinter::quoted).toList()));
    }
  }

  private static String quoted(String cell) {
    return QUOTED.matcher(cell).find() ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
  }

  private static void table(Dataset<Row> rows, PrintStream out) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(List.of(rows.columns()));
    rows.takeAsList(MOST_IN_TABLE + 1).forEach(row -> lines.add(cells(row, "null")));
    boolean cut = lines.size() > MOST_IN_TABLE + 1;
    List<List<String>> shown = cut ? lines.subList(0, MOST_IN_TABLE + 1) : lines;
    StructField[] fields = rows.schema().fields();
    int[] widths = new int[fields.length];
    for (List<String> line : shown) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    for (int i = 0; i < shown.size(); i++) {
      out.println(line(shown.get(i), fields, widths));
      if (i == 0) {
        out.println(String.join("  ", Arrays.stream(widths).mapToObj("-"::repeat).toList()));
      }
    }
    out.println(
        cut
            ? "(the first %,d rows; -o csv prints all)".formatted(MOST_IN_TABLE)
            : shown.size() == 2 ? "(1 row)" : "(%,d rows)".formatted(shown.size() - 1));
  }

  private static String line(List<String> cells, StructField[] fields, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String pad = " ".repeat(widths[i] - cells.get(i).length());
      boolean right = fields[i].dataType() instanceof NumericType;
      line.append(i == 0 ? "" : "  ").append(right ? pad + cells.get(i) : cells.get(i) + pad);
    }
    return line.toString().stripTrailing();
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
