package io.landfall.cli.metrics;

import java.util.List;

/**
 * A figure with the values of its labels, in their order.
 *
 * @param values as many as it has labels
 */
record Sample(Metric metric, List<String> values) {

  Sample {
    values = List.copyOf(values);
    if (values.size() != metric.labels().size()) {
      throw new IllegalArgumentException(
          "%s has the labels %s, not %s".formatted(metric.title(), metric.labels(), values));
    }
  }

  static Sample of(Metric metric, String... values) {
    return new Sample(metric, List.of(values));
  }

  /** The same labels of another figure. */
  Sample of(Metric other) {
    return new Sample(other, values);
  }
}
