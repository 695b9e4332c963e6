package io.landfall.consumer.columnar.page;

/** How buffers grow. */
final class Capacity {

  /** A little less than the longest array that a JVM makes. */
  private static final int MOST = Integer.MAX_VALUE - 64;

  private Capacity() {}

  /** Twice as much. */
  static int beyond(int capacity) {
    return atLeast(capacity, capacity + 1L);
  }

  /** Twice as much, or more if more is needed. */
  static int atLeast(int capacity, long needed) {
    if (needed > MOST) {
      throw new IllegalStateException("A page cannot hold %d bytes".formatted(needed));
    }
    return (int) Math.min(MOST, Math.max(needed, 2L * capacity));
  }
}
