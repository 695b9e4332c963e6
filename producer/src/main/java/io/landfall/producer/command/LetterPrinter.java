package io.landfall.producer.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.landfall.cli.Count;
import io.landfall.cli.OutputFormat;
import io.landfall.cli.Printable;
import io.landfall.producer.deadletter.Letter;
import io.landfall.producer.deadletter.Standing;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Prints dead letters as a table, as CSV or as JSON. */
final class LetterPrinter {

  private static final List<String> COLUMNS =
      List.of("state", "origin", "item", "failed_at", "reason", "code_version", "detail");

  private static final int MOST_OF_A_DETAIL = 60;
  private static final Pattern QUOTED = Pattern.compile("[\",\r\n]");
  private static final JsonMapper JSON = new JsonMapper();

  private LetterPrinter() {}

  static void print(List<Standing> standings, OutputFormat format, PrintStream out) {
    switch (format) {
      case TABLE -> table(standings, out);
      case CSV -> {
        out.println(String.join(",", COLUMNS));
        standings.forEach(standing -> out.println(csv(standing)));
      }
      case JSON -> standings.forEach(standing -> out.println(json(standing)));
    }
    out.flush();
  }

  private static List<@Nullable String> cells(Standing standing) {
    Letter letter = standing.letter();
    List<@Nullable String> cells = new ArrayList<>();
    cells.add(standing.state().name());
    cells.add(letter.origin().toString());
    cells.add(letter.item().orElse(null));
    cells.add(letter.failedAt().toString());
    cells.add(letter.reason());
    cells.add(letter.codeVersion());
    cells.add(letter.detail());
    return cells;
  }

  private static void table(List<Standing> standings, PrintStream out) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(COLUMNS);
    standings.forEach(
        standing ->
            rows.add(
                cells(standing).stream()
                    .map(cell -> Printable.line(shortened(cell == null ? "" : cell)))
                    .toList()));
    int[] widths = new int[COLUMNS.size()];
    for (List<String> row : rows) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < widths.length; column++) {
        line.append(row.get(column))
            .append(" ".repeat(widths[column] + 2 - row.get(column).length()));
      }
      out.println(line.toString().stripTrailing());
    }
    long open = standings.stream().filter(Standing::isOpen).count();
    out.println("(%s, %d open)".formatted(Count.of(standings.size(), "dead letter"), open));
  }

  /** A topic's name may have 249 characters, and is never cut: it is what `show` asks for. */
  private static String shortened(String cell) {
    boolean isLong = cell.length() > MOST_OF_A_DETAIL && cell.contains(" ");
    return isLong ? cell.substring(0, MOST_OF_A_DETAIL - 1) + "…" : cell;
  }

  private static String csv(Standing standing) {
    return cells(standing).stream()
        .map(cell -> cell == null ? "" : quoted(cell))
        .collect(Collectors.joining(","));
  }

  private static String quoted(String cell) {
    return QUOTED.matcher(cell).find() ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
  }

  private static String json(Standing standing) {
    Map<String, @Nullable String> object = new LinkedHashMap<>();
    List<@Nullable String> cells = cells(standing);
    for (int column = 0; column < COLUMNS.size(); column++) {
      object.put(COLUMNS.get(column), cells.get(column));
    }
    try {
      return JSON.writeValueAsString(object);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A map of texts is JSON", e);
    }
  }
}
