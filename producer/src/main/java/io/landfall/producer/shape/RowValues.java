package io.landfall.producer.shape;

import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** The values of a row as they are compared. */
final class RowValues {

  private RowValues() {}

  /** Whether a field is what the row says, and not how it came here: as its hash has it. */
  static boolean isContent(String field) {
    return !field.startsWith("_") || field.equals("_coverage");
  }

  static boolean isRetraction(GenericRecord row) {
    return "RETRACT".equals(String.valueOf(row.get("_operation")));
  }

  /** Avro has more than one class for texts. */
  static @Nullable Object plain(@Nullable Object value) {
    return value instanceof CharSequence text ? text.toString() : value;
  }
}
