package io.landfall.producer.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.landfall.cli.ExitCode;
import io.landfall.cli.Program;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SourceInferCommandTest {

  private static final String RECORDS =
      "{\"records\": [{\"id\": \"a\", \"updated\": \"2026-11-25T06:00:00Z\"}]}";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private HttpServer server;
  private String url;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
    url = "http://127.0.0.1:%d/v1/things".formatted(server.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answers(int status, String body, String link) {
    server.createContext(
        "/",
        exchange -> {
          if (!link.isEmpty()) {
            exchange.getResponseHeaders().add("Link", link);
          }
          exchange.sendResponseHeaders(status, body.getBytes(UTF_8).length);
          exchange.getResponseBody().write(body.getBytes(UTF_8));
          exchange.close();
        });
  }

  private ExitCode infer(String of) {
    return new Program(
            "landfall producer", "Sources.", List.of(new SourceInferCommand(Clock.systemUTC())))
        .run(
            Map.of(),
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            "source",
            "infer",
            of);
  }

  @Test
  void aLinkHeaderIsSeen() {
    answers(200, RECORDS, "</v1/more?page=2>; rel=\"next\"");
    assertThat(infer(url)).as(err.toString(UTF_8)).isEqualTo(ExitCode.OK);
    assertThat(out.toString(UTF_8).lines())
        .first()
        .asString()
        .startsWith("# A draft, made from 1 record in 1 answer.");
    assertThat(out.toString(UTF_8)).contains("          paging: link-header ");
  }

  @Test
  void whoIsNotLetInIsToldWhatToDo() {
    answers(401, "{}", "");
    assertThat(infer(url)).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(err.toString(UTF_8))
        .contains("GET %s: status 401".formatted(url), "api.auth")
        .doesNotContain("[");
  }

  @Test
  void whatIsNoJsonIsShown() {
    answers(200, "<!DOCTYPE html>\n<html>", "");
    assertThat(infer(url)).isEqualTo(ExitCode.REFUSED);
    assertThat(err.toString(UTF_8))
        .contains("The answer of %s is no JSON".formatted(url), "begins with: <!DOCTYPE html>")
        .doesNotContain("Source:");
  }

  @Test
  void anAddressWithoutItsSchemeIsNoFile() {
    assertThat(infer("127.0.0.1:8485/v1/things")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString(UTF_8)).contains("A URL begins with http:// or https://");
  }
}
