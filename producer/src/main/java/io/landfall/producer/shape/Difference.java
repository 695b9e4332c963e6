package io.landfall.producer.shape;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * What one row says otherwise in another revision.
 *
 * @param row its key
 * @param column that differs; null where the whole row is only in one of the two
 */
public record Difference(
    String row, Kind kind, @Nullable String column, @Nullable Object before, @Nullable Object now) {

  /** What became of a row. */
  public enum Kind {
    CHANGED,
    ADDED,
    RETRACTED
  }

  /** Those between two sets of rows in force, in the order of their keys and of the columns. */
  public static List<Difference> between(
      Map<String, GenericRecord> before, Map<String, GenericRecord> now) {
    TreeSet<String> keys = new TreeSet<>(before.keySet());
    keys.addAll(now.keySet());
    List<Difference> differences = new ArrayList<>();
    for (String key : keys) {
      GenericRecord old = before.get(key);
      GenericRecord later = now.get(key);
      if (old == null) {
        differences.add(new Difference(key, Kind.ADDED, null, null, null));
      } else if (later == null) {
        differences.add(new Difference(key, Kind.RETRACTED, null, null, null));
      } else {
        addColumns(key, old, later, differences);
      }
    }
    return differences;
  }

  private static void addColumns(
      String key, GenericRecord old, GenericRecord later, List<Difference> differences) {
    for (Schema.Field field : later.getSchema().getFields()) {
      Object before = RowValues.plain(old.get(field.pos()));
      Object now = RowValues.plain(later.get(field.pos()));
      if (RowValues.isContent(field.name()) && !Objects.equals(before, now)) {
        differences.add(new Difference(key, Kind.CHANGED, field.name(), before, now));
      }
    }
  }
}
