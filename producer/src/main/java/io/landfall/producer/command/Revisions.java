package io.landfall.producer.command;

import io.landfall.schemas.Manifest;
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
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** How many revisions the rows of each item have, as the manifests tell; read once, then on. */
final class Revisions {

  private static final SingleObjectFormat<Manifest> FORMAT = SingleObjectFormat.of(Manifest.class);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Map<TopicPartition, Long> positions = new HashMap<>();
  private final Map<String, Integer> revisions = new HashMap<>();

  /**
   * All that is committed now.
   *
   * @param connection Kafka client settings
   * @param topic of the manifests
   * @param resource whose rows are meant
   */
  Map<String, Integer> read(Map<String, Object> connection, Topic topic, String resource) {
    Map<String, Object> settings = new HashMap<>(connection);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    List<TopicPartition> partitions =
        IntStream.range(0, topic.partitions())
            .mapToObj(partition -> new TopicPartition(topic.name(), partition))
            .toList();
    try (Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      if (ends.entrySet().stream()
          .anyMatch(end -> end.getValue() < positions.getOrDefault(end.getKey(), 0L))) {
        // Another topic of the same name.
        positions.clear();
        revisions.clear();
      }
      Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions);
      for (TopicPartition one : partitions) {
        long beginning = beginnings.getOrDefault(one, 0L);
        consumer.seek(one, Math.max(beginning, positions.getOrDefault(one, beginning)));
      }
      long came = System.nanoTime();
      while (partitions.stream()
          .anyMatch(one -> consumer.position(one) < ends.getOrDefault(one, 0L))) {
        var records = consumer.poll(Duration.ofMillis(200));
        records.forEach(record -> see(record, resource));
        if (!records.isEmpty()) {
          came = System.nanoTime();
        } else if (System.nanoTime() - came > PATIENCE.toNanos()) {
          throw new TimeoutException(
              "Topic %s could not be read to its end".formatted(topic.name()));
        }
      }
      partitions.forEach(one -> positions.put(one, consumer.position(one)));
    }
    return Map.copyOf(revisions);
  }

  private void see(ConsumerRecord<byte[], byte[]> record, String resource) {
    if (record.value() == null) {
      return;
    }
    try {
      Manifest manifest = FORMAT.decode(record.value());
      if (manifest.getResource().equals(resource)) {
        revisions.merge(manifest.getItem(), manifest.getRevision(), Math::max);
      }
    } catch (Undecodable e) {
      // Not ours, or a newer release's: how often an item was revised is for people to look at.
    }
  }
}
