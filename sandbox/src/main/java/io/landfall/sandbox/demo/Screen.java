package io.landfall.sandbox.demo;

import io.landfall.cli.PrintableStream;
import java.io.PrintStream;
import java.util.Locale;

/** What the demo shows: chapters, commands and their answers, and how far a command has come. */
final class Screen {

  private static final String INDENT = "   ";
  private static final int BAR = 30;

  private final PrintStream out;
  private final boolean terminal;

  /**
   * @param terminal whether a line can be written over, and letters can be bold
   */
  Screen(PrintStream out, boolean terminal) {
    // Bars move and titles are bold: what is shown here is made here.
    this.out = PrintableStream.exact(out);
    this.terminal = terminal;
  }

  void chapter(int number, String title) {
    String line = number + ". " + title;
    out.println();
    out.println(terminal ? "\u001B[1m" + line + "\u001B[0m" : line);
    out.flush();
  }

  /** A text of one or more lines. */
  void say(String text) {
    text.strip().lines().forEach(line -> out.println((INDENT + line).stripTrailing()));
    out.flush();
  }

  void gap() {
    out.println();
  }

  void command(String command) {
    say("$ " + command);
  }

  /** What a command printed. */
  void answer(String output) {
    output.stripTrailing().lines().forEach(line -> out.println(INDENT + "  " + line));
    out.flush();
  }

  /** A bar that fills up. Elsewhere than on a terminal only the full one is shown. */
  final class Progress {

    private final String label;
    private final String unit;
    private final long total;
    private boolean full;

    Progress(String label, String unit, long total) {
      this.label = label;
      this.unit = unit;
      this.total = total;
    }

    void at(long done) {
      if (full) {
        return;
      }
      full = done >= total;
      if (terminal) {
        out.print("\r\u001B[K" + line(done));
      }
      if (full) {
        out.println(terminal ? "" : line(done));
      }
      out.flush();
    }

    private String line(long done) {
      int filled = (int) (BAR * Math.min(done, total) / Math.max(1, total));
      return String.format(
          Locale.ROOT,
          "%s  %-7s [%s%s] %,d of %,d %s",
          INDENT,
          label,
          "#".repeat(filled),
          ".".repeat(BAR - filled),
          Math.min(done, total),
          total,
          unit);
    }
  }

  Progress progress(String label, String unit, long total) {
    return new Progress(label, unit, total);
  }
}
