package io.landfall.consumer.watch;

import static io.landfall.consumer.bronze.TableProperties.ACCEPTED;
import static io.landfall.consumer.bronze.TableProperties.APPEND_ONLY;
import static io.landfall.consumer.bronze.TableProperties.DATASET;
import static io.landfall.consumer.bronze.TableProperties.EPOCH;
import static io.landfall.consumer.bronze.TableProperties.QUALITY;
import static io.landfall.consumer.bronze.TableProperties.RESET_ALLOWED;
import static io.landfall.consumer.bronze.TableProperties.SOURCE;
import static io.landfall.consumer.bronze.TableProperties.TOPIC;
import static io.landfall.consumer.bronze.TableProperties.TOPIC_ID;
import static io.landfall.consumer.bronze.TableProperties.isNumber;

import io.landfall.consumer.bronze.Column;
import io.landfall.consumer.bronze.Commit;
import io.landfall.consumer.bronze.Redefinition;
import io.landfall.consumer.bronze.TableDescription;
import io.landfall.consumer.watch.Alarm.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Whether a commit that redefined a table protects it less than before. */
final class Protection {

  private static final String MAPPING_MODE = "delta.columnMapping.mode";
  private static final String COLUMN_MAPPING = "columnMapping";

  /** What each of these says in a table of ours, always. */
  private static final Map<String, String> FIXED =
      Map.of(APPEND_ONLY, "true", QUALITY, "bronze", RESET_ALLOWED, "false");

  /** Whose the table is. */
  private static final List<String> NAMES = List.of(DATASET, TOPIC, TOPIC_ID, SOURCE);

  /** How long what is needed to go back is kept, with Delta's own value. */
  private static final Map<String, Duration> RETENTIONS =
      Map.of(
          "delta.logRetentionDuration",
          Duration.ofDays(30),
          "delta.deletedFileRetentionDuration",
          Duration.ofDays(7),
          // Unset: transactions are never forgotten, and nobody late is let in.
          "delta.setTransactionRetentionDuration",
          Retention.FOR_EVER);

  private final Commit commit;
  private final Optional<TableDescription> before;
  private final TableDescription after;
  private final List<Alarm> alarms = new ArrayList<>();

  Protection(Commit commit, Redefinition redefinition) {
    this.commit = commit;
    this.before = redefinition.before();
    this.after = redefinition.after();
  }

  List<Alarm> alarms() {
    before
        .filter(old -> !old.id().equals(after.id()))
        .ifPresent(
            old ->
                add(
                    Kind.REPLACED,
                    "another table (id %s) in the place of the one that was here (id %s)"
                        .formatted(after.id(), old.id())));
    FIXED.forEach(this::fixed);
    NAMES.forEach(this::name);
    RETENTIONS.forEach(this::retention);
    counters();
    columnMapping();
    before.ifPresent(this::columns);
    return alarms;
  }

  private void fixed(String key, String value) {
    String now = after.property(key);
    if (!now.equals(value) && !was(key).equals(Optional.of(now))) {
      property(key, value);
    }
  }

  private void name(String key) {
    was(key).filter(old -> !old.equals(after.property(key))).ifPresent(old -> property(key, old));
  }

  private void retention(String key, Duration usual) {
    String now = after.property(key);
    String old = was(key).orElse("");
    if (!now.equals(old) && Retention.of(now, usual).compareTo(Retention.of(old, usual)) < 0) {
      property(key, old);
    }
  }

  /** Raised they are decisions, which have to be older than what they are about. */
  private void counters() {
    String epoch = after.property(EPOCH);
    was(EPOCH)
        .filter(old -> !old.equals(epoch) && isNumber(old))
        .filter(old -> !isNumber(epoch) || Long.parseLong(epoch) < Long.parseLong(old))
        .ifPresent(old -> property(EPOCH, old));
    String accepted = after.property(ACCEPTED);
    boolean possible =
        accepted.isEmpty() || (isNumber(accepted) && Long.parseLong(accepted) < commit.version());
    if (!possible && !was(ACCEPTED).equals(Optional.of(accepted))) {
      property(ACCEPTED, was(ACCEPTED).orElse(""));
    }
  }

  private void columnMapping() {
    if (maps(after) && before.filter(Protection::maps).isEmpty()) {
      add(
          Kind.COLUMN_MAPPING,
          "column mapping was switched on: columns can be dropped and renamed now, and a plain file no longer fits");
    }
  }

  private static boolean maps(TableDescription table) {
    String mode = table.property(MAPPING_MODE);
    return table.features().contains(COLUMN_MAPPING) || !(mode.isEmpty() || mode.equals("none"));
  }

  private void columns(TableDescription old) {
    Map<String, Column> now =
        after.columns().stream().collect(Collectors.toMap(Column::name, Function.identity()));
    Map<String, Column> then =
        old.columns().stream().collect(Collectors.toMap(Column::name, Function.identity()));
    List<String> added =
        after.columns().stream().map(Column::name).filter(name -> !then.containsKey(name)).toList();
    for (Column column : old.columns()) {
      Column there = now.get(column.name());
      if (there == null) {
        add(
            Kind.COLUMN,
            "column %s was dropped%s"
                .formatted(
                    column.name(),
                    added.isEmpty() ? "" : ", or renamed: new is " + String.join(", ", added)));
      } else if (!there.type().equals(column.type())) {
        add(
            Kind.COLUMN,
            "column %s was %s and is %s".formatted(column.name(), column.type(), there.type()));
      }
    }
  }

  private Optional<String> was(String key) {
    return before.map(old -> old.property(key));
  }

  private void property(String key, String right) {
    String now = after.property(key);
    alarms.add(
        new Alarm(
            commit.version(),
            Kind.PROPERTY,
            "property %s %s, and should be %s"
                .formatted(
                    key,
                    now.isEmpty() ? "was taken away" : "was set to " + now,
                    right.isEmpty() ? "unset" : right),
            commit.info(),
            Optional.of(new Alarm.Property(key, right))));
  }

  private void add(Kind kind, String what) {
    alarms.add(new Alarm(commit.version(), kind, what, commit.info()));
  }
}
