package io.landfall.consumer.columnar;

import java.math.BigInteger;
import java.util.Arrays;
import org.apache.avro.LogicalTypes;

/** Reads unscaled decimals, which Avro keeps as big-endian two's complement of any length. */
final class DecimalInput {

  /** The longest that is looked at: what is beyond any column's precision is not worth its cost. */
  private static final int MOST_BYTES = 64;

  private final int precision;
  private final BigInteger limit;
  private BigInteger unscaled = BigInteger.ZERO;

  DecimalInput(LogicalTypes.Decimal type) {
    this.precision = type.getPrecision();
    this.limit = BigInteger.TEN.pow(precision);
  }

  void read(AvroInput in) throws Undecodable {
    int length = in.readLength();
    int from = in.skip(length);
    if (length == 0 || length > MOST_BYTES) {
      throw new Undecodable("a decimal has 1 to %d bytes, not %d".formatted(MOST_BYTES, length));
    }
    unscaled = new BigInteger(in.bytes(), from, length);
    if (unscaled.abs().compareTo(limit) >= 0) {
      throw new Undecodable("a decimal has more than %d digits".formatted(precision));
    }
  }

  /** What was read last. */
  BigInteger unscaled() {
    return unscaled;
  }

  /** The same in a fixed number of bytes. */
  byte[] bytes(int width) {
    byte[] least = unscaled.toByteArray();
    byte[] bytes = new byte[width];
    Arrays.fill(bytes, 0, width - least.length, (byte) (unscaled.signum() < 0 ? -1 : 0));
    System.arraycopy(least, 0, bytes, width - least.length, least.length);
    return bytes;
  }
}
