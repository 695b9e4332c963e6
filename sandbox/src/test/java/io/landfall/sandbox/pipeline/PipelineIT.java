package io.landfall.sandbox.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.sandbox.api.SimulatedApi;
import io.landfall.sandbox.guarantee.Observed;
import io.landfall.sandbox.process.ChildProcess;
import io.landfall.sandbox.season.Fixture;
import io.landfall.sandbox.season.Season;
import io.landfall.schemas.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every promise, carried through a SIGKILL of each part while a season is loaded. */
class PipelineIT {

  private static final int GAMES = 60;
  private static final int ROWS_OF_A_GAME = 180;

  @TempDir Path folder;

  @Test
  void everyPromiseHoldsThroughAKillOfEachPart() throws Exception {
    long seed = ThreadLocalRandom.current().nextLong(1_000_000);
    System.out.println("PipelineIT: seed " + seed);
    Season season = Season.of(seed, GAMES);
    LocalDate first = season.fixtures().get(0).date();
    LocalDate middle = season.fixtures().get(GAMES / 2).date();
    LocalDate last = season.fixtures().get(GAMES - 1).date();
    try (SimulatedApi api = SimulatedApi.serving(season).start(0);
        Pipeline pipeline = new Pipeline(folder, api)) {
      ChildProcess consumer = pipeline.consumer("run");

      ChildProcess killed =
          pipeline.producer("run", "--from", first.toString(), "--to", middle.toString());
      killed.await("some answers", () -> held(pipeline) > 0);
      killed.kill();
      assertThat(run(pipeline, first, middle)).isZero();

      consumer.await("a first commit", () -> Files.exists(commit(pipeline, 1)));
      consumer.kill();
      abortATransactionInTheLandingTopic(pipeline);

      ChildProcess interrupted =
          pipeline.producer("run", "--from", middle.toString(), "--to", last.toString());
      int before = held(pipeline);
      interrupted.await("more answers", () -> held(pipeline) > before);
      pipeline.killAndRestartBroker();
      interrupted.exitCode();
      assertThat(run(pipeline, first, last)).isZero();

      ChildProcess restarted = pipeline.consumer("run", "--once");
      assertThat(restarted.exitCode()).as(restarted.log()).isZero();
      ChildProcess replay = pipeline.consumer("replay", "--into", pipeline.replayed().toString());
      assertThat(replay.exitCode()).as(replay.log()).isZero();

      Set<Integer> games =
          season.fixtures().stream().map(Fixture::gameId).collect(Collectors.toSet());
      Observed observed = pipeline.verify(games);
      assertThat(observed.bronze()).hasSize(GAMES * ROWS_OF_A_GAME);

      ChildProcess again =
          pipeline.producer("run", "--from", first.toString(), "--to", last.toString());
      assertThat(again.exitCode()).as(again.log()).isZero();
      assertThat(again.output()).contains("; 0 rows emitted");
    }
  }

  private static int run(Pipeline pipeline, LocalDate from, LocalDate to)
      throws InterruptedException {
    ChildProcess run = pipeline.producer("run", "--from", from.toString(), "--to", to.toString());
    int code = run.exitCode();
    System.out.print(run.output());
    return code;
  }

  private static int held(Pipeline pipeline) {
    return Observed.committed(pipeline.bootstrapServers(), Topics.GAME_RESPONSES).size();
  }

  private static Path commit(Pipeline pipeline, int version) {
    return pipeline.table().resolve("_delta_log").resolve("%020d.json".formatted(version));
  }

  /** Records that were sent and taken back: nobody downstream may ever see them. */
  private static void abortATransactionInTheLandingTopic(Pipeline pipeline) {
    Map<String, Object> settings =
        Map.of(
            CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
            pipeline.bootstrapServers(),
            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
            "stranger");
    try (Producer<String, byte[]> stranger =
        new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
      stranger.initTransactions();
      stranger.beginTransaction();
      for (int partition : List.of(0, 1, 2, 3)) {
        var unused =
            stranger.send(
                new ProducerRecord<>(
                    Topics.PLAYER_GAME_STATS.name(), partition, "aborted", new byte[] {1}));
      }
      stranger.flush();
      stranger.abortTransaction();
    }
  }
}
