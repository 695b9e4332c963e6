package io.landfall.consumer.ingest;

import io.landfall.cli.LandfallException;
import io.landfall.cli.RefusalReason;
import io.landfall.cli.TableLocation;
import io.landfall.consumer.landing.ReadFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A query that ended before it was done, and what its user is told: by what was thrown first,
 * before Spark put it into exceptions of its own.
 */
public final class QueryFailure extends Exception {

  private final Throwable failure;

  QueryFailure(Throwable failure) {
    super(failure);
    this.failure = failure;
  }

  /** Whether it ended because the table stands elsewhere. */
  boolean isMove() {
    return find(TableMoved.class).isPresent();
  }

  /**
   * Passes if the topic has to be asked first. What one of ours has said already, a setting and a
   * record that cannot be read are clear by themselves.
   *
   * @throws LandfallException with what is clear
   */
  void requireUnclear(String topic, TableLocation table) {
    Optional<LandfallException> said = find(LandfallException.class);
    if (said.isPresent()) {
      throw said.get();
    }
    Optional<String> setting = setting();
    if (setting.isPresent()) {
      throw LandfallException.usage(
          "Spark's Kafka source does not take a setting: " + setting.get(),
          new IllegalArgumentException());
    }
    if (reading().isPresent() && reading().get() instanceof ReadFailure.Unusable bad) {
      throw unusable(topic, table, bad);
    }
  }

  /**
   * What Spark says of a setting that was passed through to Kafka, and that it keeps for itself.
   */
  private Optional<String> setting() {
    return find(IllegalArgumentException.class)
        .map(Throwable::getMessage)
        .filter(message -> message.startsWith("Kafka option"));
  }

  /**
   * Such a record never comes as far as the quarantine table: the source converts all that it reads
   * before anybody says which columns are wanted, and takes no consumer's interceptor.
   */
  private static LandfallException unusable(
      String topic, TableLocation table, ReadFailure.Unusable bad) {
    return LandfallException.refused(
        RefusalReason.UNDECODABLE_RECORD,
        "Topic %s, partition %d, offset %d holds a record that Spark's Kafka source cannot read: %s. Nothing from there on was written; the table stands before this batch. No setting passes over it. The way on is a topic in which it has a time: create %s anew with message.timestamp.type=LogAppendTime, copy the records of the old one into it, and go on with: landfall consumer run --adopt-topic --table %s, which appends nothing a second time."
            .formatted(topic, bad.partition(), bad.offset(), bad.why(), topic, table));
  }

  /** What is to be told where nothing is wrong with the topic. */
  RuntimeException told(String topic) {
    return reading().<RuntimeException>map(reading -> told(topic, reading)).orElseGet(this::first);
  }

  private static LandfallException told(String topic, ReadFailure reading) {
    if (reading instanceof ReadFailure.Forbidden forbidden) {
      return LandfallException.usage(
          "Kafka does not let this user read topic %s: %s Nothing of this batch was written."
              .formatted(topic, forbidden.what()),
          forbidden.refused());
    }
    return reading instanceof ReadFailure.Gone gone
        ? LandfallException.refused(
            RefusalReason.OFFSETS_EXPIRED,
            "Topic %s no longer has offsets that the table has not seen (%s): they expired or were deleted while this ran. Going on would lose rows; nothing of this batch was written."
                .formatted(topic, gone.what()))
        : LandfallException.unavailable(
            "Kafka stopped answering while topic %s was read (%s). Nothing of this batch was written; the same command goes on from there."
                .formatted(topic, ((ReadFailure.Unanswered) reading).what()),
            new IOException(reading.toString()));
  }

  /** What Spark's Kafka source could not go on with. */
  private Optional<ReadFailure> reading() {
    return ReadFailure.behind(failure);
  }

  /** Whatever it is, as it was thrown first. */
  private RuntimeException first() {
    List<Throwable> chain = chain();
    Throwable first = chain.get(chain.size() - 1);
    if (first instanceof Error error) {
      throw error;
    }
    return first instanceof RuntimeException unchecked
        ? unchecked
        : new IllegalStateException(first.toString(), failure);
  }

  private <T> Optional<T> find(Class<T> type) {
    return chain().stream().filter(type::isInstance).map(type::cast).findFirst();
  }

  private List<Throwable> chain() {
    List<Throwable> chain = new ArrayList<>();
    for (@Nullable Throwable each = failure;
        each != null && !chain.contains(each);
        each = each.getCause()) {
      chain.add(each);
    }
    return chain;
  }
}
