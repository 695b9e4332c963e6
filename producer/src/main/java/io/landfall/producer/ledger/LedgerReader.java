package io.landfall.producer.ledger;

import io.landfall.schemas.LedgerEntry;
import io.landfall.schemas.SingleObjectFormat;
import io.landfall.schemas.SingleObjectFormat.Undecodable;
import io.landfall.schemas.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the whole ledger, committed entries only. */
public final class LedgerReader {

  private static final SingleObjectFormat<LedgerEntry> FORMAT =
      SingleObjectFormat.of(LedgerEntry.class);

  private LedgerReader() {}

  /**
   * The latest entry of each game, by game id.
   *
   * @param connection Kafka client settings
   */
  public static Map<Integer, LedgerEntry> read(Map<String, Object> connection) {
    Map<String, Object> settings = new HashMap<>(connection);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    Map<Integer, LedgerEntry> entries = new HashMap<>();
    try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings)) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topics.GAME_LEDGER.name()).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream()
          .anyMatch(one -> consumer.position(one) < ends.getOrDefault(one, 0L))) {
        for (ConsumerRecord<byte[], byte[]> message : consumer.poll(Duration.ofMillis(200))) {
          LedgerEntry entry = decode(message);
          entries.put(entry.getGameId(), entry);
        }
      }
    }
    return entries;
  }

  private static LedgerEntry decode(ConsumerRecord<byte[], byte[]> message) {
    try {
      return FORMAT.decode(message.value());
    } catch (Undecodable e) {
      throw new IllegalStateException(
          "Ledger entry %s-%d@%d cannot be read, and without it games might be fetched as if new: %s"
              .formatted(message.topic(), message.partition(), message.offset(), e.getMessage()),
          e);
    }
  }
}
