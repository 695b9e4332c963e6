package io.landfall.schemas;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What stands in front of a record's Avro bytes and says which schema it was written with. A topic
 * may hold records with the one and with the other.
 */
public sealed interface WireHeader {

  /** How many bytes it has. */
  int length();

  /** The CRC-64-AVRO fingerprint of that schema; nothing where nobody knows it. */
  OptionalLong fingerprint(SchemaIds ids);

  /** Of Avro's single-object encoding: {@code C3 01}, and the schema's fingerprint. */
  record SingleObject(long schema) implements WireHeader {

    static final int BYTES = 10;

    @Override
    public int length() {
      return BYTES;
    }

    @Override
    public OptionalLong fingerprint(SchemaIds ids) {
      return OptionalLong.of(schema);
    }
  }

  /** Of Confluent's wire format: {@code 00}, and the id of the schema in a registry. */
  record Confluent(int id) implements WireHeader {

    static final int BYTES = 5;

    static final byte MAGIC = 0;

    @Override
    public int length() {
      return BYTES;
    }

    @Override
    public OptionalLong fingerprint(SchemaIds ids) {
      return ids.fingerprint(id);
    }
  }

  /** That of a record; nothing where it has neither. */
  static Optional<WireHeader> of(byte[] record) {
    if (record.length >= Confluent.BYTES && record[0] == Confluent.MAGIC) {
      return Optional.of(new Confluent(ByteBuffer.wrap(record, 1, Integer.BYTES).getInt()));
    }
    OptionalLong fingerprint = SingleObjectFormat.fingerprint(record);
    return fingerprint.isPresent()
        ? Optional.of(new SingleObject(fingerprint.getAsLong()))
        : Optional.empty();
  }
}
