package io.landfall.consumer.quarantine;

import io.landfall.consumer.bronze.Places;
import io.landfall.consumer.bronze.QuarantineTable;
import io.landfall.consumer.bronze.SystemColumn;
import io.landfall.consumer.bronze.TableRows;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The records of a quarantine table, in no order and one at a time: however many there are, only
 * the places of those that are resolved are kept in memory.
 */
public final class Entries {

  private static final List<String> PLACE =
      List.of(
          QuarantineTable.STATE,
          SystemColumn.TOPIC_ID.column(),
          SystemColumn.PARTITION.column(),
          SystemColumn.OFFSET.column());

  private static final List<String> ENTRY =
      with(
          PLACE,
          SystemColumn.KAFKA_TIMESTAMP.column(),
          "quarantined_at",
          "reason",
          "detail",
          "writer_fingerprint",
          "code_version");

  private static final List<String> BODY = with(ENTRY, "key", "value", "headers");

  private static List<String> with(List<String> columns, String... more) {
    return Stream.concat(columns.stream(), Stream.of(more)).toList();
  }

  /** How many there are, and of those that are open how many for each reason. */
  public record Counts(long records, Map<String, Long> openByReason) {

    public long open() {
      return openByReason.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  private final TableRows table;
  private final Map<String, Places> resolved;

  private Entries(TableRows table, Map<String, Places> resolved) {
    this.table = table;
    this.resolved = resolved;
  }

  public static Entries of(TableRows table) {
    Map<String, Places.Gathering> gathered = new HashMap<>();
    table.each(
        PLACE,
        row -> {
          if (QuarantineTable.RESOLVED.equals(row[0])) {
            gathered
                .computeIfAbsent(text(row[1]), topic -> new Places.Gathering())
                .add((int) number(row[2]), number(row[3]));
          }
        });
    Map<String, Places> resolved = new HashMap<>();
    gathered.forEach((topic, places) -> resolved.put(topic, places.places()));
    return new Entries(table, resolved);
  }

  public void each(Consumer<Entry> action) {
    table.each(
        ENTRY,
        row -> {
          if (QuarantineTable.QUARANTINED.equals(row[0])) {
            action.accept(entry(row));
          }
        });
  }

  /** Those at one place, with what they were made of: one for each topic of the name. */
  public void at(Place place, BiConsumer<Entry, Body> action) {
    table.each(
        BODY,
        row -> {
          if (QuarantineTable.QUARANTINED.equals(row[0])
              && number(row[2]) == place.partition()
              && number(row[3]) == place.offset()) {
            action.accept(
                entry(row), new Body((byte[]) row[10], (byte[]) row[11], (String) row[12]));
          }
        });
  }

  public Counts counts() {
    Map<String, Long> open = new TreeMap<>();
    long[] records = new long[1];
    each(
        entry -> {
          records[0]++;
          if (entry.open()) {
            open.merge(entry.reason(), 1L, Long::sum);
          }
        });
    return new Counts(records[0], open);
  }

  private Entry entry(@Nullable Object[] row) {
    String topicId = text(row[1]);
    int partition = (int) number(row[2]);
    long offset = number(row[3]);
    return new Entry(
        !resolved.getOrDefault(topicId, Places.NONE).contains(partition, offset),
        topicId,
        partition,
        offset,
        time(row[4]),
        time(row[5]),
        text(row[6]),
        text(row[7]),
        (String) row[8],
        text(row[9]));
  }

  private static Instant time(@Nullable Object micros) {
    return Instant.EPOCH.plus(number(micros), ChronoUnit.MICROS);
  }

  private static String text(@Nullable Object value) {
    return String.valueOf(value);
  }

  private static long number(@Nullable Object value) {
    return value instanceof Number number ? number.longValue() : 0;
  }
}
