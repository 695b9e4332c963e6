package io.landfall.producer.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedirectsTest {

  private static Optional<String> refusal(String from, String to) {
    return new Redirects(URI.create(from)).follow(List.of(to));
  }

  @ParameterizedTest
  @CsvSource({
    "https://8.8.8.8/a, https://8.8.8.8/b",
    "https://8.8.8.8/a, b?c=d",
    "https://8.8.8.8/a, //1.1.1.1/",
    "http://8.8.8.8/a, https://8.8.8.8/a",
    "http://8.8.8.8/a, HTTP://1.1.1.1:8080/",
    "http://127.0.0.1:1/a, http://127.0.0.1:2/a",
    "http://127.0.0.1/a, https://8.8.8.8/",
    "http://10.0.0.1/a, http://192.168.0.1/"
  })
  void whereItMayGo(String from, String to) {
    assertThat(refusal(from, to)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "https://8.8.8.8/a, http://8.8.8.8/a, from https to http",
    "https://8.8.8.8/a, https://8.8.8.8/a, a circle of 1",
    "http://8.8.8.8/a, ftp://8.8.8.8/, neither http nor https",
    "http://8.8.8.8/a, file:///etc/passwd, neither http nor https",
    "http://8.8.8.8/a, jar:http://8.8.8.8/x, neither http nor https",
    "http://8.8.8.8/a, javascript:alert(1), neither http nor https",
    "http://8.8.8.8/a, http:///x, no host",
    "http://8.8.8.8/a, http://a@8.8.8.8/, a user",
    "http://8.8.8.8/a, http://8.8.8.8:99999/, no such port",
    "http://8.8.8.8/a, http://[/, no URL"
  })
  void whereItMustNotGo(String from, String to, String why) {
    assertThat(refusal(from, to).orElseThrow()).contains(why);
  }

  /** What answers there is not the API, and who sent us there may want to know what it says. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.9.9.9",
        "localhost",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "[fe80::1]",
        "[fc00::1]",
        "[fd12::1]",
        "224.0.0.1",
        "2130706433"
      })
  void nothingOutsideLeadsInside(String host) {
    assertThat(refusal("https://8.8.8.8/", "https://" + host + "/").orElseThrow())
        .contains("into this machine or its own network");
  }

  @Test
  void aRedirectHasOneLocation() {
    Redirects redirects = new Redirects(URI.create("http://8.8.8.8/"));
    assertThat(redirects.follow(List.of())).hasValue("a redirect with 0 Location headers");
    assertThat(redirects.follow(List.of("/a", "/b")).orElseThrow()).contains("with 2");
  }

  @Test
  void aReasonIsShort() {
    assertThat(refusal("http://8.8.8.8/", "ftp://" + "x".repeat(100_000)).orElseThrow())
        .hasSizeLessThan(400);
  }

  @Test
  void anotherHostIsSentNothingThatIsNotForEveryone() throws Exception {
    try (RawServer first = new RawServer();
        RawServer other = new RawServer()) {
      String there = other.url("/there").toString();
      first.replies(
          (path, out) ->
              RawServer.whole(
                  out,
                  "302 Go",
                  "Location: %s\r\nSet-Cookie: session=hunter2; Path=/\r\nWWW-Authenticate: Basic\r\n"
                      .formatted(there),
                  new byte[0]));
      other.replies((path, out) -> RawServer.whole(out, "200 OK", "", new byte[] {'1'}));
      RequestPolicy policy =
          new RequestPolicy(
              Optional.empty(),
              Duration.ofSeconds(10),
              1,
              Duration.ofMillis(1),
              Duration.ofSeconds(1),
              false);
      HttpApi api =
          new HttpApi(
              "test",
              HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build(),
              policy,
              new Reachability(),
              Clock.systemUTC());
      assertThat(api.get(first.url("/x?apikey=hunter2"))).isInstanceOf(Answer.Body.class);
      assertThat(api.requests()).isEqualTo(2);
      String head = other.requests().get(0);
      assertThat(head.toLowerCase(Locale.ROOT))
          .doesNotContain("hunter2", "authorization", "cookie", "referer");
    }
  }

  @Test
  void theTimeLimitIsForAllOfTheWay() throws IOException, InterruptedException {
    try (RawServer server = new RawServer()) {
      server.replies(
          (path, out) -> {
            Thread.sleep(200);
            RawServer.whole(out, "302 Go", "Location: %sx\r\n".formatted(path), new byte[0]);
          });
      RequestPolicy policy =
          new RequestPolicy(
              Optional.empty(),
              Duration.ofMillis(500),
              1,
              Duration.ofMillis(1),
              Duration.ofSeconds(1),
              false);
      HttpApi api =
          new HttpApi(
              "test", HttpClient.newHttpClient(), policy, new Reachability(), Clock.systemUTC());
      assertThat(((Answer.Failed) api.get(server.url("/"))).reason())
          .contains("no whole answer within");
    }
  }
}
