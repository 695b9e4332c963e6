package io.landfall.consumer.columnar;

import io.landfall.consumer.bronze.BronzeSchema;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * The cells of rows as every reader can say them: bytes in hexadecimal digits, timestamps in
 * microseconds and days in days since 1970, all else as Java prints it.
 */
final class Cells {

  private Cells() {}

  /** Of records, by their schema. */
  static List<List<String>> of(List<GenericRecord> records) {
    List<List<String>> rows = new ArrayList<>();
    for (GenericRecord record : records) {
      List<String> row = new ArrayList<>();
      for (Schema.Field field : record.getSchema().getFields()) {
        row.add(cell(BronzeSchema.valueOf(field.schema()), record.get(field.pos())));
      }
      rows.add(row);
    }
    return rows;
  }

  private static String cell(Schema schema, @Nullable Object value) {
    if (value != null && schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
      return new BigDecimal(new BigInteger(bytes((ByteBuffer) value)), decimal.getScale())
          .toPlainString();
    }
    if (value != null && schema.getLogicalType() instanceof LogicalTypes.TimestampMillis) {
      return Long.toString((Long) value * 1_000);
    }
    return of(value);
  }

  static String of(@Nullable Object value) {
    if (value instanceof ByteBuffer buffer) {
      return of(bytes(buffer));
    }
    if (value instanceof byte[] bytes) {
      return HexFormat.of().formatHex(bytes);
    }
    return value instanceof BigDecimal decimal ? decimal.toPlainString() : String.valueOf(value);
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
