package io.landfall.consumer.command;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.landfall.cli.OutputFormat;
import io.landfall.consumer.compare.Compared;
import io.landfall.consumer.compare.Compared.ColumnCells;
import io.landfall.consumer.compare.Compared.Example;
import io.landfall.consumer.compare.Compared.Keys;
import io.landfall.consumer.compare.Compared.Side;
import io.landfall.consumer.sql.QueryResult.Column;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** Prints how two tables compare: for people, or a JSON object for each column and one for all. */
final class ComparedPrinter {

  private static final JsonMapper JSON = new JsonMapper();

  private ComparedPrinter() {}

  static void print(Compared compared, OutputFormat format, PrintStream out) {
    if (format == OutputFormat.JSON) {
      json(compared, out);
    } else {
      table(compared, out);
    }
    out.flush();
  }

  private static void table(Compared compared, PrintStream out) {
    side("here", compared.here(), out);
    side("there", compared.there(), out);
    keys("only here", compared.keysOnlyHere(), out);
    keys("only there", compared.keysOnlyThere(), out);
    if (compared.ambiguous().count() > 0) {
      keys("ambiguous there, not compared", compared.ambiguous(), out);
    }
    columns("only here", compared.onlyHere(), out);
    columns("only there", compared.onlyThere(), out);
    out.printf(
        Locale.ROOT,
        "cells    %,d of %,d differ: %,d keys with %,d columns that both have%n",
        compared.differing(),
        compared.cells(),
        compared.keysBoth(),
        compared.columns().size());
    List<ColumnCells> differing =
        compared.columns().stream().filter(each -> each.differ() > 0).toList();
    if (!differing.isEmpty()) {
      out.println();
      TextTable.of(
              List.of(
                  new Column("column", false),
                  new Column("differ", true),
                  new Column("type here", false),
                  new Column("type there", false),
                  new Column("largest difference", true),
                  new Column("for example", false),
                  new Column("here", true),
                  new Column("there", true)),
              differing.stream().map(ComparedPrinter::line).toList())
          .print(out);
    }
    out.println();
    out.println(compared.isSame() ? "The two say the same." : "The two differ.");
  }

  private static List<String> line(ColumnCells cells) {
    return List.of(
        cells.column(),
        String.format(Locale.ROOT, "%,d", cells.differ()),
        cells.typeHere(),
        cells.typeThere(),
        cells.largest().isPresent() ? Double.toString(cells.largest().getAsDouble()) : "",
        cells.example().map(Example::key).orElse(""),
        cells.example().map(Example::here).orElse(""),
        cells.example().map(Example::there).orElse(""));
  }

  private static void side(String where, Side side, PrintStream out) {
    out.printf(
        Locale.ROOT,
        "%-8s %s: %,d rows, %,d keys%n",
        where,
        side.table(),
        side.rows(),
        side.keys());
  }

  private static void keys(String where, Keys keys, PrintStream out) {
    out.printf(
        Locale.ROOT,
        "keys     %,d %s%s%n",
        keys.count(),
        where,
        keys.count() == 0
            ? ""
            : ": %s%s"
                .formatted(
                    String.join(", ", keys.examples()),
                    keys.count() > keys.examples().size() ? ", …" : ""));
  }

  private static void columns(String where, List<String> columns, PrintStream out) {
    if (!columns.isEmpty()) {
      out.printf("columns  %d %s: %s%n", columns.size(), where, String.join(", ", columns));
    }
  }

  private static void json(Compared compared, PrintStream out) {
    for (ColumnCells cells : compared.columns()) {
      ObjectNode column =
          JSON.createObjectNode()
              .put("of", "column")
              .put("column", cells.column())
              .put("typeHere", cells.typeHere())
              .put("typeThere", cells.typeThere())
              .put("differ", cells.differ());
      cells.largest().ifPresent(largest -> column.put("largest", largest));
      cells
          .example()
          .ifPresent(
              example ->
                  column
                      .putObject("example")
                      .put("key", example.key())
                      .put("here", example.here())
                      .put("there", example.there()));
      out.println(column);
    }
    ObjectNode summary =
        JSON.createObjectNode()
            .put("of", "summary")
            .put("same", compared.isSame())
            .put("keysBoth", compared.keysBoth())
            .put("cells", compared.cells())
            .put("cellsDiffer", compared.differing());
    json(summary.putObject("here"), compared.here());
    json(summary.putObject("there"), compared.there());
    json(summary.putObject("keysOnlyHere"), compared.keysOnlyHere());
    json(summary.putObject("keysOnlyThere"), compared.keysOnlyThere());
    json(summary.putObject("keysAmbiguous"), compared.ambiguous());
    compared.onlyHere().forEach(summary.putArray("columnsOnlyHere")::add);
    compared.onlyThere().forEach(summary.putArray("columnsOnlyThere")::add);
    out.println(summary);
  }

  private static void json(ObjectNode to, Side side) {
    to.put("table", side.table()).put("rows", side.rows()).put("keys", side.keys());
  }

  private static void json(ObjectNode to, Keys keys) {
    ArrayNode examples = to.put("count", keys.count()).putArray("examples");
    keys.examples().forEach(examples::add);
  }
}
