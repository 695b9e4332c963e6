package io.landfall.producer.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.landfall.cli.OutputFormat;
import io.landfall.cli.Printable;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Prints lines of values under names: in columns, as CSV (RFC 4180) or as a JSON object each. */
final class Lines {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Pattern QUOTED = Pattern.compile("[\",\r\n]");
  private static final String GAP = "  ";

  private final List<String> names;
  private final Set<String> onTheRight;
  private final List<List<@Nullable Object>> lines = new ArrayList<>();

  /**
   * @param onTheRight names of what stands on the right in its column, as numbers do
   */
  Lines(List<String> names, Set<String> onTheRight) {
    this.names = List.copyOf(names);
    this.onTheRight = Set.copyOf(onTheRight);
  }

  void add(@Nullable Object... values) {
    List<@Nullable Object> line = new ArrayList<>();
    Collections.addAll(line, values);
    lines.add(line);
  }

  void print(OutputFormat format, PrintStream out) {
    switch (format) {
      case TABLE -> table(out);
      case CSV -> {
        out.println(String.join(",", names));
        lines.forEach(line -> out.println(csv(line)));
      }
      case JSON -> lines.forEach(line -> out.println(json(line)));
    }
    out.flush();
  }

  private static String csv(List<@Nullable Object> line) {
    return line.stream().map(value -> quoted(text(value, ""))).collect(Collectors.joining(","));
  }

  private static String quoted(String cell) {
    return QUOTED.matcher(cell).find() ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
  }

  /** Without the values that are null, as {@code consumer sql} has it. */
  private String json(List<@Nullable Object> line) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      Object value = line.get(i);
      if (value != null) {
        object.put(names.get(i), value);
      }
    }
    try {
      return JSON.writeValueAsString(object);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private void table(PrintStream out) {
    List<List<String>> cells = new ArrayList<>();
    cells.add(names);
    for (List<@Nullable Object> line : lines) {
      cells.add(line.stream().map(value -> Printable.line(text(value, "null"))).toList());
    }
    int[] widths = new int[names.size()];
    for (List<String> line : cells) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], length(line.get(i)));
      }
    }
    out.println(line(cells.get(0), widths));
    List<String> rules = new ArrayList<>();
    for (int width : widths) {
      rules.add("-".repeat(width));
    }
    out.println(String.join(GAP, rules));
    cells.subList(1, cells.size()).forEach(each -> out.println(line(each, widths)));
  }

  private String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell = cells.get(i);
      String pad = " ".repeat(widths[i] - length(cell));
      line.append(i == 0 ? "" : GAP)
          .append(onTheRight.contains(names.get(i)) ? pad + cell : cell + pad);
    }
    return line.toString().stripTrailing();
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  /** Numbers without an exponent. */
  private static String text(@Nullable Object value, String none) {
    if (value == null) {
      return none;
    }
    if (value instanceof Double number && Double.isFinite(number)) {
      BigDecimal decimal = new BigDecimal(number.toString()).stripTrailingZeros();
      return Math.abs(decimal.scale()) > 12 ? number.toString() : decimal.toPlainString();
    }
    return value.toString();
  }
}
