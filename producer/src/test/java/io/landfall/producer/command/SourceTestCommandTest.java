package io.landfall.producer.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.landfall.cli.ExitCode;
import io.landfall.cli.Program;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceTestCommandTest {

  private static final String DEFINITION =
      """
      source: shop
      about: Things that are for sale.
      api: {url: "%s", budget: 100/s}
      resources:
        things:
          reads:
            whole: {every: 1d, ask: {path: /things, paging: none}}
          records: /things
          key: [id]
          fields:
            id:    {at: /id,    type: int}
            price: {at: /price, type: double}
            since: {at: /since, type: timestamp}
      """;

  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private HttpServer server;
  private int requests;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  /** Answers the first request, the second, and so on. */
  private void answers(IntFunction<String> bodies) {
    server.createContext("/", exchange -> answer(exchange, 200, bodies.apply(++requests)));
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    exchange.sendResponseHeaders(status, body.getBytes(UTF_8).length);
    exchange.getResponseBody().write(body.getBytes(UTF_8));
    exchange.close();
  }

  private static String things(String... things) {
    return "{\"things\": [%s]}".formatted(String.join(",", things));
  }

  private ExitCode test() throws IOException {
    String url = "http://127.0.0.1:%d".formatted(server.getAddress().getPort());
    Path file = Files.writeString(folder.resolve("shop.yaml"), DEFINITION.formatted(url));
    return new Program(
            "landfall producer", "Sources.", List.of(new SourceTestCommand(Clock.systemUTC())))
        .run(
            Map.of(),
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            "source",
            "test",
            file.toString());
  }

  @Test
  void whatDoesNotFitIsToldByItsColumn() throws IOException {
    String many =
        IntStream.range(0, 200)
            .mapToObj("{\"id\": %1$d, \"price\": \"0.%1$03d\", \"since\": \"today\"}"::formatted)
            .collect(Collectors.joining(","));
    answers(request -> things(many, "{\"id\": 200, \"price\": 1.5}"));
    assertThat(test()).as(err.toString(UTF_8)).isEqualTo(ExitCode.OK);
    assertThat(out.toString(UTF_8).lines().filter(line -> line.contains("does not fit")))
        .containsExactly(
            "  does not fit: price, which is null in 200 rows, is no double there: \"0.000\","
                + " \"0.001\", \"0.002\", …",
            "  does not fit: since, which is null in 200 rows, is no timestamp there: \"today\", …");
    assertThat(out.toString(UTF_8)).contains("asked again: the same rows");
  }

  @Test
  void whatCannotBeARowIsTold() throws IOException {
    answers(request -> things("{\"id\": 1}", "{\"id\": \"x\"}"));
    assertThat(test()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(out.toString(UTF_8))
        .contains("no row: record 2 of", "id, of the key, is \"x\"")
        .doesNotContain("does not fit: id");
  }

  @Test
  void recordsOfOneKeyAreTold() throws IOException {
    answers(request -> things("{\"id\": 1}", "{\"id\": 2}", "{\"id\": 1}", "{\"id\": 1}"));
    assertThat(test()).as(err.toString(UTF_8)).isEqualTo(ExitCode.OK);
    assertThat(out.toString(UTF_8))
        .contains(
            "  of the same id is more than one row, and the last counts: 1 (3 times); 2 rows in all");
  }

  @Test
  void whatDiffersBetweenTwoLooksIsTold() throws IOException {
    answers(request -> things("{\"id\": 1, \"price\": %d}".formatted(request)));
    assertThat(test()).as(err.toString(UTF_8)).isEqualTo(ExitCode.OK);
    assertThat(out.toString(UTF_8)).contains("asked again: 1 row changed, 0 came, 0 gone");
  }

  @Test
  void whatIsNotDeclaredIsALineForTheDefinition() throws IOException {
    answers(request -> things("{\"id\": 1, \"color\": \"red\"}"));
    assertThat(test()).as(err.toString(UTF_8)).isEqualTo(ExitCode.OK);
    assertThat(out.toString(UTF_8)).contains("not declared: color: {at: /color, type: text}");
  }

  @Test
  void aRefusalIsHowALookEnds() throws IOException {
    server.createContext("/", exchange -> answer(exchange, 401, "{}"));
    assertThat(test()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(out.toString(UTF_8))
        .contains("status 401: the API does not let us in")
        .doesNotContain("asked again");
  }
}
