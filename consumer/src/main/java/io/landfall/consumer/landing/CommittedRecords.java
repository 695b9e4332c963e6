package io.landfall.consumer.landing;

import io.landfall.cli.LandfallException;
import io.landfall.cli.kafka.KafkaSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads what is committed in a topic, without Spark and without a consumer group; remembers
 * nothing. For one thread.
 */
public final class CommittedRecords implements AutoCloseable {

  private static final int BYTES_AT_ONCE = 4 * 1024 * 1024;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final KafkaSettings kafka;
  private final String topic;
  private final KafkaConsumer<byte[], byte[]> consumer;

  /** Of one topic, which must be there. */
  public CommittedRecords(KafkaSettings kafka, String topic) {
    this.kafka = kafka;
    this.topic = topic;
    Map<String, Object> settings = new HashMap<>();
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "landfall-consumer");
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, BYTES_AT_ONCE);
    settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, BYTES_AT_ONCE);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
    try {
      this.consumer =
          new KafkaConsumer<>(
              kafka.client(settings), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    } catch (KafkaException e) {
      throw kafka.failure(e);
    }
  }

  /**
   * Each record of a partition from one offset up to another, in order.
   *
   * @throws LandfallException if the broker does not answer
   */
  public void read(int partition, long from, long to, Consumer<TopicRecord> each)
      throws InterruptedException {
    asked(
        () -> {
          poll(new TopicPartition(topic, partition), from, to, each);
          return true;
        });
  }

  /** Each record of a partition that is committed now, in order. */
  public void readAll(int partition, Consumer<TopicRecord> each) throws InterruptedException {
    asked(
        () -> {
          TopicPartition all = new TopicPartition(topic, partition);
          poll(
              all,
              offset(consumer.beginningOffsets(List.of(all)), all),
              offset(consumer.endOffsets(List.of(all)), all),
              each);
          return true;
        });
  }

  /** How many partitions it has. */
  public int partitions() throws InterruptedException {
    return asked(() -> consumer.partitionsFor(topic).size());
  }

  private interface Question<T> {
    T answer();
  }

  private <T> T asked(Question<T> question) throws InterruptedException {
    try {
      return question.answer();
    } catch (InterruptException e) {
      throw (InterruptedException) new InterruptedException("Told to stop").initCause(e);
    } catch (KafkaException e) {
      throw kafka.failure(e);
    }
  }

  private static long offset(Map<TopicPartition, Long> offsets, TopicPartition partition) {
    return Optional.ofNullable(offsets.get(partition)).orElse(0L);
  }

  private void poll(TopicPartition partition, long from, long to, Consumer<TopicRecord> each) {
    consumer.assign(List.of(partition));
    consumer.seek(partition, from);
    long lastCame = System.nanoTime();
    while (consumer.position(partition) < to) {
      long before = consumer.position(partition);
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
        if (record.offset() < to) {
          each.accept(
              new TopicRecord(
                  record.partition(),
                  record.offset(),
                  record.timestamp(),
                  record.key(),
                  record.value()));
        }
      }
      if (consumer.position(partition) > before) {
        lastCame = System.nanoTime();
      } else if (System.nanoTime() - lastCame > PATIENCE.toNanos()) {
        throw new TimeoutException(
            "Nothing more of %s came for %d seconds".formatted(partition, PATIENCE.toSeconds()));
      }
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
