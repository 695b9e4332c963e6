package io.landfall.cli.lineage;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A service in this process that takes OpenLineage's events and keeps them. */
final class LineageService implements AutoCloseable {

  /** One event as it came. */
  record Received(String path, String authorization, JsonNode event) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final BlockingQueue<Received> fresh = new LinkedBlockingQueue<>();
  private final List<Received> all = new CopyOnWriteArrayList<>();
  private volatile int status = 201;
  private volatile long pauseMillis;

  LineageService() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::take);
    server.setExecutor(threads);
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  void answerWith(int code) {
    status = code;
  }

  void answerAfter(long millis) {
    pauseMillis = millis;
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      String authorization = exchange.getRequestHeaders().getFirst("Authorization");
      Received received =
          new Received(
              exchange.getRequestURI().getPath(),
              authorization == null ? "" : authorization,
              new ObjectMapper()
                  .readTree(new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
      Thread.sleep(pauseMillis);
      all.add(received);
      fresh.add(received);
      exchange.sendResponseHeaders(status, -1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The next one that comes. */
  Received next() throws InterruptedException {
    Received next = fresh.poll(10, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("No event came; before: " + all);
    }
    return next;
  }

  List<JsonNode> events() {
    return all.stream().map(Received::event).toList();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
