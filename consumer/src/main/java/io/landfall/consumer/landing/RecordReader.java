package io.landfall.consumer.landing;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads stretches of partitions, committed records only, in one thread and within bounded memory.
 * It never skips: an offset that the broker no longer has is an {@link
 * org.apache.kafka.clients.consumer.OffsetOutOfRangeException}.
 */
public final class RecordReader {

  /** How long the broker may give nothing although there is something. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Duration POLL = Duration.ofMillis(500);

  /** What is done with each record; it may end the reading by an exception of its own. */
  @FunctionalInterface
  public interface Visitor<E extends Exception> {
    void visit(ConsumerRecord<byte[], byte[]> record) throws E;
  }

  private final String topic;
  private final Map<String, Object> settings;

  public RecordReader(String bootstrapServers, String topic) {
    this.topic = topic;
    this.settings = settings(bootstrapServers);
  }

  private static Map<String, Object> settings(String bootstrapServers) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "landfall-consumer-reader");
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, IsolationLevel.READ_COMMITTED.toString());
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
    settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 4 * 1024 * 1024);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
    settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 50);
    return settings;
  }

  /** Visits every committed record of the ranges, in order within each range. */
  public <E extends Exception> void read(Collection<OffsetRange> ranges, Visitor<E> visitor)
      throws E {
    Map<TopicPartition, OffsetRange> open = new HashMap<>();
    ranges.forEach(range -> open.put(new TopicPartition(topic, range.partition()), range));
    if (open.size() != ranges.size()) {
      throw new IllegalArgumentException("A partition stands twice in " + ranges);
    }
    try (var consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.copyOf(open.keySet()));
      open.forEach((partition, range) -> consumer.seek(partition, range.from()));
      long lastProgress = System.nanoTime();
      long position = 0;
      while (!open.isEmpty()) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          OffsetRange range = open.get(new TopicPartition(topic, record.partition()));
          if (range != null && record.offset() < range.to()) {
            visitor.visit(record);
          }
        }
        long now = positions(consumer);
        if (now > position) {
          position = now;
          lastProgress = System.nanoTime();
        } else if (System.nanoTime() - lastProgress > PATIENCE.toNanos()) {
          throw new TimeoutException(
              "no progress for %d s within %s".formatted(PATIENCE.toSeconds(), ranges));
        }
        closeFinished(consumer, open);
      }
    }
  }

  private static long positions(KafkaConsumer<?, ?> consumer) {
    return consumer.assignment().stream().mapToLong(consumer::position).sum();
  }

  /** Markers and aborted records move the position too, so a range ends even if nothing ends it. */
  private static void closeFinished(
      KafkaConsumer<?, ?> consumer, Map<TopicPartition, OffsetRange> open) {
    List<TopicPartition> finished =
        open.entrySet().stream()
            .filter(entry -> consumer.position(entry.getKey()) >= entry.getValue().to())
            .map(Map.Entry::getKey)
            .toList();
    consumer.pause(finished);
    finished.forEach(open::remove);
  }
}
