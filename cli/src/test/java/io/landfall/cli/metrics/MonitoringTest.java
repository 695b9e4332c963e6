package io.landfall.cli.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.cli.End;
import io.landfall.cli.ExitCode;
import io.landfall.cli.LandfallException;
import io.landfall.cli.LandfallSettings;
import io.landfall.cli.Program;
import io.landfall.cli.Readiness;
import io.landfall.cli.RefusalReason;
import io.landfall.cli.Setting;
import io.landfall.cli.Settings;
import io.landfall.cli.metrics.Metrics.Closing;
import io.landfall.cli.metrics.Metrics.Look;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program's commands under the eyes of a real HTTP client and of who reads the file. */
class MonitoringTest {

  private static final Instant NOW = Instant.parse("2026-11-26T09:00:00Z");

  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final TestClock clock = new TestClock();

  private static final class TestClock extends Clock {
    private volatile Instant now = NOW;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private interface Life {
    ExitCode live(Metrics metrics, Readiness ready) throws Exception;
  }

  /** A command whose life a test tells. */
  private record Lived(boolean isService, Life life) implements MeasuredCommand {
    @Override
    public String name() {
      return "live";
    }

    @Override
    public String description() {
      return "Lives.";
    }

    @Override
    public List<Setting<?>> settings() {
      return Stream.concat(SERVED.stream(), Stream.of(LandfallSettings.READY_FILE)).toList();
    }

    @Override
    public boolean goesOn(Settings settings) {
      return isService;
    }

