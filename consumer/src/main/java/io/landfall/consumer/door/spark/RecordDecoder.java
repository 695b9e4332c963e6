package io.landfall.consumer.door.spark;

import io.landfall.cli.Reason;
import io.landfall.consumer.bronze.Fault;
import io.landfall.schemas.SchemaHistory;
import io.landfall.schemas.SchemaIds;
import io.landfall.schemas.WireHeader;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * Reads a record in the schema it was written with and gives it in the table's schema. For one
 * thread; the row that it returns is used again for the next record.
 */
final class RecordDecoder {

  /** A decoded record; {@code fingerprint} is the writer's, in hexadecimal digits. */
  record Decoded(GenericRecord row, String fingerprint) {}

  /** Why a record cannot be decoded. */
  static final class Undecodable extends Exception {
    private final Fault.Kind kind;
    private final @Nullable String fingerprint;

    Undecodable(String message) {
      this(Fault.Kind.UNDECODABLE, message, null);
    }

    Undecodable(Fault fault) {
      this(fault.kind(), fault.detail(), fault.fingerprint());
    }

    /** Without a stack trace: there may be a million of them. */
    Undecodable(Fault.Kind kind, String message, @Nullable String fingerprint) {
      super(message, null, false, false);
      this.kind = kind;
      this.fingerprint = fingerprint;
    }

    /** The same of a record whose writer's schema is known. */
    Undecodable writtenWith(String fingerprintOfSchema) {
      return new Undecodable(kind, String.valueOf(getMessage()), fingerprintOfSchema);
    }

    Fault fault() {
      return new Fault(kind, String.valueOf(getMessage()), fingerprint);
    }
  }

  private record Writer(String fingerprint, GenericDatumReader<GenericRecord> reader) {}

  private final Schema schema;
  private final SchemaHistory history;
  private final SchemaIds ids;
  private final StorableValues storable;

  /** Of the key, those that a record may leave without a value. */
  private final List<Schema.Field> optionalKey;

  private final Map<Long, Writer> writers = new HashMap<>();
  private @Nullable BinaryDecoder decoder;
  private @Nullable GenericRecord reused;

  /**
   * @param schema the schema of the rows wanted
   * @param history the writers' schemas, and this one
   * @param key the columns of the key
   * @param ids who knows the schemas that records have only an id of
   */
  RecordDecoder(Schema schema, SchemaHistory history, List<String> key, SchemaIds ids) {
    this.history = history;
    this.ids = ids;
    // A generated class asks for Strings; its twin in the history leaves text as UTF-8, as which it
    // is stored.
    @Nullable Schema twin =
        history.findByFingerprint(SchemaNormalization.parsingFingerprint64(schema));
    if (twin == null) {
      throw new IllegalArgumentException(
          "The schema of %s is not in its own history".formatted(schema.getName()));
    }
    this.schema = twin;
    this.storable = new StorableValues(twin);
    this.optionalKey =
        key.stream().map(twin::getField).filter(field -> field.schema().isNullable()).toList();
  }

  Decoded decode(byte @Nullable [] bytes) throws Undecodable {
    if (bytes == null) {
      throw new Undecodable(
          Fault.Kind.NO_VALUE, "it has no value; a landing topic has no tombstones", null);
    }
    WireHeader header =
        WireHeader.of(bytes).orElseThrow(() -> new Undecodable(Fault.unknownFormat(bytes)));
    Writer writer = writer(header);
    try {
      return new Decoded(row(bytes, header.length(), writer.reader()), writer.fingerprint());
    } catch (Undecodable e) {
      throw e.writtenWith(writer.fingerprint());
    }
  }

  private GenericRecord row(byte[] bytes, int header, GenericDatumReader<GenericRecord> reader)
      throws Undecodable {
    try {
      decoder = DecoderFactory.get().binaryDecoder(bytes, header, bytes.length - header, decoder);
      GenericRecord row = reader.read(reused, decoder);
      reused = row;
      if (!decoder.isEnd()) {
        throw new Undecodable(
            "its %d bytes are more than one %s".formatted(bytes.length, schema.getName()));
      }
      storable.require(row);
      requireKey(row);
      return row;
    } catch (IOException
        | AvroRuntimeException
        | IndexOutOfBoundsException
        | NegativeArraySizeException
        | UnsupportedOperationException e) {
      // What a half-read row holds is no base for the next one.
      reused = null;
      throw new Undecodable(
          "its %d bytes are not a whole %s: %s"
              .formatted(bytes.length, schema.getName(), Reason.of(e)));
    }
  }

  private void requireKey(GenericRecord row) throws Undecodable {
    for (Schema.Field field : optionalKey) {
      if (row.get(field.pos()) == null) {
        throw new Undecodable(
            Fault.Kind.NULL_IN_KEY,
            "its %s is null, which is a part of its key".formatted(field.name()),
            null);
      }
    }
  }

  private Writer writer(WireHeader header) throws Undecodable {
    OptionalLong fingerprint = header.fingerprint(ids);
    if (fingerprint.isEmpty()) {
      throw new Undecodable(Fault.unresolved(header, ids));
    }
    Writer known = writers.get(fingerprint.getAsLong());
    return known == null ? newWriter(fingerprint.getAsLong()) : known;
  }

  private Writer newWriter(long fingerprint) throws Undecodable {
    String digits = String.format("%016x", fingerprint);
    @Nullable Schema written = history.findByFingerprint(fingerprint);
    if (written == null) {
      throw new Undecodable(Fault.unknown(fingerprint, history));
    }
    Writer writer = new Writer(digits, new GenericDatumReader<>(written, schema));
    writers.put(fingerprint, writer);
    return writer;
  }
}
