package io.landfall.producer.rest.ask;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;

/**
 * A place in the order of changes.
 *
 * @param number seconds since 1970 with their fractions, or a number that is no time
 */
public record CursorValue(BigDecimal number) implements Comparable<CursorValue> {

  private static final int NANOS = 9;

  /** Scale does not count. */
  public CursorValue {
    number = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
  }

  /** The place of a time. */
  public static CursorValue at(Instant time) {
    return new CursorValue(
        BigDecimal.valueOf(time.getEpochSecond()).add(BigDecimal.valueOf(time.getNano(), NANOS)));
  }

  /**
   * The time that this is the place of.
   *
   * @throws ArithmeticException if no time is so far away
   */
  public Instant time() {
    BigDecimal seconds = number.setScale(0, RoundingMode.FLOOR);
    int nanos =
        number.subtract(seconds).movePointRight(NANOS).setScale(0, RoundingMode.FLOOR).intValue();
    return Instant.ofEpochSecond(seconds.longValueExact(), nanos);
  }

  @Override
  public int compareTo(CursorValue other) {
    return number.compareTo(other.number);
  }
}
