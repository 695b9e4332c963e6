package io.landfall.consumer.door.spark;

import io.landfall.consumer.bronze.BronzeSchema;
import io.landfall.consumer.bronze.RowLayout;
import io.landfall.consumer.bronze.SystemColumn;
import io.landfall.consumer.door.UndecodableRecord;
import io.landfall.consumer.landing.LandingStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/**
 * A task of Spark's: records to rows in the table's columns. Timestamps are microseconds since 1970
 * and dates days since then, so that no setting of Spark's has a say in them; {@link RowColumns}
 * makes them what the table has.
 */
record RecordRows(RowLayout layout) implements MapPartitionsFunction<Row, Row> {

  /** In a millisecond; {@link StorableValues} has made sure that there is room. */
  private static final long MICROS = 1_000;

  /** From what Avro reads to what a row holds; for values that are not null. */
  private interface Value {
    Object of(Object value) throws RecordDecoder.Undecodable;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> records) {
    Schema schema = layout.schema();
    RecordDecoder decoder = new RecordDecoder(schema);
    List<Value> values =
        schema.getFields().stream()
            .map(field -> value(BronzeSchema.valueOf(field.schema())))
            .toList();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return records.hasNext();
      }

      @Override
      public Row next() {
        return row(records.next(), decoder, values);
      }
    };
  }

  private Row row(Row record, RecordDecoder decoder, List<Value> values) {
    try {
      byte @Nullable [] bytes =
          record.isNullAt(LandingStream.VALUE) ? null : record.getAs(LandingStream.VALUE);
      RecordDecoder.Decoded decoded = decoder.decode(bytes);
      Object[] row = new Object[values.size() + SystemColumn.values().length];
      fill(row, decoded.row(), values);
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
    } catch (RecordDecoder.Undecodable e) {
      throw new UndecodableRecord(
          record.getInt(LandingStream.PARTITION),
          record.getLong(LandingStream.OFFSET),
          String.valueOf(e.getMessage()));
    }
  }

  @SuppressWarnings("NullAway") // a row of Spark's says "none" by null
  private static void fill(Object[] row, GenericRecord record, List<Value> values)
      throws RecordDecoder.Undecodable {
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
              : RecordRows::bytes;
      default -> value -> value;
    };
  }

  private static BigDecimal decimal(byte[] unscaled, LogicalTypes.Decimal type)
      throws RecordDecoder.Undecodable {
    BigDecimal decimal =
        unscaled.length == 0
            ? BigDecimal.ZERO
            : new BigDecimal(new BigInteger(unscaled), type.getScale());
    if (unscaled.length == 0 || decimal.precision() > type.getPrecision()) {
      throw new RecordDecoder.Undecodable(
          "a decimal has 1 to %d digits".formatted(type.getPrecision()));
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
