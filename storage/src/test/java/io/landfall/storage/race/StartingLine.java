package io.landfall.storage.race;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Where racers wait for each other: none is let go before all are there. */
public final class StartingLine implements AutoCloseable {

  private static final int MILLISECONDS_OF_PATIENCE = 240_000;

  private final ServerSocket server;
  private final List<Socket> racers = new ArrayList<>();
  private final List<BufferedReader> from = new ArrayList<>();

  public StartingLine() throws IOException {
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    server.setSoTimeout(MILLISECONDS_OF_PATIENCE);
  }

  public int port() {
    return server.getLocalPort();
  }

  /** Waits until one more racer has said that it exists. */
  public void admit() throws IOException {
    Socket racer = server.accept();
    racer.setTcpNoDelay(true);
    racer.setSoTimeout(MILLISECONDS_OF_PATIENCE);
    racers.add(racer);
    from.add(
        new BufferedReader(new InputStreamReader(racer.getInputStream(), StandardCharsets.UTF_8)));
  }

  /** Waits for all racers and lets them go. */
  public void start() throws IOException {
    for (String said : collect()) {
      if (!said.equals(Racer.READY)) {
        throw new IllegalStateException("Not at the line: " + said);
      }
    }
    for (Socket racer : racers) {
      racer.getOutputStream().write('\n');
    }
  }

  /** What each racer says next, in the order in which they were admitted. */
  public List<String> collect() throws IOException {
    List<String> said = new ArrayList<>();
    for (BufferedReader racer : from) {
      String line = racer.readLine();
      said.add(line == null ? "gone" : line);
    }
    return said;
  }

  @Override
  public void close() throws IOException {
    for (Socket racer : racers) {
      racer.close();
    }
    server.close();
  }
}
