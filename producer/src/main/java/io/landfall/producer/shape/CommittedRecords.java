package io.landfall.producer.shape;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads partitions from their beginning to what is committed when it begins, and notes nothing. */
final class CommittedRecords implements AutoCloseable {

  /** Answers are large, rows are small: neither needs more memory than this at once. */
  private static final int BYTES_AT_ONCE = 4 * 1024 * 1024;

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Consumer<String, byte[]> consumer;

  /**
   * @param connection Kafka client settings
   */
  CommittedRecords(Map<String, Object> connection) {
    Map<String, Object> settings = new HashMap<>(connection);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, BYTES_AT_ONCE);
    settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, BYTES_AT_ONCE);
    this.consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
  }

  /** Each record in turn; of a compacted topic the last of a key comes last. */
  void read(
      TopicPartition partition, java.util.function.Consumer<ConsumerRecord<String, byte[]>> each) {
    consumer.assign(List.of(partition));
    consumer.seekToBeginning(List.of(partition));
    long end =
        Optional.ofNullable(consumer.endOffsets(List.of(partition)).get(partition)).orElse(0L);
    long lastCame = System.nanoTime();
    while (consumer.position(partition) < end) {
      long before = consumer.position(partition);
      consumer.poll(Duration.ofMillis(200)).forEach(each);
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
