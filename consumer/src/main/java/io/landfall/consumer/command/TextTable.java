package io.landfall.consumer.command;

import io.landfall.consumer.sql.QueryResult.Column;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Text in columns, numbers on the right, for a terminal: one line a row, whatever is in it. */
final class TextTable {

  private static final String GAP = "  ";

  private final List<Column> columns;
  private final List<List<VisibleText>> lines = new ArrayList<>();
  private final int[] widths;

  private TextTable(List<Column> columns) {
    this.columns = columns;
    this.widths = new int[columns.size()];
  }

  static TextTable of(List<Column> columns, List<List<String>> rows) {
    TextTable table = new TextTable(columns);
    table.add(columns.stream().map(Column::name).toList());
    rows.forEach(table::add);
    return table;
  }

  private void add(List<String> cells) {
    List<VisibleText> line = cells.stream().map(VisibleText::of).toList();
    for (int i = 0; i < widths.length; i++) {
      widths[i] = Math.max(widths[i], line.get(i).width());
    }
    lines.add(line);
  }

  void print(PrintStream out) {
    for (int i = 0; i < lines.size(); i++) {
      out.println(line(lines.get(i)));
      if (i == 0) {
        List<String> rules = new ArrayList<>();
        for (int width : widths) {
          rules.add("-".repeat(width));
        }
        out.println(String.join(GAP, rules));
      }
    }
  }

  private String line(List<VisibleText> cells) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      VisibleText cell = cells.get(i);
      String pad = " ".repeat(widths[i] - cell.width());
      line.append(i == 0 ? "" : GAP)
          .append(columns.get(i).isNumber() ? pad + cell.text() : cell.text() + pad);
    }
    return line.toString().stripTrailing();
  }
}
