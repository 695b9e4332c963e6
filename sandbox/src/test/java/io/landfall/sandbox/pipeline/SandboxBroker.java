package io.landfall.sandbox.pipeline;

import io.landfall.sandbox.process.ChildProcess;
import io.landfall.sandbox.process.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** {@code sandbox kafka} as a process; each start is on the same folder and port. */
final class SandboxBroker implements Broker {

  private final Path folder;
  private final int port;
  private ChildProcess program;
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

  private ChildProcess start() throws InterruptedException {
    return ChildProcess.start(
            Part.SANDBOX,
            folder.resolve("kafka-%d".formatted(starts++)),
            Map.of(),
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
  ChildProcess program() {
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
