package io.landfall.sandbox.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.sandbox.api.SimulatedApi;
import io.landfall.sandbox.guarantee.Observed;
import io.landfall.sandbox.process.ChildProcess;
import io.landfall.sandbox.season.Season;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.kafka.KafkaContainer;

/** Every promise on the official Kafka image, through a SIGKILL of producer and consumer. */
@Testcontainers(disabledWithoutDocker = true)
class OfficialKafkaIT {

  private static final int GAMES = 40;
  private static final int ROWS_OF_A_GAME = 180;

  @Container
  private static final KafkaContainer KAFKA =
      new KafkaContainer("apache/kafka:4.3.1")
          .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
          .withEnv("KAFKA_MESSAGE_MAX_BYTES", "16777216");

  /** The container ends with the class, not with a pipeline. */
  private static final class ContainerBroker implements Broker {
    @Override
    public String bootstrapServers() {
      return KAFKA.getBootstrapServers();
    }

    @Override
    public void close() {}
  }

  @TempDir Path folder;

  @Test
  void everyPromiseHoldsThroughAKillOfProducerAndConsumer() throws Exception {
    long seed = ThreadLocalRandom.current().nextLong(1_000_000);
    System.out.println("OfficialKafkaIT: seed " + seed);
    Season season = Season.of(seed, GAMES);
    String[] days = {
      "--from", season.fixtures().get(0).date().toString(),
      "--to", season.fixtures().get(GAMES - 1).date().toString()
    };
    try (SimulatedApi api = SimulatedApi.serving(season).start(0);
        Pipeline pipeline = new Pipeline(folder, api, new ContainerBroker())) {
      ChildProcess consumer = pipeline.consumer("run");
      ChildProcess killed = pipeline.producer("run", days);
      killed.await("some answers", () -> pipeline.archived() > 0);
      killed.kill();
      ChildProcess run = pipeline.producer("run", days);
      assertThat(run.exitCode()).as(run.logAndOutput()).isZero();

      consumer.await("a first commit", () -> pipeline.hasVersion(1));
      consumer.kill();
      pipeline.abortATransactionInTheLandingTopic();
      ChildProcess restarted = pipeline.consumer("run", "--once");
      assertThat(restarted.exitCode()).as(restarted.logAndOutput()).isZero();
      ChildProcess replay = pipeline.consumer("replay", "--into", pipeline.replayed().toString());
      assertThat(replay.exitCode()).as(replay.logAndOutput()).isZero();

      Observed observed = pipeline.verify(season.fixtures());
      assertThat(observed.bronze()).hasSize(GAMES * ROWS_OF_A_GAME);
    }
  }
}
