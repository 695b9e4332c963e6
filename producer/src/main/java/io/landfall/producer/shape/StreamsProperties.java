package io.landfall.producer.shape;

import io.landfall.schemas.Topic;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * What Kafka Streams is told: what suits shape, then what the user says, then what the promises
 * rest on.
 */
final class StreamsProperties {

  /** Answers of an item are large: this bounds the memory that is read ahead. */
  private static final int ITEMS_READ_AHEAD = 20;

  /** One is chosen by the other: who sets one, sets both. */
  private static final List<String> LIVENESS =
      List.of(
          ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG);

  private final Map<String, Object> users;
  private final Map<String, Object> all = new HashMap<>();

  private StreamsProperties(Map<String, Object> users) {
    this.users = users;
  }

  /**
   * All of them.
   *
   * @param connection Kafka client settings, by their bare names
   * @param streams settings of Kafka Streams
   */
  static Properties of(
      Map<String, Object> connection,
      Map<String, String> streams,
      String applicationId,
      Path stateFolder) {
    Map<String, Object> users = new HashMap<>(connection);
    users.putAll(streams);
    StreamsProperties properties = new StreamsProperties(users);
    properties.suggest();
    properties.all.putAll(users);
    properties.insist(applicationId, stateFolder);
    Properties result = new Properties();
    result.putAll(properties.all);
    return result;
  }

  private void suggest() {
    all.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, -1);
    all.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 2);
    all.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 200);
    all.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
    all.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, ITEMS_READ_AHEAD);
    toConsumer(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, ITEMS_READ_AHEAD);
    if (LIVENESS.stream().noneMatch(name -> isUsers(StreamsConfig.CONSUMER_PREFIX, name))) {
      toConsumer(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
      toConsumer(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 2_000);
    }
    toProducer(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
    toProducer(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 10_000);
  }

  private void toConsumer(String name, Object value) {
    suggest(StreamsConfig.CONSUMER_PREFIX, name, value);
  }

  private void toProducer(String name, Object value) {
    suggest(StreamsConfig.PRODUCER_PREFIX, name, value);
  }

  /** With a prefix, it would win over what the user says without one. */
  private void suggest(String prefix, String name, Object value) {
    if (!isUsers(prefix, name)) {
      all.put(prefix + name, value);
    }
  }

  private boolean isUsers(String prefix, String name) {
    return Stream.of("", prefix, StreamsConfig.MAIN_CONSUMER_PREFIX)
        .anyMatch(front -> users.containsKey(front + name));
  }

  private void insist(String applicationId, Path stateFolder) {
    all.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
    all.put(StreamsConfig.STATE_DIR_CONFIG, stateFolder.toString());
    all.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    all.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
    // With less, a dead letter could be too large for the topic of those.
    all.put(
        StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
        Topic.MAX_DEAD_LETTER_BYTES);
  }
}
