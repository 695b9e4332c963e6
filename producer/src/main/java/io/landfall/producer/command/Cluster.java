package io.landfall.producer.command;

import io.landfall.program.LandfallSettings;
import io.landfall.program.PassThrough;
import io.landfall.program.Settings;
import io.landfall.program.Stop;
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

/**
 * A Kafka cluster that answers and whose topics keep what they must.
 *
 * @param connection client settings to reach it
 * @param admin to ask it
 * @param id Kafka's own id of the cluster
 */
record Cluster(Map<String, Object> connection, Admin admin, String id) implements AutoCloseable {

  private static final int ANSWER_WITHIN_MS = 10_000;

  /** Connects, creates missing topics and refuses unsafe ones. */
  static Cluster open(Settings settings) throws InterruptedException {
    String servers = settings.get(LandfallSettings.BOOTSTRAP_SERVERS);
    Map<String, Object> connection = new HashMap<>(settings.passedThrough(PassThrough.KAFKA));
    connection.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, servers);
    Map<String, Object> asking = new HashMap<>(connection);
    asking.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_WITHIN_MS);
    asking.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_WITHIN_MS / 2);
    Admin admin = Admin.create(asking);
    boolean open = false;
    try {
      String id = admin.describeCluster().clusterId().get();
      List<String> unsafe = TopicCheck.ensure(admin, Topics.ALL);
      if (!unsafe.isEmpty()) {
        throw Stop.refused(String.join("\n", unsafe));
      }
      open = true;
      return new Cluster(connection, admin, id);
    } catch (ExecutionException | KafkaException e) {
      throw Stop.unavailable(
          "Kafka at %s does not answer: %s. Is it running, and is --bootstrap-servers right?"
              .formatted(
                  servers, e.getCause() == null ? e.getMessage() : e.getCause().getMessage()),
          e);
    } finally {
      if (!open) {
        admin.close();
      }
    }
  }

  @Override
  public void close() {
    admin.close();
  }
}
