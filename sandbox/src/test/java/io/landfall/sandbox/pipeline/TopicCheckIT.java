package io.landfall.sandbox.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.schemas.Topic;
import io.landfall.schemas.TopicCheck;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The topics of a real broker: created by whoever comes first, refused where they would forget. */
class TopicCheckIT {

  private static final int ROUNDS = 40;

  @TempDir Path folder;

  @Test
  void severalProgramsMayStartAtOnceAndAForgetfulTopicIsRefused() throws Exception {
    ExecutorService programs = Executors.newFixedThreadPool(3);
    try (SandboxBroker broker = new SandboxBroker(folder)) {
      for (int round = 0; round < ROUNDS; round++) {
        List<Topic> topics =
            List.of(
                new Topic("all-" + round, 2, Topic.Kept.ALL),
                new Topic("last-" + round, 1, Topic.Kept.LAST_OF_KEY));
        List<Future<List<String>>> answers = new ArrayList<>();
        for (int program = 0; program < 3; program++) {
          answers.add(programs.submit(checking(broker, topics)));
        }
        for (Future<List<String>> answer : answers) {
          assertThat(answer.get()).isEmpty();
        }
      }
      Topic topic = new Topic("all-0", 2, Topic.Kept.ALL);
      limitRetention(broker, topic);
      assertThat(checking(broker, List.of(topic)).call())
          .singleElement()
          .asString()
          .contains("Topic all-0 has retention.ms=1000, which would delete records by age")
          .contains("--add-config retention.ms=-1");
      assertThat(checking(broker, List.of(new Topic("all-1", 3, Topic.Kept.ALL))).call())
          .singleElement()
          .asString()
          .contains("Topic all-1 has 2 partitions, not 3");
    } finally {
      programs.shutdownNow();
    }
  }

  private static Callable<List<String>> checking(SandboxBroker broker, List<Topic> topics) {
    return () -> {
      try (Admin admin = admin(broker)) {
        return TopicCheck.ensure(admin, topics);
      }
    };
  }

  private static Admin admin(SandboxBroker broker) {
    return Admin.create(
        Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()));
  }

  private static void limitRetention(SandboxBroker broker, Topic topic) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
    AlterConfigOp limit =
        new AlterConfigOp(
            new ConfigEntry(TopicConfig.RETENTION_MS_CONFIG, "1000"), AlterConfigOp.OpType.SET);
    try (Admin admin = admin(broker)) {
      admin.incrementalAlterConfigs(Map.of(resource, List.of(limit))).all().get();
      while (checking(broker, List.of(topic)).call().isEmpty()) {
        Thread.sleep(50);
      }
    }
  }
}
