package io.landfall.cli.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.jspecify.annotations.Nullable;

/**
 * Which of the rights that a command needs this user lacks. An error of Kafka often says neither
 * which right is missing nor on what; so the cluster is asked what this user may do.
 */
final class MissingRights {

  /** Who asks why something was refused has waited already. */
  private static final int ANSWER_WITHIN_MS = 5_000;

  private static final Duration TIME_TO_CLOSE = Duration.ofSeconds(1);

  private final Admin admin;
  private final Collection<AclBinding> needed;
  private final List<AclBinding> missing = new ArrayList<>();
  private final List<AclBinding> toCreate = new ArrayList<>();

  private MissingRights(Admin admin, Collection<AclBinding> needed) {
    this.admin = admin;
    this.needed = needed;
  }

  /**
   * Those on topics, by one request. A topic that is not there yet is passed over.
   *
   * @throws KafkaException if the cluster does not answer
   */
  static List<AclBinding> onTopics(Admin admin, Collection<AclBinding> needed)
      throws InterruptedException {
    MissingRights rights = new MissingRights(admin, needed);
    rights.topics();
    return rights.missing;
  }

  /**
   * All of them, as far as the cluster tells. Where none is missing, and topics are, what is
   * missing is the right to create those.
   *
   * @param settings of a client of this user
   */
  static List<AclBinding> all(Map<String, ?> settings, Collection<AclBinding> needed) {
    Map<String, Object> quick = new LinkedHashMap<>(settings);
    quick.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_WITHIN_MS);
    quick.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_WITHIN_MS / 2);
    try {
      Admin asking = Admin.create(quick);
      try {
        MissingRights rights = new MissingRights(asking, needed);
        rights.topics();
        rights.groups();
        rights.transactions();
        return rights.missing.isEmpty() ? rights.toCreate : rights.missing;
      } finally {
        asking.close(TIME_TO_CLOSE);
      }
    } catch (KafkaException e) {
      // What it was asked for is known without its answer, only less exactly.
      return List.of();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  private void topics() throws InterruptedException {
    Map<String, List<AclBinding>> wanted = byName(ResourceType.TOPIC);
    var asked =
        admin
            .describeTopics(
                wanted.keySet(), new DescribeTopicsOptions().includeAuthorizedOperations(true))
            .topicNameValues();
    for (Map.Entry<String, List<AclBinding>> one : wanted.entrySet()) {
      try {
        compare(one.getValue(), answer(asked.get(one.getKey())).authorizedOperations());
      } catch (UnknownTopicOrPartitionException e) {
        toCreate.add(
            new AclBinding(
                one.getValue().get(0).pattern(),
                new AccessControlEntry(
                    "User:*", "*", AclOperation.CREATE, AclPermissionType.ALLOW)));
      } catch (AuthorizationException e) {
        missing.addAll(withoutSight(one.getValue()));
      }
    }
  }

  /** A group that is not there yet has no rights to tell. */
  private void groups() throws InterruptedException {
    Map<String, List<AclBinding>> wanted = byName(ResourceType.GROUP);
    var asked =
        admin
            .describeConsumerGroups(
                wanted.keySet(),
                new DescribeConsumerGroupsOptions().includeAuthorizedOperations(true))
            .describedGroups();
    for (Map.Entry<String, List<AclBinding>> one : wanted.entrySet()) {
      try {
        compare(one.getValue(), answer(asked.get(one.getKey())).authorizedOperations());
      } catch (AuthorizationException e) {
        missing.addAll(withoutSight(one.getValue()));
      } catch (KafkaException e) {
        // Not there yet; whether it may be used is seen when it is.
      }
    }
  }

  /** Of these a cluster tells no more than whether they may be looked at. */
  private void transactions() throws InterruptedException {
    Map<String, List<AclBinding>> wanted = byName(ResourceType.TRANSACTIONAL_ID);
    var asked = admin.describeTransactions(wanted.keySet());
    for (Map.Entry<String, List<AclBinding>> one : wanted.entrySet()) {
      try {
        var unused = answer(asked.description(one.getKey()));
      } catch (AuthorizationException e) {
        missing.addAll(one.getValue());
      } catch (KafkaException e) {
        // Not there yet.
      }
    }
  }

  /** A prefix is a name that begins with itself. */
  private Map<String, List<AclBinding>> byName(ResourceType type) {
    return needed.stream()
        .filter(one -> one.pattern().resourceType() == type)
        .collect(
            Collectors.groupingBy(
                one -> one.pattern().name(), LinkedHashMap::new, Collectors.toList()));
  }

  private void compare(List<AclBinding> wanted, @Nullable Set<AclOperation> allowed) {
    // A cluster that is not asked with these, or does not know them, tells none.
    if (allowed != null) {
      wanted.stream()
          .filter(one -> !allowed.contains(one.entry().operation()))
          .forEach(missing::add);
    }
  }

  /**
   * To see a thing at all comes with the right to read or to write it, and not with the one to see
   * its settings: whether that one is there is not known.
   */
  private static List<AclBinding> withoutSight(List<AclBinding> wanted) {
    return wanted.stream()
        .filter(one -> one.entry().operation() != AclOperation.DESCRIBE_CONFIGS)
        .toList();
  }

  private static <T> T answer(@Nullable KafkaFuture<T> future) throws InterruptedException {
    if (future == null) {
      throw new KafkaException("The cluster did not answer for all");
    }
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
    }
  }

  /** As a reader of an authorizer's rules would say it: READ and WRITE on topic x. */
  static String words(Collection<AclBinding> rights) {
    Map<ResourcePattern, List<AclOperation>> byResource = new LinkedHashMap<>();
    rights.forEach(
        one ->
            byResource
                .computeIfAbsent(one.pattern(), resource -> new ArrayList<>())
                .add(one.entry().operation()));
    return byResource.entrySet().stream()
        .map(
            one ->
                "%s on %s"
                    .formatted(
                        one.getValue().stream()
                            .map(AclOperation::name)
                            .collect(Collectors.joining(" and ")),
                        words(one.getKey())))
        .collect(Collectors.joining(", "));
  }

  static String words(ResourcePattern resource) {
    String type = resource.resourceType().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    if (resource.resourceType() == ResourceType.CLUSTER) {
      return "the cluster";
    }
    return resource.patternType() == PatternType.PREFIXED
        ? "every %s that begins with %s".formatted(type, resource.name())
        : "%s %s".formatted(type, resource.name());
  }
}
