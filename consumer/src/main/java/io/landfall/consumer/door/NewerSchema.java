package io.landfall.consumer.door;

import io.landfall.cli.LandfallException;
import io.landfall.cli.Version;
import io.landfall.consumer.bronze.Fault;
import io.landfall.schemas.Dataset;

/** A record that this release is too old for. */
public final class NewerSchema {

  private NewerSchema() {}

  /** What is told before anything of its batch is written. */
  public static LandfallException refusal(
      Dataset dataset, int partition, long offset, Fault fault) {
    return LandfallException.refused(
        "Topic %s, partition %d, offset %d holds a record of a newer release: %s. This is release %s; one that knows schema %s is needed, as the producer that wrote it is. Nothing of this batch was written; the table stands before it. Install that release, and the same command goes on from there."
            .formatted(
                dataset.landing().name(),
                partition,
                offset,
                fault.detail(),
                Version.current(),
                fault.fingerprint()));
  }
}
