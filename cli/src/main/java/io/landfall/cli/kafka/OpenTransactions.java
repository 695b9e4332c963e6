package io.landfall.cli.kafka;

import io.landfall.cli.LandfallException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records that lie behind a transaction that nobody has ended: they are there, and who reads what
 * is committed comes to an end before them.
 */
public final class OpenTransactions {

  private static final Logger LOG = LoggerFactory.getLogger(OpenTransactions.class);

  /** Longer than Kafka takes to end the transaction of a program of ours that was killed. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Duration SOON = Duration.ofSeconds(2);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

  private static final Comparator<TopicPartition> ORDER =
      Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition);

  private OpenTransactions() {}

  /**
   * Waits until all that is in the partitions now is committed or aborted.
   *
   * @return their ends then, for who reads what is committed
   * @throws LandfallException if a transaction stays open
   * @throws KafkaException if the broker does not answer or refuses
   */
  public static Map<TopicPartition, Long> awaitEnd(
      Admin admin, Collection<TopicPartition> partitions) throws InterruptedException {
    return awaitEnd(admin, partitions, PATIENCE);
  }

  static Map<TopicPartition, Long> awaitEnd(
      Admin admin, Collection<TopicPartition> partitions, Duration patience)
      throws InterruptedException {
    Map<TopicPartition, Long> all = ends(admin, partitions, IsolationLevel.READ_UNCOMMITTED);
    long start = System.nanoTime();
    boolean told = false;
    while (true) {
      Map<TopicPartition, Long> committed = committedEnds(admin, partitions);
      Optional<TopicPartition> open =
          all.keySet().stream()
              .filter(one -> committed.getOrDefault(one, 0L) < all.getOrDefault(one, 0L))
              .min(Comparator.comparing(TopicPartition::toString));
      if (open.isEmpty()) {
        return committed;
      }
      Duration waited = Duration.ofNanos(System.nanoTime() - start);
      if (waited.compareTo(patience) > 0) {
        throw open(admin, open.get(), committed.getOrDefault(open.get(), 0L), waited);
      }
      if (!told && waited.compareTo(SOON) > 0) {
        LOG.atWarn()
            .addKeyValue("partition", open.get())
            .addKeyValue("offset", committed.get(open.get()))
            .log("Waiting for the end of a transaction");
        told = true;
      }
      Thread.sleep(LOOK_AGAIN.toMillis());
    }
  }

  /**
   * The oldest one of each partition that has one.
   *
   * @throws KafkaException if the broker does not answer
   */
  public static List<OpenTransaction> oldest(Admin admin, Collection<TopicPartition> partitions)
      throws InterruptedException {
    Map<TopicPartition, Long> committed = committedEnds(admin, partitions);
    // In this order: one that begins in between is at the end of what is committed, not before it.
    Map<TopicPartition, Long> all = ends(admin, partitions, IsolationLevel.READ_UNCOMMITTED);
    List<OpenTransaction> open = new ArrayList<>();
    for (TopicPartition one : partitions.stream().sorted(ORDER).toList()) {
      long offset = committed.getOrDefault(one, 0L);
      if (offset < all.getOrDefault(one, 0L)) {
        oldest(admin, one, offset).ifPresent(open::add);
      }
    }
    return open;
  }

  private static Optional<OpenTransaction> oldest(
      Admin admin, TopicPartition partition, long committed) throws InterruptedException {
    Optional<ProducerState> producer;
    try {
      producer = oldestProducer(admin, partition);
    } catch (KafkaException e) {
      // Not every user may ask whose it is; that it is there is known all the same.
      return Optional.of(
          new OpenTransaction(
              partition.topic(),
              partition.partition(),
              committed,
              Optional.empty(),
              Optional.empty()));
    }
    if (producer.isEmpty()) {
      // It ended meanwhile.
      return Optional.empty();
    }
    long offset = producer.get().currentTransactionStartOffset().orElse(committed);
    Instant wrote = Instant.ofEpochMilli(producer.get().lastTimestamp());
    Optional<TransactionDescription> known = Optional.empty();
    Optional<String> id = Optional.empty();
    try {
      id = transactionalId(admin, producer.get());
      if (id.isPresent()) {
        known =
            Optional.of(
                answer(admin.describeTransactions(List.of(id.get())).description(id.get())));
      }
    } catch (KafkaException e) {
      // As above.
    }
    Optional<Instant> began =
        known
            .filter(found -> found.transactionStartTimeMs().isPresent())
            .map(found -> Instant.ofEpochMilli(found.transactionStartTimeMs().getAsLong()));
    return Optional.of(
        new OpenTransaction(
            partition.topic(),
            partition.partition(),
            offset,
            began.or(() -> Optional.of(wrote)),
            id));
  }

