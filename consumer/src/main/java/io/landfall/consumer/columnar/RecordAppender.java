package io.landfall.consumer.columnar;

import io.landfall.consumer.columnar.page.Column;
import io.landfall.schemas.SchemaHistory;
import io.landfall.schemas.SingleObjectFormat;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
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
    private final byte[] fingerprint;
    private final @Nullable SchemaResolution resolution;

    Writer(long fingerprint, @Nullable SchemaResolution resolution) {
      this.fingerprint = "%016x".formatted(fingerprint).getBytes(StandardCharsets.US_ASCII);
      this.resolution = resolution;
    }
  }

  private final Schema schema;
  private final SchemaHistory history;
  private final RecordReader reader;
  private final Map<Long, Writer> writers = new HashMap<>();
  private long lastFingerprint;
  private @Nullable Writer last;

  /**
   * @param schema the table's; the writers' schemas come from the history of its name
   * @param columns of its fields, in their order
   */
  RecordAppender(Schema schema, List<Column> columns) {
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
      throw new Undecodable("it has no value; a landing topic has no tombstones");
    }
    Writer writer = writer(record);
    if (writer.resolution == null) {
      reader.read(record, HEADER_BYTES);
    } else {
      reader.read(writer.resolution.resolve(record, HEADER_BYTES), 0);
    }
    return writer.fingerprint;
  }

  private Writer writer(byte[] record) throws Undecodable {
    OptionalLong header = SingleObjectFormat.fingerprint(record);
    if (header.isEmpty()) {
      throw new Undecodable(
          "its %d bytes do not start with the single-object marker C3 01 and a schema fingerprint"
              .formatted(record.length));
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
      throw new Undecodable(
          "its schema %016x is none of the %d versions of %s that this release knows: a newer release wrote it, and a newer release is needed to read it"
              .formatted(fingerprint, history.versions().size(), history.name()));
    }
    Writer writer = new Writer(fingerprint, new SchemaResolution(written, schema));
    writers.put(fingerprint, writer);
    return writer;
  }
}
