package io.landfall.consumer.columnar;

import io.landfall.consumer.bronze.BronzeSchema;
import io.landfall.consumer.columnar.page.Column;
import java.util.List;
import org.apache.avro.Schema;

/** Reads records of one schema, field by field, each into its column. For one thread. */
final class RecordReader {

  private final Schema schema;
  private final FieldReader[] fields;
  private final AvroInput in = new AvroInput();

  /**
   * @param columns of the fields, in their order
   */
  RecordReader(Schema schema, List<Column> columns) {
    this.schema = schema;
    this.fields = new FieldReader[schema.getFields().size()];
    for (Schema.Field field : schema.getFields()) {
      fields[field.pos()] =
          FieldReader.of(
              field.schema(), BronzeSchema.valueOf(field.schema()), columns.get(field.pos()));
    }
  }

  /**
   * Appends one row, which is everything from a position on.
   *
   * @throws Undecodable if it is no such row; some columns may then hold a part of it
   */
  void read(byte[] record, int position) throws Undecodable {
    in.reset(record, position);
    int field = 0;
    try {
      for (; field < fields.length; field++) {
        fields[field].read(in);
      }
    } catch (Undecodable e) {
      throw new Undecodable(
          "its %d bytes are not a whole %s: field %s: %s"
              .formatted(
                  record.length,
                  schema.getName(),
                  schema.getFields().get(field).name(),
                  e.getMessage()));
    }
    if (in.remaining() > 0) {
      throw new Undecodable(
          "its %d bytes are more than one %s: %d are left over"
              .formatted(record.length, schema.getName(), in.remaining()));
    }
  }
}
