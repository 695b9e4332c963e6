package io.landfall.storage.race;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A process's end of a {@link StartingLine}. */
final class Racer implements AutoCloseable {

  static final String READY = "ready";

  /** What a commit came to. */
  static final String WON = "won";

  static final String LOST = "lost";

  private final Socket line;

  Racer(int port) throws IOException {
    line = new Socket(InetAddress.getLoopbackAddress(), port);
    line.setTcpNoDelay(true);
  }

  /** Returns when all racers have called it. */
  void awaitStart() {
    say(READY);
    try {
      if (line.getInputStream().read() < 0) {
        throw new IllegalStateException("The race is over");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void say(String text) {
    try {
      line.getOutputStream().write((text + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    line.close();
  }
}
