package io.landfall.cli.lineage;

import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * What is run again and again.
 *
 * @param isContinuous whether a run goes on until it is stopped
 */
public record LineageJob(
    String name, boolean isContinuous, List<LineageDataset> inputs, List<LineageDataset> outputs) {

  public LineageJob {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /** How many rows a run has read and written so far. */
  long rows() {
    return Stream.of(inputs, outputs)
        .flatMap(List::stream)
        .flatMap(dataset -> dataset.rows().stream())
        .mapToLong(LongSupplier::getAsLong)
        .sum();
  }
}
