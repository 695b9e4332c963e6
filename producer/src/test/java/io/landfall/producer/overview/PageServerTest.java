package io.landfall.producer.overview;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.landfall.cli.ExitCode;
import io.landfall.cli.LandfallException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page over a real socket, asked as anybody may ask. */
class PageServerTest {

  private static final InetSocketAddress ANYWHERE =
      InetSocketAddress.createUnresolved("127.0.0.1", 0);

  private volatile boolean isKafkaThere = true;
  private Latest latest;
  private PageServer page;

  @BeforeEach
  void start() {
    latest =
        new Latest(
            () -> {
              if (!isKafkaThere) {
                throw LandfallException.unavailable("Kafka at <x> is away");
              }
              return Found.well().overview();
            },
            Duration.ZERO,
            Duration.ofSeconds(20));
    page = PageServer.start(ANYWHERE, latest, Found.NAMES);
  }

  @AfterEach
  void stop() {
    page.close();
    latest.close();
  }

  private int port() {
    return Integer.parseInt(page.url().replaceAll(".*:(\\d+)/", "$1"));
  }

  private String ask(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write((request + "Connection: close\r\n\r\n").getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  private String get(String path) throws IOException {
    return ask("GET %s HTTP/1.1\r\nHost: localhost:%d\r\n".formatted(path, port()));
  }

  @Test
  void thePageHasWhatKeepsItSafe() throws Exception {
    String answer = get("/");
    assertThat(answer).startsWith("HTTP/1.1 200 ").contains("16 station days held");
    assertThat(answer.split("\r\n\r\n", 2)[0].toLowerCase(Locale.ROOT).lines())
        .contains(
            "content-type: text/html; charset=utf-8",
            "content-security-policy: " + OverviewPage.POLICY.toLowerCase(Locale.ROOT),
            "x-content-type-options: nosniff",
            "x-frame-options: deny",
            "referrer-policy: no-referrer",
            "cross-origin-resource-policy: same-origin",
            "cache-control: no-store");
    assertThat(page.isForThisMachineOnly()).isTrue();
  }

  @Test
  void headIsThePageWithoutABody() throws Exception {
    String answer = ask("HEAD / HTTP/1.1\r\nHost: 127.0.0.1\r\n");
    assertThat(answer).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\n");
    assertThat(answer.toLowerCase(Locale.ROOT)).containsPattern("content-length: \\d{4,}");
  }

  @Test
  void theSameForPrograms() throws Exception {
    assertThat(get("/status.json"))
        .startsWith("HTTP/1.1 200 ")
        .contains("{\"headline\":\"All is well: ", "application/json");
    isKafkaThere = false;
    assertThat(get("/status.json"))
        .startsWith("HTTP/1.1 503 ")
        .contains("\"well\":false,\"trouble\":\"Kafka at <x> is away\"");
  }

  @Test
  void whileKafkaIsAwayThePageShowsTheLastAndSaysSo() throws Exception {
    get("/");
    isKafkaThere = false;
    assertThat(get("/"))
        .startsWith("HTTP/1.1 200 ")
        .contains("What follows is as of ", "Kafka at &lt;x&gt; is away", "16 station days");
    isKafkaThere = true;
    assertThat(get("/")).doesNotContain("What follows is as of");
  }

  @Test
  void beforeKafkaWasEverThereThePageSaysWhyItIsEmpty() throws Exception {
    isKafkaThere = false;
    assertThat(get("/")).contains("Nothing is known yet", "Kafka at &lt;x&gt; is away");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH"})
  void itIsReadAndNothingElse(String method) throws Exception {
    assertThat(ask(method + " / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n"))
        .startsWith("HTTP/1.1 405 ")
        .contains("Allow: GET, HEAD");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.0.0.1:8484", "localhost", "LOCALHOST:1", "[::1]:8484"})
  void whoNamesAnAddressOrThisMachineIsAnswered(String host) throws Exception {
    assertThat(ask("GET / HTTP/1.1\r\nHost: " + host + "\r\n")).startsWith("HTTP/1.1 200 ");
  }

  /** A name that somebody else has a hand in may lead here, and his page then reads ours. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:8484",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "127.0.0.1@evil.example",
        "evil.example#127.0.0.1",
        ""
      })
  void whoNamesAnotherIsTurnedAway(String host) throws Exception {
    for (String path : new String[] {"/", "/status.json", "/x"}) {
      assertThat(ask("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n"))
          .startsWith("HTTP/1.1 421 ")
          .doesNotContain("station");
    }
  }

  @Test
  void whoNamesNoneIsTurnedAway() throws Exception {
    assertThat(ask("GET / HTTP/1.0\r\n")).startsWith("HTTP/1.1 421 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/x", "/../etc/passwd", "/%2e%2e/", "/favicon.ico", "/status.json/"})
  void thereIsNothingElse(String path) throws Exception {
    assertThat(get(path)).startsWith("HTTP/1.1 404 ");
  }

  @Test
  void anAddressThatIsTakenIsTold() {
    InetSocketAddress taken = InetSocketAddress.createUnresolved("127.0.0.1", port());
    assertThatThrownBy(() -> PageServer.start(taken, latest, Found.NAMES))
        .isInstanceOfSatisfying(
            LandfallException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageContaining("--serve 127.0.0.1:" + port() + ": nothing can listen there: ");
  }

  @Test
  void whoSendsNothingHoldsUpNobody() throws Exception {
    Socket[] silent = new Socket[20];
    for (int i = 0; i < silent.length; i++) {
      silent[i] = new Socket(InetAddress.getLoopbackAddress(), port());
      silent[i].getOutputStream().write("GET / HT".getBytes(UTF_8));
    }
    assertThat(get("/")).startsWith("HTTP/1.1 200 ");
    for (Socket socket : silent) {
      socket.close();
    }
  }
}
