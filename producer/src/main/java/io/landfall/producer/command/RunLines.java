package io.landfall.producer.command;

import io.landfall.cli.Count;
import io.landfall.cli.OutputFormat;
import io.landfall.producer.source.Connector;
import io.landfall.schemas.PastRun;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The last runs: for people what came of each, and what was odd in the last; for programs all. */
final class RunLines {

  private final Connector connector;

  /** Newest first. */
  private final List<PastRun> runs;

  /**
   * @param past oldest first
   */
  RunLines(Connector connector, List<PastRun> past) {
    this.connector = connector;
    this.runs = new ArrayList<>(past);
    Collections.reverse(runs);
  }

  List<String> lines() {
    if (runs.isEmpty()) {
      return List.of();
    }
    // Of the others they are in the log.
    Stream<String> notes =
        runs.stream()
            .filter(run -> run.getEndedAt() != null)
            .limit(1)
            .flatMap(run -> run.getNotes().stream())
            .map(note -> "    " + note);
    return Stream.of(Stream.of("Last runs, newest first:"), runs.stream().map(this::line), notes)
        .flatMap(lines -> lines)
        .toList();
  }

  private String line(PastRun run) {
    String begun = "  %s  %-8s".formatted(run.getStartedAt(), run.getCommand());
    if (run.getEndedAt() == null) {
      return begun + "  has not ended: under way, stopped or killed";
    }
    return "%s  %d s, exit code %d; %s%s"
        .formatted(
            begun,
            Duration.between(run.getStartedAt(), run.getEndedAt()).toSeconds(),
            run.getExitCode(),
            items(run),
            run.getReason() == null ? "" : ": " + run.getReason());
  }

  private String items(PastRun run) {
    String counts =
        Stream.of(
                count(run.getComplete(), "complete"),
                count(run.getSettled(), "settled"),
                count(run.getIncomplete(), "incomplete"),
                count(run.getFailed(), "failed"),
                count(run.getNotAsked(), "not asked for"))
            .filter(count -> !count.isEmpty())
            .collect(Collectors.joining(", "));
    return "%s due%s, %s, %s"
        .formatted(
            Count.of(run.getDue(), connector.itemName()),
            counts.isEmpty() ? "" : " (" + counts + ")",
            Count.of(run.getRequests(), "request"),
            Count.of(run.getRows(), "row"));
  }

  private static String count(int items, String outcome) {
    return items == 0 ? "" : items + " " + outcome;
  }

  void printJson(PrintStream out) {
    Lines lines =
        new Lines(
            List.of(
                "run",
                "started_at",
                "ended_at",
                "exit_code",
                "reason",
                "due",
                "complete",
                "settled",
                "incomplete",
                "failed",
                "not_asked",
                "changed",
                "not_in_force",
                "requests",
                "rows",
                "dead_letters",
                "notes"),
            Set.of());
    for (PastRun run : runs) {
      lines.add(
          run.getCommand(),
          run.getStartedAt().toString(),
          run.getEndedAt() == null ? null : run.getEndedAt().toString(),
          run.getExitCode(),
          run.getReason(),
          run.getDue(),
          run.getComplete(),
          run.getSettled(),
          run.getIncomplete(),
          run.getFailed(),
          run.getNotAsked(),
          run.getChanged(),
          run.getNotInForce(),
          run.getRequests(),
          run.getRows(),
          run.getDeadLetters(),
          run.getNotes());
    }
    lines.print(OutputFormat.JSON, out);
  }
}
