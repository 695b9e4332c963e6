package io.landfall.consumer.ingest;

import io.landfall.cli.metrics.Metric;
import io.landfall.cli.metrics.Metrics;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQueryListener;
import org.apache.spark.sql.streaming.StreamingQueryProgress;

/** Tells Spark's figures of each batch that had records. */
public final class QueryFigures extends StreamingQueryListener implements AutoCloseable {

  private static final Pattern CAPITAL = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

  private final SparkSession spark;
  private final String query;
  private final String dataset;
  private final Metrics metrics;

  private QueryFigures(SparkSession spark, String query, String dataset, Metrics metrics) {
    this.spark = spark;
    this.query = query;
    this.dataset = dataset;
    this.metrics = metrics;
  }

  /**
   * Listens from now on, if anybody wants to know.
   *
   * @param query the name of those that are listened to
   */
  public static Metrics.Closing listen(
      SparkSession spark, String query, String dataset, Metrics metrics) {
    if (!metrics.areOn()) {
      return () -> {};
    }
    QueryFigures figures = new QueryFigures(spark, query, dataset, metrics);
    spark.streams().addListener(figures);
    return figures::close;
  }

  @Override
  public void onQueryStarted(QueryStartedEvent event) {
    // Nothing has been read yet.
  }

  @Override
  public void onQueryProgress(QueryProgressEvent event) {
    StreamingQueryProgress progress = event.progress();
    if (query.equals(progress.name()) && progress.numInputRows() > 0) {
      progress
          .durationMs()
          .forEach(
              (phase, millis) ->
                  metrics.observe(Metric.BATCH_SECONDS, millis / 1000.0, dataset, word(phase)));
    }
  }

  private static String word(String phase) {
    return CAPITAL.matcher(phase).replaceAll("_").toLowerCase(Locale.ROOT);
  }

  @Override
  public void onQueryTerminated(QueryTerminatedEvent event) {
    // What it did has been told.
  }

  @Override
  public void close() {
    spark.streams().removeListener(this);
  }
}
