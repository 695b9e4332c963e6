package io.landfall.consumer.columnar.page;

/**
 * Bounds of floats and doubles as Parquet wants them: a zero is negative as a lower bound and
 * positive as an upper one, because readers may take the two for the same or not.
 *
 * <p>With a NaN among the values the upper bound is NaN, by which parquet-java knows to keep no
 * column index. A page whose statistics had no bounds at all it would take for one of nulls only.
 */
final class FloatingBounds {

  private double least = Double.NaN;
  private double most = Double.NEGATIVE_INFINITY;

  void widen(double value) {
    if (Double.isNaN(least) || value < least) {
      least = value;
    }
    most = Math.max(most, value);
  }

  /** Whether no value was a NaN. */
  boolean areOrdered() {
    return !Double.isNaN(most);
  }

  double least() {
    return least == 0.0 ? -0.0 : least;
  }

  double most() {
    return most == 0.0 ? 0.0 : most;
  }
}
