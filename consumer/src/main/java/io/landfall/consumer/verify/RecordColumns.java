package io.landfall.consumer.verify;

import io.landfall.consumer.bronze.BronzeSchema;
import io.landfall.consumer.bronze.SystemColumn;
import io.landfall.consumer.landing.TopicRecord;
import io.landfall.schemas.Dataset;
import io.landfall.schemas.RowFormat;
import io.landfall.schemas.SchemaIds;
import io.landfall.schemas.SingleObjectFormat.Undecodable;
import io.landfall.schemas.WireHeader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record of the topic as the table's columns should have it. Written apart from the doors, so
 * that a fault of theirs is none of its own. For one thread.
 */
final class RecordColumns {

  private static final long MICROS = 1_000;

  private final Schema schema;
  private final List<String> columns;
  private final String topicId;
  private final RowFormat format;
  private final SchemaIds ids;
  private final Map<String, SystemColumn> system;

  RecordColumns(Dataset dataset, List<String> columns, String topicId) {
    this.schema = dataset.schema();
    this.columns = List.copyOf(columns);
    this.topicId = topicId;
    this.format = new RowFormat(dataset);
    this.ids = dataset.encoding().ids();
    this.system =
        Stream.of(SystemColumn.values())
            .collect(Collectors.toMap(SystemColumn::column, Function.identity()));
  }

  /**
   * @throws Undecodable if the record is no row
   */
  @Nullable Object[] of(TopicRecord record) throws Undecodable {
    byte[] value = record.value();
    if (value == null) {
      throw new Undecodable("It has no value");
    }
    GenericRecord decoded = format.decode(value);
    @Nullable Object[] row = new @Nullable Object[columns.size()];
    for (int i = 0; i < row.length; i++) {
      SystemColumn origin = system.get(columns.get(i));
      if (origin != null) {
        row[i] = origin(origin, record, value);
        continue;
      }
      Schema.Field field = schema.getField(columns.get(i));
      Object found = field == null ? null : decoded.get(field.pos());
      row[i] =
          field == null || found == null
              ? null
              : column(BronzeSchema.valueOf(field.schema()), found);
    }
    return row;
  }

  private @Nullable Object origin(SystemColumn column, TopicRecord record, byte[] value) {
    return switch (column) {
      case TOPIC_ID -> topicId;
      case PARTITION -> record.partition();
      case OFFSET -> record.offset();
      case KAFKA_TIMESTAMP -> record.timestamp() * MICROS;
      case INGESTED_AT -> null;
      case SCHEMA_FINGERPRINT -> "%016x".formatted(fingerprint(value));
    };
  }

  private long fingerprint(byte[] value) {
    return WireHeader.of(value).orElseThrow().fingerprint(ids).orElseThrow();
  }

  private static Object column(Schema type, Object value) {
    return switch (type.getType()) {
      case STRING, ENUM -> value.toString();
      case LONG ->
          type.getLogicalType() instanceof LogicalTypes.TimestampMillis
              ? (Object) ((Long) value * MICROS)
              : value;
      case BYTES -> {
        ByteBuffer buffer = ((ByteBuffer) value).duplicate();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        yield type.getLogicalType() instanceof LogicalTypes.Decimal decimal
            ? new BigDecimal(new BigInteger(bytes), decimal.getScale())
            : bytes;
      }
      default -> value;
    };
  }
}
