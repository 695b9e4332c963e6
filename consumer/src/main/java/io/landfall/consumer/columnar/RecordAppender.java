package io.landfall.consumer.columnar;

import io.landfall.consumer.bronze.Fault;
import io.landfall.consumer.columnar.page.Column;
import io.landfall.schemas.SchemaHistory;
import io.landfall.schemas.SingleObjectFormat;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.jspecify.annotations.Nullable;

/**
 * Appends records, each in the schema that it was written with, to the columns of the table's
 * schema. For one thread.
 */
final class RecordAppender {

  private static final int HEADER_BYTES = 10;

  /** How records of one fingerprint are read: as they are, or by resolution. */
  private static final class Writer {
    private final String digits;
    private final byte[] fingerprint;
    private final @Nullable SchemaResolution resolution;

    Writer(long fingerprint, @Nullable SchemaResolution resolution) {
      this.digits = "%016x".formatted(fingerprint);
      this.fingerprint = digits.getBytes(StandardCharsets.US_ASCII);
      this.resolution = resolution;
    }
  }

  private final Schema schema;
  private final SchemaHistory history;
  private final RecordReader reader;

  /** Of the key, those that a record may leave without a value. */
  private final Map<String, Column> optionalKey = new TreeMap<>();

  private final Map<Long, Writer> writers = new HashMap<>();
  private long lastFingerprint;
  private @Nullable Writer last;

  /**
   * @param schema the table's; the writers' schemas come from the history of its name
   * @param columns of its fields, in their order
   * @param key the columns of the key
   */
  RecordAppender(Schema schema, List<Column> columns, List<String> key) {
    this.history = SchemaHistory.of(schema.getName());
    long fingerprint = SchemaNormalization.parsingFingerprint64(schema);
    @Nullable Schema twin = history.findByFingerprint(fingerprint);
    if (twin == null) {
      throw new IllegalArgumentException(
          "The schema of %s is not in its own history".formatted(schema.getName()));
    }
    this.schema = twin;
    this.reader = new RecordReader(twin, columns);
    writers.put(fingerprint, new Writer(fingerprint, null));
    for (String column : key) {
      Schema.Field field = twin.getField(column);
      if (field.schema().isNullable()) {
        optionalKey.put(column, columns.get(field.pos()));
      }
    }
  }

  /**
   * Appends a record as one row.
   *
   * @return the fingerprint of the schema that it was written with, as 16 hexadecimal digits in
   *     ASCII
   * @throws Undecodable if it is no row; some columns may then hold a part of it
   */
  byte[] append(byte @Nullable [] record) throws Undecodable {
    if (record == null) {
      throw new Undecodable(
          Fault.Kind.NO_VALUE, "it has no value; a landing topic has no tombstones", null);
    }
    Writer writer = writer(record);
    try {
      if (writer.resolution == null) {
        reader.read(record, HEADER_BYTES);
      } else {
        reader.read(writer.resolution.resolve(record, HEADER_BYTES), 0);
      }
      requireKey();
    } catch (Undecodable e) {
      throw e.writtenWith(writer.digits);
    }
    return writer.fingerprint;
  }

  private void requireKey() throws Undecodable {
    for (Map.Entry<String, Column> column : optionalKey.entrySet()) {
      if (column.getValue().endsWithNull()) {
        throw new Undecodable(
            Fault.Kind.NULL_IN_KEY,
            "its %s is null, which is a part of its key".formatted(column.getKey()),
            null);
      }
    }
  }

  private Writer writer(byte[] record) throws Undecodable {
    OptionalLong header = SingleObjectFormat.fingerprint(record);
    if (header.isEmpty()) {
      throw new Undecodable(
          Fault.Kind.UNKNOWN_FORMAT,
          "its %d bytes do not start with the single-object marker C3 01 and a schema fingerprint"
              .formatted(record.length),
          null);
    }
    long fingerprint = header.getAsLong();
    if (last == null || fingerprint != lastFingerprint) {
      @Nullable Writer known = writers.get(fingerprint);
      last = known == null ? newWriter(fingerprint) : known;
      lastFingerprint = fingerprint;
    }
    return last;
  }

  private Writer newWriter(long fingerprint) throws Undecodable {
    @Nullable Schema written = history.findByFingerprint(fingerprint);
    if (written == null) {
      Fault fault = Fault.unknown(fingerprint, history);
      throw new Undecodable(fault.kind(), fault.detail(), fault.fingerprint());
    }
    Writer writer = new Writer(fingerprint, new SchemaResolution(written, schema));
    writers.put(fingerprint, writer);
    return writer;
  }
}
