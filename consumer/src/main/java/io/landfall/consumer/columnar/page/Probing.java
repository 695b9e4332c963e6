package io.landfall.consumer.columnar.page;

/** How the dictionaries' hash tables are searched. */
final class Probing {

  /**
   * So many slots are looked at. Values chosen to collide would otherwise make each look-up as long
   * as the dictionary; so they only make it full.
   */
  static final int MOST = 128;

  /** 2^64 divided by the golden ratio: spreads numbers that lie close together. */
  private static final long GOLDEN = 0x9E37_79B9_7F4A_7C15L;

  private Probing() {}

  /**
   * Where the search for a number begins.
   *
   * @param slots how many there are, a power of two
   */
  static int start(long value, int slots) {
    return (int) ((value * GOLDEN) >>> Long.numberOfLeadingZeros(slots - 1));
  }
}
