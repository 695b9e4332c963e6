package io.landfall.sandbox.api;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small HTTP/1.1 server on the loopback address: one thread a connection, kept alive. It can do
 * what a misbehaving API does: cut, drip, reset, stay silent.
 */
final class HttpListener implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HttpListener.class);
  private static final byte[] LOOPBACK = {127, 0, 0, 1};
  private static final int LONGEST_LINE = 16_384;
  private static final int DRIP_BYTES = 16;
  private static final long DRIP_PAUSE_MILLIS = 50;
  private static final Map<Integer, String> REASONS =
      Map.of(
          200, "OK",
          307, "Temporary Redirect",
          400, "Bad Request",
          404, "Not Found",
          405, "Method Not Allowed",
          409, "Conflict",
          429, "Too Many Requests",
          500, "Internal Server Error",
          502, "Bad Gateway",
          503, "Service Unavailable");

  private final ServerSocket server;
  private final Function<Request, Answer> handler;
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "sandbox-api");
            thread.setDaemon(true);
            return thread;
          });

  private HttpListener(ServerSocket server, Function<Request, Answer> handler) {
    this.server = server;
    this.handler = handler;
  }

  /**
   * @param port 0 for any free one
   * @throws IOException if the port is taken
   */
  static HttpListener start(int port, Function<Request, Answer> handler) throws IOException {
    ServerSocket server = new ServerSocket();
    try {
      server.setReuseAddress(true);
      server.bind(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port), 256);
    } catch (IOException e) {
      server.close();
      throw e;
    }
    HttpListener listener = new HttpListener(server, handler);
    listener.threads.execute(listener::accept);
    return listener;
  }

  int port() {
    return server.getLocalPort();
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket connection : connections) {
        connection.close();
      }
    } catch (IOException e) {
      LOG.atWarn().setCause(e).log("A socket did not close cleanly");
    }
    threads.shutdownNow();
    try {
      if (!threads.awaitTermination(5, TimeUnit.SECONDS)) {
        LOG.atWarn().log("Some connections were still being served when the API stopped");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket connection = server.accept();
        connections.add(connection);
        threads.execute(() -> serve(connection));
      } catch (IOException e) {
        if (!server.isClosed()) {
          LOG.atWarn().setCause(e).log("A connection could not be accepted");
        }
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      connection.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(connection.getInputStream(), 4096);
      OutputStream out = connection.getOutputStream();
      boolean open = true;
      while (open) {
        open = exchange(connection, in, out);
      }
    } catch (IOException e) {
      // The client went away, or close() ended the connection: neither concerns anybody else.
      LOG.atDebug().setCause(e).log("Connection ended");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      connections.remove(connection);
    }
  }

  /** One request and its answer; false when the connection is to be closed. */
  private boolean exchange(Socket connection, InputStream in, OutputStream out)
      throws IOException, InterruptedException {
    String first = line(in);
    if (first.isEmpty()) {
      return false;
    }
    boolean gzip = false;
    boolean close = false;
    long length = 0;
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      String lower = header.toLowerCase(Locale.ROOT);
      if (lower.startsWith("accept-encoding:")) {
        gzip = lower.contains("gzip");
      } else if (lower.startsWith("connection:")) {
        close = lower.contains("close");
      } else if (lower.startsWith("content-length:")) {
        length = Long.parseLong(lower.substring(15).strip());
      }
    }
    in.skipNBytes(length);
    String[] words = first.split(" ", 3);
    Answer answer =
        words.length < 3
            ? Answer.json(400, "{\"message\":\"Not an HTTP request\"}")
            : handler.apply(Request.of(words[0], words[1], gzip));
    return send(connection, out, answer, gzip, words[0].equals("HEAD")) && !close;
  }

  private static boolean send(
      Socket connection, OutputStream out, Answer answer, boolean gzip, boolean headOnly)
      throws IOException, InterruptedException {
    switch (answer.delivery()) {
      case RESET -> {
        connection.setSoLinger(true, 0);
        return false;
      }
      case SILENCE -> {
        TimeUnit.HOURS.sleep(1);
        return false;
      }
      default -> {
        byte[] plain = answer.body().plain();
        byte[] body = gzip && plain.length > 0 ? answer.body().gzip() : plain;
        byte[] head = head(answer, body.length, gzip && plain.length > 0);
        return headOnly ? whole(out, head, new byte[0]) : deliver(out, answer, head, body);
      }
    }
  }

  private static boolean deliver(OutputStream out, Answer answer, byte[] head, byte[] body)
      throws IOException, InterruptedException {
    return switch (answer.delivery()) {
      case CUT -> {
        out.write(head);
        out.write(body, 0, body.length / 2);
        yield false;
      }
      case DRIP -> {
        out.write(head);
        for (int at = 0; at < body.length; at += DRIP_BYTES) {
          TimeUnit.MILLISECONDS.sleep(DRIP_PAUSE_MILLIS);
          out.write(body, at, Math.min(DRIP_BYTES, body.length - at));
        }
        yield true;
      }
      default -> whole(out, head, body);
    };
  }

  private static boolean whole(OutputStream out, byte[] head, byte[] body) throws IOException {
    byte[] all = new byte[head.length + body.length];
    System.arraycopy(head, 0, all, 0, head.length);
    System.arraycopy(body, 0, all, head.length, body.length);
    out.write(all); // one write, so that no small packet waits for an acknowledgement
    return true;
  }

  private static byte[] head(Answer answer, int length, boolean gzip) {
    StringBuilder head = new StringBuilder(256);
    head.append("HTTP/1.1 ").append(answer.status()).append(' ');
    head.append(REASONS.getOrDefault(answer.status(), "Status")).append("\r\n");
    head.append("Content-Type: ").append(answer.contentType()).append("\r\n");
    head.append("Content-Length: ").append(length).append("\r\n");
    if (gzip) {
      head.append("Content-Encoding: gzip\r\n");
    }
    answer.headers().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /** A line without its end; empty at the end of the headers and of the stream. */
  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(128);
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      if (next != '\r') {
        line.write(next);
      }
      if (line.size() > LONGEST_LINE) {
        throw new SocketException("A request line longer than " + LONGEST_LINE + " bytes");
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }
}
