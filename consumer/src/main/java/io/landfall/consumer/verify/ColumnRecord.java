package io.landfall.consumer.verify;

import io.landfall.consumer.bronze.BronzeSchema;
import java.util.List;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/**
 * A table's row as the record that it was made of, in the schema of whoever wrote that: the way
 * back from column to field. For one thread.
 */
final class ColumnRecord implements IndexedRecord {

  private static final long MICROS = 1_000;

  private final Schema schema;
  private final int[] columns;
  private final Schema[] types;
  private @Nullable Object[] values = {};

  /**
   * @param columns where each of the row's values comes from
   */
  ColumnRecord(Schema schema, List<String> columns) {
    this.schema = schema;
    this.columns =
        schema.getFields().stream().mapToInt(field -> columns.indexOf(field.name())).toArray();
    this.types =
        schema.getFields().stream()
            .map(field -> BronzeSchema.valueOf(field.schema()))
            .toArray(Schema[]::new);
  }

  /** The same with the values of a row. */
  ColumnRecord of(@Nullable Object[] row) {
    values = row;
    return this;
  }

  @Override
  public Schema getSchema() {
    return schema;
  }

  @Override
  @SuppressWarnings("NullAway") // null is how a record says "none"
  public Object get(int position) {
    int column = columns[position];
    Object value = column < 0 ? null : values[column];
    return value == null ? null : field(types[position], value);
  }

  /** A value that does not fit stays what it is, and gives another hash. */
  private static Object field(Schema type, Object value) {
    switch (type.getType()) {
      case INT -> {
        return value instanceof Long number && number == number.intValue()
            ? (Object) number.intValue()
            : value;
      }
      case LONG -> {
        long number = value instanceof Integer narrow ? narrow : value instanceof Long n ? n : 0;
        if (!(type.getLogicalType() instanceof LogicalTypes.TimestampMillis)) {
          return number;
        }
        return number % MICROS == 0 ? number / MICROS : number;
      }
      case DOUBLE -> {
        return value instanceof Float number ? (Object) number.doubleValue() : value;
      }
      default -> {
        return value;
      }
    }
  }

  @Override
  public void put(int position, Object value) {
    throw new UnsupportedOperationException("A row of the table is not changed");
  }
}
