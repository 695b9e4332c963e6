package io.landfall.consumer.ingest;

import io.landfall.cli.kafka.KafkaSettings;
import io.landfall.consumer.landing.LandingStream;
import io.landfall.consumer.landing.Offsets;
import io.landfall.schemas.Topics;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.Trigger;

/**
 * Structured Streaming queries, each with a checkpoint of its own that is thrown away behind it.
 */
public final class SparkQueries implements LandingQueries {

  /** A record waits this long at most for the question whether there is one; 0 would spin. */
  private static final long PAUSE_MILLIS = 100;

  private final SparkSession spark;
  private final LandingStream stream;
  private final IngestSettings settings;

  public SparkQueries(
      SparkSession spark, KafkaSettings kafka, Topics topics, IngestSettings settings) {
    this.spark = spark;
    this.stream = new LandingStream(spark, kafka, topics, settings.recordsPerCommit());
    this.settings = settings;
  }

  @Override
  public LandingQuery start(
      Offsets from, Set<Integer> partitions, Ingest.Until until, Batches batches)
      throws QueryFailure {
    try {
      Dataset<Row> records = stream.from(from, partitions);
      return SparkQuery.start(
          records,
          new BatchLog(spark, stream.topic(), from),
          trigger(until),
          Scratch.in(settings.scratch(), "query-"),
          batches);
    } catch (IllegalArgumentException e) {
      throw new QueryFailure(e);
    }
  }

  private static Trigger trigger(Ingest.Until until) {
    return until == Ingest.Until.CAUGHT_UP
        ? Trigger.AvailableNow()
        : Trigger.ProcessingTime(PAUSE_MILLIS);
  }
}
