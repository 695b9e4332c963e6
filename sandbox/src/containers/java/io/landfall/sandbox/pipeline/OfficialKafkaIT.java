package io.landfall.sandbox.pipeline;

import io.landfall.sandbox.api.SimulatedApi;
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
    try (SimulatedApi api = SimulatedApi.serving(season).start(0);
        Pipeline pipeline = new Pipeline(folder, api, new ContainerBroker())) {
      ChildProcess consumer = pipeline.consumer("run");
      ChildProcess killed = pipeline.producer("run", Pipeline.days(season));
      killed.await("some answers", () -> pipeline.archived() > 0);
      killed.kill();
      Pipeline.succeed(pipeline.producer("run", Pipeline.days(season)));

      consumer.await("a first commit", () -> pipeline.hasVersion(1));
      consumer.kill();
      pipeline.abortATransactionInTheLandingTopic();
      Pipeline.succeed(pipeline.ingestAndReplay());
      pipeline.verify(season);
    }
  }
}
