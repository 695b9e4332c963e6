package io.landfall.producer.ledger;

import io.landfall.cli.LandfallException;
import io.landfall.cli.kafka.OpenTransactions;
import io.landfall.schemas.SingleObjectFormat;
import io.landfall.schemas.SingleObjectFormat.Undecodable;
import io.landfall.schemas.Topic;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** A topic of which the last record of each key counts, read from beginning to end. */
public final class CompactedTopic {

  private static final Duration NOTHING_COMES_WITHIN = Duration.ofSeconds(30);

  private CompactedTopic() {}

  /**
   * The last record of each key, of all that is there; a key whose last one has no value is
   * forgotten.
   *
   * @param connection Kafka client settings
   * @throws LandfallException if records lie behind an open transaction, or one has no key
   */
  public static Map<String, ConsumerRecord<String, byte[]>> read(
      Map<String, Object> connection, Topic topic) {
    try (Admin admin = Admin.create(connection)) {
      OpenTransactions.awaitEnd(admin, partitions(topic));
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
    return readCommitted(connection, topic);
  }

  /** The same of what is committed now; what lies behind an open transaction is not seen. */
  static Map<String, ConsumerRecord<String, byte[]>> readCommitted(
      Map<String, Object> connection, Topic topic) {
    Map<String, Object> settings = new HashMap<>(connection);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    Map<String, ConsumerRecord<String, byte[]>> last = new HashMap<>();
    try (Consumer<String, byte[]> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
      Collection<TopicPartition> partitions = partitions(topic);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      long came = System.nanoTime();
      while (partitions.stream()
          .anyMatch(one -> consumer.position(one) < ends.getOrDefault(one, 0L))) {
        var records = consumer.poll(Duration.ofMillis(200));
        records.forEach(record -> put(last, record));
        if (!records.isEmpty()) {
          came = System.nanoTime();
        } else if (System.nanoTime() - came > NOTHING_COMES_WITHIN.toNanos()) {
          throw new TimeoutException(
              "Topic %s could not be read to its end".formatted(topic.name()));
        }
      }
    }
    return last;
  }

  private static List<TopicPartition> partitions(Topic topic) {
    return IntStream.range(0, topic.partitions())
        .mapToObj(partition -> new TopicPartition(topic.name(), partition))
        .toList();
  }

  private static void put(
      Map<String, ConsumerRecord<String, byte[]>> last, ConsumerRecord<String, byte[]> record) {
    if (record.key() == null) {
      throw LandfallException.refused(
          "Record %s has no key, and without it nobody knows what it says something of; no program of Landfall writes such a one. Kafka drops it when it compacts the topic: kafka-configs.sh --alter --entity-type topics --entity-name %s --add-config min.cleanable.dirty.ratio=0,segment.ms=60000; when a run goes on, the same with --delete-config min.cleanable.dirty.ratio,segment.ms"
              .formatted(place(record), record.topic()));
    }
    if (record.value() == null) {
      last.remove(record.key());
    } else {
      last.put(record.key(), record);
    }
  }

  /**
   * What a record says.
   *
   * @throws LandfallException if it cannot be read: it hides what was done, so nothing goes on
   */
  public static <T> T decode(SingleObjectFormat<T> format, ConsumerRecord<String, byte[]> record) {
    try {
      return format.decode(record.value());
    } catch (Undecodable e) {
      throw LandfallException.refused(
          "Record %s, key %s, cannot be read, and without it what was done might be done again: %s. If a newer Landfall wrote it, run that one. To forget the key, so that what it says is done again: %s"
              .formatted(
                  place(record),
                  record.key(),
                  e.getMessage(),
                  forgetting(record.key(), record.topic())),
          e);
    }
  }

  /** The command that sends a record without a value. */
  static String forgetting(String key, String topic) {
    return "echo '%s|NULL' | kafka-console-producer.sh --topic %s --property parse.key=true --property key.separator='|' --property null.marker=NULL"
        .formatted(key, topic);
  }

  private static String place(ConsumerRecord<String, byte[]> record) {
    return "%s, partition %d, offset %d"
        .formatted(record.topic(), record.partition(), record.offset());
  }
}
