package io.landfall.producer.command;

import io.landfall.producer.overview.Lag;
import io.landfall.schemas.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** How far somebody is behind a topic, and since when. */
final class TopicLag {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** The first record of each partition is enough; Kafka sends it however large it is. */
  private static final int BYTES_AT_ONCE = 64 * 1024;

  private final Admin admin;
  private final Map<String, Object> connection;
  private final Topic topic;

  /**
   * @param connection Kafka client settings
   */
  TopicLag(Admin admin, Map<String, Object> connection, Topic topic) {
    this.admin = admin;
    this.connection = Map.copyOf(connection);
    this.topic = topic;
  }

  /** Where a consumer group has told that it stands; empty where it has told nothing. */
  Map<Integer, Long> told(String group) throws InterruptedException {
    try {
      Map<Integer, Long> told = new HashMap<>();
      admin
          .listConsumerGroupOffsets(group)
          .partitionsToOffsetAndMetadata()
          .get()
          .forEach(
              (partition, offset) -> {
                if (offset != null && partition.topic().equals(topic.name())) {
                  told.put(partition.partition(), offset.offset());
                }
              });
      return told;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GroupIdNotFoundException) {
        return Map.of();
      }
      throw cause(e);
    }
  }

  /**
   * The lag of somebody.
   *
   * @param position where he stands, by partition; empty where that is not known
   */
  Lag of(Map<Integer, Long> position) throws InterruptedException {
    // In this order: what grows meanwhile looks like no gap.
    Map<TopicPartition, Long> begins =
        offsets(OffsetSpec.earliest(), IsolationLevel.READ_UNCOMMITTED);
    Map<TopicPartition, Long> committed =
        offsets(OffsetSpec.latest(), IsolationLevel.READ_COMMITTED);
    Map<TopicPartition, Long> ends = offsets(OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED);
    Map<TopicPartition, Long> from = new HashMap<>();
    begins.forEach(
        (one, beginning) ->
            from.put(
                one,
                position.isEmpty()
                    ? beginning
                    : Math.max(beginning, position.getOrDefault(one.partition(), 0L))));
    long beyond =
        ends.entrySet().stream()
            .mapToLong(end -> position.getOrDefault(end.getKey().partition(), 0L) - end.getValue())
            .filter(more -> more > 0)
            .sum();
    return new Lag(
        !position.isEmpty(),
        sum(committed, from),
        sum(ends, from),
        beyond,
        position.isEmpty() ? Optional.empty() : oldest(from, committed));
  }

  private static long sum(Map<TopicPartition, Long> ends, Map<TopicPartition, Long> from) {
    return ends.entrySet().stream()
        .mapToLong(end -> Math.max(0, end.getValue() - from.getOrDefault(end.getKey(), 0L)))
        .sum();
  }

  /** Behind the last record there may be marks of transactions, which are no records. */
  private Optional<Instant> oldest(
      Map<TopicPartition, Long> from, Map<TopicPartition, Long> committed) {
    Set<TopicPartition> left =
        from.keySet().stream()
            .filter(one -> from.getOrDefault(one, 0L) < committed.getOrDefault(one, 0L))
            .collect(Collectors.toCollection(HashSet::new));
    if (left.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Object> settings = new HashMap<>(connection);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, BYTES_AT_ONCE);
    Map<TopicPartition, Long> first = new HashMap<>();
    try (Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(left);
      left.forEach(one -> consumer.seek(one, from.getOrDefault(one, 0L)));
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (!left.isEmpty()) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          first.putIfAbsent(
              new TopicPartition(record.topic(), record.partition()), record.timestamp());
        }
        left.removeIf(
            one ->
                first.containsKey(one)
                    || consumer.position(one) >= committed.getOrDefault(one, 0L));
        consumer.assign(Set.copyOf(left));
        if (System.nanoTime() > end) {
          throw new TimeoutException(
              "What of topic %s has not been read yet did not come".formatted(topic.name()));
        }
      }
    }
    return first.values().stream().min(Comparator.naturalOrder()).map(Instant::ofEpochMilli);
  }

  private List<TopicPartition> partitions() {
    return IntStream.range(0, topic.partitions())
        .mapToObj(partition -> new TopicPartition(topic.name(), partition))
        .toList();
  }

  private Map<TopicPartition, Long> offsets(OffsetSpec spec, IsolationLevel isolation)
      throws InterruptedException {
    try {
      return admin
          .listOffsets(
              partitions().stream().collect(Collectors.toMap(one -> one, one -> spec)),
              new ListOffsetsOptions(isolation))
          .all()
          .get()
          .entrySet()
          .stream()
          .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().offset()));
    } catch (ExecutionException e) {
      throw cause(e);
    }
  }

  private static KafkaException cause(ExecutionException e) {
    return e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
  }
}
