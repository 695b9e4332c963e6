package io.landfall.storage.s3;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Hands requests on to a server, but for the conditional writes of one object. */
public final class FaultyProxy implements AutoCloseable {

  /** What happens to a conditional write. */
  public enum Fault {
    /** It is handed on without its condition, as an older server would take it. */
    CONDITION_IGNORED,
    /** It is done, and the connection ends before the answer. */
    ANSWER_LOST,
    /** Another request on the object is under way: 409. */
    CONFLICT
  }

  private static final Set<String> OF_THE_CONNECTION =
      Set.of("connection", "content-length", "expect", "host", "transfer-encoding", "upgrade");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI target;
  private final Fault fault;
  private final String suffix;
  private final AtomicInteger left;
  private final AtomicInteger conditionalWrites = new AtomicInteger();

  /**
   * @param suffix how the path of an object ends whose writes are met by the fault
   * @param times how many of them
   */
  public FaultyProxy(URI target, Fault fault, String suffix, int times) throws IOException {
    this.target = target;
    this.fault = fault;
    this.suffix = suffix;
    this.left = new AtomicInteger(times);
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** How many conditional writes of such objects were asked for. */
  public int conditionalWrites() {
    return conditionalWrites.get();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      boolean met = isConditionalWrite(exchange) && left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
      if (met && fault == Fault.CONFLICT) {
        answer(exchange, 409, error("ConditionalRequestConflict"));
        return;
      }
      HttpResponse<byte[]> response =
          handOn(exchange, body, met && fault == Fault.CONDITION_IGNORED);
      if (met && fault == Fault.ANSWER_LOST) {
        return;
      }
      response
          .headers()
          .map()
          .forEach(
              (name, values) -> {
                if (!OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                  exchange.getResponseHeaders().put(name, values);
                }
              });
      if (exchange.getRequestMethod().equals("HEAD")) {
        response
            .headers()
            .firstValue("content-length")
            .ifPresent(length -> exchange.getResponseHeaders().set("Content-Length", length));
        exchange.sendResponseHeaders(response.statusCode(), -1);
      } else {
        answer(exchange, response.statusCode(), response.body());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isConditionalWrite(HttpExchange exchange) {
    boolean conditional =
        exchange.getRequestMethod().equals("PUT")
            && exchange.getRequestHeaders().containsKey("If-None-Match")
            && exchange.getRequestURI().getPath().endsWith(suffix);
    if (conditional) {
      conditionalWrites.incrementAndGet();
    }
    return conditional;
  }

  private HttpResponse<byte[]> handOn(HttpExchange exchange, byte[] body, boolean unconditional)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target.resolve(exchange.getRequestURI().toString()))
            .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              boolean dropped = unconditional && name.equalsIgnoreCase("If-None-Match");
              if (!dropped && !OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
              }
            });
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static byte[] error(String code) {
    return "<?xml version=\"1.0\"?><Error><Code>%s</Code><Message>told to</Message></Error>"
        .formatted(code)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
