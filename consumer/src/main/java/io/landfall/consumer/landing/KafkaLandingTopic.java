package io.landfall.consumer.landing;

import io.landfall.cli.LandfallException;
import io.landfall.cli.RefusalReason;
import io.landfall.cli.kafka.KafkaSettings;
import io.landfall.cli.kafka.OpenTransaction;
import io.landfall.cli.kafka.OpenTransactions;
import io.landfall.schemas.Topic;
import io.landfall.schemas.TopicCheck;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** A landing topic as its broker describes it; each question is one request. */
public final class KafkaLandingTopic implements LandingTopic {

  /** How long the broker may take; also what a user waits for when there is none. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final Topic topic;
  private final KafkaSettings kafka;
  private final Admin admin;

  /** Of the last look; the thread of a query looks too. */
  private volatile TopicDescription description;

  private KafkaLandingTopic(Topic topic, KafkaSettings kafka, Admin admin)
      throws InterruptedException {
    this.topic = topic;
    this.kafka = kafka;
    this.admin = admin;
    this.description = describe();
  }

  /**
   * Finds the topic, and creates it where it is missing.
   *
   * @throws LandfallException if the broker does not answer, or the topic's settings would break a
   *     promise
   */
  public static KafkaLandingTopic open(Topic topic, KafkaSettings kafka)
      throws InterruptedException {
    return found(topic, kafka, admin -> TopicCheck.ensure(admin, List.of(topic)));
  }

  /**
   * Finds the topic and creates nothing: for who only looks, and for a table that has rows of it.
   *
   * @throws LandfallException if it is missing, too
   */
  public static KafkaLandingTopic existing(Topic topic, KafkaSettings kafka)
      throws InterruptedException {
    return found(
        topic,
        kafka,
        admin -> {
          if (!TopicCheck.missing(admin, List.of(topic)).isEmpty()) {
            throw gone(topic, kafka);
          }
          return TopicCheck.problems(admin, List.of(topic));
        });
  }

  private interface Check {
    List<String> problems(Admin admin) throws InterruptedException;
  }

  private static KafkaLandingTopic found(Topic topic, KafkaSettings kafka, Check check)
      throws InterruptedException {
    Admin admin;
    try {
      admin = Admin.create(settings(kafka));
    } catch (KafkaException e) {
      throw kafka.failure(e);
    }
    boolean opened = false;
    try {
      kafka.requireRights(admin);
      List<String> problems = check.problems(admin);
      if (!problems.isEmpty()) {
        throw LandfallException.refused(RefusalReason.TOPIC_UNSAFE, String.join("\n", problems));
      }
      KafkaLandingTopic found = new KafkaLandingTopic(topic, kafka, admin);
      opened = true;
      return found;
    } catch (KafkaException e) {
      throw kafka.failure(e);
    } finally {
      if (!opened) {
        admin.close(Duration.ZERO);
      }
    }
  }

  private static Map<String, Object> settings(KafkaSettings kafka) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(AdminClientConfig.CLIENT_ID_CONFIG, "landfall-consumer");
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
    settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis() / 2);
    settings.put(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
    return kafka.client(settings);
  }

  @Override
  public String name() {
    return topic.name();
  }

  /**
   * The id that Kafka gave this topic when it was created; another topic of its name has another.
   */
  @Override
  public String id() {
    return description.topicId().toString();
  }

  @Override
  public Set<Integer> partitions() {
    return description.partitions().stream()
        .map(TopicPartitionInfo::partition)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Override
  public void refresh() throws InterruptedException {
    description = describe();
  }

  @Override
  public Offsets beginnings() throws InterruptedException {
    return offsets(OffsetSpec.earliest(), IsolationLevel.READ_UNCOMMITTED);
  }

  @Override
  public Offsets since(Instant time) throws InterruptedException {
    Offsets ends = committedEnds();
    Offsets found =
        offsets(OffsetSpec.forTimestamp(time.toEpochMilli()), IsolationLevel.READ_COMMITTED);
    TreeMap<Integer, Long> since = new TreeMap<>();
    for (Map.Entry<Integer, Long> end : ends.byPartition().entrySet()) {
      long offset = found.in(end.getKey());
      since.put(end.getKey(), offset < 0 ? end.getValue() : offset);
    }
    return new Offsets(since);
  }

  @Override
  public Offsets committedEnds() throws InterruptedException {
    return offsets(OffsetSpec.latest(), IsolationLevel.READ_COMMITTED);
  }

  @Override
  public Offsets ends() throws InterruptedException {
    return offsets(OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED);
  }

  @Override
  public List<OpenTransaction> openTransactions() throws InterruptedException {
    try {
      return OpenTransactions.oldest(
          admin,
          partitions().stream()
              .map(partition -> new TopicPartition(topic.name(), partition))
              .toList());
    } catch (UnknownTopicOrPartitionException e) {
      throw gone(topic, kafka);
    } catch (KafkaException e) {
      throw kafka.failure(e);
    }
  }

  private Offsets offsets(OffsetSpec which, IsolationLevel isolation) throws InterruptedException {
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    for (TopicPartitionInfo partition : description.partitions()) {
      wanted.put(new TopicPartition(topic.name(), partition.partition()), which);
    }
    TreeMap<Integer, Long> offsets = new TreeMap<>();
    answer(admin.listOffsets(wanted, new ListOffsetsOptions(isolation)).all())
        .forEach((partition, found) -> offsets.put(partition.partition(), found.offset()));
    return new Offsets(offsets);
  }

  private TopicDescription describe() throws InterruptedException {
    TopicDescription found =
        answer(admin.describeTopics(List.of(topic.name())).allTopicNames()).get(topic.name());
    if (found == null) {
      throw new IllegalStateException("The broker did not describe topic " + topic.name());
    }
    return found;
  }

  private <T> T answer(KafkaFuture<T> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        throw gone(topic, kafka);
      }
      throw kafka.failure(e.getCause() == null ? e : e.getCause());
    }
  }

  private static LandfallException gone(Topic topic, KafkaSettings kafka) {
    return LandfallException.refused(
        RefusalReason.TOPIC_MISSING,
        "Topic %s is not in Kafka at %s: it is gone, or this is another cluster. Nothing was written; the table is as it was. Bring the topic back from where it was moved or saved, or, once there is a new topic of that name, go on with it: landfall consumer run --adopt-topic"
            .formatted(topic.name(), kafka.bootstrapServers()));
  }

  /**
   * Where a table's position in it is published, for whoever watches.
   *
   * @param group a consumer group that nobody joins
   */
  public PublishedPosition published(String group) {
    return new PublishedPosition(admin, group, topic.name());
  }

  /** The table stands there now. */
  public void publish(PublishedPosition published, Offsets position) {
    published.at(position, partitions());
  }

  @Override
  public void close() {
    admin.close(Duration.ofSeconds(1));
  }
}
