package io.landfall.cli.kafka;

import io.landfall.cli.LandfallException;
import io.landfall.cli.LandfallSettings;
import io.landfall.cli.PassThrough;
import io.landfall.cli.Setting;
import io.landfall.cli.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclBinding;

/**
 * How to reach a Kafka cluster.
 *
 * @param clients settings of every client, under Kafka's own names: security above all
 * @param rights what the command must be allowed there, as far as it is known
 */
public record KafkaSettings(
    String bootstrapServers, Map<String, String> clients, List<AclBinding> rights) {

  /** The settings that name it, and what is a deployment's own in it. */
  public static final List<Setting<?>> ALL =
      List.of(LandfallSettings.BOOTSTRAP_SERVERS, LandfallSettings.TOPIC_PREFIX);

  public KafkaSettings {
    clients = Map.copyOf(clients);
    rights = List.copyOf(rights);
  }

  /** For who needs no rights that are known. */
  public KafkaSettings(String bootstrapServers, Map<String, String> clients) {
    this(bootstrapServers, clients, List.of());
  }

  public static KafkaSettings of(Settings settings) {
    return new KafkaSettings(
        settings.get(LandfallSettings.BOOTSTRAP_SERVERS),
        settings.passedThrough(PassThrough.KAFKA),
        settings.rights());
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
    return KafkaFailure.of(bootstrapServers, client(Map.of()), rights, failure);
  }

  /**
   * Tells every right on a topic that this user lacks, before anything is begun: some are needed
   * for the first time when nobody looks. What a cluster does not tell beforehand (of groups and
   * transactional ids) is told when it is refused.
   *
   * @throws LandfallException if one is missing
   * @throws KafkaException if the cluster does not answer
   */
  public void requireRights(Admin admin) throws InterruptedException {
    List<AclBinding> missing = MissingRights.onTopics(admin, rights);
    if (!missing.isEmpty()) {
      throw KafkaFailure.lacking(bootstrapServers, missing);
    }
  }
}
