package io.landfall.producer.rest.ask;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonPointer;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.landfall.cli.Secrets;
import io.landfall.producer.definition.ApiDefinition;
import io.landfall.producer.definition.Auth;
import io.landfall.producer.definition.Paging;
import io.landfall.producer.definition.Reading.Ask;
import io.landfall.producer.definition.RecordForm;
import io.landfall.producer.definition.StatusMeaning;
import io.landfall.producer.http.Hosts;
import io.landfall.producer.http.HttpSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An API on this machine that answers as a test says, and remembers what it was asked. */
final class AnApi implements AutoCloseable {

  /** What comes for one request. */
  interface Served {
    Said to(Got request) throws IOException;
  }

  /** A request. */
  record Got(String path, Map<String, String> query, Map<String, String> headers, String body) {
    String parameter(String name) {
      return query.getOrDefault(name, "");
    }

    int number(String name, int otherwise) {
      return query.containsKey(name) ? Integer.parseInt(query.get(name)) : otherwise;
    }
  }

  /** An answer. */
  record Said(int status, Map<String, String> headers, String body) {
    static Said json(String body) {
      return new Said(200, Map.of("Content-Type", "application/json"), body);
    }

    static Said status(int status) {
      return new Said(status, Map.of(), "");
    }

    Said with(String name, String value) {
      Map<String, String> more = new HashMap<>(headers);
      more.put(name, value);
      return new Said(status, more, body);
    }
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Got> requests = new CopyOnWriteArrayList<>();
  private final Hosts hosts =
      new Hosts(new HttpSettings(Optional.empty(), Duration.ofSeconds(20)), Clock.systemUTC());
  private volatile Served served = request -> Said.status(404);

  AnApi() {
    // Or each answer waits for the other side's delayed acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  AnApi serves(Served next) {
    requests.clear();
    served = next;
    return this;
  }

  /** Since it last was told what to serve. */
  List<Got> requests() {
    return List.copyOf(requests);
  }

  private void answer(HttpExchange exchange) throws IOException {
    Map<String, String> query = new LinkedHashMap<>();
    Optional.ofNullable(exchange.getRequestURI().getRawQuery()).stream()
        .flatMap(text -> List.of(text.split("&")).stream())
        .map(part -> part.split("=", 2))
        .forEach(
            part ->
                query.merge(
                    URLDecoder.decode(part[0], UTF_8),
                    part.length > 1 ? URLDecoder.decode(part[1], UTF_8) : "",
                    (a, b) -> a + " and " + b));
    Map<String, String> headers = new HashMap<>();
    exchange.getRequestHeaders().forEach((name, all) -> headers.put(name, String.join(", ", all)));
    Got got =
        new Got(
            exchange.getRequestURI().getRawPath(),
            query,
            headers,
            new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    requests.add(got);
    Said said = served.to(got);
    said.headers().forEach(exchange.getResponseHeaders()::add);
    byte[] body = said.body().getBytes(UTF_8);
    exchange.sendResponseHeaders(said.status(), body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  URI url() {
    return url("127.0.0.1");
  }

  /** The same machine by another name is another host. */
  URI url(String host) {
    return URI.create("http://%s:%d".formatted(host, server.getAddress().getPort()));
  }

  ApiDefinition definition() {
    return definition(new Auth.None(), Map.of());
  }

  ApiDefinition definition(Auth auth, Map<String, String> headers) {
    return new ApiDefinition(
        url(),
        Map.of(),
        auth,
        headers,
        Optional.empty(),
        1,
        Duration.ofSeconds(10),
        Optional.empty(),
        Map.of(410, StatusMeaning.GONE, 400, StatusMeaning.SPLIT));
  }

  Asking asking() {
    return asking(definition(), Map.of());
  }

  Asking asking(ApiDefinition api, Map<String, String> environment) {
    return new Asking(api, hosts, new Secrets(environment), Clock.systemUTC());
  }

  /** For a list under {@code /records} of objects with {@code id}. */
  static Question question(Paging paging) {
    return question(ask("/things", Map.of(), paging));
  }

  static Question question(Ask ask) {
    return new Question(
        ask,
        Map.of(),
        new RecordForm.Elements(List.of(JsonPointer.compile("/records"))),
        List.of(JsonPointer.compile("/id")));
  }

  static Ask ask(String path, Map<String, String> query, Paging paging) {
    return new Ask(
        "things",
        Optional.empty(),
        path,
        query,
        paging,
        Optional.empty(),
        List.of(),
        true,
        Optional.empty());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
