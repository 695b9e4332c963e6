package io.landfall.cli;

import java.util.stream.Collectors;

/**
 * Text as it may be shown: what would steer a terminal, hide text or turn its direction is written
 * out ({@code \\u001b}, {@code \\n}) instead of sent. Names, reasons and messages come from APIs,
 * records and users; none of them gets to write a line of its own.
 */
public final class Printable {

  private Printable() {}

  /** As part of one line: line ends are written out too. */
  public static String line(String text) {
    if (text.codePoints().allMatch(Printable::harmless)) {
      return text;
    }
    StringBuilder shown = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(point -> append(point, shown));
    return shown.toString();
  }

  /**
   * As a block of lines, such as a stack trace. Each line but the first is indented, so that no
   * line within the text looks like one of the program's own.
   */
  public static String block(String text) {
    return text.lines()
        .map(each -> line(each.replace("\t", "    ")))
        .collect(Collectors.joining(System.lineSeparator() + "    "));
  }

  private static void append(int point, StringBuilder shown) {
    if (harmless(point)) {
      shown.appendCodePoint(point);
      return;
    }
    switch (point) {
      case '\n' -> shown.append("\\n");
      case '\r' -> shown.append("\\r");
      case '\t' -> shown.append("\\t");
      default -> {
        for (char unit : Character.toChars(point)) {
          shown.append(String.format("\\u%04x", (int) unit));
        }
      }
    }
  }

  private static boolean harmless(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL, // C0, DEL, C1
          Character.FORMAT, // direction overrides and isolates, zero width, tags
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE -> // half a character
          // Parts of emoji and of words in some scripts, harmless alone.
          point == 0x200C || point == 0x200D;
      default -> true;
    };
  }
}
