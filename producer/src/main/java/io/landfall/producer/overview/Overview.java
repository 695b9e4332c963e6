package io.landfall.producer.overview;

import io.landfall.cli.Count;
import io.landfall.cli.ExitCode;
import io.landfall.producer.deadletter.Letter;
import io.landfall.producer.deadletter.Standing;
import io.landfall.producer.ledger.Status;
import io.landfall.schemas.Item;
import io.landfall.schemas.ItemStatus;
import io.landfall.schemas.LedgerEntry;
import io.landfall.schemas.ListedDays;
import io.landfall.schemas.PastRun;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Everything that is shown, in the order in which it is.
 *
 * @param needs what needs a person; all is well where there is none
 * @param days each from the first to the last that was listed or has an item
 * @param waiting items that wait for something that should be there, the oldest first
 * @param notInForce answers that say less than what is held
 * @param settled items that are not complete, and count as all that there will be
 * @param runs newest first
 * @param letters open dead letters, newest first
 */
public record Overview(
    Names names,
    Facts facts,
    List<Need> needs,
    List<Day> days,
    List<Note> waiting,
    List<Note> notInForce,
    List<Note> settled,
    List<PastRun> runs,
    List<Letter> letters) {

  /** Forty years. */
  private static final long MOST_DAYS = 14_610;

  /**
   * One day's items.
   *
   * @param pending there is nothing to ask for yet
   * @param revised whose rows were corrected since they came first; they are among the others too
   * @param canceled there will never be anything
   */
  public record Day(
      LocalDate day,
      Mark mark,
      int complete,
      int settled,
      int waiting,
      int failed,
      int pending,
      int canceled,
      int revised) {

    /** In words: what there is none of is left out. */
    String words() {
      String words =
          Stream.of(
                  count(complete, "complete"),
                  count(settled, "settled"),
                  count(waiting, "waiting"),
                  count(failed, "failed"),
                  count(pending, "expected"),
                  count(canceled, "void"),
                  count(revised, "revised"))
              .filter(one -> !one.isEmpty())
              .collect(Collectors.joining(", "));
      return words.isEmpty() ? mark.meaning() : words;
    }

    private static String count(int number, String what) {
      return number == 0 ? "" : number + " " + what;
    }

    Day plus(Day other) {
      return new Day(
          day,
          mark,
          complete + other.complete,
          settled + other.settled,
          waiting + other.waiting,
          failed + other.failed,
          pending + other.pending,
          canceled + other.canceled,
          revised + other.revised);
    }
  }

  /**
   * What there is to say of an item.
   *
   * @param kind in a word or two
   * @param since when it has been so
   * @param next when it is tried or looked at again, if that is planned
   */
  public record Note(
      String key,
      LocalDate firstDay,
      LocalDate lastDay,
      String label,
      String kind,
      String reason,
      Optional<Instant> since,
      Optional<Instant> next) {

    static Note of(
        LedgerEntry entry,
        String kind,
        String reason,
        Optional<Instant> since,
        Optional<Instant> next) {
      Item item = entry.getItem();
      return new Note(
          item.getKey(),
          item.getFirstDay(),
          item.getLastDay(),
          item.getLabel(),
          kind,
          reason,
          since,
          next);
    }
  }

  /** What follows from the facts. */
  public static Overview of(Facts facts, Names names) {
    List<LedgerEntry> entries =
        facts.ledger().entries().values().stream()
            .sorted(
                Comparator.comparing((LedgerEntry entry) -> entry.getItem().getFirstDay())
                    .thenComparing(entry -> entry.getItem().getKey()))
            .toList();
    List<PastRun> runs = new ArrayList<>(facts.runs());
    Collections.reverse(runs);
    List<Letter> letters =
        new ArrayList<>(
            facts.letters().stream().filter(Standing::isOpen).map(Standing::letter).toList());
    Collections.reverse(letters);
    return new Overview(
        names,
        facts,
        new Needs(facts, names).all(),
        days(facts, entries),
        entries.stream()
            .flatMap(entry -> Waiting.of(entry, names.zone()).stream())
            .sorted(Comparator.comparing(Waiting::since))
            .map(Overview::waiting)
            .toList(),
        entries.stream().flatMap(Overview::notInForce).toList(),
        entries.stream().flatMap(Overview::settled).toList(),
        runs,
        letters);
  }

  private static List<Day> days(Facts facts, List<LedgerEntry> entries) {
    Map<LocalDate, List<LedgerEntry>> items =
        entries.stream()
            .collect(
                Collectors.groupingBy(
                    entry -> entry.getItem().getFirstDay(), TreeMap::new, Collectors.toList()));
    Optional<ListedDays> listed =
        facts.ledger().days().filter(days -> !days.getThrough().isBefore(days.getFrom()));
    TreeSet<LocalDate> days = new TreeSet<>(items.keySet());
    listed.ifPresent(
        between -> days.addAll(between.getFrom().datesUntil(next(between.getThrough())).toList()));
    // A day that nobody listed between others is a hole; one item far off does not make a thousand.
    if (!days.isEmpty() && ChronoUnit.DAYS.between(days.first(), days.last()) < MOST_DAYS) {
      days.addAll(days.first().datesUntil(next(days.last())).toList());
    }
    return days.stream()
        .map(day -> day(day, items.getOrDefault(day, List.of()), listed, facts.revisions()))
        .toList();
  }

  private static LocalDate next(LocalDate day) {
    return day.plusDays(1);
  }

  private static Day day(
      LocalDate day,
      List<LedgerEntry> items,
      Optional<ListedDays> listed,
      Map<String, Integer> revisions) {
    boolean isListed =
        listed
            .filter(days -> !day.isBefore(days.getFrom()) && !day.isAfter(days.getThrough()))
            .isPresent();
    Map<Mark, Long> marks =
        items.stream().collect(Collectors.groupingBy(Mark::of, Collectors.counting()));
    int canceled =
        (int) items.stream().filter(entry -> entry.getStatus() == ItemStatus.VOID).count();
    return new Day(
        day,
        Mark.of(items, isListed),
        count(marks, Mark.COMPLETE) - canceled,
        count(marks, Mark.SETTLED),
        count(marks, Mark.WAITING),
        count(marks, Mark.FAILED),
        count(marks, Mark.PENDING),
        canceled,
        (int)
            items.stream()
                .filter(entry -> revisions.getOrDefault(entry.getItem().getKey(), 0) > 1)
                .count());
  }

  private static int count(Map<Mark, Long> marks, Mark mark) {
    return marks.getOrDefault(mark, 0L).intValue();
  }

  private static Note waiting(Waiting waiting) {
    LedgerEntry entry = waiting.entry();
    return Note.of(
        entry,
        entry.getStatus().name().toLowerCase(Locale.ROOT),
        waiting.reason(),
        Optional.of(waiting.since()),
        Status.of(entry).waiting().map(Status.Attempts::next));
  }

  private static Stream<Note> notInForce(LedgerEntry entry) {
    return new TreeMap<>(entry.getNotInForce())
        .entrySet().stream()
            .map(
                one ->
                    Note.of(
                        entry,
                        one.getKey(),
                        one.getValue().getReason(),
                        Optional.of(one.getValue().getSince()),
                        Optional.ofNullable(entry.getNextAttemptAt())));
  }

  private static Stream<Note> settled(LedgerEntry entry) {
    return Status.of(entry) instanceof Status.Settled settled
        ? Stream.of(
            Note.of(
                entry,
                "settled",
                settled.remark(),
                Optional.ofNullable(entry.getChangedAt()),
                Optional.ofNullable(entry.getNextAttemptAt())))
        : Stream.empty();
  }

  /** Whether nothing needs a person. */
  public boolean isWell() {
    return needs.isEmpty();
  }

  /** How a command that shows it ends. */
  public ExitCode exitCode() {
    return isWell() ? ExitCode.OK : ExitCode.REFUSED;
  }

  /** All of it in one line. */
  public String headline() {
    return isWell() ? verdict() + ": " + wellness() : verdict();
  }

  /** The same in a few words. */
  String verdict() {
    if (isWell()) {
      return "All is well";
    }
    return needs.size() == 1 ? "1 thing needs you" : needs.size() + " things need you";
  }

  /** What is well. */
  String wellness() {
    Day all = total();
    return Stream.of(
            Optional.of("%s held".formatted(Count.of(all.complete + all.settled, names.item()))),
            all.waiting + all.failed == 0
                ? Optional.<String>empty()
                : Optional.of("%,d waiting".formatted(all.waiting + all.failed)),
            facts.ledger().days().map(days -> "days listed through " + days.getThrough()),
            Optional.of(way("the table", facts.table())),
            facts
                .bronze()
                .match(
                    notAsked -> Optional.of("the table itself was not asked"),
                    unanswered -> Optional.<String>empty(),
                    told -> Optional.of("%s in it".formatted(Count.of(told.rows(), "row")))))
        .flatMap(Optional::stream)
        .collect(Collectors.joining(", "));
  }

  /** How far somebody is behind, in words. */
  String way(String who, Lag lag) {
    if (lag.isCaughtUp()) {
      return who + " has caught up";
    }
    if (!lag.isTold()) {
      return lag.committed() == 0
          ? "nothing there for " + who
          : "nobody knows where %s stands".formatted(who);
    }
    return lag.beyond() > 0
        ? "%s stands behind the end of its topic".formatted(who)
        : "%s is %s behind, for %s"
            .formatted(
                who,
                Count.of(lag.committed(), "offset"),
                lag.oldest().map(this::ago).orElse("a moment"));
  }

  /** How long ago something was. */
  String ago(Instant time) {
    return Ago.of(Duration.between(time, facts.at()));
  }

  /** All days as one. */
  public Day total() {
    Day none = new Day(LocalDate.EPOCH, Mark.NOTHING, 0, 0, 0, 0, 0, 0, 0);
    return days.stream().reduce(none, Day::plus);
  }

  /** Letters that are not open any more, by what became of them. */
  long letters(Standing.State state) {
    return facts.letters().stream().filter(one -> one.state() == state).count();
  }
}
