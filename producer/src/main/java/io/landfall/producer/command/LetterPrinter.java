package io.landfall.producer.command;

import io.landfall.cli.Count;
import io.landfall.cli.OutputFormat;
import io.landfall.producer.deadletter.Letter;
import io.landfall.producer.deadletter.Standing;
import java.io.PrintStream;
import java.util.List;
import java.util.Set;

/** Prints dead letters as a table, as CSV or as JSON. */
final class LetterPrinter {

  private static final int MOST_OF_A_DETAIL = 60;

  private LetterPrinter() {}

  static void print(List<Standing> standings, OutputFormat format, PrintStream out) {
    Lines lines =
        new Lines(
            List.of("state", "origin", "item", "failed_at", "reason", "code_version", "detail"),
            Set.of());
    for (Standing standing : standings) {
      Letter letter = standing.letter();
      lines.add(
          standing.state().name(),
          letter.origin().toString(),
          letter.item().orElse(null),
          letter.failedAt().toString(),
          letter.reason(),
          letter.codeVersion(),
          format == OutputFormat.TABLE ? shortened(letter.detail()) : letter.detail());
    }
    lines.print(format, out);
    if (format == OutputFormat.TABLE) {
      long open = standings.stream().filter(Standing::isOpen).count();
      out.println("(%s, %d open)".formatted(Count.of(standings.size(), "dead letter"), open));
    }
  }

  private static String shortened(String detail) {
    return detail.length() > MOST_OF_A_DETAIL
        ? detail.substring(0, MOST_OF_A_DETAIL - 1) + "…"
        : detail;
  }
}
