package io.landfall.producer.overview;

import io.landfall.cli.Count;
import io.landfall.cli.ExitCode;
import io.landfall.producer.deadletter.Standing;
import io.landfall.producer.overview.Need.Kind;
import io.landfall.schemas.Item;
import io.landfall.schemas.LedgerEntry;
import io.landfall.schemas.PastRun;
import io.landfall.schemas.Refusal;
import io.landfall.schemas.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What of the facts needs a person: it does not get right by itself, or not soon enough. */
final class Needs {

  /** What should be there is there within this, by a run a day and its own tries again. */
  static final Duration OVERDUE = Duration.ofHours(12);

  /** A run a day, and half a day for its tries again. */
  static final Duration RUN_AGAIN_WITHIN = Duration.ofHours(36);

  /**
   * What an item lacks settles by itself, at the latest after so long; what does not by then, never
   * will.
   */
  static final Duration SETTLED_WITHIN = Duration.ofDays(15);

  /** Looked at again on the next day, which confirms it or not. */
  static final Duration CONFIRMED_WITHIN = Duration.ofDays(2);

  /** The programs end theirs within seconds. */
  static final Duration TRANSACTION = Duration.ofMinutes(1);

  /** A schedule that is up goes on at its time. */
  private static final Duration SCHEDULE_LATE = Duration.ofHours(1);

  private final Facts facts;
  private final Names names;

  Needs(Facts facts, Names names) {
    this.facts = facts;
    this.names = names;
  }

  List<Need> all() {
    return found().stream()
        .map(need -> new Need(need.kind(), need.what(), names.of(need.how())))
        .toList();
  }

  private List<Need> found() {
    if (!facts.isBegun()) {
      return List.of(
          new Need(
              Kind.NOTHING_FETCHED,
              "Nothing has been fetched yet: Kafka has no ledger of %s".formatted(names.source()),
              "landfall producer run"));
    }
    List<Need> needs = new ArrayList<>();
    failedRun().ifPresent(needs::add);
    lateRun().ifPresent(needs::add);
    overdue().ifPresent(needs::add);
    unsettled().ifPresent(needs::add);
    notInForce().ifPresent(needs::add);
    letters().ifPresent(needs::add);
    shape().ifPresent(needs::add);
    openTransactions().forEach(needs::add);
    table().ifPresent(needs::add);
    bronze().forEach(needs::add);
    return needs;
  }

  private Optional<PastRun> lastEnded() {
    return facts.runs().stream()
        .filter(run -> run.getEndedAt() != null && run.getExitCode() != null)
        // Whoever took over has a run of its own.
        .filter(run -> run.getExitCode() != ExitCode.SUPERSEDED.code())
        .max(Comparator.comparing(PastRun::getEndedAt));
  }

  private Optional<Need> failedRun() {
    return lastEnded()
        .filter(run -> run.getExitCode() != ExitCode.OK.code())
        .map(
            run ->
                new Need(
                    Kind.RUN_FAILED,
                    "The last run (%s, ended %s) ended with exit code %d: %s"
                        .formatted(
                            run.getCommand(),
                            run.getEndedAt(),
                            run.getExitCode(),
                            Optional.ofNullable(run.getReason()).orElse("see its log")),
                    "landfall producer run"));
  }

  private Optional<Need> lateRun() {
    Optional<Instant> well =
        facts.runs().stream()
            .filter(run -> run.getEndedAt() != null && run.getExitCode() != null)
            .filter(run -> run.getExitCode() == ExitCode.OK.code())
            .map(PastRun::getEndedAt)
            .max(Comparator.naturalOrder());
    Optional<Instant> sinceWhen =
        well.or(
            () -> facts.runs().stream().map(PastRun::getStartedAt).min(Comparator.naturalOrder()));
    if (sinceWhen.isEmpty()
        || age(sinceWhen.get()).compareTo(RUN_AGAIN_WITHIN) <= 0
        || facts.schedule().filter(this::isOnTime).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        new Need(
            Kind.RUN_LATE,
            well.map(
                    ended ->
                        "No run has ended well for %s; the last that did ended %s"
                            .formatted(Ago.of(age(ended)), ended))
                .orElse("No run has ever ended well"),
            "landfall producer run"));
  }

