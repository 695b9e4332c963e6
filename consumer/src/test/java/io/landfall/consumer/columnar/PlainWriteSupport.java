package io.landfall.consumer.columnar;

import io.landfall.consumer.bronze.BronzeSchema;
import io.landfall.consumer.bronze.RowLayout;
import io.landfall.consumer.bronze.SystemColumn;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.util.Utf8;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.spark.sql.execution.datasources.parquet.SparkToParquetSchemaConverter;
import org.apache.spark.sql.internal.SQLConf;
import org.jspecify.annotations.Nullable;

/** From a generic Avro record to Parquet, row by row, in the types that Spark gives the columns. */
final class PlainWriteSupport extends WriteSupport<PlainFile.Row> {

  /** Spark reads timestamps of files without it by a setting; with it, as they are. */
  private static final String SPARK_VERSION = "org.apache.spark.version";

  /** Writes one value that is not null. */
  private interface ValueWriter {
    void write(RecordConsumer to, Object value);
  }

  private record FieldWriter(int position, String name, ValueWriter writer) {}

  private final MessageType message;
  private final List<FieldWriter> fields = new ArrayList<>();
  private final Binary topicId;
  private final long ingestedAt;
  private @Nullable RecordConsumer consumer;
  private @Nullable String lastFingerprint;
  private Binary fingerprint = Binary.EMPTY;

  PlainWriteSupport(RowLayout layout, Schema schema) {
    this.message =
        new SparkToParquetSchemaConverter(
                false, SQLConf.ParquetOutputTimestampType$.MODULE$.TIMESTAMP_MICROS(), false, false)
            .convert(BronzeSchema.columns(schema));
    for (Schema.Field field : schema.getFields()) {
      fields.add(
          new FieldWriter(
              field.pos(),
              field.name(),
              writer(
                  BronzeSchema.valueOf(field.schema()),
                  message.getType(field.name()).asPrimitiveType())));
    }
    this.topicId = Binary.fromString(layout.topicId());
    this.ingestedAt = layout.ingestedAt();
  }

  private ValueWriter writer(Schema schema, PrimitiveType type) {
    if (schema.getLogicalType() instanceof LogicalTypes.Decimal) {
      return (to, value) -> addDecimal(to, type, (ByteBuffer) value);
    }
    return switch (schema.getType()) {
      case INT -> (to, value) -> to.addInteger((Integer) value);
      case LONG ->
          schema.getLogicalType() instanceof LogicalTypes.TimestampMillis
              ? (to, value) -> to.addLong(Math.multiplyExact((Long) value, 1_000L))
              : (to, value) -> to.addLong((Long) value);
      case FLOAT -> (to, value) -> to.addFloat((Float) value);
      case DOUBLE -> (to, value) -> to.addDouble((Double) value);
      case BOOLEAN -> (to, value) -> to.addBoolean((Boolean) value);
      case BYTES -> (to, value) -> to.addBinary(Binary.fromReusedByteBuffer((ByteBuffer) value));
      default -> (to, value) -> to.addBinary(text(value));
    };
  }

  private static void addDecimal(RecordConsumer to, PrimitiveType type, ByteBuffer value) {
    byte[] bytes = new byte[value.remaining()];
    value.duplicate().get(bytes);
    BigInteger unscaled = new BigInteger(bytes);
    switch (type.getPrimitiveTypeName()) {
      case INT32 -> to.addInteger(unscaled.intValueExact());
      case INT64 -> to.addLong(unscaled.longValueExact());
      default -> {
        byte[] fixed = new byte[type.getTypeLength()];
        for (int i = 0; i < fixed.length; i++) {
          fixed[fixed.length - 1 - i] = unscaled.shiftRight(8 * i).byteValue();
        }
        to.addBinary(Binary.fromConstantByteArray(fixed));
      }
    }
  }

  private static Binary text(Object value) {
    // The decoder uses its text objects again, and Parquet must copy what it keeps.
    return value instanceof Utf8 utf8
        ? Binary.fromReusedByteArray(utf8.getBytes(), 0, utf8.getByteLength())
        : Binary.fromString(value.toString());
  }

  @Override
  @SuppressWarnings("deprecation") // abstract there, without another way
  public WriteContext init(Configuration configuration) {
    return context();
  }

  @Override
  public WriteContext init(ParquetConfiguration configuration) {
    return context();
  }

  private WriteContext context() {
    return new WriteContext(
        message, Map.of(SPARK_VERSION, org.apache.spark.package$.MODULE$.SPARK_VERSION()));
  }

  @Override
  public void prepareForWrite(RecordConsumer recordConsumer) {
    consumer = recordConsumer;
  }

  @Override
  public void write(PlainFile.Row landed) {
    RecordConsumer to = consumer;
    if (to == null) {
      throw new IllegalStateException("Parquet writes before it has prepared");
    }
    to.startMessage();
    IndexedRecord row = landed.row();
    for (FieldWriter field : fields) {
      Object value = row.get(field.position());
      if (value != null) {
        to.startField(field.name(), field.position());
        field.writer().write(to, value);
        to.endField(field.name(), field.position());
      }
    }
    writeOrigin(to, landed);
    to.endMessage();
  }

  private void writeOrigin(RecordConsumer to, PlainFile.Row landed) {
    int at = fields.size();
    for (SystemColumn column : SystemColumn.values()) {
      to.startField(column.column(), at);
      switch (column) {
        case TOPIC_ID -> to.addBinary(topicId);
        case PARTITION -> to.addInteger(landed.partition());
        case OFFSET -> to.addLong(landed.offset());
        case KAFKA_TIMESTAMP -> to.addLong(landed.timestamp());
        case INGESTED_AT -> to.addLong(ingestedAt);
        case SCHEMA_FINGERPRINT -> to.addBinary(fingerprint(landed.fingerprint()));
      }
      to.endField(column.column(), at);
      at++;
    }
  }

  private Binary fingerprint(String digits) {
    if (!digits.equals(lastFingerprint)) {
      lastFingerprint = digits;
      fingerprint = Binary.fromString(digits);
    }
    return fingerprint;
  }
}
