package io.landfall.consumer.door.spark;

import io.landfall.cli.Reason;
import io.landfall.schemas.SchemaHistory;
import io.landfall.schemas.SingleObjectFormat;
import java.io.IOException;
import java.util.HashMap;
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

  private static final int HEADER_BYTES = 10;

  /** A decoded record; {@code fingerprint} is the writer's, in hexadecimal digits. */
  record Decoded(GenericRecord row, String fingerprint) {}

  /** Why a record cannot be decoded. */
  static final class Undecodable extends Exception {
    Undecodable(String message) {
      super(message);
    }
  }

  private record Writer(String fingerprint, GenericDatumReader<GenericRecord> reader) {}

  private final Schema schema;
  private final SchemaHistory history;
  private final StorableValues storable;
  private final Map<Long, Writer> writers = new HashMap<>();
  private @Nullable BinaryDecoder decoder;
  private @Nullable GenericRecord reused;

  /**
   * @param schema the schema of the rows wanted; the writers' schemas come from the history of its
   *     name
   */
  RecordDecoder(Schema schema) {
    this.history = SchemaHistory.of(schema.getName());
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
  }

  Decoded decode(byte @Nullable [] bytes) throws Undecodable {
    if (bytes == null) {
      throw new Undecodable("it has no value; a landing topic has no tombstones");
    }
    Writer writer = writer(bytes);
    try {
      decoder =
          DecoderFactory.get()
              .binaryDecoder(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES, decoder);
      reused = writer.reader().read(reused, decoder);
      if (!decoder.isEnd()) {
        throw new Undecodable(
            "its %d bytes are more than one %s".formatted(bytes.length, schema.getName()));
      }
      storable.require(reused);
      return new Decoded(reused, writer.fingerprint());
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

  private Writer writer(byte[] bytes) throws Undecodable {
    OptionalLong fingerprint = SingleObjectFormat.fingerprint(bytes);
    if (fingerprint.isEmpty()) {
      throw new Undecodable(
          "its %d bytes do not start with the single-object marker C3 01 and a schema fingerprint"
              .formatted(bytes.length));
    }
    Writer known = writers.get(fingerprint.getAsLong());
    return known == null ? newWriter(fingerprint.getAsLong()) : known;
  }

  private Writer newWriter(long fingerprint) throws Undecodable {
    String digits = String.format("%016x", fingerprint);
    @Nullable Schema written = history.findByFingerprint(fingerprint);
    if (written == null) {
      throw new Undecodable(
          "its schema %s is none of the %d versions of %s that this release knows: a newer release wrote it, and a newer release is needed to read it"
              .formatted(digits, history.versions().size(), history.name()));
    }
    Writer writer = new Writer(digits, new GenericDatumReader<>(written, schema));
    writers.put(fingerprint, writer);
    return writer;
  }
}