  /** A schedule may well run once a week. */
  private boolean isOnTime(Run run) {
    return run.getExitCode() == ExitCode.OK.code()
        && facts.at().isBefore(run.getNextAt().plus(SCHEDULE_LATE));
  }

  private Stream<Waiting> waiting() {
    return facts.ledger().entries().values().stream()
        .flatMap(entry -> Waiting.of(entry, names.zone()).stream())
        .sorted(
            Comparator.comparing(Waiting::since)
                .thenComparing(one -> one.entry().getItem().getKey()));
  }

  /** What is held in part is in the table, and what is missing of it the source does not have. */
  private Optional<Need> overdue() {
    List<Waiting> overdue =
        waiting()
            .filter(Waiting::isWithoutAnything)
            .filter(one -> isOlder(one.since(), OVERDUE))
            .toList();
    return overdue.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Need(
                Kind.ITEMS_OVERDUE,
                "%s %s for more than 12 hours, and nothing is held of %s; the oldest since %s, %s: %s"
                    .formatted(
                        Count.of(overdue.size(), names.item()),
                        overdue.size() == 1 ? "waits" : "wait",
                        overdue.size() == 1 ? "it" : "them",
                        overdue.get(0).since(),
                        name(overdue.get(0).entry()),
                        overdue.get(0).reason()),
                "landfall producer run"));
  }

  private Optional<Need> unsettled() {
    List<Waiting> unsettled =
        waiting()
            .filter(one -> !one.isWithoutAnything())
            .filter(one -> isOlder(one.since(), SETTLED_WITHIN))
            .toList();
    return unsettled.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Need(
                Kind.ITEMS_OVERDUE,
                "%s %s held in part only for more than %d days; the oldest since %s, %s: %s"
                    .formatted(
                        Count.of(unsettled.size(), names.item()),
                        unsettled.size() == 1 ? "is" : "are",
                        SETTLED_WITHIN.toDays(),
                        unsettled.get(0).since(),
                        name(unsettled.get(0).entry()),
                        unsettled.get(0).reason()),
                "landfall producer status"));
  }

  /** That a source no longer serves what is held takes nothing away, and nobody can change it. */
  private Optional<Need> notInForce() {
    List<LedgerEntry> entries =
        facts.ledger().entries().values().stream()
            .filter(entry -> entry.getNotInForce().values().stream().anyMatch(this::isUnconfirmed))
            .sorted(Comparator.comparing(entry -> entry.getItem().getKey()))
            .toList();
    if (entries.isEmpty()) {
      return Optional.empty();
    }
    Refusal first =
        entries.get(0).getNotInForce().values().stream()
            .filter(this::isUnconfirmed)
            .min(Comparator.comparing(Refusal::getSince))
            .orElseThrow();
    return Optional.of(
        new Need(
            Kind.NOT_IN_FORCE,
            "Answers of %s say less than what is held, and nothing has confirmed them since %s: %s: %s"
                .formatted(
                    Count.of(entries.size(), names.item()),
                    first.getSince(),
                    name(entries.get(0)),
                    first.getReason()),
            "landfall producer status"));
  }

  private boolean isUnconfirmed(Refusal refusal) {
    return !refusal.getSha256().isEmpty() && isOlder(refusal.getSince(), CONFIRMED_WITHIN);
  }

  private Optional<Need> letters() {
    List<Standing> open = facts.letters().stream().filter(Standing::isOpen).toList();
    if (open.isEmpty()) {
      return Optional.empty();
    }
    Standing newest = open.get(open.size() - 1);
    return Optional.of(
        new Need(
            Kind.DEAD_LETTERS,
            "%s open: what came could not be made rows of; the newest, %s: %s, %s"
                .formatted(
                    Count.of(open.size(), "dead letter") + (open.size() == 1 ? " is" : " are"),
                    newest.letter().origin(),
                    newest.letter().reason(),
                    newest.letter().detail()),
            "landfall producer dead-letters list"));
  }

  private Optional<Need> shape() {
    Lag lag = facts.shape();
    if (lag.beyond() > 0) {
      return Optional.of(
          new Need(
              Kind.SHAPE_BEHIND,
              "Shape has come %s further than the archive goes: the topic was cut or made anew"
                  .formatted(Count.of(lag.beyond(), "record")),
              "landfall producer shape --once"));
    }
    return lag.oldest()
        .filter(oldest -> isOlder(oldest, OVERDUE))
        .map(
            oldest ->
                new Need(
                    Kind.SHAPE_BEHIND,
                    "Answers wait for shape for %s: %s up to the end of the archive"
                        .formatted(Ago.of(age(oldest)), Count.of(lag.committed(), "offset")),
                    "landfall producer shape --once"));
  }

  private List<Need> openTransactions() {
    return facts.open().stream()
        .filter(one -> one.age(facts.at()).compareTo(TRANSACTION) > 0)
        .map(
            one ->
                new Need(
                    Kind.OPEN_TRANSACTION,
                    "A transaction has been open for %s in %s, partition %d, from offset %d%s: nobody can read what lies behind it. It ends with its program; where there is none, the command does it"
                        .formatted(
                            Ago.of(one.age(facts.at())),
                            one.topic(),
                            one.partition(),
                            one.offset(),
                            one.transactionalId().map(id -> ", of " + id).orElse("")),
                    one.abort()))
        .toList();
  }

  private Optional<Need> table() {
    Lag lag = facts.table();
    if (lag.beyond() > 0) {
      return Optional.of(
          new Need(
              Kind.TABLE_BEHIND,
              "The consumer has told a position %s behind the end of %s: the topic was cut or made anew"
                  .formatted(Count.of(lag.beyond(), "record"), names.landing()),
              "landfall consumer run --once"));
    }
    if (!lag.isTold() && lag.committed() > 0 && facts.bronze().told().isEmpty()) {
      return Optional.of(
          new Need(
              Kind.TABLE_UNKNOWN,
              "No consumer has told its position in %s, so nobody knows whether its rows are in the table"
                  .formatted(names.landing()),
              "landfall consumer run --once --table TABLE; or landfall status --table TABLE"));
    }
    return lag.oldest()
        .filter(oldest -> isOlder(oldest, OVERDUE))
        .map(
            oldest ->
                new Need(
                    Kind.TABLE_BEHIND,
                    "Rows wait for the table for %s: %s up to the end of %s"
                        .formatted(
                            Ago.of(age(oldest)),
                            Count.of(lag.committed(), "offset"),
                            names.landing()),
                    "landfall consumer run --once"));
  }

  private List<Need> bronze() {
    return facts
        .bronze()
        .match(
            notAsked -> List.of(),
            unanswered ->
                List.of(
                    new Need(
                        Kind.TABLE_UNANSWERED,
                        "The consumer did not say how the table is: " + unanswered.message(),
                        "landfall consumer status --table TABLE")),
            this::bronze);
  }

  private List<Need> bronze(Bronze.Told told) {
    List<Need> needs = new ArrayList<>();
    told.refusal()
        .ifPresent(
            refusal ->
                needs.add(
                    new Need(
                        Kind.TABLE_REFUSED,
                        "The consumer refuses to go on%s: %s"
                            .formatted(
                                refusal.reason().map(word -> " (" + word + ")").orElse(""),
                                refusal.message()),
                        "landfall consumer status --table " + told.location())));
    long open = sum(told.openInQuarantine().values());
    if (open > 0) {
      needs.add(
          new Need(
              Kind.QUARANTINE,
              "%s in quarantine: %s"
                  .formatted(
                      Count.of(open, "record") + (open == 1 ? " is" : " are"),
                      told.openInQuarantine().entrySet().stream()
                          .map(one -> "%,d %s".formatted(one.getValue(), one.getKey()))
                          .sorted()
                          .collect(Collectors.joining(", "))),
              "landfall consumer quarantine list --table " + told.location()));
    }
    return needs;
  }

  static long sum(Collection<Long> numbers) {
    return numbers.stream().mapToLong(Long::longValue).sum();
  }

  private Duration age(Instant since) {
    return Duration.between(since, facts.at());
  }

  private boolean isOlder(Instant since, Duration than) {
    return age(since).compareTo(than) > 0;
  }

  private static String name(LedgerEntry entry) {
    Item item = entry.getItem();
    return "%s %s %s".formatted(item.getKey(), item.getFirstDay(), item.getLabel()).strip();
  }
}
