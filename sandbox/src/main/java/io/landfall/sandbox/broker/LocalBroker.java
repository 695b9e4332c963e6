package io.landfall.sandbox.broker;

import io.landfall.cli.LandfallException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.utils.Time;

/** A running node. Its address never changes; when it is closed, its data is safely on disk. */
final class LocalBroker implements AutoCloseable {

  private final BrokerPorts ports;
  private final DataFolder folder;
  private final KafkaRaftServer server;

  private LocalBroker(BrokerPorts ports, DataFolder folder, KafkaRaftServer server) {
    this.ports = ports;
    this.folder = folder;
    this.server = server;
  }

  /**
   * Starts a node and waits until it serves clients.
   *
   * @param port the loopback port for clients; 0 for any that is free
   * @param data its folder, made and formatted on first use
   * @throws LandfallException if port or folder are in use
   */
  static LocalBroker start(int port, Path data) {
    BrokerPorts ports = ports(port);
    DataFolder folder = DataFolder.open(data);
    boolean started = false;
    try {
      KafkaRaftServer server =
          new KafkaRaftServer(
              new KafkaConfig(BrokerProperties.of(ports, folder.log()), false), Time.SYSTEM);
      server.startup();
      started = true;
      return new LocalBroker(ports, folder, server);
    } catch (KafkaException e) {
      throw LandfallException.unavailable(
          "the broker could not start on %s with %s: %s"
              .formatted(ports.address(), data, e.getMessage()),
          e);
    } finally {
      if (!started) {
        folder.close();
      }
    }
  }

  /** Where clients connect, as {@code HOST:PORT}. */
  String address() {
    return ports.address();
  }

  /** Waits until the node has stopped, by itself or by {@link #close}. */
  void awaitStop() throws InterruptedException {
    // Kafka's own wait takes no notice of an interrupt.
    CompletableFuture<Void> stopped = CompletableFuture.runAsync(server::awaitShutdown);
    try {
      stopped.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the broker failed while it ran", e);
    }
  }

  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
    folder.close();
  }

  private static BrokerPorts ports(int port) {
    try {
      BrokerPorts ports = BrokerPorts.choose(port);
      if (!ports.clientIsFree()) {
        throw LandfallException.unavailable(
            "port %d is in use on 127.0.0.1; choose another one with --port, or 0 for any that is free"
                .formatted(port),
            new IOException("port in use"));
      }
      return ports;
    } catch (IOException e) {
      throw LandfallException.unavailable("no port for the broker: " + e.getMessage(), e);
    }
  }
}
