package io.landfall.consumer.columnar;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;

/**
 * Avro's binary encoding, read from one record's bytes. Nothing is believed: each number has an
 * end, each length is compared with what is left, and reading never goes beyond the record.
 */
final class AvroInput {

  private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
  private byte[] bytes = {};
  private int at;

  /** Goes to a position in a record. */
  void reset(byte[] record, int position) {
    bytes = record;
    at = position;
  }

  /** The record's bytes; not to be changed. */
  byte[] bytes() {
    return bytes;
  }

  int remaining() {
    return bytes.length - at;
  }

  boolean readBoolean() throws Undecodable {
    byte value = readByte();
    if (value != 0 && value != 1) {
      throw new Undecodable("a boolean is 0 or 1, not %d".formatted(value));
    }
    return value == 1;
  }

  int readInt() throws Undecodable {
    int read = readByte();
    if (read < 0) {
      read = readRestOfInt(read);
    }
    return (read >>> 1) ^ -(read & 1);
  }

  private int readRestOfInt(int first) throws Undecodable {
    int value = first & 0x7F;
    for (int shift = 7; shift < 28; shift += 7) {
      int next = readByte();
      value |= (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
    int last = readByte();
    if ((last & 0xF0) != 0) {
      throw new Undecodable("an int has more than 32 bits");
    }
    return value | last << 28;
  }

  long readLong() throws Undecodable {
    long read = readByte();
    if (read < 0) {
      read = readRestOfLong(read);
    }
    return (read >>> 1) ^ -(read & 1);
  }

  private long readRestOfLong(long first) throws Undecodable {
    long value = first & 0x7F;
    for (int shift = 7; shift < 63; shift += 7) {
      long next = readByte();
      value |= (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
    long last = readByte();
    if (last != 0 && last != 1) {
      throw new Undecodable("a long has more than 64 bits");
    }
    return value | last << 63;
  }

  /** IEEE 754 bits of a float. */
  int readFloat() throws Undecodable {
    int from = skip(Float.BYTES);
    return littleEndian(from);
  }

  /** IEEE 754 bits of a double. */
  long readDouble() throws Undecodable {
    int from = skip(Double.BYTES);
    return (littleEndian(from) & 0xFFFF_FFFFL) | (long) littleEndian(from + 4) << 32;
  }

  private int littleEndian(int from) {
    byte[] in = bytes;
    return (in[from] & 0xFF)
        | (in[from + 1] & 0xFF) << 8
        | (in[from + 2] & 0xFF) << 16
        | in[from + 3] << 24;
  }

  /** The place of a union's branch or an enum's symbol. */
  int readIndex(int count) throws Undecodable {
    long index = readLong();
    if (index < 0 || index >= count) {
      throw new Undecodable("%d is none of the places 0 to %d".formatted(index, count - 1));
    }
    return (int) index;
  }

  /** A length that the record has the bytes for. */
  int readLength() throws Undecodable {
    long length = readLong();
    if (length < 0 || length > remaining()) {
      throw new Undecodable(
          "a length of %d where %d bytes are left".formatted(length, remaining()));
    }
    return (int) length;
  }

  /**
   * Passes over bytes.
   *
   * @return where they begin
   */
  int skip(int count) throws Undecodable {
    int from = at;
    if (count > bytes.length - from) {
      throw new Undecodable("%d bytes are wanted where %d are left".formatted(count, remaining()));
    }
    at = from + count;
    return from;
  }

  /**
   * Passes over bytes that must be UTF-8.
   *
   * @return where they begin
   */
  int skipText(int count) throws Undecodable {
    int from = skip(count);
    byte[] in = bytes;
    for (int i = from; i < at; i++) {
      if (in[i] < 0) {
        requireUtf8(i, at - i);
        break;
      }
    }
    return from;
  }

  private void requireUtf8(int from, int count) throws Undecodable {
    try {
      var unused = utf8.decode(ByteBuffer.wrap(bytes, from, count));
    } catch (CharacterCodingException e) {
      throw new Undecodable("a text of %d bytes is not UTF-8".formatted(count));
    }
  }

  private byte readByte() throws Undecodable {
    if (at >= bytes.length) {
      throw new Undecodable("the record ends there");
    }
    return bytes[at++];
  }
}
