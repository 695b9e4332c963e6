package io.landfall.producer.command;

import io.landfall.program.LandfallSettings;
import io.landfall.program.PassThrough;
import io.landfall.program.Settings;
import io.landfall.program.Stop;
import io.landfall.program.kafka.KafkaFailure;
import io.landfall.schemas.TopicCheck;
import io.landfall.schemas.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;

/**
 * A Kafka cluster that answers and whose topics keep what they must.
 *
 * @param connection client settings to reach it
 * @param admin to ask it
 * @param archive Kafka's id of the topic of raw answers. A cluster's own id would not do: the
 *     official image gives the same one to every cluster that nobody named, and a topic that is
 *     created anew keeps neither its records nor its id.
 */
record Cluster(Map<String, Object> connection, Admin admin, Uuid archive) implements AutoCloseable {

  private static final int ANSWER_WITHIN_MS = 10_000;

  /** Connects, creates missing topics and refuses unsafe ones. */
  static Cluster open(Settings settings) throws InterruptedException {
    String servers = settings.get(LandfallSettings.BOOTSTRAP_SERVERS);
    Map<String, Object> connection = connection(settings);
    Admin admin = admin(asking(connection), servers);
    boolean open = false;
    try {
      List<String> unsafe = TopicCheck.ensure(admin, Topics.ALL);
      if (!unsafe.isEmpty()) {
        throw Stop.refused(String.join("\n", unsafe));
      }
      Uuid archive = topicId(admin, Topics.GAME_RESPONSES.name());
      open = true;
      return new Cluster(connection, admin, archive);
    } catch (ExecutionException | KafkaException e) {
      throw KafkaFailure.of(servers, connection, e);
    } finally {
      if (!open) {
        admin.close();
      }
    }
  }

  /** Client settings to reach the cluster. */
  static Map<String, Object> connection(Settings settings) {
    Map<String, Object> connection = new HashMap<>(settings.passedThrough(PassThrough.KAFKA));
    connection.put(
        CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
        settings.get(LandfallSettings.BOOTSTRAP_SERVERS));
    return connection;
  }

  /** The same for somebody who waits for the answer. */
  static Map<String, Object> asking(Map<String, Object> connection) {
    Map<String, Object> asking = new HashMap<>(connection);
    asking.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_WITHIN_MS);
    asking.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_WITHIN_MS / 2);
    return asking;
  }

  static Admin admin(Map<String, Object> asking, String servers) {
    try {
      return Admin.create(asking);
    } catch (KafkaException e) {
      throw KafkaFailure.of(servers, asking, e);
    }
  }

  private static Uuid topicId(Admin admin, String topic)
      throws ExecutionException, InterruptedException {
    return admin
        .describeTopics(List.of(topic))
        .allTopicNames()
        .get()
        .values()
        .iterator()
        .next()
        .topicId();
  }

  @Override
  public void close() {
    admin.close();
  }
}
