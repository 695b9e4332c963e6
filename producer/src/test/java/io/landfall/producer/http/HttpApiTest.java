package io.landfall.producer.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a real server that answers by a script. */
class HttpApiTest {

  private interface Reply {
    void send(HttpExchange exchange) throws IOException;
  }

  private final Deque<Reply> script = new ArrayDeque<>();
  private final Reachability reachability = new Reachability();
  private HttpServer server;
  private ExecutorService threads;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    threads = Executors.newCachedThreadPool();
    server.setExecutor(threads);
    server.createContext("/", exchange -> next().send(exchange));
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  private synchronized Reply next() {
    return script.size() > 1 ? script.pop() : script.getFirst();
  }

  private URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/x");
  }

  /** With time enough for a machine that is busy with other work. */
  private HttpApi api(boolean compressed) {
    return api(compressed, Duration.ofSeconds(10));
  }

  private HttpApi api(boolean compressed, Duration timeout) {
    RequestPolicy politeness =
        new RequestPolicy(
            Optional.empty(), timeout, 4, Duration.ofMillis(20), Duration.ofSeconds(2), compressed);
    return new HttpApi(
        "test", HttpClient.newHttpClient(), politeness, reachability, Clock.systemUTC());
  }

  private static Reply status(int status, String body) {
    return exchange -> {
      byte[] bytes = body.getBytes(UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
      exchange.close();
    };
  }

  private static Reply retryAfter(String value) {
    return exchange -> {
      exchange.getResponseHeaders().add("Retry-After", value);
      exchange.sendResponseHeaders(429, -1);
      exchange.close();
    };
  }

  @Test
  void aPassingErrorIsTriedAgain() throws Exception {
    script.add(status(503, "<html>"));
    script.add(status(200, "{\"a\":1}"));
    HttpApi api = api(false);
    Answer answer = api.get(url());
    assertThat(answer).isInstanceOf(Answer.Body.class);
    assertThat(((Answer.Body) answer).bytes()).isEqualTo("{\"a\":1}".getBytes(UTF_8));
    assertThat(api.requests()).isEqualTo(2);
  }

  @Test
  void whatIsNotThereIsAskedForOnce() throws Exception {
    script.add(status(404, "no"));
    HttpApi api = api(false);
    assertThat(api.get(url())).isInstanceOf(Answer.Refused.class);
    assertThat(api.requests()).isEqualTo(1);
  }

  @Test
  void anErrorThatStaysIsTriedFourTimes() throws Exception {
    script.add(status(500, "x"));
    HttpApi api = api(false);
    assertThat(api.get(url()))
        .isEqualTo(new Answer.Failed("GET " + url() + ": status 500", Optional.empty()));
    assertThat(api.requests()).isEqualTo(4);
  }

  @Test
  void aShortRetryAfterIsWaitedFor() throws Exception {
    script.add(retryAfter("1"));
    script.add(status(200, "{}"));
    assertThat(api(false).get(url())).isInstanceOf(Answer.Body.class);
  }

  @Test
  void anAbsurdRetryAfterEndsTheTriesAndIsReported() throws Exception {
    script.add(retryAfter("86400"));
    HttpApi api = api(false);
    Answer.Failed failed = (Answer.Failed) api.get(url());
    assertThat(failed.until()).isPresent();
    assertThat(api.requests()).isEqualTo(1);
  }

  private static Reply body(byte[] bytes, Map<String, String> headers) {
    return exchange -> {
      headers.forEach(exchange.getResponseHeaders()::add);
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
      exchange.close();
    };
  }

  private static byte[] zipped(byte[] bytes) throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write(bytes);
    }
    return zipped.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Wed, 21 Oct 2099 07:28:00 GMT", "99999999999999999999", "1000000"})
  void aWishOfYearsIsGrantedForADay(String wish) throws Exception {
    script.add(retryAfter(wish));
    Instant before = Instant.now();
    Answer.Failed failed = (Answer.Failed) api(false).get(url());
    assertThat(failed.until().orElseThrow())
        .isBetween(before.plus(Duration.ofDays(1)), Instant.now().plus(Duration.ofDays(1)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1e99", "soon", "Wed, 21 Oct 2015 07:28:00 GMT"})
  void aWishThatCannotBeReadIsNone(String wish) throws Exception {
    script.add(retryAfter(wish));
    script.add(status(200, "{}"));
    HttpApi api = api(false);
    assertThat(api.get(url())).isInstanceOf(Answer.Body.class);
    assertThat(api.requests()).isEqualTo(2);
  }

  @Test
  void namesOfHeadersAreInAnyCase() throws Exception {
    // The server writes every name with one capital; a plain socket writes it as it is told.
    try (ServerSocket raw = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      threads.execute(
          () -> {
            try (Socket socket = raw.accept()) {
              socket.getInputStream().read(new byte[4096]);
              byte[] zipped = zipped("{}".getBytes(UTF_8));
              String head =
                  "HTTP/1.1 200 OK\r\ncOnTeNt-EnCoDiNg: GZIP\r\nCONTENT-TYPE: Application/JSON\r\ncontent-length: %d\r\n\r\n"
                      .formatted(zipped.length);
              socket.getOutputStream().write(head.getBytes(UTF_8));
              socket.getOutputStream().write(zipped);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
      Answer.Body body =
          (Answer.Body) api(true).get(URI.create("http://127.0.0.1:" + raw.getLocalPort() + "/"));
      assertThat(new String(body.bytes(), UTF_8)).isEqualTo("{}");
      assertThat(body.contentType()).isEqualTo("Application/JSON");
    }
  }

  @Test
  void everyKindOfAnswerIsAccepted() throws Exception {
    script.add(
        exchange -> {
          assertThat(exchange.getRequestHeaders().getFirst("Accept"))
              .contains("application/json", "text/html", "*/*");
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    assertThat(api(false).get(url())).isInstanceOf(Answer.Body.class);
  }

  @Test
  void aCodingThatIsNotThereIsTheReason() throws Exception {
    script.add(body("{}".getBytes(UTF_8), Map.of("Content-Encoding", "gzip")));
    assertThat(((Answer.Failed) api(false).get(url())).reason())
        .isEqualTo(
            "GET %s: Content-Encoding is \"gzip\", but the body is not gzip (2 bytes)"
                .formatted(url()));
  }

  @Test
  void aBodyThatIsLargeOnlyWhenItIsUnpackedIsNotUnpacked() throws Exception {
    byte[] bomb = zipped(new byte[10 * HttpApi.LARGEST_BODY]);
    script.add(body(bomb, Map.of("Content-Encoding", "gzip")));
    assertThat(((Answer.Failed) api(false).get(url())).reason())
        .endsWith(
            "the body is larger than 8388608 bytes when it is unpacked (%d bytes of gzip)"
                .formatted(bomb.length));
  }

  @Test
  void aBodyThatIsAnnouncedAsTooLargeIsToldWithItsSize() throws Exception {
    script.add(
        exchange -> {
          exchange.sendResponseHeaders(200, 5_000_000_000L);
          exchange.getResponseBody().write("{".getBytes(UTF_8));
          exchange.close();
        });
    assertThat(((Answer.Failed) api(false).get(url())).reason())
        .endsWith("the body is larger than 8388608 bytes (5000000000 bytes)");
  }

  @Test
  void aBodyThatDripsForEverEndsWithTheTimeLimit() throws Exception {
    script.add(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          while (!Thread.currentThread().isInterrupted()) {
            exchange.getResponseBody().write(' ');
            exchange.getResponseBody().flush();
            sleep(50);
          }
        });
    assertThat(((Answer.Failed) api(false, Duration.ofMillis(500)).get(url())).reason())
        .contains("no whole answer within");
  }

  @Test
  void aBodyBeyondTheLimitIsNotRead() throws Exception {
    script.add(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] chunk = new byte[64 * 1024];
          for (int sent = 0; sent <= HttpApi.LARGEST_BODY; sent += chunk.length) {
            exchange.getResponseBody().write(chunk);
          }
          exchange.close();
        });
    assertThat(((Answer.Failed) api(false).get(url())).reason()).contains("larger than");
  }

  @Test
  void aConnectionThatBreaksInTheBodyIsAFailure() throws Exception {
    script.add(
        exchange -> {
          exchange.sendResponseHeaders(200, 1000);
          exchange.getResponseBody().write("{\"plays\":[".getBytes(UTF_8));
          exchange.close();
        });
    assertThat(api(false).get(url())).isInstanceOf(Answer.Failed.class);
  }

  @Test
  void aCompressedBodyIsKeptAsItReads() throws Exception {
    script.add(
        exchange -> {
          assertThat(exchange.getRequestHeaders().getFirst("Accept-Encoding")).isEqualTo("gzip");
          byte[] zipped = zipped("{\"name\":\"Stützle\"}".getBytes(UTF_8));
          body(zipped, Map.of("Content-Encoding", "gzip")).send(exchange);
        });
    Answer.Body body = (Answer.Body) api(true).get(url());
    assertThat(new String(body.bytes(), UTF_8)).isEqualTo("{\"name\":\"Stützle\"}");
  }

  @Test
  void nobodyListeningIsAFailureWithTheAddress() throws Exception {
    server.stop(0);
    script.add(status(200, ""));
    assertThat(((Answer.Failed) api(false).get(url())).reason()).contains(url().toString());
  }

  @Test
  void nothingIsAskedAnyMoreAfterTwentyRequestsWithoutAnAnswer() throws Exception {
    server.stop(0);
    HttpApi api = api(false);
    for (int url = 0; url < 30; url++) {
      api.get(url());
    }
    assertThat(api.requests()).isEqualTo(20);
    assertThat(reachability.lost().orElseThrow())
        .contains("20 requests in a row got no answer", url() + ": no connection");
    assertThat(api.get(url())).isInstanceOf(Answer.NotAsked.class);
  }

  @Test
  void anErrorStatusIsAnAnswerToo() throws Exception {
    for (int url = 0; url < 8; url++) {
      script.add(exchange -> exchange.close());
      script.add(exchange -> exchange.close());
      script.add(exchange -> exchange.close());
      script.add(status(404, "x"));
    }
    HttpApi api = api(false);
    for (int url = 0; url < 8; url++) {
      assertThat(api.get(url())).isInstanceOf(Answer.Refused.class);
    }
    assertThat(reachability.lost()).isEmpty();
  }

  @Test
  void whatTheBreakerKeepsBackWasNotAsked() throws Exception {
    script.add(status(500, "x"));
    HttpApi api = api(false);
    for (int url = 0; url < 5; url++) {
      assertThat(api.get(url())).isInstanceOf(Answer.Failed.class);
    }
    assertThat(api.get(url())).isInstanceOf(Answer.NotAsked.class);
    assertThat(api.requests()).isEqualTo(20);
    assertThat(reachability.lost()).isEmpty();
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aReasonHasNeitherASecretNorAJavaName() throws InterruptedException {
    script.add(status(404, ""));
    URI secret = URI.create(url() + "?id=7&apikey=hunter2");
    assertThat(((Answer.Refused) api(false).get(secret)).reason())
        .contains("id=7")
        .doesNotContain("hunter2");
    server.stop(0);
    assertThat(((Answer.Failed) api(false).get(secret)).reason())
        .contains("id=7")
        .doesNotContain("hunter2", "Exception");
  }
}
