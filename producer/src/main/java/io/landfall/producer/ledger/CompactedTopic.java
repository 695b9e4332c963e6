package io.landfall.producer.ledger;

import io.landfall.schemas.SingleObjectFormat;
import io.landfall.schemas.SingleObjectFormat.Undecodable;
import io.landfall.schemas.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** A topic of which the last record of each key counts, read from beginning to end. */
public final class CompactedTopic {

  private CompactedTopic() {}

  /**
   * Reads what is committed now; of one key, the last record comes last.
   *
   * @param connection Kafka client settings
   */
  public static void read(
      Map<String, Object> connection,
      Topic topic,
      java.util.function.Consumer<ConsumerRecord<String, byte[]>> each) {
    Map<String, Object> settings = new HashMap<>(connection);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    try (Consumer<String, byte[]> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          IntStream.range(0, topic.partitions())
              .mapToObj(partition -> new TopicPartition(topic.name(), partition))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream()
          .anyMatch(one -> consumer.position(one) < ends.getOrDefault(one, 0L))) {
        consumer.poll(Duration.ofMillis(200)).forEach(each);
      }
    }
  }

  /** What a record says. One that cannot be read hides what was done, so nothing goes on. */
  public static <T> T decode(SingleObjectFormat<T> format, ConsumerRecord<String, byte[]> message) {
    try {
      return format.decode(message.value());
    } catch (Undecodable e) {
      throw new IllegalStateException(
          "Record %s-%d@%d cannot be read, and without it what was done might be done again: %s"
              .formatted(message.topic(), message.partition(), message.offset(), e.getMessage()),
          e);
    }
  }
}
