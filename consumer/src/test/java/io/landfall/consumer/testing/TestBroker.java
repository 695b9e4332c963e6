package io.landfall.consumer.testing;

import io.landfall.cli.kafka.KafkaSettings;
import io.landfall.schemas.testing.SecuredListener;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;

/** A real broker of one node, on this machine's loopback address. */
public final class TestBroker implements AutoCloseable {

  private static final int NODE = 1;

  private final String address;
  private final String secured;
  private final Map<String, String> settings;
  private KafkaRaftServer server;

  private TestBroker(String address, String secured, Map<String, String> settings) {
    this.address = address;
    this.secured = secured;
    this.settings = settings;
    this.server = started();
  }

  private KafkaRaftServer started() {
    KafkaRaftServer one = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
    one.startup();
    return one;
  }

  /** Away, and there again with all that it had. */
  public void restart() {
    close();
    server = started();
  }

  /** Starts one on an empty folder. */
  public static TestBroker start(Path folder) throws Exception {
    return start(folder, Optional.empty());
  }

  /**
   * Starts one with an authorizer, which lets everybody do everything at its usual address, and
   * users of a second listener what they are given the right to.
   */
  public static TestBroker start(Path folder, SecuredListener listener) throws Exception {
    return start(folder, Optional.of(listener));
  }

  private static TestBroker start(Path folder, Optional<SecuredListener> listener)
      throws Exception {
    int client = freePort();
    int controller = freePort();
    Map<String, String> settings = new HashMap<>();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", Integer.toString(NODE));
    settings.put(
        "listeners",
        "CLIENT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(client, controller));
    settings.put("listener.security.protocol.map", "CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.put("inter.broker.listener.name", "CLIENT");
    settings.put("controller.listener.names", "CONTROLLER");
    settings.put("controller.quorum.voters", NODE + "@127.0.0.1:" + controller);
    settings.put("auto.create.topics.enable", "false");
    settings.put("message.max.bytes", Integer.toString(8 * 1024 * 1024));
    settings.put("log.dirs", folder.toString());
    settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(8 * 1024 * 1024));
    for (String topic :
        List.of("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")) {
      settings.put(topic + ".replication.factor", "1");
      settings.put(topic + ".num.partitions", "2");
    }
    settings.put("transaction.state.log.min.isr", "1");
    // Of a topic it would count some time after it was told.
    settings.put("log.message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE));
    settings.put("share.coordinator.state.topic.min.isr", "1");
    int secured = freePort();
    listener.ifPresent(
        one -> {
          settings.merge("listeners", ",SECURED://127.0.0.1:" + secured, String::concat);
          settings.merge("listener.security.protocol.map", ",SECURED:SASL_SSL", String::concat);
          settings.putAll(one.broker("SECURED"));
          settings.put("authorizer.class.name", RecordingAuthorizer.class.getName());
          settings.put("super.users", "User:ANONYMOUS");
        });
    format(folder, listener.map(SecuredListener::scram).orElse(List.of()));
    return new TestBroker("127.0.0.1:" + client, "127.0.0.1:" + secured, settings);
  }

  private static void format(Path folder, List<String> users) throws Exception {
    Files.createDirectories(folder);
    new Formatter()
        .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
        .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
        .setClusterId(Uuid.randomUuid().toString())
        .setNodeId(NODE)
        .setControllerListenerName("CONTROLLER")
        .setDirectories(List.of(folder.toString()))
        .setMetadataLogDirectory(folder.toString())
        .setScramArguments(users)
        .run();
  }

  /** Below the ports that outgoing connections get: a client must not be given the broker's own. */
  private static int freePort() throws IOException {
    for (int tries = 0; tries < 1_000; tries++) {
      int port = ThreadLocalRandom.current().nextInt(15_000, 32_768);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException e) {
        // In use; the next one may not be.
      }
    }
    throw new IOException("no free port");
  }

  /** Where users connect, with TLS and SCRAM. */
  public String secured() {
    return secured;
  }

  public KafkaSettings kafka() {
    return new KafkaSettings(address, Map.of());
  }

  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }
}
