package io.landfall.schemas;

import io.landfall.schemas.SingleObjectFormat.Undecodable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a landing topic as bytes: written as the dataset's {@link RowEncoding} says, read in
 * either format. Safe for use by several threads.
 */
public final class RowFormat {

  private final Schema schema;
  private final SchemaHistory history;
  private final RowEncoding encoding;
  private final SingleObjectFormat<GenericRecord> singleObject;
  private final Map<Long, GenericDatumReader<GenericRecord>> readers = new ConcurrentHashMap<>();

  public RowFormat(Dataset dataset) {
    this.schema = dataset.schema();
    this.history = dataset.history();
    this.encoding = dataset.encoding();
    this.singleObject = SingleObjectFormat.generic(schema, history);
  }

  /** The schema of a dataset's rows as a registry gets it: without notes for Java's classes. */
  public static String schema(Dataset dataset) {
    return dataset
        .history()
        .findByFingerprint(SchemaNormalization.parsingFingerprint64(dataset.schema()))
        .toString();
  }

  public byte[] encode(GenericRecord row) {
    OptionalInt id = encoding.id();
    return id.isPresent() ? confluent(id.getAsInt(), row) : singleObject.encode(row);
  }

  private byte[] confluent(int id, GenericRecord row) {
    byte[] header =
        ByteBuffer.allocate(WireHeader.Confluent.BYTES)
            .put(WireHeader.Confluent.MAGIC)
            .putInt(id)
            .array();
    return singleObject.encode(header, row);
  }

  /** Why nobody knows the schema of a row: the rest of a sentence; nothing where it is known. */
  public Optional<String> unresolved(byte[] bytes) {
    Optional<WireHeader> header = WireHeader.of(bytes);
    return header.isPresent()
            && header.get() instanceof WireHeader.Confluent confluent
            && confluent.fingerprint(encoding.ids()).isEmpty()
        ? Optional.of(encoding.ids().unknown(confluent.id()))
        : Optional.empty();
  }

  /**
   * Reads a row written with any version of the history as the newest one.
   *
   * @throws Undecodable if the bytes are not such a row
   */
  public GenericRecord decode(byte[] bytes) throws Undecodable {
    Optional<WireHeader> header = WireHeader.of(bytes);
    return header.isPresent() && header.get() instanceof WireHeader.Confluent confluent
        ? decode(bytes, confluent)
        : singleObject.decode(bytes);
  }

  private GenericRecord decode(byte[] bytes, WireHeader.Confluent header) throws Undecodable {
    OptionalLong fingerprint = header.fingerprint(encoding.ids());
    if (fingerprint.isEmpty()) {
      throw new Undecodable("The record " + encoding.ids().unknown(header.id()));
    }
    @Nullable Schema written = history.findByFingerprint(fingerprint.getAsLong());
    if (written == null) {
      throw new Undecodable(
          "Schema fingerprint %016x, of id %d, is none of the %d known versions of %s"
              .formatted(
                  fingerprint.getAsLong(), header.id(), history.versions().size(), history.name()));
    }
    try {
      BinaryDecoder decoder =
          DecoderFactory.get()
              .binaryDecoder(bytes, header.length(), bytes.length - header.length(), null);
      return readers
          .computeIfAbsent(
              fingerprint.getAsLong(), unused -> new GenericDatumReader<>(written, schema))
          .read(null, decoder);
    } catch (IOException
        | AvroRuntimeException
        | IndexOutOfBoundsException
        | NegativeArraySizeException
        | UnsupportedOperationException e) {
      throw new Undecodable(
          "The %d bytes are not a whole %s: %s".formatted(bytes.length, history.name(), e));
    }
  }
}
