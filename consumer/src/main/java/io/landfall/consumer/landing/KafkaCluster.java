package io.landfall.consumer.landing;

import java.util.HashMap;
import java.util.Map;

/**
 * How to reach a Kafka cluster.
 *
 * @param settings of every client, under Kafka's own names: security above all
 */
public record KafkaCluster(String bootstrapServers, Map<String, String> settings) {

  public KafkaCluster {
    settings = Map.copyOf(settings);
  }

  /** The client settings, with others that this program needs in front of them. */
  Map<String, Object> client(Map<String, Object> needed) {
    Map<String, Object> all = new HashMap<>(settings);
    all.putAll(needed);
    all.put("bootstrap.servers", bootstrapServers);
    return all;
  }
}
