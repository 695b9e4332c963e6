package io.landfall.consumer.adopt;

import io.landfall.consumer.bronze.BronzeSchema;
import io.landfall.consumer.landing.LandingStream;
import io.landfall.schemas.Dataset;
import io.landfall.schemas.SchemaHistory;
import io.landfall.schemas.SchemaIds;
import io.landfall.schemas.WireHeader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * A task of Spark's: which row each record is. Of one that cannot be decoded that is not known, and
 * whoever lands it says why.
 *
 * @param schemaJson of the key's columns, the revision and the content hash
 * @param history every schema that a row may have been written with
 * @param ids who knows the schemas of records in Confluent's wire format
 */
record RecordKeys(String schemaJson, SchemaHistory history, SchemaIds ids)
    implements MapPartitionsFunction<Row, Row> {

  static final StructType COLUMNS =
      new StructType()
          .add("partition", DataTypes.IntegerType, false)
          .add("offset", DataTypes.LongType, false)
          .add("key", DataTypes.createArrayType(DataTypes.StringType), true)
          .add("revision", DataTypes.LongType, true)
          .add("hash", DataTypes.StringType, true);

  private static final long MICROS = 1_000;

  /** Key columns, then these. */
  private static final List<String> OTHERS =
      List.of(BronzeSchema.REVISION, BronzeSchema.CONTENT_HASH);

  static RecordKeys of(Dataset dataset) {
    Schema whole = dataset.schema();
    List<Schema.Field> fields =
        Stream.concat(dataset.key().stream(), OTHERS.stream())
            .map(name -> new Schema.Field(name, whole.getField(name).schema()))
            .toList();
    Schema narrow = Schema.createRecord(whole.getName(), null, whole.getNamespace(), false, fields);
    return new RecordKeys(narrow.toString(), dataset.history(), dataset.encoding().ids());
  }

  /** How the table's column is compared with a record's, which is text. */
  static String text(Dataset dataset, String name) {
    String column = "`%s`".formatted(name.replace("`", "``"));
    Schema schema = BronzeSchema.valueOf(dataset.schema().getField(name).schema());
    if (schema.getLogicalType() instanceof LogicalTypes.Date) {
      return "CAST(unix_date(%s) AS STRING)".formatted(column);
    }
    return schema.getLogicalType() instanceof LogicalTypes.TimestampMillis
            || schema.getLogicalType() instanceof LogicalTypes.TimestampMicros
        ? "CAST(unix_micros(%s) AS STRING)".formatted(column)
        : "CAST(%s AS STRING)".formatted(column);
  }

  @Override
  public Iterator<Row> call(Iterator<Row> records) {
    Schema schema = new Schema.Parser().parse(schemaJson);
    Map<Long, GenericDatumReader<GenericRecord>> readers = new HashMap<>();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return records.hasNext();
      }

      @Override
      public Row next() {
        Row record = records.next();
        return row(record, decoded(record, schema, readers));
      }
    };
  }

  private @Nullable GenericRecord decoded(
      Row record, Schema schema, Map<Long, GenericDatumReader<GenericRecord>> readers) {
    if (record.isNullAt(LandingStream.VALUE)) {
      return null;
    }
    byte[] bytes = record.getAs(LandingStream.VALUE);
    Optional<WireHeader> header = WireHeader.of(bytes);
    OptionalLong fingerprint =
        header.isEmpty() ? OptionalLong.empty() : header.get().fingerprint(ids);
    @Nullable Schema written =
        fingerprint.isEmpty() ? null : history.findByFingerprint(fingerprint.getAsLong());
    if (written == null || header.isEmpty()) {
      return null;
    }
    int begin = header.get().length();
    try {
      return readers
          .computeIfAbsent(
              fingerprint.getAsLong(), unused -> new GenericDatumReader<>(written, schema))
          .read(null, DecoderFactory.get().binaryDecoder(bytes, begin, bytes.length - begin, null));
    } catch (IOException
        | AvroRuntimeException
        | IndexOutOfBoundsException
        | NegativeArraySizeException
        | UnsupportedOperationException e) {
      // It is no row; the door meets it again and says so.
      return null;
    }
  }

  @SuppressWarnings("NullAway") // a row of Spark's says "none" by null
  private static Row row(Row record, @Nullable GenericRecord decoded) {
    int partition = record.getInt(LandingStream.PARTITION);
    long offset = record.getLong(LandingStream.OFFSET);
    if (decoded == null) {
      return RowFactory.create(partition, offset, null, null, null);
    }
    int columns = decoded.getSchema().getFields().size() - OTHERS.size();
    List<@Nullable String> key = new ArrayList<>();
    for (int i = 0; i < columns; i++) {
      key.add(text(decoded.getSchema().getFields().get(i).schema(), decoded.get(i)));
    }
    return RowFactory.create(
        partition,
        offset,
        key.toArray(String[]::new),
        ((Number) decoded.get(columns)).longValue(),
        decoded.get(columns + 1).toString());
  }

  private static @Nullable String text(Schema schema, @Nullable Object value) {
    if (value == null) {
      return null;
    }
    return BronzeSchema.valueOf(schema).getLogicalType() instanceof LogicalTypes.TimestampMillis
        ? Long.toString((Long) value * MICROS)
        : value.toString();
  }
}
