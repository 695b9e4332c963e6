package io.landfall.producer.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server without manners: what it sends is no HTTP unless its reply makes it so. */
final class RawServer implements AutoCloseable {

  /** What is sent for one request. */
  interface Reply {
    /**
     * @param path of the request
     */
    void send(String path, OutputStream out) throws IOException, InterruptedException;
  }

  private final ServerSocket socket;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private volatile Reply reply = (path, out) -> {};

  RawServer() throws IOException {
    socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  /** For a test class, which has it from its beginning on. */
  static RawServer started() {
    try {
      return new RawServer();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void replies(Reply next) {
    requests.clear();
    reply = next;
  }

  URI url(String path) {
    return URI.create("http://127.0.0.1:%d%s".formatted(socket.getLocalPort(), path));
  }

  /** The heads of the requests since the last reply was set. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        threads.execute(() -> answer(connection));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void answer(Socket connection) {
    try (connection) {
      String head = head(new BufferedInputStream(connection.getInputStream()));
      if (!head.isEmpty()) {
        requests.add(head);
        reply.send(head.split(" ", 3)[1], connection.getOutputStream());
        connection.getOutputStream().flush();
      }
    } catch (IOException | InterruptedException e) {
      // Whoever asked has hung up, or the test is over.
    }
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        return "";
      }
      head.append((char) next);
    }
    return head.toString();
  }

  /** A whole answer that closes its connection. */
  static void whole(OutputStream out, String status, String headers, byte[] body)
      throws IOException {
    String head =
        "HTTP/1.1 %s\r\nContent-Length: %d\r\nConnection: close\r\n%s\r\n"
            .formatted(status, body.length, headers);
    out.write(head.getBytes(ISO_8859_1));
    out.write(body);
  }

  @Override
  public void close() throws IOException {
    socket.close();
    threads.shutdownNow();
  }
}
