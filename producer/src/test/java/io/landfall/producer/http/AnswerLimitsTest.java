package io.landfall.producer.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * A property for each limit of an answer, against a server that sends whatever it likes. Whatever
 * comes is an outcome, soon, and of bounded size.
 */
class AnswerLimitsTest {

  private static final int LIMIT = HttpApi.LARGEST_BODY;
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(250);
  private static final RawServer SERVER = RawServer.started();
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @AfterContainer
  static void stop() throws IOException {
    SERVER.close();
  }

  /** One try, so that a test takes no pauses; a limit is the same in each. */
  private static HttpApi api(Duration timeout, int tries) {
    RequestPolicy policy =
        new RequestPolicy(
            Optional.empty(), timeout, tries, Duration.ofMillis(1), Duration.ofSeconds(1), true);
    return new HttpApi("test", CLIENT, policy, new Reachability(), Clock.systemUTC());
  }

  private static Answer ask(String path) throws InterruptedException {
    return api(LONG, 1).get(SERVER.url(path));
  }

  private static byte[] zipped(byte[] bytes) throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new Fast(zipped)) {
      out.write(bytes);
    }
    return zipped.toByteArray();
  }

  /** What is zipped here is thrown away. */
  private static final class Fast extends GZIPOutputStream {
    Fast(OutputStream out) throws IOException {
      super(out);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }

  /** Text that gzip makes two or three times smaller; it repeats itself farther than gzip looks. */
  private static byte[] text(int length, Random random) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = i < 50_000 ? (byte) ('0' + random.nextInt(6)) : bytes[i - 50_000];
    }
    return bytes;
  }

  private static void chunked(OutputStream out, byte[] body, Random random) throws IOException {
    out.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(ISO_8859_1));
    for (int at = 0; at < body.length; ) {
      int length = Math.min(body.length - at, 1 + random.nextInt(100_000));
      out.write((Integer.toHexString(length) + "\r\n").getBytes(ISO_8859_1));
      out.write(body, at, length);
      out.write("\r\n".getBytes(ISO_8859_1));
      at += length;
    }
    out.write("0\r\n\r\n".getBytes(ISO_8859_1));
  }

  @Property(tries = 8)
  void aBodyIsTakenUpToTheLimitHoweverItComes(
      @ForAll @IntRange(min = -3, max = 3) int beyond,
      @ForAll @IntRange(max = 3) int way,
      @ForAll long seed)
      throws Exception {
    Random random = new Random(seed);
    byte[] body = text(LIMIT + beyond, random);
    byte[] zipped = zipped(body);
    SERVER.replies(
        (path, out) -> {
          switch (way) {
            case 0 -> RawServer.whole(out, "200 OK", "", body);
            case 1 -> RawServer.whole(out, "200 OK", "Content-Encoding: gzip\r\n", zipped);
            case 2 -> chunked(out, body, random);
            default -> {
              out.write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".getBytes(ISO_8859_1));
              out.write(body);
            }
          }
        });
    HttpApi api = api(LONG, 3);
    Answer answer = api.get(SERVER.url("/"));
    if (beyond <= 0) {
      assertThat(((Answer.Body) answer).bytes()).isEqualTo(body);
    } else {
      assertThat(((Answer.Failed) answer).reason()).contains("larger than " + LIMIT + " bytes");
    }
    // What is too large would be so again.
    assertThat(api.requests()).isEqualTo(1);
  }

  @Provide
  Arbitrary<List<Integer>> layers() {
    return Arbitraries.integers().between(0, 4).list().ofMinSize(1).ofMaxSize(5);
  }

  /** Layers of gzip, each of several members, of which some hold nothing and some hold zeros. */
  private static byte[] bomb(List<Integer> layers, Random random) throws IOException {
    byte[] body = text(random.nextInt(1000), random);
    for (int kind : layers) {
      ByteArrayOutputStream members = new ByteArrayOutputStream();
      byte[] empty = zipped(new byte[0]);
      switch (kind) {
        case 0 -> members.write(zipped(body));
        case 1 -> {
          for (int i = random.nextInt(60_000); i >= 0; i--) {
            members.write(empty);
          }
          members.write(zipped(body));
        }
        case 2 -> members.write(zipped(new byte[random.nextInt(3 * LIMIT)]));
        case 3 -> {
          members.write(zipped(body));
          members.write(zipped(body));
        }
        default -> {
          members.write(zipped(body));
          members.write(text(random.nextInt(100), random));
        }
      }
      body = members.toByteArray();
    }
    return body;
  }

  @Property(tries = 30)
  void noGzipUnpacksToMoreThanIsTaken(@ForAll("layers") List<Integer> layers, @ForAll long seed)
      throws Exception {
    Random random = new Random(seed);
    byte[] bomb = bomb(layers, random);
    List<String> codings = new ArrayList<>();
    for (int i = random.nextInt(layers.size() + 1); i >= 0; i--) {
      codings.add(random.nextInt(8) == 0 ? "identity" : "gzip");
    }
    String header = "Content-Encoding: " + String.join(", ", codings) + "\r\n";
    SERVER.replies((path, out) -> RawServer.whole(out, "200 OK", header, bomb));
    Answer answer = ask("/");
    if (answer instanceof Answer.Body body) {
      assertThat(body.bytes()).hasSizeLessThanOrEqualTo(LIMIT);
    } else {
      assertThat(((Answer.Failed) answer).reason())
          .containsAnyOf("larger than", "times its", "members", "codings", "is not gzip", "broken");
    }
  }

  @Property(tries = 20)
  void oneByteOfGzipBecomesSoManyAndNoMore(@ForAll @IntRange(min = 1, max = 60) int noise)
      throws Exception {
    // Zeros with some noise between: from a thousand times down to a few.
    byte[] body = new byte[2 * 1024 * 1024];
    Random random = new Random(noise);
    for (int i = 0; i < body.length; i += 1 + random.nextInt(20_000 / noise)) {
      body[i] = (byte) random.nextInt();
    }
    byte[] zipped = zipped(body);
    SERVER.replies(
        (path, out) -> RawServer.whole(out, "200 OK", "Content-Encoding: gzip\r\n", zipped));
    boolean bomb = body.length / ContentCoding.MOST_TIMES >= zipped.length;
    Answer answer = ask("/");
    assertThat(answer instanceof Answer.Body).isEqualTo(!bomb);
    if (answer instanceof Answer.Failed failed) {
      assertThat(failed.reason()).contains("%d times its %d".formatted(300, zipped.length));
      assertThat(failed.again()).isFalse();
    }
  }

  @Provide
  Arbitrary<String> heads() {
    Arbitrary<String> lengths =
        Arbitraries.of(
                "0",
                "1",
                "2",
                "3",
                "17",
                "-1",
                "-5",
                "+2",
                "0x2",
                "2, 2",
                "2, 3",
                "abc",
                "",
                "9223372036854775807",
                "9223372036854775808",
                "99999999999999999999999",
                "1e3")
            .map(length -> "Content-Length: " + length);
    Arbitrary<String> others =
        Arbitraries.of(
            "Transfer-Encoding: chunked",
            "Transfer-Encoding: gzip, chunked",
            "Transfer-Encoding: bogus",
            "Content-Encoding: br",
            "Content-Encoding: gzip",
            "Content-Type: text/html",
            "Content-Type: " + "a".repeat(5000),
            "Connection: close",
            "Connection: Upgrade\r\nUpgrade: h2c",
            "Trailer: X",
            "no colon",
            ": no name",
            " folded",
            "Bad Name: x",
            "X: \u0000\u0001\u007f",
            "Retry-After: 99999999999999999999",
            "Location: http://[",
            "Set-Cookie: a=b");
    return Arbitraries.oneOf(lengths, others)
        .list()
        .ofMaxSize(4)
        .map(lines -> String.join("\r\n", lines));
  }

  @Provide
  Arbitrary<String> statusLines() {
    return Arbitraries.of(
        "HTTP/1.1 200 OK",
        "HTTP/1.1 200 OK",
        "HTTP/1.1 200 OK",
        "HTTP/1.0 200 OK",
        "HTTP/1.1 200",
        "HTTP/1.1 2000 OK",
        "HTTP/1.1 -20 OK",
        "HTTP/9.9 200 OK",
        "HTTP/1.1 99 Odd",
        "HTTP/1.1 100 Continue",
        "HTTP/1.1 101 Switching",
        "HTTP/1.1 103 Hints",
        "HTTP/1.1 204 None",
        "HTTP/1.1 206 Part",
        "HTTP/1.1 301 Moved",
        "HTTP/1.1 304 Same",
        "HTTP/1.1 401 No",
        "HTTP/1.1 407 No",
        "HTTP/1.1 429 Slow",
        "HTTP/1.1 500 Oh",
        "HTTP/1.1 999 Odd",
        "ICY 200 OK",
        "",
        "\u0000\u0001");
  }

  @Property(tries = 150)
  void whatIsNoHttpIsAnOutcomeToo(
      @ForAll("statusLines") String status, @ForAll("heads") String head, @ForAll long seed)
      throws Exception {
    Random random = new Random(seed);
    String bodies =
        List.of(
                "{}",
                "",
                "2\r\n{}\r\n0\r\n\r\n",
                "FFFFFFFFFFFFFFFF\r\n{}",
                "-1\r\n{}",
                "zz\r\n{}",
                "7FFFFFFF\r\n{}",
                "2;" + "x".repeat(9000) + "\r\n{}\r\n0\r\n\r\n")
            .get(random.nextInt(8));
    SERVER.replies(
        (path, out) -> {
          out.write((status + "\r\n" + head + "\r\n\r\n" + bodies).getBytes(ISO_8859_1));
          if (random.nextBoolean()) {
            out.write(text(random.nextInt(100_000), random));
          }
        });
    long began = System.nanoTime();
    Answer answer = api(SHORT, 1).get(SERVER.url("/"));
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
    assertThat(answer).isNotNull();
    if (answer instanceof Answer.Failed failed) {
      assertThat(failed.reason()).hasSizeLessThan(2000).doesNotContain("java.", "Exception");
    }
  }

  @Property(tries = 6)
  void aHeadWithoutEndEnds(@ForAll @IntRange(max = 2) int kind) throws Exception {
    SERVER.replies(
        (path, out) -> {
          out.write("HTTP/1.1 200 OK\r\n".getBytes(ISO_8859_1));
          byte[] line = (kind == 0 ? "X: y\r\n" : kind == 1 ? "x" : "X: y\r\n ").getBytes(UTF_8);
          // More than anybody takes, and still no end of the world for who took it all.
          for (int i = 0; i < 8_000_000 / line.length; i++) {
            out.write(line);
          }
        });
    Answer answer = api(Duration.ofSeconds(5), 1).get(SERVER.url("/"));
    assertThat(((Answer.Failed) answer).reason()).hasSizeLessThan(2000);
  }

  @Property(tries = 4)
  void whatDripsEndsWithTheTimeLimit(@ForAll @IntRange(max = 3) int kind) throws Exception {
    SERVER.replies(
        (path, out) -> {
          String begun =
              switch (kind) {
                case 0 -> "";
                case 1 -> "HTTP/1.1 200 OK\r\nX: ";
                case 2 -> "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n";
                default -> "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n";
              };
          out.write(begun.getBytes(ISO_8859_1));
          for (int i = 0; i < 200; i++) {
            out.write(kind == 0 ? 'H' : '1');
            out.flush();
            Thread.sleep(20);
          }
        });
    long began = System.nanoTime();
    Answer answer = api(SHORT, 1).get(SERVER.url("/"));
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(3));
    assertThat(((Answer.Failed) answer).reason()).isNotBlank();
  }

  /** Each page sends on to one of the next ones, to one before or to where nobody must follow. */
  @Property(tries = 60)
  void redirectsAreFollowedAsFarAsTheyMay(
      @ForAll @IntRange(min = 0, max = 9) int pages, @ForAll long seed) throws Exception {
    Random random = new Random(seed);
    List<String> targets = new ArrayList<>();
    for (int page = 0; page < pages; page++) {
      targets.add(
          switch (random.nextInt(12)) {
            case 0 -> "/" + random.nextInt(page + 1);
            case 1 -> "file:///etc/passwd";
            case 2 -> "http://user:secret@127.0.0.1/";
            default -> random.nextBoolean() ? "/" + (page + 1) : SERVER.url("/" + (page + 1)) + "";
          });
    }
    SERVER.replies(
        (path, out) -> {
          int page = Integer.parseInt(path.substring(1));
          if (page == pages) {
            RawServer.whole(out, "200 OK", "Content-Type: application/json\r\n", new byte[] {'1'});
          } else {
            String status = List.of("301", "302", "303", "307", "308").get(random.nextInt(5));
            String location = "Location: %s\r\n".formatted(targets.get(page));
            RawServer.whole(out, status + " Go", location, new byte[10]);
          }
        });
    Answer answer = ask("/0");
    assertThat(answer instanceof Answer.Body).as(targets.toString()).isEqualTo(leads(targets));
    if (answer instanceof Answer.Body body) {
      assertThat(body.url()).isEqualTo(SERVER.url("/0"));
    } else {
      assertThat(((Answer.Refused) answer).reason())
          .contains("a redirect to ")
          .doesNotContain("secret");
    }
    assertThat(SERVER.requests()).hasSizeLessThanOrEqualTo(1 + Redirects.MOST);
  }

  private static boolean leads(List<String> targets) {
    Set<Integer> seen = new HashSet<>();
    int page = 0;
    while (page < targets.size()) {
      if (!seen.add(page) || seen.size() > Redirects.MOST) {
        return false;
      }
      String target = targets.get(page);
      if (!target.startsWith("/") && !target.startsWith(SERVER.url("/").toString())) {
        return false;
      }
      page = Integer.parseInt(target.substring(target.lastIndexOf('/') + 1));
    }
    return true;
  }
}
