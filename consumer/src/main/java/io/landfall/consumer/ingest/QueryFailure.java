package io.landfall.consumer.ingest;

import io.landfall.consumer.door.UndecodableRecord;
import io.landfall.program.Stop;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.apache.spark.SparkThrowable;
import org.jspecify.annotations.Nullable;

/** What a query ended with, as it was before Spark put it into exceptions of its own. */
final class QueryFailure {

  /** What Spark's Kafka source calls offsets that are gone, among other things. */
  private static final String DATA_LOSS = "KAFKA_DATA_LOSS";

  private final List<Throwable> chain = new ArrayList<>();

  QueryFailure(Throwable failure) {
    for (@Nullable Throwable each = failure;
        each != null && !chain.contains(each);
        each = each.getCause()) {
      chain.add(each);
    }
  }

  /** Whether it ended because the table stands elsewhere. */
  boolean isMove() {
    return find(TableMoved.class).isPresent();
  }

  /** What one of ours has said already. */
  Optional<Stop> stop() {
    return find(Stop.class);
  }

  /**
   * What Spark says of a setting that was passed through to Kafka, and that it keeps for itself.
   */
  Optional<String> setting() {
    return find(IllegalArgumentException.class)
        .map(Throwable::getMessage)
        .filter(message -> message.startsWith("Kafka option"));
  }

  /** A record that is no row. */
  Optional<UndecodableRecord> undecodable() {
    return find(UndecodableRecord.class);
  }

  /** What Spark says of offsets that the broker does not have, without its advice to look away. */
  Optional<String> lostOffsets() {
    return chain.stream()
        .filter(each -> each instanceof SparkThrowable known && isLoss(known.getCondition()))
        .map(each -> String.valueOf(each.getMessage()).lines().findFirst().orElse(""))
        .reduce((outer, inner) -> inner);
  }

  private static boolean isLoss(@Nullable String condition) {
    return condition != null && condition.startsWith(DATA_LOSS);
  }

  /** What Kafka's client says, or Spark that waited for it. */
  Optional<Throwable> unanswered() {
    return chain.stream()
        .filter(each -> each instanceof KafkaException || each instanceof TimeoutException)
        .reduce((outer, inner) -> inner);
  }

  /** Whatever it is, as it was thrown first. */
  RuntimeException asItIs() {
    Throwable last = chain.get(chain.size() - 1);
    return last instanceof RuntimeException unchecked
        ? unchecked
        : new IllegalStateException(last.toString(), chain.get(0));
  }

  private <T> Optional<T> find(Class<T> type) {
    return chain.stream().filter(type::isInstance).map(type::cast).findFirst();
  }
}
