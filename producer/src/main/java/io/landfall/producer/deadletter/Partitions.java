package io.landfall.producer.deadletter;

import io.landfall.cli.LandfallException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads offset ranges of partitions, byte for byte. */
final class Partitions {

  /** Longer than any transaction of ours is open without an end. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Map<String, Object> connection;

  /**
   * @param connection Kafka client settings
   */
  Partitions(Map<String, Object> connection) {
    this.connection = Map.copyOf(connection);
  }

  /**
   * Reads from one offset of each partition up to another, and waits for transactions that are open
   * in between.
   *
   * @param isWanted asked again and again whether a partition is of use; one that is not is left
   * @throws LandfallException if it does not come on for long
   */
  void read(
      IsolationLevel isolation,
      Map<TopicPartition, Long> from,
      Map<TopicPartition, Long> to,
      Predicate<TopicPartition> isWanted,
      java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> each) {
    Map<TopicPartition, Long> left = new HashMap<>(from);
    left.keySet().removeIf(one -> from.getOrDefault(one, 0L) >= to.getOrDefault(one, 0L));
    if (left.isEmpty()) {
      return;
    }
    Map<String, Object> settings = new HashMap<>(connection);
    settings.put(
        ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation.toString().toLowerCase(Locale.ROOT));
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    try (Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(left.keySet());
      left.forEach(consumer::seek);
      long moved = System.nanoTime();
      while (true) {
        List<TopicPartition> wanted =
            left.keySet().stream()
                .filter(one -> left.getOrDefault(one, 0L) < to.getOrDefault(one, 0L))
                .filter(isWanted)
                .sorted(Comparator.comparing(TopicPartition::partition))
                .toList();
        if (wanted.isEmpty()) {
          return;
        }
        consumer.pause(consumer.assignment());
        consumer.resume(wanted);
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          TopicPartition partition = new TopicPartition(record.topic(), record.partition());
          if (record.offset() < to.getOrDefault(partition, 0L)) {
            each.accept(record);
          }
        }
        for (TopicPartition one : wanted) {
          long position = consumer.position(one);
          if (!Long.valueOf(position).equals(left.put(one, position))) {
            moved = System.nanoTime();
          }
        }
        if (System.nanoTime() - moved > PATIENCE.toNanos()) {
          throw stuck(wanted, left, to);
        }
      }
    }
  }

  private static LandfallException stuck(
      List<TopicPartition> wanted, Map<TopicPartition, Long> at, Map<TopicPartition, Long> to) {
    return LandfallException.unavailable(
        "Kafka gave nothing more for %d s at %s: it is away, or somebody's transaction stays open there. Run again when that is over."
            .formatted(
                PATIENCE.toSeconds(),
                wanted.stream()
                    .map(one -> "%s@%d of %d".formatted(one, at.get(one), to.get(one)))
                    .collect(Collectors.joining(", "))));
  }
}
