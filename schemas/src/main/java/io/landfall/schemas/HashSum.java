package io.landfall.schemas;

import java.nio.ByteBuffer;

/**
 * The order-free hash of a set of rows, as rows come and go: the sum of their {@link ContentHash}es
 * modulo 2^128. For one thread.
 */
public final class HashSum {

  private long high;
  private long low;

  /** One to go on from; as {@link #digits} writes it. */
  public static HashSum of(String digits) {
    HashSum sum = new HashSum();
    sum.high = Long.parseUnsignedLong(digits.substring(0, 16), 16);
    sum.low = Long.parseUnsignedLong(digits.substring(16), 16);
    return sum;
  }

  /**
   * Puts a row in force.
   *
   * @param hash its 16 bytes
   */
  public void add(byte[] hash) {
    ByteBuffer bytes = ByteBuffer.wrap(hash);
    long more = bytes.getLong();
    low += bytes.getLong(Long.BYTES);
    high += more;
    if (Long.compareUnsigned(low, bytes.getLong(Long.BYTES)) < 0) {
      high++;
    }
  }

  /**
   * Takes a row out of force.
   *
   * @param hash its 16 bytes
   */
  public void subtract(byte[] hash) {
    ByteBuffer bytes = ByteBuffer.wrap(hash);
    long less = bytes.getLong();
    if (Long.compareUnsigned(low, bytes.getLong(Long.BYTES)) < 0) {
      high--;
    }
    low -= bytes.getLong(Long.BYTES);
    high -= less;
  }

  /** As a manifest has it: 32 lower-case hexadecimal digits. */
  public String digits() {
    return "%016x%016x".formatted(high, low);
  }
}
