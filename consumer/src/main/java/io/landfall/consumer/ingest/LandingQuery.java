package io.landfall.consumer.ingest;

import java.util.function.BooleanSupplier;

/** A running query: hands its batches on, one after the other, and ends between two of them. */
public interface LandingQuery extends AutoCloseable {

  /**
   * Waits until it has ended, or ends it between two batches.
   *
   * @throws QueryFailure if it could not go on, or a batch could not be landed
   */
  void awaitEnd(BooleanSupplier stopped) throws QueryFailure, InterruptedException;

  @Override
  void close();
}
