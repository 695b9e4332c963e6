package io.landfall.consumer.sql;

import java.math.BigDecimal;

/** A value as text. */
public final class CellText {

  private CellText() {}

  /** Without an exponent: 110932663 rather than 1.10932663E8. */
  public static String of(Object value) {
    if (value instanceof Double number && Double.isFinite(number)) {
      BigDecimal decimal = new BigDecimal(number.toString()).stripTrailingZeros();
      return Math.abs(decimal.scale()) > 12 ? number.toString() : decimal.toPlainString();
    }
    return value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
  }
}
