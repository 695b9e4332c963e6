package io.landfall.producer.command;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** A row's value as people read it. */
final class Shown {

  private Shown() {}

  static String of(@Nullable Object value, Schema schema) {
    if (value == null) {
      return "";
    }
    Schema type =
        schema.isUnion()
            ? schema.getTypes().stream()
                .filter(one -> one.getType() != Schema.Type.NULL)
                .findFirst()
                .orElse(schema)
            : schema;
    if (type.getLogicalType() instanceof LogicalTypes.TimestampMicros
        && value instanceof Long micros) {
      return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
    }
    if (type.getLogicalType() instanceof LogicalTypes.Date && value instanceof Integer days) {
      return LocalDate.ofEpochDay(days).toString();
    }
    if (type.getLogicalType() instanceof LogicalTypes.Decimal decimal
        && value instanceof ByteBuffer bytes) {
      byte[] unscaled = new byte[bytes.remaining()];
      bytes.duplicate().get(unscaled);
      return new BigDecimal(new BigInteger(unscaled), decimal.getScale()).toPlainString();
    }
    return value.toString();
  }
}