    @Override
    public ExitCode run(Settings settings, PrintStream out, Metrics metrics) {
      try (Readiness ready = Readiness.notYet(this, settings, out, metrics::ready)) {
        return life.live(metrics, ready);
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void ended(Settings settings, End end, Metrics metrics) {
      metrics.set(Metric.LAST_RUN_EXIT_CODE, end.exitCode().code(), "nhl");
      metrics.reset(Metric.WRITER_STOPPED, "games");
      end.reason().ifPresent(why -> metrics.set(Metric.WRITER_STOPPED, 1, "games", why.word()));
    }
  }

  private ExitCode run(boolean isService, Life life, String... flags) {
    String[] args = Stream.concat(Stream.of("live"), Stream.of(flags)).toArray(String[]::new);
    return new Program("landfall test", "Tests.", List.of(new Lived(isService, life)))
        .within(new Monitoring("producer", clock))
        .run(Map.of(), new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), args);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static HttpResponse<String> get(int port, String path) throws Exception {
    return ask(port, path, "GET");
  }

  private static HttpResponse<String> ask(int port, String path, String method) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, path)))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .timeout(Duration.ofSeconds(10))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  /** Who was told to end takes a moment. */
  private static long threads() throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    while (living() > 0 && System.nanoTime() < end) {
      Thread.sleep(20);
    }
    return living();
  }

  private static long living() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().matches("metrics.*|HTTP-Dispatcher"))
        .filter(Thread::isAlive)
        .count();
  }

  @Test
  void withoutASettingNothingIsCountedAndNoThreadIsStarted() throws Exception {
    ExitCode code =
        run(
            true,
            (metrics, ready) -> {
              assertThat(metrics.areOn()).isFalse();
              metrics.add(Metric.ROWS_EMITTED, 1, "games", "upsert");
              Closing looking =
                  metrics.looking(
                      Metrics.BETWEEN_LOOKS,
                      List.of(
                          new Look(
                              "it",
                              () -> {
                                throw new AssertionError("looked");
                              })));
              assertThat(threads()).isZero();
              looking.close();
              assertThat(metrics.text()).isEmpty();
              return ExitCode.OK;
            });
    assertThat(code).as(err.toString(UTF_8)).isEqualTo(ExitCode.OK);
  }

  @Test
  void aServiceIsScraped() throws Exception {
    int port = freePort();
    ExitCode code =
        run(
            true,
            (metrics, ready) -> {
              assertThat(get(port, "/readyz").statusCode()).isEqualTo(503);
              ready.announce();
              assertThat(get(port, "/readyz").statusCode()).isEqualTo(200);
              metrics.add(Metric.ROWS_EMITTED, 180, "games", "upsert");
              metrics.observe(Metric.REQUEST_SECONDS, Duration.ofMillis(300), "nhl");
              metrics.set(Metric.NEWEST_ITEM_TIMESTAMP, NOW.minusSeconds(90), "games");
              HttpResponse<String> scraped = get(port, "/metrics");
              assertThat(scraped.statusCode()).isEqualTo(200);
              assertThat(scraped.headers().firstValue("Content-Type"))
                  .contains("text/plain; version=0.0.4; charset=utf-8");
              assertThat(scraped.body().lines())
                  .contains(
                      "landfall_rows_emitted_total{dataset=\"games\",operation=\"upsert\"} 180.0",
                      "landfall_request_seconds_bucket{source=\"nhl\",le=\"0.25\"} 0",
                      "landfall_request_seconds_bucket{source=\"nhl\",le=\"0.5\"} 1",
                      "landfall_freshness_seconds{dataset=\"games\"} 90.0",
                      "# TYPE jvm_memory_used_bytes gauge",
                      "# TYPE process_uptime_seconds gauge")
                  .anyMatch(
                      line ->
                          line.matches(
                              "landfall_build_info\\{program=\"producer\",version=\"[^\"]+\"} 1(\\.0)?"));
              clock.now = NOW.plusSeconds(10);
              assertThat(get(port, "/metrics").body())
                  .contains("landfall_freshness_seconds{dataset=\"games\"} 100.0");
              assertThat(get(port, "/other").statusCode()).isEqualTo(404);
              assertThat(get(port, "/metrics/x").statusCode()).isEqualTo(404);
              assertThat(ask(port, "/metrics", "POST").statusCode()).isEqualTo(405);
              assertThat(ask(port, "/metrics", "HEAD").body()).isEmpty();
              return ExitCode.OK;
            },
            "--metrics-address",
            Integer.toString(port));
    assertThat(code).as(err.toString(UTF_8)).isEqualTo(ExitCode.OK);
    assertThat(threads()).isZero();
  }

  /** Prometheus' rate() of a figure that begins at its first value is 0, however great that is. */
  @Test
  void whatBeginsIsToldAsNothingBeforeItsFirstValue() throws Exception {
    int port = freePort();
    ExitCode code =
        run(
            true,
            (metrics, ready) -> {
              metrics.begin(Metric.ROWS_EMITTED, "games", "upsert");
              metrics.begin(Metric.BATCH_ROWS, "games");
              metrics.begin(Metric.REQUEST_SECONDS, "nhl");
              assertThat(get(port, "/metrics").body().lines())
                  .contains(
                      "landfall_rows_emitted_total{dataset=\"games\",operation=\"upsert\"} 0.0",
                      "landfall_batch_rows_count{dataset=\"games\"} 0",
                      "landfall_request_seconds_bucket{source=\"nhl\",le=\"0.5\"} 0");
              metrics.add(Metric.ROWS_EMITTED, 180, "games", "upsert");
              metrics.begin(Metric.ROWS_EMITTED, "games", "upsert");
              assertThat(get(port, "/metrics").body().lines())
                  .contains(
                      "landfall_rows_emitted_total{dataset=\"games\",operation=\"upsert\"} 180.0");
              return ExitCode.OK;
            },
            "--metrics-address",
            Integer.toString(port));
    assertThat(code).as(err.toString(UTF_8)).isEqualTo(ExitCode.OK);
  }

  /** Who sends no whole request, or one that Java's server fails of, or takes no answer. */
  @Test
  void strangersHoldUpNobody() throws Exception {
    int port = freePort();
    List<Socket> strangers = new ArrayList<>();
    ExitCode code =
        run(
            true,
            (metrics, ready) -> {
              for (String begun : List.of("GET / HT", "GET mailto:x HTTP/1.1\r\n\r\n")) {
                for (int i = 0; i < 8; i++) {
                  Socket stranger = new Socket(InetAddress.getLoopbackAddress(), port);
                  strangers.add(stranger);
                  stranger.getOutputStream().write(begun.getBytes(UTF_8));
                }
              }
              long began = System.nanoTime();
              assertThat(get(port, "/healthz").statusCode()).isEqualTo(200);
              assertThat(Duration.ofNanos(System.nanoTime() - began))
                  .isLessThan(Duration.ofSeconds(3));
              return ExitCode.OK;
            },
            "--metrics-address",
            Integer.toString(port));
    for (Socket stranger : strangers) {
      stranger.close();
    }
    assertThat(code).as(err.toString(UTF_8)).isEqualTo(ExitCode.OK);
  }

  @Test
  void whoGivesNoSignOfLifeIsNotHealthy() throws Exception {
    int port = freePort();
    ExitCode code =
        run(
            true,
            (metrics, ready) -> {
              assertThat(get(port, "/healthz").statusCode()).isEqualTo(200);
              clock.now = NOW.plus(Health.PATIENCE).plusSeconds(5);
              assertThat(get(port, "/healthz").statusCode()).isEqualTo(503);
              assertThat(get(port, "/healthz").body()).contains("no sign of life for 5 s more");
              metrics.alive();
              assertThat(get(port, "/healthz").statusCode()).isEqualTo(200);
              return ExitCode.OK;
            },
            "--metrics-address",
            "127.0.0.1:" + port);
    assertThat(code).as(err.toString(UTF_8)).isEqualTo(ExitCode.OK);
  }

  @Test
  void anAddressInUseIsTheUsersError() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      ExitCode code =
          run(
              true,
              (metrics, ready) -> {
                throw new AssertionError("it began");
              },
              "--metrics-address",
              Integer.toString(port));
      assertThat(code).isEqualTo(ExitCode.USAGE);
      assertThat(err.toString(UTF_8))
          .contains("--metrics-address 127.0.0.1:" + port, "nothing can listen there");
      assertThat(threads()).isZero();
    }
  }

  @Test
  void aFileThatCannotBeWrittenIsTheUsersError() {
    Path file = folder.resolve("no-such-folder").resolve("run.prom");
    ExitCode code =
        run(
            false,
            (metrics, ready) -> {
              throw new AssertionError("it began");
            },
            "--metrics-file",
            file.toString());
    assertThat(code).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString(UTF_8)).contains("--metrics-file " + file);
  }

  @Test
  void aFileThatTheCollectorWouldNotReadIsRefused() {
    assertThat(run(false, (m, r) -> ExitCode.OK, "--metrics-file", folder.resolve("x").toString()))
        .isEqualTo(ExitCode.USAGE);
    assertThat(run(false, (m, r) -> ExitCode.OK, "--metrics-address", "host:0"))
        .isEqualTo(ExitCode.USAGE);
    assertThat(err.toString(UTF_8)).contains("ends with .prom", "expected a port, or host:port");
  }

  private String file() {
    return folder.resolve("run.prom").toString();
  }

  private List<String> written() throws IOException {
    return Files.readAllLines(folder.resolve("run.prom"));
  }

  @Test
  void aRunThatFailsKeepsWhatIsTrueOfTheOneBefore() throws Exception {
    run(
        false,
        (metrics, ready) -> {
          metrics.set(Metric.LAST_SUCCESSFUL_RUN_TIMESTAMP, NOW, "nhl");
          metrics.set(Metric.OLDEST_WAITING_ITEM_TIMESTAMP, NOW.minusSeconds(60), "nhl");
          metrics.set(Metric.SHAPE_LAG, 7, "nhl");
          metrics.add(Metric.ROWS_EMITTED, 180, "games", "upsert");
          return ExitCode.OK;
        },
        "--metrics-file",
        file());
    assertThat(written())
        .contains(
            "landfall_last_run_exit_code{source=\"nhl\"} 0.0",
            "landfall_oldest_waiting_item_seconds{source=\"nhl\"} 60.0",
            "landfall_shape_lag_records{source=\"nhl\"} 7.0",
            "landfall_rows_emitted_total{dataset=\"games\",operation=\"upsert\"} 180.0")
        .noneMatch(line -> line.contains("jvm_") || line.contains("process_"));
    assertThat(Files.getPosixFilePermissions(folder.resolve("run.prom")))
        .contains(PosixFilePermission.OWNER_READ)
        .isEqualTo(Files.getPosixFilePermissions(Files.createFile(folder.resolve("plain"))));

    clock.now = NOW.plusSeconds(3600);
    ExitCode code =
        run(
            false,
            (metrics, ready) -> {
              throw LandfallException.refused(RefusalReason.TOPIC_RECREATED, "It is another one.");
            },
            "--metrics-file",
            file());
    assertThat(code).isEqualTo(ExitCode.REFUSED);
    List<String> after = written();
    assertThat(after)
        .contains(
            "landfall_last_run_exit_code{source=\"nhl\"} 4.0",
            "landfall_writer_stopped{dataset=\"games\",reason=\"topic-recreated\"} 1.0",
            "landfall_oldest_waiting_item_seconds{source=\"nhl\"} 3660.0")
        .noneMatch(line -> line.startsWith("landfall_shape_lag_records"))
        .noneMatch(line -> line.startsWith("landfall_rows_emitted_total"));
    assertThat(TextFormat.read(String.join("\n", after)))
        .containsEntry(
            Sample.of(Metric.LAST_SUCCESSFUL_RUN_TIMESTAMP, "nhl"), NOW.toEpochMilli() / 1000.0);

    run(
        false,
        (metrics, ready) -> {
          metrics.none(Metric.OLDEST_WAITING_ITEM_TIMESTAMP, "nhl");
          return ExitCode.OK;
        },
        "--metrics-file",
        file());
    assertThat(written())
        .contains(
            "landfall_writer_stopped{dataset=\"games\",reason=\"topic-recreated\"} 0.0",
            "landfall_oldest_waiting_item_seconds{source=\"nhl\"} 0.0")
        .noneMatch(line -> line.startsWith("landfall_oldest_waiting_item_timestamp_seconds"));
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("run.prom", "plain");
    }
  }

  @Test
  void aProgramsOwnFaultIsAFigureToo() throws Exception {
    run(
        false,
        (metrics, ready) -> {
          throw new IllegalStateException("odd");
        },
        "--metrics-file",
        file());
    assertThat(written()).contains("landfall_last_run_exit_code{source=\"nhl\"} 1.0");
    assertThat(err.toString(UTF_8)).contains("this is a bug");
  }

  @Test
  void aFileThatSaysSomethingElseIsWrittenAnew() throws Exception {
    Files.writeString(folder.resolve("run.prom"), "not { a metric\nlandfall_items 3\n");
    assertThat(run(false, (metrics, ready) -> ExitCode.OK, "--metrics-file", file()))
        .isEqualTo(ExitCode.OK);
    assertThat(written())
        .contains("landfall_last_run_exit_code{source=\"nhl\"} 0.0")
        .noneMatch(line -> line.startsWith("landfall_items"));
  }

  @Test
  void aLookThatFailsStopsNothing() throws Exception {
    AtomicInteger looked = new AtomicInteger();
    CountDownLatch second = new CountDownLatch(1);
    ExitCode code =
        run(
            true,
            (metrics, ready) -> {
              Closing looking =
                  metrics.looking(
                      Duration.ofMillis(20),
                      List.of(
                          new Look(
                              "what fails",
                              () -> {
                                if (looked.incrementAndGet() == 3) {
                                  throw new NoClassDefFoundError("org/example/Missing");
                                }
                                throw new IOException("away");
                              }),
                          new Look(
                              "what does not",
                              () -> {
                                metrics.set(Metric.TABLE_VERSION, looked.get(), "games");
                                if (looked.get() > 4) {
                                  second.countDown();
                                }
                              })));
              second.await();
              looking.close();
              return ExitCode.OK;
            },
            "--metrics-file",
            file());
    assertThat(code).as(err.toString(UTF_8)).isEqualTo(ExitCode.OK);
    assertThat(written()).anyMatch(line -> line.startsWith("landfall_table_version"));
  }

  @Test
  void whoEndsByItselfIsLookedAtOnceBehindItsWork() throws Exception {
    AtomicInteger looked = new AtomicInteger();
    run(
        false,
        (metrics, ready) -> {
          Closing looking =
              metrics.looking(
                  Metrics.BETWEEN_LOOKS,
                  List.of(
                      new Look(
                          "it",
                          () -> metrics.set(Metric.SHAPE_LAG, looked.incrementAndGet(), "nhl"))));
          assertThat(looked).hasValue(0);
          looking.close();
          return ExitCode.OK;
        },
        "--metrics-file",
        file());
    assertThat(written()).contains("landfall_shape_lag_records{source=\"nhl\"} 1.0");
  }
}
