package io.landfall.producer.overview;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.landfall.cli.LandfallException;
import io.landfall.cli.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The page and its JSON over HTTP, to be read and nothing else. Who asks by a name that is not this
 * server's is turned away: a page of somebody else's, whose name leads here, reads nothing.
 */
public final class PageServer implements AutoCloseable {

  /** Many, because one that sends slowly holds one. */
  private static final int THREADS = 64;

  /** In seconds: who sends or takes slowly holds a thread no longer than this. */
  private static final String SLOWEST = "20";

  /** An address needs no name, and so no server of names that somebody else has a hand in. */
  private static final Pattern ADDRESS =
      Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-fA-F:.]+]");

  private static final Pattern PORT = Pattern.compile(":\\d{1,5}$");

  private final HttpServer server;
  private final ExecutorService threads;
  private final Latest latest;
  private final Names names;
  private final String host;

  private PageServer(HttpServer server, Latest latest, Names names, String host) {
    this.server = server;
    this.latest = latest;
    this.names = names;
    this.host = host;
    this.threads = threads();
  }

  private static ExecutorService threads() {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            1,
            TimeUnit.MINUTES,
            new LinkedBlockingQueue<>(),
            work -> {
              Thread thread = new Thread(work, "page");
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  /**
   * Starts it.
   *
   * @param address host and port, as they were given
   * @throws LandfallException if it cannot listen there
   */
  public static PageServer start(InetSocketAddress address, Latest latest, Names names) {
    for (String limit : new String[] {"maxReqTime", "maxRspTime"}) {
      String property = "sun.net.httpserver." + limit;
      System.setProperty(property, System.getProperty(property, SLOWEST));
    }
    try {
      InetAddress host = InetAddress.getByName(address.getHostString());
      HttpServer server = HttpServer.create(new InetSocketAddress(host, address.getPort()), 0);
      PageServer page = new PageServer(server, latest, names, address.getHostString());
      server.setExecutor(page.threads);
      server.createContext("/", page::answer);
      server.start();
      return page;
    } catch (IOException e) {
      throw LandfallException.usage(
          "--serve %s:%d: nothing can listen there: %s. Give another address or port: --serve HOST:PORT"
              .formatted(address.getHostString(), address.getPort(), Reason.of(e)),
          e);
    }
  }

  /** Where it is, for a browser. */
  public String url() {
    return "http://%s:%d/".formatted(host, server.getAddress().getPort());
  }

  /** Whether nobody but this machine reaches it. */
  public boolean isForThisMachineOnly() {
    return server.getAddress().getAddress().isLoopbackAddress();
  }

  private record Answer(int status, String type, String body) {

    static Answer text(int status, String body) {
      return new Answer(status, "text/plain; charset=utf-8", body + "\n");
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Answer answer;
      try {
        answer = to(exchange);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        answer = Answer.text(503, "The program is stopping.");
      }
      send(exchange, answer);
    }
  }

  private Answer to(HttpExchange exchange) throws InterruptedException {
    String method = exchange.getRequestMethod();
    if (!isOurs(exchange.getRequestHeaders().getFirst("Host"))) {
      return Answer.text(
          421, "This page is asked for by an address, by localhost, or by the name in --serve.");
    }
    if (!method.equals("GET") && !method.equals("HEAD")) {
      exchange.getResponseHeaders().set("Allow", "GET, HEAD");
      return Answer.text(405, "This page is read, and nothing else.");
    }
    return switch (String.valueOf(exchange.getRequestURI().getPath())) {
      case "/" -> page(latest.get());
      case "/status.json" -> json(latest.get());
      default -> Answer.text(404, "There is / and /status.json.");
    };
  }

  private boolean isOurs(@Nullable String given) {
    if (given == null) {
      return false;
    }
    String name = PORT.matcher(given).replaceFirst("");
    return ADDRESS.matcher(name).matches()
        || name.equalsIgnoreCase("localhost")
        || name.toLowerCase(Locale.ROOT).equals(host.toLowerCase(Locale.ROOT));
  }

  private Answer page(Seen seen) {
    String page =
        seen.overview()
            .map(overview -> OverviewPage.of(overview, seen.trouble()))
            .orElseGet(() -> OverviewPage.of(names, seen.trouble().orElse("")));
    return new Answer(200, "text/html; charset=utf-8", page);
  }

  /** For programs, what is not known now is not there. */
  private static Answer json(Seen seen) {
    Optional<String> trouble = seen.trouble();
    return trouble.isPresent() || seen.overview().isEmpty()
        ? new Answer(
            503, "application/json", OverviewJson.trouble(trouble.orElse("Nothing is known yet.")))
        : new Answer(200, "application/json", OverviewJson.of(seen.overview().get()));
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", answer.type());
    headers.set("Cache-Control", "no-store");
    headers.set("Content-Security-Policy", OverviewPage.POLICY);
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("X-Frame-Options", "DENY");
    byte[] body = answer.body().getBytes(UTF_8);
    if (exchange.getRequestMethod().equals("HEAD")) {
      headers.set("Content-Length", Integer.toString(body.length));
      exchange.sendResponseHeaders(answer.status(), -1);
      return;
    }
    exchange.sendResponseHeaders(answer.status(), body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
