package io.landfall.consumer.ingest;

import io.landfall.consumer.landing.Offsets;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;

/** A running query: hands its batches on, one after the other, and ends between two of them. */
final class LandingQuery implements AutoCloseable {

  /** How often somebody looks whether it is to end. */
  private static final long LOOK_MILLIS = 100;

  /** What becomes of a batch; in the query's own thread. */
  interface Batches {

    /**
     * @param end the offset behind what the batch reads, in each partition, if that is known
     */
    void land(long id, Dataset<Row> records, Optional<Offsets> end) throws InterruptedException;
  }

  private final ReentrantLock batch = new ReentrantLock();
  private final Scratch checkpoint;
  private final StreamingQuery query;

  private LandingQuery(
      Dataset<Row> records, String topic, Trigger trigger, Scratch checkpoint, Batches batches)
      throws TimeoutException {
    QueryOffsets offsets = new QueryOffsets(checkpoint.path(), topic);
    VoidFunction2<Dataset<Row>, Long> land =
        (rows, id) -> {
          batch.lockInterruptibly();
          try {
            batches.land(id, rows, offsets.end(id));
          } finally {
            batch.unlock();
          }
        };
    this.checkpoint = checkpoint;
    this.query =
        records
            .writeStream()
            .queryName(topic)
            .foreachBatch(land)
            .trigger(trigger)
            .option("checkpointLocation", checkpoint.path().toUri().toString())
            .start();
  }

  /** Starts one, which is named like its topic. */
  static LandingQuery start(
      Dataset<Row> records, String topic, Trigger trigger, Scratch checkpoint, Batches batches) {
    boolean started = false;
    try {
      LandingQuery query = new LandingQuery(records, topic, trigger, checkpoint, batches);
      started = true;
      return query;
    } catch (TimeoutException e) {
      // Only where an older run of the same checkpoint is to be stopped first, and there is none.
      throw new IllegalStateException(e);
    } finally {
      if (!started) {
        checkpoint.close();
      }
    }
  }

  /**
   * Waits until it has ended, or ends it between two batches.
   *
   * @throws StreamingQueryException if a batch failed
   */
  void awaitEnd(BooleanSupplier stopped) throws StreamingQueryException, InterruptedException {
    while (!query.awaitTermination(LOOK_MILLIS)) {
      if (stopped.getAsBoolean()) {
        batch.lockInterruptibly();
        try {
          stop();
        } finally {
          batch.unlock();
        }
        return;
      }
    }
  }

  private void stop() {
    try {
      query.stop();
    } catch (TimeoutException e) {
      // It was told; it ends with the process if it does not end now.
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    stop();
    checkpoint.close();
  }
}
