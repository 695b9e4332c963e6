package io.landfall.consumer.columnar.page;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A page in the making: bytes one after the other, numbers in little-endian order. */
final class PageBytes {

  private byte[] bytes = new byte[1 << 12];
  private int size;

  byte[] array() {
    return bytes;
  }

  int size() {
    return size;
  }

  /** Takes back what was put from a position on; 0 for all. */
  void truncate(int wanted) {
    size = wanted;
  }

  private int claim(long count) {
    int from = size;
    long end = from + count;
    if (end > bytes.length) {
      bytes = Arrays.copyOf(bytes, Capacity.atLeast(bytes.length, end));
    }
    size = (int) end;
    return from;
  }

  void putByte(int value) {
    int at = claim(1);
    bytes[at] = (byte) value;
  }

  void putInt(int value) {
    setInt(claim(Integer.BYTES), value);
  }

  void putLong(long value) {
    putInt((int) value);
    putInt((int) (value >>> Integer.SIZE));
  }

  /** Writes over an int that was put at a position. */
  void setInt(int at, int value) {
    bytes[at] = (byte) value;
    bytes[at + 1] = (byte) (value >> 8);
    bytes[at + 2] = (byte) (value >> 16);
    bytes[at + 3] = (byte) (value >> 24);
  }

  /** Seven bits a byte, the lowest first. */
  void putUnsignedVarInt(int value) {
    int rest = value;
    while ((rest & ~0x7F) != 0) {
      putByte(rest | 0x80);
      rest >>>= 7;
    }
    putByte(rest);
  }

  void put(byte[] from, int position, int count) {
    int at = claim(count);
    System.arraycopy(from, position, bytes, at, count);
  }

  void put(int[] values, int count) {
    littleEndian((long) count * Integer.BYTES).asIntBuffer().put(values, 0, count);
  }

  void put(long[] values, int count) {
    littleEndian((long) count * Long.BYTES).asLongBuffer().put(values, 0, count);
  }

  private ByteBuffer littleEndian(long count) {
    int from = claim(count);
    return ByteBuffer.wrap(bytes, from, (int) count).slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * The lowest bits of numbers, packed without gaps, the lowest first.
   *
   * @param count of numbers; what is missing to a multiple of eight is filled with zeros
   */
  void putPacked(int[] values, int from, int count, int width) {
    int at = claim((long) groups(count) * width);
    int end = size;
    byte[] to = bytes;
    long pending = 0;
    int bits = 0;
    for (int i = from; i < from + count; i++) {
      pending |= (long) values[i] << bits;
      bits += width;
      while (bits >= Byte.SIZE) {
        to[at++] = (byte) pending;
        pending >>>= Byte.SIZE;
        bits -= Byte.SIZE;
      }
    }
    while (at < end) {
      to[at++] = (byte) pending;
      pending = 0;
    }
  }

  static int groups(int count) {
    return (count + 7) / 8;
  }
}
