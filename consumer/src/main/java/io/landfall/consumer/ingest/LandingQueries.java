package io.landfall.consumer.ingest;

import io.landfall.consumer.door.Outcome;
import io.landfall.consumer.landing.Offsets;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Reads the landing topic in batches. */
public interface LandingQueries {

  /** What becomes of a batch; it may be asked in another thread than the query's owner. */
  interface Batches {

    /**
     * @param end the offset behind what the batch reads, in each partition, if that is known
     * @throws RuntimeException if the query cannot go on behind it
     */
    Outcome land(Dataset<Row> records, Optional<Offsets> end) throws InterruptedException;
  }

  /**
   * A query over all that is committed from a position on.
   *
   * @param partitions every partition that the topic has
   * @param until whether it ends where the topic ends now
   * @throws QueryFailure if there can be no such query
   */
  LandingQuery start(Offsets from, Set<Integer> partitions, Ingest.Until until, Batches batches)
      throws QueryFailure;
}
