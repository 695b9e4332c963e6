package io.landfall.consumer.ingest;

import io.landfall.consumer.door.Outcome;
import io.landfall.consumer.landing.Offsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQueryListener;
import org.apache.spark.sql.streaming.StreamingQueryProgress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Logs each batch that was committed, with Spark's figures of it. Spark tells them a little after
 * the commit, in a thread of its own.
 */
final class BatchLog extends StreamingQueryListener implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(BatchLog.class);

  /** For the last batch's figures, once the query has ended. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private record Landed(Outcome.Committed commit, Offsets from) {}

  private final SparkSession spark;
  private final String query;
  private final Map<Long, Landed> landed = new ConcurrentHashMap<>();
  private final CountDownLatch ended = new CountDownLatch(1);

  /** Where the next batch goes on; the query's thread knows. */
  private Offsets next;

  /**
   * @param query its name
   * @param from where it begins
   */
  BatchLog(SparkSession spark, String query, Offsets from) {
    this.spark = spark;
    this.query = query;
    this.next = from;
  }

  String query() {
    return query;
  }

  /** Has Spark tell what it does, from now on until this is closed. */
  void listen() {
    spark.streams().addListener(this);
  }

  /** A batch is in the table. */
  void committed(long batch, Outcome.Committed commit) {
    landed.put(batch, new Landed(commit, next));
    next = commit.state().position();
  }

  /**
   * Waits until everything of a query that has ended was told. Of a batch behind which it was
   * stopped Spark tells nothing; that it was committed is told without its figures.
   */
  void awaitEnd() throws InterruptedException {
    if (!ended.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
      LOG.atDebug().addKeyValue("query", query).log("Spark did not tell the query's end");
    }
    for (Landed batch : landed.values()) {
      tell(batch).log("Committed to {}", query);
    }
    landed.clear();
  }

  @Override
  public void onQueryStarted(QueryStartedEvent event) {
    // What is asked of a query is logged by whoever started it.
  }

  @Override
  public void onQueryProgress(QueryProgressEvent event) {
    StreamingQueryProgress progress = event.progress();
    @Nullable Landed batch =
        query.equals(progress.name()) ? landed.remove(progress.batchId()) : null;
    if (batch != null) {
      long millis = progress.durationMs().getOrDefault("triggerExecution", 0L);
      tell(batch)
          .addKeyValue("seconds", "%.2f".formatted(millis / 1000.0))
          .log("Committed to {}", query);
    }
  }

  private static LoggingEventBuilder tell(Landed batch) {
    return LOG.atInfo()
        .addKeyValue("rows", batch.commit().rows())
        .addKeyValue("version", batch.commit().state().version())
        .addKeyValue("from", batch.from())
        .addKeyValue("to", batch.commit().state().position());
  }

  @Override
  public void onQueryTerminated(QueryTerminatedEvent event) {
    ended.countDown();
  }

  @Override
  public void close() {
    spark.streams().removeListener(this);
  }
}
