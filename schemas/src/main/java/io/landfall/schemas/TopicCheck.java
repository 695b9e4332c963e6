package io.landfall.schemas;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Creates the topics that are missing and tells which existing ones would break a promise. Who only
 * looks asks {@link #missing} and {@link #problems}, which create nothing.
 */
public final class TopicCheck {

  private static final Duration KNOWN_WITHIN = Duration.ofSeconds(10);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

  private TopicCheck() {}

  /**
   * Creates what is missing, with the broker's default replication.
   *
   * @return what is wrong with topics that were there before, with the command that mends it; empty
   *     when all is well
   * @throws KafkaException if the broker does not answer or refuses
   */
  public static List<String> ensure(Admin admin, Collection<Topic> topics)
      throws InterruptedException {
    Map<String, Topic> byName = byName(topics);
    List<NewTopic> creations =
        missing(admin, byName.values()).stream().map(TopicCheck::creation).toList();
    for (var creation : admin.createTopics(creations).values().entrySet()) {
      try {
        answer(creation.getValue());
      } catch (TopicExistsException e) {
        // Another program of ours was quicker; its settings are checked below like any other's.
      } catch (TopicAuthorizationException e) {
        // What the broker says does not name the topic.
        throw new TopicAuthorizationException(Set.of(creation.getKey()));
      }
    }
    return problemsOnceKnown(admin, byName);
  }

  /**
   * Which of the topics are not there. Each is asked for by its name: in a list of all, those are
   * left out that this user may not see, and would be taken for missing.
   *
   * @throws KafkaException if the broker does not answer or refuses
   */
  public static List<Topic> missing(Admin admin, Collection<Topic> topics)
      throws InterruptedException {
    Map<String, KafkaFuture<TopicDescription>> asked =
        admin
            .describeTopics(topics.stream().map(Topic::name).distinct().toList())
            .topicNameValues();
    List<Topic> missing = new ArrayList<>();
    for (Topic topic : topics) {
      try {
        var unused = answer(Objects.requireNonNull(asked.get(topic.name())));
      } catch (UnknownTopicOrPartitionException e) {
        missing.add(topic);
      }
    }
    return missing;
  }

  /**
   * What is wrong with topics that are there, with the command that mends it; empty when all is
   * well.
   *
   * @throws KafkaException if the broker does not answer or refuses, or one of them is missing
   */
  public static List<String> problems(Admin admin, Collection<Topic> topics)
      throws InterruptedException {
    return topics.isEmpty() ? List.of() : problemsOnceKnown(admin, byName(topics));
  }

  private static Map<String, Topic> byName(Collection<Topic> topics) {
    return topics.stream()
        .collect(Collectors.toMap(Topic::name, Function.identity(), (a, b) -> a, TreeMap::new));
  }

  /** A topic that is just being created is there for the controller before the brokers know it. */
  private static List<String> problemsOnceKnown(Admin admin, Map<String, Topic> topics)
      throws InterruptedException {
    long end = System.nanoTime() + KNOWN_WITHIN.toNanos();
    while (true) {
      try {
        return problems(admin, topics);
      } catch (UnknownTopicOrPartitionException e) {
        if (System.nanoTime() > end) {
          throw e;
        }
        Thread.sleep(LOOK_AGAIN.toMillis());
      }
    }
  }

  private static NewTopic creation(Topic topic) {
    return new NewTopic(topic.name(), Optional.of(topic.partitions()), Optional.empty())
        .configs(topic.settings());
  }

  private static List<String> problems(Admin admin, Map<String, Topic> topics)
      throws InterruptedException {
    List<ConfigResource> resources =
        topics.keySet().stream()
            .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
            .toList();
    Map<ConfigResource, Config> configs = answer(admin.describeConfigs(resources).all());
    Map<String, TopicDescription> descriptions =
        answer(admin.describeTopics(topics.keySet()).allTopicNames());
    List<String> problems = new ArrayList<>();
    for (ConfigResource resource : resources) {
      Topic topic = topics.get(resource.name());
      Config actual = configs.get(resource);
      TopicDescription description = descriptions.get(resource.name());
      if (topic == null || actual == null || description == null) {
        throw new IllegalStateException("The broker did not describe topic " + resource.name());
      }
      topic.settings().forEach((key, wanted) -> compare(topic, key, wanted, actual, problems));
      int partitions = description.partitions().size();
      if (partitions != topic.partitions()) {
        problems.add(
            "Topic %s has %d partitions, not %d: records of one item would change partition. Create it anew under a new version."
                .formatted(topic.name(), partitions, topic.partitions()));
      }
    }
    return problems;
  }

  private static void compare(
      Topic topic, String key, String wanted, Config actual, List<String> problems) {
    var entry = actual.get(key);
    String found = entry == null ? "" : entry.value();
    if (found.equals(wanted)
        || (key.equals(TopicConfig.MAX_MESSAGE_BYTES_CONFIG) && isAtLeast(found, wanted))) {
      return;
    }
    problems.add(
        "Topic %s has %s=%s, which %s; it must be %s: kafka-configs.sh --alter --entity-type topics --entity-name %s --add-config %s=%s"
            .formatted(
                topic.name(), key, found, consequence(key), wanted, topic.name(), key, wanted));
  }

  private static boolean isAtLeast(String found, String wanted) {
    return !found.isEmpty() && Long.parseLong(found) >= Long.parseLong(wanted);
  }

  private static String consequence(String key) {
    return switch (key) {
      case TopicConfig.CLEANUP_POLICY_CONFIG -> "would remove records that must stay";
      case TopicConfig.RETENTION_MS_CONFIG -> "would delete records by age";
      case TopicConfig.RETENTION_BYTES_CONFIG -> "would delete records by size";
      default -> "would refuse large answers";
    };
  }

  private static <T> T answer(KafkaFuture<T> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof KafkaException cause) {
        throw cause;
      }
      throw new KafkaException(e.getCause());
    }
  }
}
