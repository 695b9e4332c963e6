package io.landfall.cli.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.landfall.cli.LandfallException;
import io.landfall.cli.LandfallSettings;
import io.landfall.cli.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers /metrics, /healthz and /readyz. */
final class MetricsServer {

  private static final Logger LOG = LoggerFactory.getLogger(MetricsServer.class);

  /** Many, because one that sends or takes slowly holds one; idle ones end. */
  private static final int THREADS = 32;

  private static final int BACKLOG = 16;

  private static final Duration END_OF_ANSWERS = Duration.ofMillis(500);

  /**
   * How long a request and an answer may take; read by Java's server when its first one is made.
   */
  private static final List<String> SLOWEST =
      List.of("sun.net.httpserver.maxReqTime", "sun.net.httpserver.maxRspTime");

  private static final String SECONDS = "10";

  private static final String PLAIN = "text/plain; charset=utf-8";

  private final HttpServer server;
  private final ExecutorService threads;
  private final Supplier<String> metrics;
  private final Health health;

  private MetricsServer(
      HttpServer server, ExecutorService threads, Supplier<String> metrics, Health health) {
    this.server = server;
    this.threads = threads;
    this.metrics = metrics;
    this.health = health;
  }

  /**
   * Listens from now on.
   *
   * @throws LandfallException if it cannot
   */
  static MetricsServer start(InetSocketAddress address, Supplier<String> metrics, Health health) {
    for (String slowest : SLOWEST) {
      // Whoever says nothing, or takes nothing, must not keep a thread from the others.
      System.setProperty(slowest, System.getProperty(slowest, SECONDS));
    }
    HttpServer server;
    try {
      server =
          HttpServer.create(
              new InetSocketAddress(
                  InetAddress.getByName(address.getHostString()), address.getPort()),
              BACKLOG);
    } catch (IOException e) {
      throw LandfallException.usage(
          "%s %s:%d: nothing can listen there: %s. Name a port that no other program uses, of an address of this machine."
              .formatted(
                  LandfallSettings.METRICS_ADDRESS.flag(),
                  address.getHostString(),
                  address.getPort(),
                  Reason.of(e)),
          e);
    }
    ExecutorService threads = threads();
    MetricsServer started = new MetricsServer(server, threads, metrics, health);
    server.setExecutor(threads);
    server.createContext("/", started::answer);
    server.start();
    LOG.atInfo()
        .addKeyValue("address", address.getHostString() + ":" + address.getPort())
        .log("Metrics are served");
    return started;
  }

  private static ExecutorService threads() {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            1,
            TimeUnit.MINUTES,
            new LinkedBlockingQueue<>(),
            work -> DaemonThread.of("metrics-http", work));
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!Set.of("GET", "HEAD").contains(exchange.getRequestMethod())) {
        exchange.getResponseHeaders().set("Allow", "GET, HEAD");
        answer(exchange, 405, PLAIN, "only GET and HEAD\n");
        return;
      }
      switch (exchange.getRequestURI().getPath()) {
        case "/metrics" -> answer(exchange, 200, Figures.CONTENT_TYPE, metrics.get());
        case "/healthz" -> {
          String problem = health.problem().orElse("");
          answer(
              exchange,
              problem.isEmpty() ? 200 : 503,
              PLAIN,
              problem.isEmpty() ? "ok\n" : problem + "\n");
        }
        case "/readyz" -> {
          boolean ready = health.isReady();
          answer(exchange, ready ? 200 : 503, PLAIN, ready ? "ready\n" : "not ready\n");
        }
        default -> answer(exchange, 404, PLAIN, "/metrics, /healthz, /readyz\n");
      }
    } catch (RuntimeException e) {
      // Of a figure that cannot be told the asker learns by a broken connection; a command goes on.
      LOG.atDebug().addKeyValue("reason", Reason.of(e)).log("Metrics could not be told");
    }
  }

  private static void answer(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] body = text.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  void close() {
    server.stop(0);
    threads.shutdownNow();
    try {
      var unused = threads.awaitTermination(END_OF_ANSWERS.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
