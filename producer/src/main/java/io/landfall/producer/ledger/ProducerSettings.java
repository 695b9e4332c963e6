package io.landfall.producer.ledger;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;

/** For how long a producer tries, unless its user says for how long. */
public final class ProducerSettings {

  private ProducerSettings() {}

  /**
   * All but what the promises rest on and the user cannot set, which is for the caller to add.
   *
   * @param connection Kafka client settings, the user's own among them
   * @param within after which a record counts as not sent
   */
  public static Map<String, Object> of(Map<String, Object> connection, Duration within) {
    int millis = (int) within.toMillis();
    Map<String, Object> settings = new HashMap<>();
    // Kafka refuses one that is shorter than a request and what it waits for.
    if (!connection.containsKey(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG)
        && !connection.containsKey(ProducerConfig.LINGER_MS_CONFIG)) {
      settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, millis);
    }
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, millis / 3);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, millis / 3 * 2);
    settings.putAll(connection);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    return settings;
  }
}
