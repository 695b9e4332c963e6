package io.landfall.consumer.bronze;

import io.landfall.consumer.landing.Offsets;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which records of a topic a quarantine table holds, by its rows. */
public final class Quarantined {

  private static final List<String> COLUMNS =
      List.of(
          SystemColumn.TOPIC_ID.column(),
          SystemColumn.PARTITION.column(),
          SystemColumn.OFFSET.column(),
          QuarantineTable.STATE);

  private Quarantined() {}

  /** The places of records that are there, from a place in the topic on. */
  public static Places places(TableRows table, String topicId, Offsets from) {
    Places.Gathering found = new Places.Gathering();
    table.each(
        COLUMNS,
        row -> {
          int partition = number(row[1]).intValue();
          long offset = number(row[2]).longValue();
          if (topicId.equals(row[0])
              && QuarantineTable.QUARANTINED.equals(row[3])
              && offset >= from.in(partition)) {
            found.add(partition, offset);
          }
        });
    return found.places();
  }

  /** What the rows of a topic tell, where the log does not. */
  public static Held held(TableRows table, String topicId) {
    TreeMap<Integer, Long> ends = new TreeMap<>();
    long[] records = new long[1];
    table.each(
        COLUMNS,
        row -> {
          if (topicId.equals(row[0]) && QuarantineTable.QUARANTINED.equals(row[3])) {
            records[0]++;
            ends.merge(number(row[1]).intValue(), number(row[2]).longValue() + 1, Math::max);
          }
        });
    return new Held(new Offsets(ends), records[0]);
  }

  private static Number number(@Nullable Object value) {
    if (value instanceof Number number) {
      return number;
    }
    throw new IllegalStateException("%s is no number".formatted(value));
  }
}
