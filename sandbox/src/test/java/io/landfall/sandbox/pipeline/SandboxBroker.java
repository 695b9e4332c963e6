package io.landfall.sandbox.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;

/** {@code sandbox kafka} as a process; each start is on the same folder and port. */
final class SandboxBroker implements Broker {

  private final Path folder;
  private final int port;
  private Program program;
  private int starts;

  /** Starts it. */
  SandboxBroker(Path folder) throws InterruptedException {
    this.folder = folder;
    this.port = freePort();
    this.program = start();
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Program start() throws InterruptedException {
    return Program.start(
            "sandbox",
            "sandbox.SandboxMain",
            folder.resolve("kafka-%d.log".formatted(starts++)),
            List.of(
                "kafka",
                "--port",
                Integer.toString(port),
                "--data",
                folder.resolve("kafka").toString()))
        .ready();
  }

  @Override
  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  /** What runs now. */
  Program program() {
    return program;
  }

  /** Starts it again once it has ended, however it did. */
  void restart() throws InterruptedException {
    program = start();
  }

  @Override
  public void close() {
    program.close();
  }
}
