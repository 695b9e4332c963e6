package io.landfall.sandbox.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.cli.ExitCode;
import io.landfall.producer.ProducerMain;
import io.landfall.producer.nhl.NhlConnector;
import io.landfall.sandbox.api.Resource;
import io.landfall.sandbox.api.SimulatedApi;
import io.landfall.sandbox.guarantee.Observed;
import io.landfall.sandbox.season.Fixture;
import io.landfall.sandbox.season.Season;
import io.landfall.schemas.Dataset;
import io.landfall.schemas.SingleObjectFormat;
import io.landfall.schemas.nhl.NhlDatasets;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An evening of games on a clock that runs: one producer follows them, another one comes in the
 * morning, and in the end both have the same rows.
 */
class LiveIT {

  private static final int GAMES = 2;
  private static final int SECONDS_A_SECOND = 200;

  @TempDir Path folder;

  @Test
  void whoeverFollowedTheGamesHasInTheEndTheRowsOfWhoeverDidNot() throws Exception {
    long seed = Pipeline.seed(LiveIT.class);
    Season season = Season.of(seed, GAMES);
    Fixture first = season.fixtures().get(0);
    Fixture last = season.fixtures().get(GAMES - 1);
    assertThat(last.date()).isEqualTo(first.date());
    Instant begin = first.start().isAfter(last.start()) ? first.start() : last.start();
    try (SimulatedApi api = SimulatedApi.serving(season).start(0);
        SandboxBroker broker = new SandboxBroker(folder)) {
      api.setClock(begin.plus(Duration.ofMinutes(20)), 0);
      String start = first.date().toString();
      run(api, broker, "plain.", "--history-start", start);
      Map<Resource, Map<Integer, Long>> without = api.requests();
      assertThat(without).as("nothing has ended").containsOnlyKeys(Resource.SCHEDULE);

      api.setClock(begin.plus(Duration.ofMinutes(20)), SECONDS_A_SECOND);
      String summary = run(api, broker, "live.", "--history-start", start, "--live", "1s");
      System.out.println(summary);
      assertThat(summary).contains("live: 2 games in ").contains(" rounds, 2 ended");
      assertThat(api.requests().getOrDefault(Resource.SHIFT_CHART, Map.of()).getOrDefault(200, 0L))
          .as("only of games that have ended")
          .isLessThanOrEqualTo(2L * GAMES);

      List<GenericRecord> all = landed(broker, "live.");
      assertThat(all)
          .filteredOn(row -> row.get("_coverage").toString().endsWith("+live"))
          .hasSizeGreaterThan(GAMES * 180 * 5);
      api.setClock(begin.plus(Duration.ofHours(20)), 0);
      run(api, broker, "live.", "--live", "1s");
      run(api, broker, "plain.");
      Map<String, String> followed = inForce(landed(broker, "live."));
      assertThat(followed).hasSize(GAMES * 180).isEqualTo(inForce(landed(broker, "plain.")));
      assertThat(landed(broker, "plain.")).hasSize(GAMES * 180);
    }
  }

  private String run(SimulatedApi api, SandboxBroker broker, String prefix, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "run",
                "--bootstrap-servers",
                broker.bootstrapServers(),
                "--topic-prefix",
                prefix,
                "--web-api-url",
                api.webApiUrl().toString(),
                "--stats-api-url",
                api.statsApiUrl().toString(),
                "--state-dir",
                folder.resolve("state").toString()));
    arguments.addAll(List.of(more));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    InstantSource now = () -> api.now().orElseThrow();
    Clock clock = now.withZone(ZoneOffset.UTC);
    ExitCode code =
        ProducerMain.program(new NhlConnector(), clock)
            .run(
                Map.of(),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                arguments.toArray(String[]::new));
    assertThat(code).as(err.toString(UTF_8) + out.toString(UTF_8)).isEqualTo(ExitCode.OK);
    return out.toString(UTF_8);
  }

  private static List<GenericRecord> landed(SandboxBroker broker, String prefix) throws Exception {
    Dataset dataset = NhlDatasets.PLAYER_GAME_STATS.withTopicPrefix(prefix);
    SingleObjectFormat<GenericRecord> format = SingleObjectFormat.generic(dataset.schema());
    List<GenericRecord> rows = new ArrayList<>();
    for (ConsumerRecord<String, byte[]> record :
        Observed.committed(broker.bootstrapServers(), dataset.topics().landing())) {
      rows.add(format.decode(record.value()));
    }
    return rows;
  }

  /** The content of each row in force; within a partition a later record has the later revision. */
  private static Map<String, String> inForce(List<GenericRecord> rows) {
    Map<String, String> inForce = new TreeMap<>();
    for (GenericRecord row : rows) {
      String key =
          "%s %s %s".formatted(row.get("playerId"), row.get("gameId"), row.get("situation"));
      if (row.get("_operation").toString().equals("RETRACT")) {
        inForce.remove(key);
      } else {
        inForce.put(key, row.get("_coverage") + " " + row.get("_content_hash"));
      }
    }
    return inForce;
  }
}
