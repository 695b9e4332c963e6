package io.landfall.cli;

import static java.util.Map.entry;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Settings of Kafka's clients, of Kafka Streams and of Spark, handed on under their own names:
 * {@code kafka.security.protocol}, {@code streams.num.stream.threads}, {@code
 * spark.sql.shuffle.partitions}. Those that a promise rests on are refused.
 */
public enum PassThrough {
  /** For every Kafka client of a program. */
  KAFKA("kafka.", "to every Kafka client"),
  /** For shape's Kafka Streams, without the prefix. */
  STREAMS("streams.", "to the Kafka Streams of shape"),
  /** For the consumer's Spark session; Spark's own names begin with the prefix. */
  SPARK("spark.", "to the Spark session");

  private static final String BY_ITEM =
      "an item's answers would be spread over partitions, and its rows emitted again";

  private static final Map<String, String> REFUSED =
      Map.ofEntries(
          entry("isolation.level", "rows of aborted transactions would be seen"),
          entry("enable.idempotence", "a retry could write a record twice"),
          entry("acks", "a record could be lost with one broker"),
          entry("transactional.id", "a second producer would not be fenced"),
          entry("partitioner.class", BY_ITEM),
          entry("partitioner.ignore.keys", BY_ITEM),
          entry("processing.guarantee", "rows could be written twice or without their state"),
          entry("production.exception.handler", "rows that Kafka refuses would be passed over"),
          entry("processing.exception.handler", "answers that fail would be passed over"),
          entry("application.id", "all rows would be shaped as if new"),
          entry("failOnDataLoss", "lost offsets would be passed over in silence"),
          entry("enable.auto.commit", "a position would be noted before its records are safe"),
          entry("auto.offset.reset", "lost offsets would be passed over in silence"),
          entry("bootstrap.servers", "it has a setting of its own: bootstrap-servers"),
          entry("state.dir", "it has a setting of its own: state-dir"));

  private static final Pattern SECRET =
      Pattern.compile(
          // Azure's end with the account that the key opens.
          "passw(?:or)?d|passphrase|secret|token|jaas|credential|user\\.info$|\\.key$|\\.account\\.key\\.|\\.sas\\.",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern PLACE =
      Pattern.compile(
          "\\.(?:provider|providers|class|url|path|file|location|type)$", Pattern.CASE_INSENSITIVE);

  private final String prefix;
  private final String goesTo;

  PassThrough(String prefix, String goesTo) {
    this.prefix = prefix;
    this.goesTo = goesTo;
  }

  /** Who gets them, for help texts. */
  String goesTo() {
    return goesTo;
  }

  /** What its keys begin with, the dot included. */
  public String prefix() {
    return prefix;
  }

  /** Settings that are refused, each with what would happen. */
  public static Map<String, String> refused() {
    return REFUSED;
  }

  static boolean isPassedThrough(String key) {
    return List.of(values()).stream()
        .anyMatch(one -> key.startsWith(one.prefix) && key.length() > one.prefix.length());
  }

  /**
   * The key that an environment variable stands for: {@code LANDFALL_KAFKA_LINGER_MS} is
   * kafka.linger.ms.
   */
  static Optional<String> keyOf(String environmentVariable) {
    String key =
        environmentVariable
            .substring(Settings.ENVIRONMENT_PREFIX.length())
            .toLowerCase(Locale.ROOT)
            .replace('_', '.');
    return isPassedThrough(key) ? Optional.of(key) : Optional.empty();
  }

  /** Why this key cannot be passed through, if it cannot. */
  static Optional<String> refusal(String key) {
    return REFUSED.entrySet().stream()
        .filter(
            refused ->
                key.toLowerCase(Locale.ROOT)
                    .endsWith("." + refused.getKey().toLowerCase(Locale.ROOT)))
        .map(refused -> "it cannot be set, because " + refused.getValue())
        .findFirst();
  }

  /** Whether its value says where a secret is, or who knows it, and is none itself. */
  static boolean isPlace(String key) {
    return PLACE.matcher(key).find();
  }

  /** Whether its value must never be shown. */
  public static boolean isSecret(String key) {
    return SECRET.matcher(key).find();
  }
}
