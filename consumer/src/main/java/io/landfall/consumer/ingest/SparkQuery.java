package io.landfall.consumer.ingest;

import io.landfall.consumer.door.Outcome;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;

/** A Structured Streaming query; its batches are landed in its own thread. */
final class SparkQuery implements LandingQuery {

  /** How often somebody looks whether it is to end. */
  private static final long LOOK_MILLIS = 100;

  private final ReentrantLock batch = new ReentrantLock();
  private final BatchLog log;
  private final Scratch checkpoint;
  private final StreamingQuery query;

  private SparkQuery(
      Dataset<Row> records,
      BatchLog log,
      Trigger trigger,
      Scratch checkpoint,
      LandingQueries.Batches batches)
      throws TimeoutException {
    String topic = log.query();
    QueryOffsets offsets = new QueryOffsets(checkpoint.path(), topic);
    VoidFunction2<Dataset<Row>, Long> land =
        (rows, id) -> {
          batch.lockInterruptibly();
          try {
            if (batches.land(rows, offsets.end(id)) instanceof Outcome.Committed committed) {
              log.committed(id, committed);
            }
          } finally {
            batch.unlock();
          }
        };
    this.log = log;
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

  /** Starts one, which is named like its log. */
  static SparkQuery start(
      Dataset<Row> records,
      BatchLog log,
      Trigger trigger,
      Scratch checkpoint,
      LandingQueries.Batches batches) {
    boolean started = false;
    log.listen();
    try {
      SparkQuery query = new SparkQuery(records, log, trigger, checkpoint, batches);
      started = true;
      return query;
    } catch (TimeoutException e) {
      // Only where an older run of the same checkpoint is to be stopped first, and there is none.
      throw new IllegalStateException(e);
    } finally {
      if (!started) {
        log.close();
        checkpoint.close();
      }
    }
  }

  @Override
  public void awaitEnd(BooleanSupplier stopped) throws QueryFailure, InterruptedException {
    try {
      await(stopped);
    } catch (StreamingQueryException | IllegalArgumentException e) {
      throw new QueryFailure(e);
    } finally {
      stop();
      log.awaitEnd();
    }
  }

  private void await(BooleanSupplier stopped) throws StreamingQueryException, InterruptedException {
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
    log.close();
    checkpoint.close();
  }
}
