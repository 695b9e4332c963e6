package io.landfall.producer.command;

import io.landfall.cli.LandfallException;
import io.landfall.cli.Settings;
import io.landfall.cli.kafka.KafkaSettings;
import io.landfall.schemas.Dataset;
import io.landfall.schemas.Topic;
import io.landfall.schemas.TopicCheck;
import io.landfall.schemas.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
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
  static Cluster open(Settings settings, Dataset dataset) throws InterruptedException {
    Topics topics = topics(settings, dataset);
    return checked(
        settings,
        (kafka, admin) -> {
          refuse(TopicCheck.ensure(admin, topics.all()));
          return new Cluster(kafka, topics, admin, List.of());
        });
  }

  /** Connects and refuses unsafe topics, but creates none: for who only looks. */
  static Cluster look(Settings settings, Dataset dataset) throws InterruptedException {
    Topics topics = topics(settings, dataset);
    return checked(
        settings,
        (kafka, admin) -> {
          List<Topic> missing = TopicCheck.missing(admin, topics.all());
          List<Topic> present =
              topics.all().stream().filter(topic -> !missing.contains(topic)).toList();
          refuse(TopicCheck.problems(admin, present));
          return new Cluster(kafka, topics, admin, missing);
        });
  }

  static Topics topics(Settings settings, Dataset dataset) {
    return dataset.withTopicPrefix(KafkaSettings.topicPrefix(settings)).topics();
  }

  private static void refuse(List<String> unsafe) {
    if (!unsafe.isEmpty()) {
      throw LandfallException.refused(String.join("\n", unsafe));
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

  /** A client for somebody who waits for the answer. */
  static Admin admin(KafkaSettings kafka) {
    try {
      return Admin.create(
          kafka.client(
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

  @Override
  public void close() {
    // It would wait for what nobody waits for any more.
    admin.close(Duration.ofSeconds(1));
  }
}
