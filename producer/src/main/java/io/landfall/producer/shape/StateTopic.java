package io.landfall.producer.shape;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.landfall.cli.LandfallException;
import io.landfall.cli.kafka.OpenTransactions;
import io.landfall.schemas.Topic;
import io.landfall.schemas.TopicCheck;
import io.landfall.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The topic that Kafka Streams keeps shape's state in, and makes by itself. A state that has lost a
 * row emits it again as if it were new, so it is checked like the topics of our own.
 */
public final class StateTopic {

  private static final Duration READ_WITHIN = Duration.ofSeconds(30);

  private final Topics topics;
  private final Topic changelog;

  public StateTopic(Topics topics) {
    this.topics = topics;
    this.changelog =
        new Topic(
            "%s-%s-changelog".formatted(applicationId(topics), ShapeTopology.STATE_STORE),
            topics.answers().partitions(),
            Topic.Kept.LAST_OF_KEY);
  }

  /** The Streams application id: names the consumer group and the changelog topic. */
  public static String applicationId(Topics topics) {
    return topics.shape();
  }

  String name() {
    return changelog.name();
  }

  /** What Kafka Streams is to make it with. */
  Map<String, String> settings() {
    return changelog.settings();
  }

  /**
   * What is wrong with it, with the way out; empty when all is well. That it is not there yet is
   * well, as long as nothing was shaped.
   *
   * @param connection Kafka client settings
   * @throws KafkaException if the broker does not answer or refuses
   */
  public List<String> problems(Map<String, Object> connection, Admin admin)
      throws InterruptedException {
    boolean isThere = isThere(admin);
    if (isThere) {
      int partitions = partitions(admin);
      if (partitions != changelog.partitions()) {
        return List.of(
            "Topic %s, which holds the state of shape, has %d partitions, not %d: items would not find their state, and their rows would be emitted again. %s"
                .formatted(changelog.name(), partitions, changelog.partitions(), wayOut()));
      }
      List<String> problems = TopicCheck.problems(admin, List.of(changelog));
      if (!problems.isEmpty()) {
        return problems;
      }
    }
    return lost(connection, admin, isThere);
  }

  /** Whether anything was ever shaped, or an administrator has made it. */
  boolean isThere(Admin admin) throws InterruptedException {
    return TopicCheck.missing(admin, List.of(changelog)).isEmpty();
  }

  private int partitions(Admin admin) throws InterruptedException {
    return answer(admin.describeTopics(List.of(changelog.name())).allTopicNames())
        .values()
        .iterator()
        .next()
        .partitions()
        .size();
  }

  /** Each manifest was committed with a state, in the partition of the same number. */
  private List<String> lost(Map<String, Object> connection, Admin admin, boolean isThere)
      throws InterruptedException {
    if (!TopicCheck.missing(admin, List.of(topics.manifests())).isEmpty()) {
      return List.of();
    }
    Map<TopicPartition, Long> emitted = offsets(admin, topics.manifests(), OffsetSpec.latest());
    Map<TopicPartition, Long> beginnings =
        isThere ? offsets(admin, changelog, OffsetSpec.earliest()) : Map.of();
    Map<TopicPartition, Long> ends =
        isThere ? offsets(admin, changelog, OffsetSpec.latest()) : Map.of();
    List<String> problems = new ArrayList<>();
    for (TopicPartition manifests : partitions(topics.manifests())) {
      TopicPartition state = new TopicPartition(changelog.name(), manifests.partition());
      long beginning = beginnings.getOrDefault(state, 0L);
      boolean empty = ends.getOrDefault(state, 0L) == 0;
      if (beginning > 0) {
        problems.add(
            "Topic %s, partition %d, begins at offset %d: a part of the state of shape was deleted, and rows would be emitted again as revision 1. %s"
                .formatted(state.topic(), state.partition(), beginning, wayOut()));
      } else if (empty
          && emitted.getOrDefault(manifests, 0L) > 0
          && holdsManifests(connection, manifests)) {
        problems.add(
            "Topic %s, partition %d, is %s, and rows were shaped: the state of shape was deleted, and all rows would be emitted again as revision 1. %s"
                .formatted(
                    state.topic(), state.partition(), isThere ? "empty" : "not there", wayOut()));
      }
    }
    return problems;
  }

  private String wayOut() {
    return "Bring the topic back from where it was saved; or shape everything anew into an empty topic and a new table: stop all programs, delete the topics %s, %s, %s and %s, the group %s and the folders of --state-dir, and run again."
        .formatted(
            changelog.name(),
            topics.landing().name(),
            topics.manifests().name(),
            topics.deadLetters().name(),
            applicationId(topics));
  }

  /**
   * Whether any of the resource's was committed: what a killed shape had begun does not count, nor
   * do those of other resources of the source.
   */
  private boolean holdsManifests(Map<String, Object> connection, TopicPartition partition) {
    Map<String, Object> settings = new HashMap<>(connection);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    String ours = topics.dataset().resource() + "/";
    try (Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      long start = System.nanoTime();
      while (consumer.position(partition) < end
          && System.nanoTime() - start < READ_WITHIN.toNanos()) {
        for (ConsumerRecord<byte[], byte[]> manifest : consumer.poll(Duration.ofMillis(200))) {
          if (manifest.key() != null && new String(manifest.key(), UTF_8).startsWith(ours)) {
            return true;
          }
        }
      }
      return false;
    }
  }

  /**
   * Waits until all of it is committed or aborted: what is not yet is not in the state that Kafka
   * Streams reads back.
   *
   * @throws LandfallException if a transaction stays open
   */
  void awaitEnd(Admin admin) throws InterruptedException {
    try {
      if (isThere(admin)) {
        OpenTransactions.awaitEnd(admin, partitions(changelog));
      }
    } catch (KafkaException e) {
      throw ArchiveOffsets.unanswered(e);
    }
  }

  private static List<TopicPartition> partitions(Topic topic) {
    return IntStream.range(0, topic.partitions())
        .mapToObj(partition -> new TopicPartition(topic.name(), partition))
        .toList();
  }

  private static Map<TopicPartition, Long> offsets(Admin admin, Topic topic, OffsetSpec spec)
      throws InterruptedException {
    return answer(
            admin
                .listOffsets(
                    partitions(topic).stream().collect(Collectors.toMap(one -> one, one -> spec)))
                .all())
        .entrySet()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().offset()));
  }

  private static <T> T answer(KafkaFuture<T> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
    }
  }
}
