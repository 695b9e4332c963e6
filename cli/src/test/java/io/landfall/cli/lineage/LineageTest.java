package io.landfall.cli.lineage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.landfall.cli.LandfallException;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A service is told what it needs to know; none is needed, whatever becomes of it. */
class LineageTest {

  private static final Instant NOW = Instant.parse("2026-11-26T09:00:00.123456Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  private final AtomicLong rows = new AtomicLong();
  private LineageService service;

  @BeforeEach
  void start() throws IOException {
    service = new LineageService();
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private LineageSettings settings(URI url) {
    return new LineageSettings(Optional.of(url), "landfall", Optional.of("planted-secret"));
  }

  private LineageJob job() {
    return new LineageJob(
        "landfall-nhl-shape",
        false,
        List.of(LineageDataset.of(DatasetName.topic("a:1,b:2", "nhl.answers.v1"))),
        List.of(
            LineageDataset.of(DatasetName.topic("a:1,b:2", "nhl.player-game-stats.v1"))
                .of(
                    List.of(
                        new LineageDataset.Field("gameId", "long", "Its id."),
                        new LineageDataset.Field("name", "string", "")))
                .counting(rows::get)));
  }

  private <T> T run(Lineage.Work<T> work) throws InterruptedException {
    return new Lineage(settings(service.url()), CLOCK)
        .of(job(), work, result -> result == null ? RunEnd.ABORTED : RunEnd.COMPLETE);
  }

  /** What the specification requires of every run event. */
  private static void requireWhole(JsonNode event) {
    assertThat(UUID.fromString(event.at("/run/runId").asText())).isNotNull();
    assertThat(OffsetDateTime.parse(event.at("/eventTime").asText()).toInstant())
        .isEqualTo(Instant.parse("2026-11-26T09:00:00.123Z"));
    assertThat(event.at("/job/namespace").asText()).isEqualTo("landfall");
    assertThat(event.at("/job/name").asText()).isEqualTo("landfall-nhl-shape");
    assertThat(URI.create(event.at("/producer").asText()).isAbsolute()).isTrue();
    assertThat(event.at("/schemaURL").asText())
        .matches(
            "https://openlineage\\.io/spec/\\d+-\\d+-\\d+/OpenLineage\\.json#/\\$defs/RunEvent");
    for (JsonNode facet : facets(event)) {
      assertThat(facet.at("/_producer").asText()).as(facet.toString()).isNotEmpty();
      assertThat(facet.at("/_schemaURL").asText()).as(facet.toString()).startsWith("https://");
    }
  }

  private static List<JsonNode> facets(JsonNode event) {
    List<JsonNode> facets = new ArrayList<>();
    for (String holder :
        List.of(
            "/run/facets",
            "/job/facets",
            "/inputs/0/facets",
            "/outputs/0/facets",
            "/outputs/0/outputFacets")) {
      event.at(holder).forEach(facets::add);
    }
    return facets;
  }

  private List<String> kinds() {
    return service.events().stream().map(event -> event.get("eventType").asText()).toList();
  }

  @Test
  void aRunIsToldWithWhatItReadAndWrote() throws Exception {
    assertThat(
            run(
                () -> {
                  rows.set(180);
                  return "done";
                }))
        .isEqualTo("done");

    assertThat(kinds()).containsExactly("START", "COMPLETE");
    service.events().forEach(LineageTest::requireWhole);
    assertThat(service.events().stream().map(event -> event.at("/run/runId").asText()).distinct())
        .hasSize(1);
    JsonNode end = service.events().get(1);
    assertThat(end.at("/inputs/0/namespace").asText()).isEqualTo("kafka://a:1");
    assertThat(end.at("/inputs/0/name").asText()).isEqualTo("nhl.answers.v1");
    assertThat(end.at("/outputs/0/name").asText()).isEqualTo("nhl.player-game-stats.v1");
    assertThat(end.at("/outputs/0/outputFacets/outputStatistics/rowCount").asLong()).isEqualTo(180);
    assertThat(end.at("/outputs/0/facets/schema/fields/0/name").asText()).isEqualTo("gameId");
    assertThat(end.at("/outputs/0/facets/schema/fields/0/type").asText()).isEqualTo("long");
    assertThat(end.at("/job/facets/jobType/processingType").asText()).isEqualTo("BATCH");
  }

  @Test
  void itGoesWhereServicesTakeEventsWithTheTokenInItsHeaderAlone() throws Exception {
    run(() -> "done");
    LineageService.Received first = service.next();
    assertThat(first.path()).isEqualTo("/api/v1/lineage");
    assertThat(first.authorization()).isEqualTo("Bearer planted-secret");
    assertThat(first.event().toString()).doesNotContain("planted-secret");
    assertThat(settings(service.url()).toString()).doesNotContain("planted-secret");
  }

  @Test
  void anAddressWithAPathIsTakenAsItIs() throws Exception {
    new Lineage(settings(service.url().resolve("/openapi/openlineage/api/v1/lineage")), CLOCK)
        .of(job(), () -> "done", done -> RunEnd.COMPLETE);
    assertThat(service.next().path()).isEqualTo("/openapi/openlineage/api/v1/lineage");
  }

  @Test
  void aFailureIsToldWithoutCredentialsAndGoesOn() {
    assertThatThrownBy(
            () ->
                run(
                    () -> {
                      throw LandfallException.unavailable(
                          "No answer from https://me:planted@api.example.org/x?api_key=planted.");
                    }))
        .isInstanceOf(LandfallException.class);
    assertThat(kinds()).containsExactly("START", "FAIL");
    assertThat(service.events().get(1).at("/run/facets/errorMessage/message").asText())
        .startsWith("No answer from https://***@api.example.org/x")
        .doesNotContain("planted");
    service.events().forEach(LineageTest::requireWhole);
  }

  @Test
  void aRunThatWasStoppedIsToldAsSuch() {
    assertThatThrownBy(
            () ->
                run(
                    () -> {
                      throw new InterruptedException();
                    }))
        .isInstanceOf(InterruptedException.class);
    assertThat(kinds()).containsExactly("START", "ABORT");
  }

  @Test
  void howFarItHasComeIsToldOnlyIfItHasComeFurther() throws Exception {
    try (LineageRun run =
        LineageRun.begin(
            () -> new HttpListener(settings(service.url()), job()),
            Duration.ofMillis(20),
            Duration.ofSeconds(10),
            CLOCK)) {
      assertThat(service.next().event().get("eventType").asText()).isEqualTo("START");
      rows.set(5);
      JsonNode running = service.next().event();
      assertThat(running.get("eventType").asText()).isEqualTo("RUNNING");
      assertThat(running.at("/outputs/0/outputFacets/outputStatistics/rowCount").asLong())
          .isEqualTo(5);
      Thread.sleep(200);
      run.ended(RunEnd.COMPLETE);
    }
    assertThat(kinds()).containsExactly("START", "RUNNING", "COMPLETE");
  }

  @Test
  void nobodyIsToldUnlessAsked() throws Exception {
    assertThat(
            new Lineage(new LineageSettings(Optional.empty(), "landfall", Optional.empty()), CLOCK)
                .<String>of(job(), () -> "done", done -> RunEnd.COMPLETE))
        .isEqualTo("done");
    assertThat(service.events()).isEmpty();
  }

  @Test
  void aServiceThatIsAwayCostsNothingButItsEvents() throws Exception {
    int closed;
    try (ServerSocket socket = new ServerSocket(0)) {
      closed = socket.getLocalPort();
    }
    assertThat(
            new Lineage(settings(URI.create("http://127.0.0.1:" + closed)), CLOCK)
                .<String>of(job(), () -> "done", done -> RunEnd.COMPLETE))
        .isEqualTo("done");
  }

  @Test
  void aServiceThatRefusesCostsNothingButItsEvents() throws Exception {
    service.answerWith(500);
    assertThat(run(() -> "done")).isEqualTo("done");
    assertThat(kinds()).containsExactly("START", "COMPLETE");
  }

  @Test
  void aServiceThatDoesNotAnswerIsNotWaitedFor() throws Exception {
    service.answerAfter(60_000);
    CountDownLatch worked = new CountDownLatch(1);
    Thread caller =
        new Thread(
            () -> {
              try {
                run(
                    () -> {
                      worked.countDown();
                      return "done";
                    });
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    caller.start();
    // The work itself does not wait at all, the end of the run a moment.
    assertThat(worked.await(10, TimeUnit.SECONDS)).isTrue();
    caller.join(20_000);
    assertThat(caller.isAlive()).isFalse();
  }

  @Test
  void whateverIsMissingToTellItTheRunGoesOn() {
    try (LineageRun run =
        LineageRun.begin(
            () -> {
              throw new NoClassDefFoundError("io/openlineage/client/OpenLineage");
            },
            Duration.ofMinutes(1),
            Duration.ofSeconds(10),
            CLOCK)) {
      for (int more = 0; more < 100; more++) {
        run.ended(RunEnd.COMPLETE);
      }
    }
  }
}
