package io.landfall.sandbox.broker;

import io.landfall.schemas.Topic;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The settings of a single node, by Kafka's names. */
final class BrokerProperties {

  static final int NODE = 1;
  static final String CONTROLLER_LISTENER = "CONTROLLER";

  private static final String CLIENT_LISTENER = "CLIENT";

  private BrokerProperties() {}

  static Map<String, String> of(BrokerPorts ports, Path logFolder) {
    Map<String, String> properties = new TreeMap<>(oneNode(ports));
    properties.putAll(quickRestart());
    properties.putAll(storage(logFolder));
    properties.putAll(internalTopics());
    return properties;
  }

  private static Map<String, String> oneNode(BrokerPorts ports) {
    return Map.of(
        "process.roles",
        "broker,controller",
        "node.id",
        Integer.toString(NODE),
        "listeners",
        "%s://%s,%s://127.0.0.1:%d"
            .formatted(CLIENT_LISTENER, ports.address(), CONTROLLER_LISTENER, ports.controller()),
        "listener.security.protocol.map",
        CLIENT_LISTENER + ":PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT",
        "inter.broker.listener.name",
        CLIENT_LISTENER,
        "controller.listener.names",
        CONTROLLER_LISTENER,
        "controller.quorum.voters",
        NODE + "@127.0.0.1:" + ports.controller(),
        // A misspelt topic must fail, not spring into being with the wrong settings.
        "auto.create.topics.enable",
        "false",
        // Nobody else will join: a consumer group need not wait for them.
        "group.initial.rebalance.delay.ms",
        "0");
  }

  /**
   * After a SIGKILL the controller waits for the killed broker's session to end before it lets the
   * next one in: nine seconds by default.
   */
  private static Map<String, String> quickRestart() {
    return Map.of("broker.session.timeout.ms", "3000", "broker.heartbeat.interval.ms", "500");
  }

  private static Map<String, String> storage(Path logFolder) {
    return Map.of(
        "log.dirs",
        logFolder.toString(),
        "message.max.bytes",
        Integer.toString(Topic.MAX_RECORD_BYTES),
        "log.retention.ms",
        "-1",
        // Each partition maps its indexes at full size; ten megabytes apiece are for disks of
        // terabytes.
        "log.segment.bytes",
        mebibytes(256),
        "log.index.size.max.bytes",
        mebibytes(1),
        // The cleaner's map lives on the heap, 128 MiB by default: a quarter of what we run in.
        "log.cleaner.dedupe.buffer.size",
        mebibytes(8),
        "num.network.threads",
        "2",
        "num.io.threads",
        "4");
  }

  private static Map<String, String> internalTopics() {
    Map<String, String> properties = new TreeMap<>();
    for (String topic :
        new String[] {"offsets.topic", "transaction.state.log", "share.coordinator.state.topic"}) {
      properties.put(topic + ".replication.factor", "1");
      properties.put(topic + ".num.partitions", "4");
    }
    properties.put("transaction.state.log.min.isr", "1");
    properties.put("share.coordinator.state.topic.min.isr", "1");
    return properties;
  }

  private static String mebibytes(int number) {
    return Integer.toString(number * 1024 * 1024);
  }
}
