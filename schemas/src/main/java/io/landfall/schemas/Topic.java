package io.landfall.schemas;

import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;

/**
 * A topic and the settings that the promises rest on.
 *
 * @param kept whether every record is kept for ever, or the last one of each key
 */
public record Topic(String name, int partitions, Kept kept) {

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

  /** The settings that must hold on the broker, by their Kafka names. */
  public Map<String, String> settings() {
    String limit = Integer.toString(MAX_RECORD_BYTES);
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
