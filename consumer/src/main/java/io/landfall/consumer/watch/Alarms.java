package io.landfall.consumer.watch;

import static java.util.stream.Collectors.joining;

import io.landfall.cli.LandfallException;
import io.landfall.cli.Refusal;
import io.landfall.cli.RefusalReason;
import io.landfall.cli.TableLocation;
import io.landfall.consumer.bronze.Commit;
import io.landfall.consumer.bronze.TableDescription;
import io.landfall.consumer.bronze.TableState;
import io.landfall.consumer.watch.Alarm.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * What is wrong with the commits of a table that nobody has answered for, and the ways on.
 *
 * @param version the table's newest
 * @param unseen those commits, the oldest first
 * @param list what is wrong with them; empty where nothing is
 */
public record Alarms(
    TableLocation location,
    TableDescription table,
    long version,
    List<Commit> unseen,
    List<Alarm> list) {

  public Alarms {
    unseen = List.copyOf(unseen);
    list = List.copyOf(list);
  }

  /** Looks at commits. */
  public static Alarms in(
      TableLocation location, TableDescription table, long version, List<Commit> unseen) {
    return new Alarms(location, table, version, unseen, new Judge(table).of(unseen));
  }

  /** Looks at a table that stands somewhere. */
  public static Alarms in(TableLocation location, TableDescription table, TableState state) {
    return in(location, table, state.version(), state.unseen());
  }

  public boolean isEmpty() {
    return list.isEmpty();
  }

  /** The newest version that something is wrong with; -1 where nothing is. */
  public long newest() {
    return list.stream().mapToLong(Alarm::version).max().orElse(-1);
  }

  /**
   * Why nothing goes on with a table: others changed it in a way that an append-only table does not
   * go on with, or its rows were taken back while its transactions were not.
   */
  public static Optional<Refusal> refusal(
      TableLocation location, TableDescription table, TableState state) {
    Alarms alarms = in(location, table, state);
    return alarms.isEmpty() && !state.wasTakenBack()
        ? Optional.empty()
        : Optional.of(alarms.refusal(state));
  }

  /**
   * Refuses what is not decided.
   *
   * @param refill whether the rows that are gone from the table's end are to be landed again
   * @param accepted the version up to which somebody has looked
   * @throws LandfallException with what happened and the ways on
   */
  public void requireDecided(TableState state, boolean refill, OptionalLong accepted) {
    boolean open =
        list.stream()
            .anyMatch(
                alarm ->
                    alarm.version() > accepted.orElse(-1) && !(refill && refillAnswers(alarm)));
    if (open || (needsRefill(state) && !refill) || stranded().isPresent()) {
      throw refusal(state).exception();
    }
  }

  private boolean needsRefill(TableState state) {
    return state.wasTakenBack() || list.stream().anyMatch(alarm -> alarm.kind() == Kind.RESTORED);
  }

  /** Whether it is a RESTORE, or one has undone it. */
  private boolean refillAnswers(Alarm alarm) {
    return alarm.kind() == Kind.RESTORED
        || restoresBehind(alarm.version()).stream().anyMatch(to -> to < alarm.version());
  }

  /** The versions that RESTOREs after a version went back to. */
  private List<Long> restoresBehind(long after) {
    return list.stream()
        .filter(alarm -> alarm.version() > after)
        .flatMap(alarm -> alarm.restoredTo().stream())
        .toList();
  }

  /**
   * The version of a commit of ours that came right behind a RESTORE, by a writer who had not seen
   * it: the rows between where RESTORE left the table and where that commit begins are missing.
   */
  private Optional<Long> stranded() {
    Optional<Long> restored =
        list.stream()
            .filter(alarm -> alarm.kind() == Kind.RESTORED)
            .map(Alarm::version)
            .findFirst();
    return unseen.stream()
        .filter(commit -> commit.landed(table).isPresent())
        .map(Commit::version)
        .filter(ours -> restored.filter(at -> at < ours).isPresent())
        .filter(ours -> restoresBehind(ours).stream().noneMatch(to -> to < ours))
        .findFirst();
  }

  private Refusal refusal(TableState state) {
    boolean refill = needsRefill(state);
    return new Refusal(
        refill ? RefusalReason.TAKEN_BACK : RefusalReason.CHANGED_BY_OTHERS,
        list.isEmpty()
            ? takenBack(state)
            : "The table at %s was changed by others in a way that an append-only table does not go on with:\n%s\n"
                .formatted(
                    location,
                    list.stream().map(alarm -> "- " + alarm.text()).collect(joining("\n"))),
        refill
            ? "It holds rows up to %s, and Delta would pass over those that are gone behind them in silence."
                .formatted(position(state))
            : "Rows that are gone would be missing from now on without a word, and what others put in would be taken for the topic's.",
        "The ways on:\n" + String.join("\n", ways(refill)));
  }

  private String takenBack(TableState state) {
    return "The table at %s was restored or rolled back: at version %d it holds rows up to %s, but commits that go on from further (transaction version %d of application %s) were made before."
        .formatted(
            location,
            state.version(),
            position(state),
            state.transaction().orElse(0),
            table.applicationId());
  }

  private static String position(TableState state) {
    return state.position().byPartition().isEmpty() ? "none" : state.position().toString();
  }

  /** The ways on, each on a line. */
  List<String> ways() {
    return ways(list.stream().anyMatch(alarm -> alarm.kind() == Kind.RESTORED));
  }

  private List<String> ways(boolean refill) {
    List<String> ways = new ArrayList<>();
    Optional<Long> stranded = stranded();
    long first = list.stream().mapToLong(Alarm::version).min().orElse(0);
    List<String> properties = putRight();
    if (!properties.isEmpty()) {
      ways.add("To put it right: " + String.join("; ", properties));
      ways.add(
          "then, when no row was changed meanwhile: "
              + run("--accept-version " + (version + properties.size())));
    } else if (first > 0) {
      ways.add("To undo it: %s; then: %s".formatted(restore(first - 1), run("--refill")));
    }
    if (stranded.isPresent()) {
      ways.add(
          "Version %d is ours and came right behind a RESTORE, so that rows before it are missing. To go on from what RESTORE left: %s; then: %s"
              .formatted(stranded.get(), restore(stranded.get() - 1), run("--refill")));
    } else {
      boolean accept = !refill || list.stream().anyMatch(alarm -> !refillAnswers(alarm));
      ways.add(
          "To go on with the table as it is, which is noted in its log: "
              + run(
                  (refill ? "--refill" : "")
                      + (refill && accept ? " " : "")
                      + (accept ? "--accept-version " + newest() : "")));
    }
    if (list.stream().anyMatch(alarm -> alarm.kind() == Kind.ROWS_REMOVED)) {
      ways.add(
          "then, to append again what is gone and the topic still has: landfall consumer repair --table %s"
              .formatted(location));
    }
    ways.add(
        "To have another one with all that the topic holds: landfall consumer replay --table %s --into NEW"
            .formatted(location));
    return ways;
  }

  private String run(String flags) {
    return "landfall consumer run %s --table %s".formatted(flags, location);
  }

  private String restore(long to) {
    return "RESTORE TABLE %s TO VERSION AS OF %d".formatted(location.sql(), to);
  }

  /** What sets properties right, if nothing else is wrong. */
  private List<String> putRight() {
    if (list.isEmpty() || list.stream().anyMatch(alarm -> alarm.property().isEmpty())) {
      return List.of();
    }
    Map<String, String> set = new TreeMap<>();
    Map<String, String> unset = new TreeMap<>();
    for (Alarm alarm : list) {
      // The oldest tells what was right.
      alarm
          .property()
          .filter(property -> !table.property(property.key()).equals(property.value()))
          .ifPresent(
              property ->
                  (property.value().isEmpty() ? unset : set)
                      .putIfAbsent(property.key(), property.value()));
    }
    List<String> statements = new ArrayList<>();
    if (!set.isEmpty()) {
      statements.add(
          "ALTER TABLE %s SET TBLPROPERTIES (%s)"
              .formatted(
                  location.sql(),
                  set.entrySet().stream()
                      .map(p -> "'%s' = '%s'".formatted(p.getKey(), p.getValue()))
                      .collect(joining(", "))));
    }
    if (!unset.isEmpty()) {
      statements.add(
          "ALTER TABLE %s UNSET TBLPROPERTIES (%s)"
              .formatted(
                  location.sql(),
                  unset.keySet().stream().map("'%s'"::formatted).collect(joining(", "))));
    }
    return statements;
  }
}