  private static Optional<ProducerState> oldestProducer(Admin admin, TopicPartition partition)
      throws InterruptedException {
    return answer(admin.describeProducers(List.of(partition)).partitionResult(partition))
        .activeProducers()
        .stream()
        .filter(one -> one.currentTransactionStartOffset().isPresent())
        .min(Comparator.comparingLong(one -> one.currentTransactionStartOffset().getAsLong()));
  }

  private static Optional<String> transactionalId(Admin admin, ProducerState producer)
      throws InterruptedException {
    ListTransactionsOptions ofProducer =
        new ListTransactionsOptions().filterProducerIds(List.of(producer.producerId()));
    return answer(admin.listTransactions(ofProducer).all()).stream()
        .map(TransactionListing::transactionalId)
        .findFirst();
  }

  /** Where who reads what is committed comes to an end now. */
  public static Map<TopicPartition, Long> committedEnds(
      Admin admin, Collection<TopicPartition> partitions) throws InterruptedException {
    return ends(admin, partitions, IsolationLevel.READ_COMMITTED);
  }

  private static Map<TopicPartition, Long> ends(
      Admin admin, Collection<TopicPartition> partitions, IsolationLevel isolation)
      throws InterruptedException {
    Map<TopicPartition, OffsetSpec> latest =
        partitions.stream()
            .collect(Collectors.toMap(Function.identity(), one -> OffsetSpec.latest()));
    return answer(admin.listOffsets(latest, new ListOffsetsOptions(isolation)).all())
        .entrySet()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().offset()));
  }

  private static LandfallException open(
      Admin admin, TopicPartition partition, long offset, Duration waited)
      throws InterruptedException {
    return LandfallException.unavailable(
        "Records of %1$s, partition %2$d, lie behind an open transaction and cannot be read: it began at offset %3$d and did not end within %4$d seconds%5$s. End the program that it belongs to; where there is none: kafka-transactions.sh abort --topic %1$s --partition %2$d --start-offset %3$d. Then run again."
            .formatted(
                partition.topic(),
                partition.partition(),
                offset,
                waited.toSeconds(),
                owner(admin, partition)),
        new IllegalStateException("open transaction"));
  }

  /** Whose it is, as far as the broker tells: not every user may ask. */
  private static String owner(Admin admin, TopicPartition partition) throws InterruptedException {
    try {
      Optional<ProducerState> oldest = oldestProducer(admin, partition);
      return oldest.isEmpty() ? "" : described(admin, oldest.get());
    } catch (KafkaException e) {
      return "";
    }
  }

  private static String described(Admin admin, ProducerState producer) throws InterruptedException {
    String wrote = ago(producer.lastTimestamp());
    try {
      Optional<String> id = transactionalId(admin, producer);
      if (id.isPresent()) {
        TransactionDescription found =
            answer(admin.describeTransactions(List.of(id.get())).description(id.get()));
        if (found.transactionStartTimeMs().isPresent()) {
          return " (transactional id %s, producer id %d, open for %s; Kafka ends it after %d seconds)"
              .formatted(
                  id.get(),
                  producer.producerId(),
                  ago(found.transactionStartTimeMs().getAsLong()),
                  found.transactionTimeoutMs() / 1_000);
        }
      }
      return " (producer id %d, which wrote last %s ago; Kafka's coordinators know of no such transaction, so it will not end by itself)"
          .formatted(producer.producerId(), wrote);
    } catch (KafkaException e) {
      return " (producer id %d, which wrote last %s ago)".formatted(producer.producerId(), wrote);
    }
  }

  private static String ago(long timestamp) {
    return "%d seconds"
        .formatted(Instant.ofEpochMilli(timestamp).until(Instant.now(), ChronoUnit.SECONDS));
  }

  private static <T> T answer(KafkaFuture<T> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
    }
  }
}
