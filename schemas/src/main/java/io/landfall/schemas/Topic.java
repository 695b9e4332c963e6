package io.landfall.schemas;

import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;

/**
 * A topic and the settings that the promises rest on.
 *
 * @param kept whether every record is kept for ever, or the last one of each key
 * @param maxRecordBytes the largest record that the broker takes
 */
public record Topic(String name, int partitions, Kept kept, int maxRecordBytes) {

  /** How long a topic keeps its records. No topic of Landfall forgets by age or by size. */
  public enum Kept {
    /** Every record, for ever. */
    ALL,
    /** The last record of each key, for ever. */
    LAST_OF_KEY
  }

  /**
   * An item's raw answers may be large before compression, and a client checks that size. Brokers
   * and clients are both told this limit, in bytes.
   */
  public static final int MAX_RECORD_BYTES = 16 * 1024 * 1024;

  /** A dead letter holds another record whole, and says more about it. */
  public static final int MAX_DEAD_LETTER_BYTES = MAX_RECORD_BYTES + 1024 * 1024;

  /** A topic for records of the usual size. */
  public Topic(String name, int partitions, Kept kept) {
    this(name, partitions, kept, MAX_RECORD_BYTES);
  }

  /** The settings that must hold on the broker, by their Kafka names. */
  public Map<String, String> settings() {
    String limit = Integer.toString(maxRecordBytes);
    return switch (kept) {
      case ALL ->
          Map.of(
              TopicConfig.CLEANUP_POLICY_CONFIG,
              TopicConfig.CLEANUP_POLICY_DELETE,
              TopicConfig.RETENTION_MS_CONFIG,
              "-1",
              TopicConfig.RETENTION_BYTES_CONFIG,
              "-1",
              TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
              limit);
      case LAST_OF_KEY ->
          Map.of(
              TopicConfig.CLEANUP_POLICY_CONFIG,
              TopicConfig.CLEANUP_POLICY_COMPACT,
              TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
              limit);
    };
  }
}
