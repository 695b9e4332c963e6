package io.landfall.producer.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.landfall.cli.metrics.Metrics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each request is counted once, by what became of it, at a real server. */
class RequestMetersTest {

  private final Metrics metrics = Metrics.inMemory(Clock.systemUTC());

  /** What is answered; 0 is nothing at all, -1 the beginning of a body. */
  private final Deque<Integer> statuses = new ArrayDeque<>();

  private HttpServer server;
  private ExecutorService threads;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    threads = Executors.newCachedThreadPool();
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          int status = next();
          if (status > 0) {
            exchange.sendResponseHeaders(status, -1);
          } else if (status < 0) {
            exchange.sendResponseHeaders(200, 10);
            exchange.getResponseBody().write(1);
          }
          if (status != 0) {
            exchange.close();
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  private synchronized int next() {
    return statuses.pop();
  }

  private HttpApi api(Optional<Double> requestsPerSecond) {
    return new HttpApi(
        "test",
        HttpClient.newHttpClient(),
        new RequestPolicy(
            requestsPerSecond,
            Duration.ofSeconds(2),
            6,
            Duration.ofMillis(20),
            Duration.ofSeconds(2),
            false),
        new Reachability(),
        Clock.systemUTC(),
        new RequestMeters(metrics, "nhl"));
  }

  private URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/x");
  }

  private static String requests(String status) {
    return "landfall_requests_total{source=\"nhl\",status=\"%s\"}".formatted(status);
  }

  @Test
  void eachTryIsCountedByWhatBecameOfIt() throws Exception {
    statuses.addAll(List.of(503, -1, 503, 0, 429, 404));
    assertThat(api(Optional.empty()).get(url())).isInstanceOf(Answer.Refused.class);
    server.stop(0);
    assertThat(api(Optional.empty()).get(url())).isInstanceOf(Answer.Failed.class);
    assertThat(metrics.text().lines())
        .contains(
            requests("503") + " 2.0",
            requests("io-error") + " 1.0",
            requests("timeout") + " 1.0",
            requests("429") + " 1.0",
            requests("404") + " 1.0",
            requests("no-connection") + " 6.0",
            "landfall_request_seconds_count{source=\"nhl\"} 12");
    // Ten pauses, each at least half of what it would be without the jitter.
    assertThat(throttled()).isGreaterThan(0.3);
  }

  private double throttled() {
    return metrics
        .text()
        .lines()
        .filter(line -> line.startsWith("landfall_throttle_seconds_total"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  @Test
  void whatWaitsForItsTurnIsThrottled() throws Exception {
    statuses.addAll(List.of(404, 404, 404));
    HttpApi api = api(Optional.of(1.0));
    for (int i = 0; i < 3; i++) {
      assertThat(api.get(url())).isInstanceOf(Answer.Refused.class);
    }
    assertThat(throttled()).isGreaterThan(0.2);
  }
}
