package io.landfall.sandbox.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.landfall.sandbox.api.SimulatedApi;
import io.landfall.sandbox.process.ChildProcess;
import io.landfall.sandbox.season.Season;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * From the API to bronze, as a lineage service sees it: what one part writes the next one reads.
 */
class LineageIT {

  private static final int GAMES = 3;
  private static final int ROWS = GAMES * Pipeline.ROWS_OF_A_GAME;

  @TempDir Path folder;

  private final List<JsonNode> events = new CopyOnWriteArrayList<>();

  @Test
  void bronzeCanBeFollowedBackToTheApi() throws Exception {
    HttpServer service =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    service.createContext("/api/v1/lineage", this::take);
    service.start();
    Season season = Season.of(Pipeline.seed(LineageIT.class), GAMES);
    String[] told = {"--openlineage-url", "http://127.0.0.1:" + service.getAddress().getPort()};
    try (SimulatedApi api = SimulatedApi.serving(season).start(0);
        SandboxBroker broker = new SandboxBroker(folder);
        Pipeline pipeline = new Pipeline(folder, api, broker)) {
      Pipeline.succeed(
          pipeline.producer(
              "fetch",
              Stream.of(Pipeline.days(season), told).flatMap(Stream::of).toArray(String[]::new)));
      Pipeline.succeed(pipeline.shaping("shape", "--once", told[0], told[1]));
      Pipeline.succeed(pipeline.consumer("run", "--once", told[0], told[1]));

      JsonNode fetched = only("landfall-nhl-fetch", "COMPLETE");
      JsonNode shaped = only("landfall-nhl-shape", "COMPLETE");
      JsonNode landed = only("landfall-nhl-player-game-stats-bronze", "COMPLETE");
      assertThat(names(fetched.get("inputs")))
          .contains(
              api.webApiUrl().resolve("/").toString().replaceFirst("/$", "")
                  + " "
                  + api.webApiUrl().getPath());
      assertThat(names(fetched.get("outputs"))).isEqualTo(names(shaped.get("inputs")));
      assertThat(names(shaped.get("outputs")))
          .isEqualTo(names(landed.get("inputs")))
          .containsExactly(
              "kafka://%s %s"
                  .formatted(pipeline.bootstrapServers(), Pipeline.TOPICS.landing().name()));
      assertThat(names(landed.get("outputs"))).containsExactly("file " + pipeline.table());
      assertThat(List.of(rows(fetched), rows(shaped), rows(landed)))
          .containsExactly((long) GAMES, (long) ROWS, (long) ROWS);
      assertThat(landed.at("/outputs/0/facets/schema/fields")).hasSizeGreaterThan(130);

      // Without anything new it is a run all the same; one that goes on ends when it is told to.
      events.clear();
      Pipeline.succeed(pipeline.consumer("run", "--once", told[0], told[1]));
      assertThat(rows(only("landfall-nhl-player-game-stats-bronze", "COMPLETE"))).isZero();
      events.clear();
      ChildProcess continuous = pipeline.consumer("run", told);
      continuous.ready();
      continuous.await("its beginning", () -> !events.isEmpty());
      assertThat(continuous.stop()).as(continuous.logAndOutput()).isZero();
      assertThat(
              only("landfall-nhl-player-game-stats-bronze", "COMPLETE")
                  .at("/job/facets/jobType/processingType")
                  .asText())
          .isEqualTo("STREAMING");

      // And without the service everything goes on.
      service.stop(0);
      ChildProcess alone = Pipeline.succeed(pipeline.shaping("shape", "--once", told[0], told[1]));
      assertThat(alone.log()).containsOnlyOnce("Lineage could not be told");
    } finally {
      service.stop(0);
    }
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      events.add(new ObjectMapper().readTree(exchange.getRequestBody()));
      exchange.sendResponseHeaders(200, -1);
    }
  }

  /** The one event of this type that a job has sent, of the run that it began with. */
  private JsonNode only(String job, String type) {
    List<JsonNode> ofJob =
        events.stream().filter(event -> event.at("/job/name").asText().equals(job)).toList();
    assertThat(ofJob.stream().map(event -> event.get("eventType").asText()))
        .as(events.toString())
        .containsExactly("START", type);
    assertThat(ofJob.stream().map(event -> event.at("/run/runId").asText()).distinct()).hasSize(1);
    return ofJob.get(1);
  }

  private static List<String> names(JsonNode datasets) {
    return Stream.iterate(0, index -> index < datasets.size(), index -> index + 1)
        .map(datasets::get)
        .map(dataset -> dataset.get("namespace").asText() + " " + dataset.get("name").asText())
        .toList();
  }

  private static long rows(JsonNode event) {
    return event.at("/outputs/0/outputFacets/outputStatistics/rowCount").asLong(-1);
  }
}
