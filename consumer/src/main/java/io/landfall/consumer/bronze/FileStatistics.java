package io.landfall.consumer.bronze;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * The bounds that a file's entry in the Delta log tells readers, so that they can leave the file
 * out: for numbers and short texts.
 */
final class FileStatistics {

  /** Delta itself keeps no more of a text, and a cut upper bound would have to be rounded up. */
  private static final int LONGEST_TEXT = 32;

  private static final JsonMapper JSON = new JsonMapper();

  private static final class Bounds {
    final String column;
    final int position;
    @Nullable Comparable<?> least;
    @Nullable Comparable<?> most;
    boolean unbounded;
    long nulls;

    Bounds(String column, int position) {
      this.column = column;
      this.position = position;
    }

    void see(@Nullable Object value) {
      if (value == null) {
        nulls++;
      } else if (value instanceof CharSequence text && text.length() > LONGEST_TEXT) {
        unbounded = true;
      } else if (value instanceof Comparable<?> comparable) {
        widen(comparable);
      }
    }

    private void widen(Comparable<?> value) {
      if (least == null || compare(value, least) < 0) {
        least = kept(value);
      }
      if (most == null || compare(value, most) > 0) {
        most = kept(value);
      }
    }

    @SuppressWarnings("unchecked") // all values of a column have one class
    private static int compare(Comparable<?> a, Comparable<?> b) {
      return ((Comparable<Object>) a).compareTo(b);
    }

    private static Comparable<?> kept(Comparable<?> value) {
      return value instanceof Utf8 text ? new Utf8(text) : value;
    }
  }

  private final List<Bounds> ofRecord = new ArrayList<>();
  private final Bounds partition = new Bounds(SystemColumn.PARTITION.column(), -1);
  private final Bounds offset = new Bounds(SystemColumn.OFFSET.column(), -1);
  private long rows;

  FileStatistics(RowLayout layout, Schema schema) {
    for (String column : layout.statistics()) {
      Schema.Field field = schema.getField(column);
      if (field != null) {
        ofRecord.add(new Bounds(column, field.pos()));
      }
    }
  }

  void see(LandedRow landed) {
    rows++;
    for (Bounds bounds : ofRecord) {
      bounds.see(landed.row().get(bounds.position));
    }
    partition.see(landed.partition());
    offset.see(landed.offset());
  }

  long rows() {
    return rows;
  }

  String json() {
    ObjectNode statistics = JSON.createObjectNode();
    statistics.put("numRecords", rows);
    ObjectNode least = statistics.putObject("minValues");
    ObjectNode most = statistics.putObject("maxValues");
    ObjectNode nulls = statistics.putObject("nullCount");
    List<Bounds> all = new ArrayList<>(ofRecord);
    all.add(partition);
    all.add(offset);
    for (Bounds bounds : all) {
      if (!bounds.unbounded && bounds.least != null && bounds.most != null) {
        put(least, bounds.column, bounds.least);
        put(most, bounds.column, bounds.most);
      }
      nulls.put(bounds.column, bounds.nulls);
    }
    return statistics.toString();
  }

  private static void put(ObjectNode node, String column, Comparable<?> value) {
    if (value instanceof Integer || value instanceof Long) {
      node.put(column, ((Number) value).longValue());
    } else if (value instanceof CharSequence text) {
      node.put(column, text.toString());
    } else {
      throw new IllegalArgumentException(
          "Column %s: no bounds are kept for a %s".formatted(column, value.getClass().getName()));
    }
  }
}
