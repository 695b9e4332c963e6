package io.landfall.consumer.ingest;

import io.landfall.consumer.ingest.MemoryTopic.Place;
import io.landfall.consumer.landing.Offsets;
import io.landfall.consumer.testing.SharedSpark;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.spark.SparkException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.kafka010.KafkaExceptions;

/**
 * Queries over a topic in memory, in their owner's thread, with the manners of Spark's Kafka
 * source. A batch's records are asked for with {@link #handed}; the data frame is empty.
 */
final class MemoryQueries implements LandingQueries {

  private static final Dataset<Row> NONE = SharedSpark.session().emptyDataFrame();

  private final MemoryTopic topic;
  private final int most;
  private final boolean endsAreKnown;
  private List<Place> handed = List.of();
  private int running;
  private int started;

  /**
   * @param most offsets in one partition of a batch
   * @param endsAreKnown whether a batch tells up to where it reads
   */
  MemoryQueries(MemoryTopic topic, int most, boolean endsAreKnown) {
    this.topic = topic;
    this.most = most;
    this.endsAreKnown = endsAreKnown;
  }

  /** The records of the batch that is being landed. */
  List<Place> handed() {
    return handed;
  }

  /** How many are not closed. */
  int running() {
    return running;
  }

  int started() {
    return started;
  }

  @Override
  public LandingQuery start(
      Offsets from, Set<Integer> partitions, Ingest.Until until, Batches batches) {
    running++;
    started++;
    return new Query(from, partitions, until, batches);
  }

  private final class Query implements LandingQuery {

    private final Set<Integer> partitions;
    private final Ingest.Until until;
    private final Batches batches;
    private final Offsets endsAtStart = topic.committedEnds();
    private Offsets at;

    Query(Offsets from, Set<Integer> partitions, Ingest.Until until, Batches batches) {
      this.at = from;
      this.partitions = partitions;
      this.until = until;
      this.batches = batches;
    }

    @Override
    public void awaitEnd(BooleanSupplier stopped) throws QueryFailure, InterruptedException {
      if (!partitions.equals(endsAtStart.byPartition().keySet())) {
        throw new QueryFailure(
            new SparkException("Query failed", new AssertionError("specify all TopicPartitions")));
      }
      while (!stopped.getAsBoolean()) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        Offsets end = nextEnd();
        if (end.isBeyond(at)) {
          land(end);
        } else if (until == Ingest.Until.CAUGHT_UP) {
          return;
        }
      }
    }

    private Offsets nextEnd() {
      TreeMap<Integer, Long> end = new TreeMap<>();
      Offsets ends = until == Ingest.Until.CAUGHT_UP ? endsAtStart : topic.committedEnds();
      ends.byPartition()
          .forEach(
              (partition, last) -> end.put(partition, Math.min(at.in(partition) + most, last)));
      return new Offsets(end);
    }

    private void land(Offsets end) throws QueryFailure, InterruptedException {
      try {
        for (Map.Entry<Integer, Long> first : topic.beginnings().byPartition().entrySet()) {
          if (first.getValue() > at.in(first.getKey())) {
            throw KafkaExceptions.couldNotReadOffsetRange(
                at.in(first.getKey()),
                end.in(first.getKey()),
                new TopicPartition("weather.readings.v1", first.getKey()),
                "group",
                null);
          }
        }
        handed = topic.read(at, end);
        batches.land(NONE, endsAreKnown ? Optional.of(end) : Optional.empty());
        at = end;
      } catch (RuntimeException e) {
        // As Spark does with whatever a batch throws.
        throw new QueryFailure(new SparkException("Query failed", e));
      }
    }

    @Override
    public void close() {
      running--;
    }
  }
}
