package io.landfall.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;

/**
 * The names that Kafka's clients know, which is how a misspelt one is found. One that they do not
 * know is warned of, not refused: plug-ins of the clients have settings of their own.
 */
final class PassThroughNames {

  /** What Kafka Streams allows in front of the settings of its own clients. */
  private static final Pattern INNER =
      Pattern.compile(
          "^(?:main\\.consumer|restore\\.consumer|global\\.consumer|consumer|producer|admin)\\.");

  private static final String TOPIC = "topic.";

  private static final Set<String> KAFKA = kafka();

  private PassThroughNames() {}

  private static Set<String> kafka() {
    Set<String> names = new TreeSet<>(ProducerConfig.configNames());
    names.addAll(ConsumerConfig.configNames());
    names.addAll(AdminClientConfig.configNames());
    return names;
  }

  /** What can be written on the command line, as far as it is known. */
  static List<String> flags() {
    return KAFKA.stream().map(name -> "--" + PassThrough.KAFKA.prefix() + name).toList();
  }

  /**
   * A warning for each name that nobody knows.
   *
   * @param origins where each name came from, by the name with its prefix
   */
  static List<String> unknown(Map<String, String> origins, Set<String> streamsNames) {
    List<String> warnings = new ArrayList<>();
    origins.forEach(
        (key, origin) -> {
          if (key.startsWith(PassThrough.KAFKA.prefix())) {
            warn(key, PassThrough.KAFKA.prefix(), KAFKA, origin, warnings);
          } else if (key.startsWith(PassThrough.STREAMS.prefix()) && !streamsNames.isEmpty()) {
            streams(key, streamsNames, origin, warnings);
          }
        });
    return warnings;
  }

  private static void streams(
      String key, Set<String> streamsNames, String origin, List<String> warnings) {
    String prefix = PassThrough.STREAMS.prefix();
    String name = key.substring(prefix.length());
    String bare = INNER.matcher(name).replaceFirst("");
    if (name.startsWith(TOPIC)) {
      warn(key, prefix + TOPIC, topicNames(), origin, warnings);
    } else if (!bare.equals(name)) {
      warn(key, key.substring(0, key.length() - bare.length()), KAFKA, origin, warnings);
    } else {
      Set<String> names = new TreeSet<>(streamsNames);
      names.addAll(KAFKA);
      warn(key, prefix, names, origin, warnings);
    }
  }

  private static Set<String> topicNames() {
    return Set.of(
        TopicConfig.CLEANUP_POLICY_CONFIG,
        TopicConfig.COMPRESSION_TYPE_CONFIG,
        TopicConfig.DELETE_RETENTION_MS_CONFIG,
        TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG,
        TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
        TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG,
        TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG,
        TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
        TopicConfig.RETENTION_BYTES_CONFIG,
        TopicConfig.RETENTION_MS_CONFIG,
        TopicConfig.SEGMENT_BYTES_CONFIG,
        TopicConfig.SEGMENT_MS_CONFIG);
  }

  private static void warn(
      String key, String prefix, Set<String> names, String origin, List<String> warnings) {
    String name = key.substring(prefix.length());
    if (!names.contains(name)) {
      warnings.add(
          "%s: Kafka's clients know no %s.%s"
              .formatted(
                  origin,
                  name,
                  Closest.to(name, names)
                      .map(close -> " Did you mean %s%s?".formatted(prefix, close))
                      .orElse("")));
    }
  }
}
