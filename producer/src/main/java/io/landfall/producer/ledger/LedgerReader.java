package io.landfall.producer.ledger;

import io.landfall.schemas.LedgerEntry;
import io.landfall.schemas.ListedDays;
import io.landfall.schemas.SingleObjectFormat;
import io.landfall.schemas.SingleObjectFormat.Undecodable;
import io.landfall.schemas.Topics;
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
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads the whole ledger, committed entries only. */
public final class LedgerReader {

  private static final SingleObjectFormat<LedgerEntry> ENTRIES =
      SingleObjectFormat.of(LedgerEntry.class);
  private static final SingleObjectFormat<ListedDays> DAYS =
      SingleObjectFormat.of(ListedDays.class);

  private LedgerReader() {}

  /**
   * The latest of everything in it.
   *
   * @param connection Kafka client settings
   */
  public static Known read(Map<String, Object> connection) {
    Map<String, Object> settings = new HashMap<>(connection);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    Map<Integer, LedgerEntry> games = new HashMap<>();
    Optional<ListedDays> days = Optional.empty();
    try (Consumer<String, byte[]> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topics.GAME_LEDGER.name()).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream()
          .anyMatch(one -> consumer.position(one) < ends.getOrDefault(one, 0L))) {
        for (ConsumerRecord<String, byte[]> message : consumer.poll(Duration.ofMillis(200))) {
          if (Topics.LISTED_DAYS.equals(message.key())) {
            days = Optional.of(decode(DAYS, message));
          } else {
            LedgerEntry entry = decode(ENTRIES, message);
            games.put(entry.getGameId(), entry);
          }
        }
      }
    }
    return new Known(games, days);
  }

  private static <T> T decode(
      SingleObjectFormat<T> format, ConsumerRecord<String, byte[]> message) {
    try {
      return format.decode(message.value());
    } catch (Undecodable e) {
      throw new IllegalStateException(
          "Ledger entry %s-%d@%d cannot be read, and without it games might be fetched as if new: %s"
              .formatted(message.topic(), message.partition(), message.offset(), e.getMessage()),
          e);
    }
  }
}
