package io.landfall.cli.kafka;

import io.landfall.cli.LandfallException;
import io.landfall.cli.LandfallSettings;
import io.landfall.cli.PassThrough;
import io.landfall.cli.Setting;
import io.landfall.cli.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How to reach a Kafka cluster.
 *
 * @param clients settings of every client, under Kafka's own names: security above all
 */
public record KafkaSettings(String bootstrapServers, Map<String, String> clients) {

  /** The settings that name it, and what is a deployment's own in it. */
  public static final List<Setting<?>> ALL =
      List.of(LandfallSettings.BOOTSTRAP_SERVERS, LandfallSettings.TOPIC_PREFIX);

  public KafkaSettings {
    clients = Map.copyOf(clients);
  }

  public static KafkaSettings of(Settings settings) {
    return new KafkaSettings(
        settings.get(LandfallSettings.BOOTSTRAP_SERVERS),
        settings.passedThrough(PassThrough.KAFKA));
  }

  /** What stands in front of the names of a deployment's topics. */
  public static String topicPrefix(Settings settings) {
    return settings.find(LandfallSettings.TOPIC_PREFIX).orElse("");
  }

  /** The settings of a client, with others that this program needs in front of the user's. */
  public Map<String, Object> client(Map<String, ?> needed) {
    Map<String, Object> all = new HashMap<>(clients);
    all.putAll(needed);
    all.put("bootstrap.servers", bootstrapServers);
    return all;
  }

  /** What is to be told of a client's failure. */
  public LandfallException failure(Throwable failure) {
    return KafkaFailure.of(bootstrapServers, client(Map.of()), failure);
  }
}
