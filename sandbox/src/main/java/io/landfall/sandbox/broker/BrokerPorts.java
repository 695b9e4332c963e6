package io.landfall.sandbox.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The two loopback ports of a node.
 *
 * @param client where producers and consumers connect
 * @param controller where the node talks to itself
 */
record BrokerPorts(int client, int controller) {

  /**
   * Free ports are looked for below those that operating systems hand out to outgoing connections:
   * while a broker restarts, a client that keeps trying could otherwise be given the broker's own
   * port, connect to itself, and lock the broker out.
   */
  private static final int LOWEST = 15_000;

  private static final int BELOW = 32_768;

  /**
   * @param client the port for clients; 0 for any that is free
   */
  static BrokerPorts choose(int client) throws IOException {
    int first = client == 0 ? free(0) : client;
    return new BrokerPorts(first, free(first));
  }

  String address() {
    return "127.0.0.1:" + client;
  }

  /** Whether nobody listens on the clients' port. */
  boolean clientIsFree() {
    return isFree(client);
  }

  private static int free(int taken) throws IOException {
    for (int tries = 0; tries < 1_000; tries++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, BELOW);
      if (port != taken && isFree(port)) {
        return port;
      }
    }
    throw new IOException("no free port from %d to %d".formatted(LOWEST, BELOW - 1));
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
