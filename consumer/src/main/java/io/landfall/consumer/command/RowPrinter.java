package io.landfall.consumer.command;

import io.landfall.cli.OutputFormat;
import io.landfall.consumer.sql.QueryResult;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Prints rows as a table, as CSV or as JSON; the latter two of any number, in bounded memory. */
final class RowPrinter {

  /** More rows than this are no use on a screen; their widths are not worth the memory. */
  private static final int MOST_IN_TABLE = 1_000;

  private static final Pattern QUOTED = Pattern.compile("[\",\r\n]");

  private RowPrinter() {}

  static void print(QueryResult result, OutputFormat format, PrintStream out) {
    switch (format) {
      case TABLE -> table(result, out);
      case CSV -> csv(result, out);
      case JSON -> result.json().forEachRemaining(out::println);
    }
    out.flush();
  }

  private static void csv(QueryResult result, PrintStream out) {
    out.println(csv(result.columns().stream().map(QueryResult.Column::name).toList()));
    result.rows(Integer.MAX_VALUE).forEachRemaining(row -> out.println(csv(cells(row, ""))));
  }

  private static String csv(List<String> cells) {
    return cells.stream().map(RowPrinter::quoted).collect(Collectors.joining(","));
  }

  private static String quoted(String cell) {
    return QUOTED.matcher(cell).find() ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
  }

  private static void table(QueryResult result, PrintStream out) {
    List<QueryResult.Column> columns = result.columns();
    List<List<String>> cells = new ArrayList<>();
    result.rows(MOST_IN_TABLE + 1).forEachRemaining(row -> cells.add(cells(row, "null")));
    int last = columns.size() - 1;
    List<List<String>> rows =
        result.isText()
            ? cells.stream().flatMap(row -> row.get(last).lines().map(List::of)).toList()
            : cells;
    boolean cut = rows.size() > MOST_IN_TABLE;
    List<List<String>> shown = cut ? rows.subList(0, MOST_IN_TABLE) : rows;
    TextTable.of(result.isText() ? columns.subList(last, last + 1) : columns, shown).print(out);
    out.println(
        cut
            ? "(the first %,d rows; -o csv prints all)".formatted(MOST_IN_TABLE)
            : shown.size() == 1 ? "(1 row)" : "(%,d rows)".formatted(shown.size()));
  }

  private static List<String> cells(List<@Nullable String> row, String none) {
    List<String> cells = new ArrayList<>();
    for (@Nullable String cell : row) {
      cells.add(cell == null ? none : cell);
    }
    return cells;
  }
}
