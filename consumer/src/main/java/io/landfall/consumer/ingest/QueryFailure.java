package io.landfall.consumer.ingest;

import io.landfall.cli.LandfallException;
import io.landfall.consumer.door.UndecodableRecord;
import io.landfall.consumer.landing.ReadFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a query ended with, as it was before Spark put it into exceptions of its own. */
final class QueryFailure {

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
  Optional<LandfallException> stop() {
    return find(LandfallException.class);
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

  /** What Spark's Kafka source could not go on with. */
  Optional<ReadFailure> reading() {
    return ReadFailure.behind(chain.get(0));
  }

  /** Whatever it is, as it was thrown first. */
  RuntimeException asItIs() {
    Throwable last = chain.get(chain.size() - 1);
    if (last instanceof Error error) {
      throw error;
    }
    return last instanceof RuntimeException unchecked
        ? unchecked
        : new IllegalStateException(last.toString(), chain.get(0));
  }

  private <T> Optional<T> find(Class<T> type) {
    return chain.stream().filter(type::isInstance).map(type::cast).findFirst();
  }
}
