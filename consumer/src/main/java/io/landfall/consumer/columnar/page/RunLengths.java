package io.landfall.consumer.columnar.page;

/**
 * Parquet's hybrid of run lengths and bit packing: eight equal numbers or more are a run, all
 * others are packed in groups of eight.
 */
final class RunLengths {

  private static final int GROUP = 8;

  private RunLengths() {}

  /**
   * Encodes numbers.
   *
   * @param width bits of the largest; none may have more
   */
  static void put(int[] values, int count, int width, PageBytes to) {
    int packed = 0; // where those begin that are not written yet
    int at = 0;
    while (at < count) {
      int run = runAt(values, at, count);
      if (run < GROUP) {
        at = Math.min(at + GROUP, count);
      } else {
        putPacked(values, packed, at, width, to);
        putRun(values[at], run, width, to);
        at += run;
        packed = at;
      }
    }
    putPacked(values, packed, count, width, to);
  }

  /** One number, again and again. */
  static void putRun(int value, int count, int width, PageBytes to) {
    to.putUnsignedVarInt(count << 1);
    for (int bits = 0; bits < width; bits += Byte.SIZE) {
      to.putByte(value >> bits);
    }
  }

  private static int runAt(int[] values, int from, int count) {
    int value = values[from];
    int end = from + 1;
    while (end < count && values[end] == value) {
      end++;
    }
    return end - from;
  }

  private static void putPacked(int[] values, int from, int end, int width, PageBytes to) {
    if (from < end) {
      int count = end - from;
      to.putUnsignedVarInt(PageBytes.groups(count) << 1 | 1);
      to.putPacked(values, from, count, width);
    }
  }

  /** Bits that numbers below a limit have at most. */
  static int width(int limit) {
    return limit <= 1 ? 0 : Integer.SIZE - Integer.numberOfLeadingZeros(limit - 1);
  }
}
