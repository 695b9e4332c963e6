package io.landfall.sandbox.monitoring;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A program's metrics address, and who looks at it. */
public final class Scraped implements AutoCloseable {

  private static final long PAUSE_MS = 50;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final HttpClient client = HttpClient.newHttpClient();
  private final String address;
  private final AtomicInteger scrapes = new AtomicInteger();
  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
  private final Thread scraper = new Thread(this::scrape, "scrape");
  private volatile boolean closed;

  /** At a port that is free now. */
  public Scraped() throws IOException {
    this.address = freeAddress();
  }

  /** A free port of this machine, host:port. */
  static String freeAddress() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
      return "127.0.0.1:" + socket.getLocalPort();
    }
  }

  String address() {
    return address;
  }

  /** The flags of the program, after those that it has anyway. */
  public String[] flags(String... others) {
    return Stream.concat(Stream.of(others), Stream.of("--metrics-address", address))
        .toArray(String[]::new);
  }

  /** From now on all the time, until it is closed. */
  public void scrapeAlways() {
    scraper.setDaemon(true);
    scraper.start();
  }

  private void scrape() {
    while (!closed) {
      try {
        HttpResponse<String> answer = get("/metrics");
        if (answer.statusCode() == 200 && answer.body().endsWith("\n")) {
          scrapes.incrementAndGet();
        } else {
          wrong.add("%d: %s".formatted(answer.statusCode(), answer.body()));
        }
        Thread.sleep(PAUSE_MS);
      } catch (IOException e) {
        // It has ended, or is about to.
        return;
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** How many scrapes had an answer. */
  public int scrapes() {
    return scrapes.get();
  }

  /** Each answer that was not as it should be. */
  public Queue<String> wrong() {
    return wrong;
  }

  /** The HTTP status of a page; 0 where nobody answers. */
  public int code(String path) {
    try {
      return get(path).statusCode();
    } catch (IOException e) {
      return 0;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** All that it tells. */
  public String text() throws IOException, InterruptedException {
    return get("/metrics").body();
  }

  /** The sum of a metric over its labels; -1 where nobody answers or no sample is there. */
  public double sum(String name) {
    try {
      double[] values =
          text()
              .lines()
              .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
              .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
              .toArray();
      return values.length == 0 ? -1 : Arrays.stream(values).sum();
    } catch (IOException e) {
      return -1;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://" + address + path);
    return client.send(
        HttpRequest.newBuilder(uri).timeout(PATIENCE).build(), BodyHandlers.ofString());
  }

  @Override
  public void close() {
    closed = true;
    scraper.interrupt();
  }
}
