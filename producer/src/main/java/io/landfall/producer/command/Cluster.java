package io.landfall.producer.command;

import io.landfall.cli.Count;
import io.landfall.cli.LandfallException;
import io.landfall.cli.LandfallSettings;
import io.landfall.cli.RefusalReason;
import io.landfall.cli.Settings;
import io.landfall.cli.kafka.KafkaSettings;
import io.landfall.cli.kafka.OpenTransactions;
import io.landfall.cli.registry.RegistrySettings;
import io.landfall.producer.shape.StateTopic;
import io.landfall.producer.source.Connector;
import io.landfall.schemas.AppliedDefinitions;
import io.landfall.schemas.Dataset;
import io.landfall.schemas.RowEncoding;
import io.landfall.schemas.SchemaIds;
import io.landfall.schemas.Topic;
import io.landfall.schemas.TopicCheck;
import io.landfall.schemas.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/**
 * A Kafka cluster that answers and whose topics keep what they must.
 *
 * @param kafka how to reach it
 * @param topics of one source in one deployment
 * @param admin to ask it
 * @param missing the topics that it does not have; none for who has opened it to work
 */
record Cluster(KafkaSettings kafka, Topics topics, Admin admin, List<Topic> missing)
    implements AutoCloseable {

  private static final int ANSWER_WITHIN_MS = 10_000;

  /** Connects, creates missing topics and refuses unsafe ones. */
  static Cluster open(Settings settings, Connector connector, Clock clock)
      throws InterruptedException {
    List<Topics> all = all(settings, connector);
    Topics topics = all.get(0);
    return checked(
        settings,
        (kafka, admin) -> {
          if (!settings.find(LandfallSettings.ONE_TIME_LOAD).orElse(false)) {
            refuse(lostLedger(admin, topics));
          }
          refuse(TopicCheck.ensure(admin, distinct(all)));
          apply(settings, kafka, admin, connector, clock);
          for (Topics each : all) {
            refuse(new StateTopic(each).problems(kafka.client(Map.of()), admin));
          }
          return new Cluster(kafka, topics, admin, List.of());
        });
  }

  /** Whoever reads a row finds the definition that it was made by. */
  private static Applying.Outcome apply(
      Settings settings, KafkaSettings kafka, Admin admin, Connector connector, Clock clock)
      throws InterruptedException {
    Optional<String> definition = connector.definition();
    if (definition.isEmpty()) {
      return new Applying.Outcome.Same();
    }
    String prefix = KafkaSettings.topicPrefix(settings);
    refuse(TopicCheck.ensure(admin, List.of(AppliedDefinitions.topic(prefix))));
    return new Applying(kafka, prefix, clock).apply(connector, definition.get());
  }

  /** Puts a connector's definition in force, and does nothing else. */
  static Applying.Outcome apply(Settings settings, Connector connector, Clock clock)
      throws InterruptedException {
    KafkaSettings kafka = KafkaSettings.of(settings);
    try (Admin admin = admin(kafka)) {
      kafka.requireRights(admin);
      return apply(settings, kafka, admin, connector, clock);
    } catch (KafkaException e) {
      throw kafka.failure(e);
    }
  }

  /** Refuses to go on as if nothing had ever been fetched. */
  void refuseLostLedger() throws InterruptedException {
    refuse(lostLedger(admin, topics));
  }

  /** A ledger that is gone, though answers were archived with it. */
  private static List<String> lostLedger(Admin admin, Topics topics) throws InterruptedException {
    List<Topic> missing = TopicCheck.missing(admin, topics.all());
    if (missing.contains(topics.answers())
        || (!missing.contains(topics.ledger()) && records(admin, topics.ledger()) > 0)) {
      return List.of();
    }
    long archived = records(admin, topics.answers());
    return archived == 0
        ? List.of()
        : List.of(
            "Topic %s is gone or empty, and with it what is known of the %s of %s: a run would fetch everything again, and what the API no longer serves whole would come as a revision that says less. Nothing was done. Bring the topic back from where it is saved; or go on like that: producer run --one-time-load"
                .formatted(
                    topics.ledger().name(), Count.of(archived, "record"), topics.answers().name()));
  }

  private static long records(Admin admin, Topic topic) throws InterruptedException {
    return OpenTransactions.committedEnds(admin, partitions(topic)).values().stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  private static List<TopicPartition> partitions(Topic topic) {
    return IntStream.range(0, topic.partitions())
        .mapToObj(partition -> new TopicPartition(topic.name(), partition))
        .toList();
  }

  /** Connects and refuses unsafe topics, but creates none: for who only looks. */
  static Cluster look(Settings settings, Connector connector) throws InterruptedException {
    List<Topics> all = all(settings, connector);
    return checked(
        settings,
        (kafka, admin) -> {
          List<Topic> missing = TopicCheck.missing(admin, distinct(all));
          for (Topics each : all) {
            refuse(problems(kafka.client(Map.of()), admin, each, missing));
          }
          return new Cluster(kafka, all.get(0), admin, missing);
        });
  }

  /** The same for another dataset of its source, to be closed with this one. */
  Cluster of(Settings settings, Connector resource) {
    return new Cluster(kafka, topics(settings, resource.dataset()), admin, missing);
  }

  private static List<Topics> all(Settings settings, Connector connector) {
    return connector.resources().stream()
        .map(resource -> topics(settings, resource.dataset()))
        .toList();
  }

  /** Most are the source's, and so each dataset's. */
  private static List<Topic> distinct(List<Topics> all) {
    return all.stream().flatMap(topics -> topics.all().stream()).distinct().toList();
  }

  /** What is wrong with the topics that are there, Kafka Streams' own among them. */
  static List<String> problems(
      Map<String, Object> connection, Admin admin, Topics topics, List<Topic> missing)
      throws InterruptedException {
    List<Topic> present = topics.all().stream().filter(topic -> !missing.contains(topic)).toList();
    return Stream.concat(
            TopicCheck.problems(admin, present).stream(),
            new StateTopic(topics).problems(connection, admin).stream())
        .toList();
  }

  static Topics topics(Settings settings, Dataset dataset) {
    return dataset
        .withTopicPrefix(KafkaSettings.topicPrefix(settings))
        .withEncoding(
            RegistrySettings.of(settings)
                .map(registry -> SchemaIds.of(registry.toString(), registry::schema))
                .map(RowEncoding::reading)
                .orElse(RowEncoding.SINGLE_OBJECT))
        .topics();
  }

  private static void refuse(List<String> unsafe) {
    if (!unsafe.isEmpty()) {
      throw LandfallException.refused(RefusalReason.TOPIC_UNSAFE, String.join("\n", unsafe));
    }
  }

  private interface Check {
    Cluster of(KafkaSettings kafka, Admin admin) throws InterruptedException;
  }

  private static Cluster checked(Settings settings, Check check) throws InterruptedException {
    KafkaSettings kafka = KafkaSettings.of(settings);
    Admin admin = admin(kafka);
    boolean open = false;
    try {
      kafka.requireRights(admin);
      Cluster cluster = check.of(kafka, admin);
      open = true;
      return cluster;
    } catch (KafkaException e) {
      throw kafka.failure(e);
    } finally {
      if (!open) {
        admin.close();
      }
    }
  }

  /** A client for somebody who waits for the answer, unless the user says for how long. */
  static Admin admin(KafkaSettings kafka) {
    try {
      // Kafka refuses an answer that may take less time than a request.
      return Admin.create(
          kafka.clients().containsKey(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG)
                  || kafka.clients().containsKey(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG)
              ? kafka.client(Map.of())
              : kafka.client(
                  Map.of(
                      AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                      ANSWER_WITHIN_MS,
                      AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                      ANSWER_WITHIN_MS / 2)));
    } catch (KafkaException e) {
      throw kafka.failure(e);
    }
  }

  /** Client settings to reach it. */
  Map<String, Object> connection() {
    return kafka.client(Map.of());
  }

  /**
   * Kafka's id of the topic of raw answers. A cluster's own id would not do: the official image
   * gives the same one to every cluster that nobody named, and a topic that is created anew keeps
   * neither its records nor its id.
   */
  Uuid archive() throws InterruptedException {
    try {
      return admin
          .describeTopics(List.of(topics.answers().name()))
          .allTopicNames()
          .get()
          .values()
          .iterator()
          .next()
          .topicId();
    } catch (ExecutionException e) {
      throw kafka.failure(e);
    }
  }

  /**
   * Waits until all that is in a topic is committed or aborted.
   *
   * @throws LandfallException if a transaction stays open
   */
  void awaitEnd(Topic topic) throws InterruptedException {
    try {
      OpenTransactions.awaitEnd(admin, partitions(topic));
    } catch (KafkaException e) {
      throw kafka.failure(e);
    }
  }

  @Override
  public void close() {
    // It would wait for what nobody waits for any more.
    admin.close(Duration.ofSeconds(1));
  }
}
