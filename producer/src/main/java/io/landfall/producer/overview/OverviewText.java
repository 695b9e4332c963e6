package io.landfall.producer.overview;

import io.landfall.cli.Count;
import io.landfall.producer.deadletter.Letter;
import io.landfall.producer.deadletter.Standing.State;
import io.landfall.schemas.PastRun;
import java.time.Duration;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** An overview as lines for a terminal: what needs somebody first. */
public final class OverviewText {

  /** More of a list is told by its number, and whole as JSON. */
  private static final int MOST = 20;

  private final Overview overview;
  private final List<String> lines = new ArrayList<>();

  private OverviewText(Overview overview) {
    this.overview = overview;
  }

  public static List<String> of(Overview overview) {
    return new OverviewText(overview).lines();
  }

  private List<String> lines() {
    lines.add(overview.headline());
    overview
        .needs()
        .forEach(
            need -> {
              need.what().lines().forEach(line -> lines.add("- " + line));
              lines.add("  > " + need.how());
            });
    heading("Coverage of %s".formatted(overview.names().source()));
    if (overview.days().isEmpty()) {
      lines.add("  nothing was listed yet");
    } else {
      lines.addAll(months());
      lines.add(
          "  "
              + Arrays.stream(Mark.values())
                  .map(mark -> mark.sign() + " " + mark.meaning())
                  .collect(Collectors.joining(", ")));
      lines.add("  all: " + overview.total().words());
    }
    notes("Waiting", overview.waiting(), overview.names().item());
    notes("Not in force", overview.notInForce(), "answer");
    notes("Settled", overview.settled(), overview.names().item());
    heading("On the way");
    lines.add("  " + overview.way("shape", overview.facts().shape()));
    lines.add("  " + overview.way("the table", overview.facts().table()));
    table();
    letters();
    runs();
    return lines;
  }

  private void heading(String text) {
    lines.add("");
    lines.add(text);
  }

  private List<String> months() {
    Map<YearMonth, List<Overview.Day>> months =
        overview.days().stream()
            .collect(
                Collectors.groupingBy(
                    day -> YearMonth.from(day.day()), LinkedHashMap::new, Collectors.toList()));
    return months.entrySet().stream()
        .map(month -> month(month.getKey(), month.getValue()))
        .toList();
  }

  private static String month(YearMonth month, List<Overview.Day> days) {
    Map<Integer, Overview.Day> byNumber =
        days.stream()
            .collect(Collectors.toMap(day -> day.day().getDayOfMonth(), Function.identity()));
    String signs =
        IntStream.rangeClosed(1, month.lengthOfMonth())
            .mapToObj(
                number ->
                    Optional.ofNullable(byNumber.get(number))
                        .map(Overview.Day::mark)
                        .orElse(Mark.NOT_LISTED))
            .map(mark -> Character.toString(mark.sign()))
            .collect(Collectors.joining());
    Overview.Day all = days.stream().reduce(Overview.Day::plus).orElseThrow();
    boolean isEmpty =
        days.stream().allMatch(day -> day.mark() == Mark.NOTHING || day.mark() == Mark.NOT_LISTED);
    return "  %s  %-31s  %s".formatted(month, signs, isEmpty ? "" : all.words()).stripTrailing();
  }

  private void notes(String what, List<Overview.Note> notes, String noun) {
    if (notes.isEmpty()) {
      return;
    }
    heading("%s: %s".formatted(what, Count.of(notes.size(), noun)));
    notes.stream().limit(MOST).map(this::note).forEach(lines::add);
    more(notes.size());
  }

  private void more(int all) {
    if (all > MOST) {
      lines.add("  and %,d more: landfall status -o json".formatted(all - MOST));
    }
  }

  private String note(Overview.Note note) {
    return "  %s  %s  %s  %s%s%s: %s"
        .formatted(
            note.key(),
            note.firstDay(),
            note.label(),
            note.kind(),
            note.since().map(since -> ", for " + overview.ago(since)).orElse(""),
            note.next().map(next -> ", next " + next).orElse(""),
            note.reason());
  }

  private void table() {
    lines.addAll(
        overview
            .facts()
            .bronze()
            .match(
                notAsked -> List.of("  the table was not asked: " + notAsked.why()),
                unanswered -> List.of("  the table was asked and did not answer"),
                told ->
                    List.of(
                        "  the table at %s: version %d, %s, %s in quarantine (%,d open)"
                            .formatted(
                                told.location(),
                                told.version(),
                                Count.of(told.rows(), "row"),
                                Count.of(told.quarantined(), "record"),
                                Needs.sum(told.openInQuarantine().values())))));
  }

  private void letters() {
    heading(
        "Dead letters: %,d open, %,d dismissed, %,d resolved"
            .formatted(
                overview.letters().size(),
                overview.letters(State.DISMISSED),
                overview.letters(State.RESOLVED)));
    overview.letters().stream().limit(MOST).map(this::letter).forEach(lines::add);
    more(overview.letters().size());
  }

  private String letter(Letter letter) {
    return "  %s%s  %s, %s ago: %s"
        .formatted(
            letter.origin(),
            letter.item().map(item -> " (" + item + ")").orElse(""),
            letter.reason(),
            overview.ago(letter.failedAt()),
            letter.detail());
  }

  private void runs() {
    heading(overview.runs().isEmpty() ? "No run was noted yet" : "Last runs, newest first");
    overview.runs().forEach(run -> lines.add("  " + run(run)));
    overview
        .facts()
        .schedule()
        .ifPresent(
            run ->
                lines.add(
                    "  schedule \"%s\" in %s: next %s"
                        .formatted(run.getCron(), run.getZone(), run.getNextAt())));
  }

  private String run(PastRun run) {
    return "%s  %-8s  %s".formatted(run.getStartedAt(), run.getCommand(), ending(run, overview));
  }

  /** How a run ended, and what came of it. */
  static String ending(PastRun run, Overview overview) {
    if (run.getEndedAt() == null) {
      return "has not ended: under way, stopped or killed";
    }
    return "%d s, exit code %d; %s due, %d not complete, %s, %s%s"
        .formatted(
            Duration.between(run.getStartedAt(), run.getEndedAt()).toSeconds(),
            run.getExitCode(),
            Count.of(run.getDue(), overview.names().item()),
            run.getIncomplete() + run.getFailed() + run.getNotAsked(),
            Count.of(run.getRequests(), "request"),
            Count.of(run.getRows(), "row"),
            run.getReason() == null ? "" : ": " + run.getReason());
  }
}
