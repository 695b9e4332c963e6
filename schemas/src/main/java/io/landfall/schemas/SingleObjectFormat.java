package io.landfall.schemas;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalLong;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * Avro's single-object encoding: two marker bytes {@code C3 01}, the CRC-64-AVRO fingerprint of the
 * writer's schema (8 bytes, little-endian), then the record in Avro binary. One instance for each
 * record type; safe for use by several threads.
 *
 * @param <R> the record's class
 */
public final class SingleObjectFormat<R> {

  private static final byte[] MARKER = {(byte) 0xC3, 0x01};
  private static final int HEADER_BYTES = 10;
  private static final int USUAL_BYTES = 1024;

  /** Of a list or a map; room is made for all of them before the first is read. */
  private static final int MOST_ITEMS = 1024 * 1024;

  static {
    // Avro believes a length before it looks for the bytes: one flipped bit could ask for
    // gigabytes.
    limit("bytes", Topic.MAX_RECORD_BYTES);
    limit("string", Topic.MAX_RECORD_BYTES);
    limit("collectionItems", MOST_ITEMS);
  }

  private static void limit(String kind, int most) {
    System.setProperty("org.apache.avro.limits." + kind + ".maxLength", Integer.toString(most));
  }

  private final byte[] header;
  private final DatumWriter<R> writer;
  private final BinaryMessageDecoder<R> decoder;
  private final SchemaHistory history;

  // A model gives a writer of whatever is asked for: its records are of the type it is a model of.
  @SuppressWarnings("unchecked")
  private SingleObjectFormat(GenericData model, SchemaHistory history, Schema newest) {
    this.history = history;
    this.header =
        ByteBuffer.allocate(HEADER_BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(MARKER)
            .putLong(SchemaNormalization.parsingFingerprint64(newest))
            .array();
    this.writer = model.createDatumWriter(newest);
    this.decoder = new BinaryMessageDecoder<>(model, newest, history);
  }

  /** For a generated class. */
  public static <R extends SpecificRecord> SingleObjectFormat<R> of(Class<R> type) {
    Schema schema = SpecificData.get().getSchema(type);
    return new SingleObjectFormat<>(
        SpecificData.getForClass(type), SchemaHistory.of(schema.getName()), schema);
  }

  /** For records without a generated class; cheaper for rows with many columns. */
  public static SingleObjectFormat<GenericRecord> generic(Schema newest) {
    return generic(newest, SchemaHistory.of(newest.getName()));
  }

  /** The same where the versions come from elsewhere than the jar. */
  public static SingleObjectFormat<GenericRecord> generic(Schema newest, SchemaHistory history) {
    return new SingleObjectFormat<>(new PlainData(), history, newest);
  }

  public byte[] encode(R message) {
    return encode(header, message);
  }

  /** The record in Avro binary behind any header. */
  byte[] encode(byte[] before, R message) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_BYTES);
    bytes.writeBytes(before);
    try {
      BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
      writer.write(message, encoder);
      encoder.flush();
    } catch (IOException e) {
      // It writes to memory; an IOException is a bug, not an event.
      throw new IllegalStateException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads a record written with any version of the history as the newest one.
   *
   * @throws Undecodable if the bytes are not such a record
   */
  public R decode(byte[] bytes) throws Undecodable {
    OptionalLong fingerprint = fingerprint(bytes);
    if (fingerprint.isEmpty()) {
      throw new Undecodable(
          "The %d bytes do not start with the single-object marker C3 01 and a schema fingerprint"
              .formatted(bytes.length));
    }
    if (history.findByFingerprint(fingerprint.getAsLong()) == null) {
      throw new Undecodable(
          "Schema fingerprint %016x is none of the %d known versions of %s"
              .formatted(fingerprint.getAsLong(), history.versions().size(), history.name()));
    }
    try {
      return decoder.decode(bytes);
    } catch (IOException
        | AvroRuntimeException
        | BufferUnderflowException
        | IndexOutOfBoundsException
        | NegativeArraySizeException
        | UnsupportedOperationException e) {
      throw new Undecodable(
          "The %d bytes are not a whole %s: %s".formatted(bytes.length, history.name(), e));
    }
  }

  /** The fingerprint in the header, or nothing where the bytes have no such header. */
  public static OptionalLong fingerprint(byte[] bytes) {
    if (bytes.length < HEADER_BYTES || bytes[0] != MARKER[0] || bytes[1] != MARKER[1]) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(
        ByteBuffer.wrap(bytes, 2, Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).getLong());
  }

  /** Bytes that are no record of the wanted type; the message says why. */
  public static final class Undecodable extends Exception {
    public Undecodable(String message) {
      super(message);
    }
  }
}
