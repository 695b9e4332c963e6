package io.landfall.consumer.columnar;

import io.landfall.consumer.bronze.Fault;
import io.landfall.consumer.columnar.page.Column;
import io.landfall.schemas.SchemaHistory;
import io.landfall.schemas.SchemaIds;
import io.landfall.schemas.WireHeader;
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
  private final SchemaIds ids;
  private final RecordReader reader;

  /** Of the key, those that a record may leave without a value. */
  private final Map<String, Column> optionalKey = new TreeMap<>();

  private final Map<Long, Writer> writers = new HashMap<>();
  private @Nullable WireHeader lastHeader;
  private @Nullable Writer last;

  /**
   * @param schema the table's
   * @param history the writers' schemas, and this one
   * @param columns of its fields, in their order
   * @param key the columns of the key
   * @param ids who knows the schemas that records have only an id of
   */
  RecordAppender(
      Schema schema, SchemaHistory history, List<Column> columns, List<String> key, SchemaIds ids) {
    this.history = history;
    this.ids = ids;
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
    WireHeader header =
        WireHeader.of(record).orElseThrow(() -> new Undecodable(Fault.unknownFormat(record)));
    Writer writer = writer(header);
    try {
      if (writer.resolution == null) {
        reader.read(record, header.length());
      } else {
        reader.read(writer.resolution.resolve(record, header.length()), 0);
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

  private Writer writer(WireHeader header) throws Undecodable {
    if (last == null || !header.equals(lastHeader)) {
      OptionalLong fingerprint = header.fingerprint(ids);
      if (fingerprint.isEmpty()) {
        throw new Undecodable(Fault.unresolved(header, ids));
      }
      @Nullable Writer known = writers.get(fingerprint.getAsLong());
      last = known == null ? newWriter(fingerprint.getAsLong()) : known;
      lastHeader = header;
    }
    return last;
  }

  private Writer newWriter(long fingerprint) throws Undecodable {
    @Nullable Schema written = history.findByFingerprint(fingerprint);
    if (written == null) {
      throw new Undecodable(Fault.unknown(fingerprint, history));
    }
    Writer writer = new Writer(fingerprint, new SchemaResolution(written, schema));
    writers.put(fingerprint, writer);
    return writer;
  }
}
