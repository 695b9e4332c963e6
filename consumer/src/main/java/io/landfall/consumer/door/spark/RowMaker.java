package io.landfall.consumer.door.spark;

import io.landfall.consumer.bronze.BronzeSchema;
import io.landfall.consumer.bronze.Fault;
import io.landfall.consumer.bronze.RowLayout;
import io.landfall.consumer.bronze.SystemColumn;
import io.landfall.consumer.door.spark.RecordDecoder.Undecodable;
import io.landfall.consumer.landing.LandingStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes records rows in the table's columns. Timestamps are microseconds since 1970 and dates days
 * since then, so that no setting of Spark's has a say in them; {@link RowColumns} makes them what
 * the table has. For one thread.
 */
final class RowMaker {

  /** In a millisecond; {@link StorableValues} has made sure that there is room. */
  private static final long MICROS = 1_000;

  /** From what Avro reads to what a row holds; for values that are not null. */
  private interface Value {
    Object of(Object value) throws Undecodable;
  }

  private final RowLayout layout;
  private final boolean keyed;
  private final RecordDecoder decoder;
  private final List<Value> values;

  RowMaker(RowLayout layout) {
    Schema schema = layout.schema();
    this.layout = layout;
    this.keyed = !layout.key().isEmpty();
    this.decoder = new RecordDecoder(schema, layout.history(), layout.key(), layout.ids());
    this.values =
        schema.getFields().stream()
            .map(field -> value(BronzeSchema.valueOf(field.schema())))
            .toList();
  }

  Row row(Row record) throws Undecodable {
    if (keyed && record.isNullAt(LandingStream.KEY)) {
      throw new Undecodable(Fault.Kind.NO_KEY, "it has no key; each row's record has one", null);
    }
    RecordDecoder.Decoded decoded = decoder.decode(bytes(record, LandingStream.VALUE));
    Object[] row = new Object[values.size() + SystemColumn.values().length];
    try {
      fill(row, decoded.row(), values);
    } catch (Undecodable e) {
      throw e.writtenWith(decoded.fingerprint());
    }
    int at = values.size();
    for (SystemColumn column : SystemColumn.values()) {
      row[at++] =
          switch (column) {
            case TOPIC_ID -> layout.topicId();
            case PARTITION -> record.getInt(LandingStream.PARTITION);
            case OFFSET -> record.getLong(LandingStream.OFFSET);
            case KAFKA_TIMESTAMP -> record.getLong(LandingStream.TIMESTAMP);
            case INGESTED_AT -> layout.ingestedAt();
            case SCHEMA_FINGERPRINT -> decoded.fingerprint();
          };
    }
    return RowFactory.create(row);
  }

  static byte @Nullable [] bytes(Row record, int ordinal) {
    return record.isNullAt(ordinal) ? null : record.getAs(ordinal);
  }

  @SuppressWarnings("NullAway") // a row of Spark's says "none" by null
  private static void fill(Object[] row, GenericRecord record, List<Value> values)
      throws Undecodable {
    for (int i = 0; i < values.size(); i++) {
      Object value = record.get(i);
      row[i] = value == null ? null : values.get(i).of(value);
    }
  }

  private static Value value(Schema schema) {
    return switch (schema.getType()) {
      case STRING, ENUM -> Object::toString;
      case LONG ->
          schema.getLogicalType() instanceof LogicalTypes.TimestampMillis
              ? value -> (Long) value * MICROS
              : value -> value;
      case BYTES ->
          schema.getLogicalType() instanceof LogicalTypes.Decimal decimal
              ? value -> decimal(bytes(value), decimal)
              : RowMaker::bytes;
      default -> value -> value;
    };
  }

  private static BigDecimal decimal(byte[] unscaled, LogicalTypes.Decimal type) throws Undecodable {
    BigDecimal decimal =
        unscaled.length == 0
            ? BigDecimal.ZERO
            : new BigDecimal(new BigInteger(unscaled), type.getScale());
    if (unscaled.length == 0 || decimal.precision() > type.getPrecision()) {
      throw new Undecodable("a decimal has 1 to %d digits".formatted(type.getPrecision()));
    }
    return decimal;
  }

  private static byte[] bytes(Object value) {
    ByteBuffer buffer = ((ByteBuffer) value).duplicate();
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }
}
