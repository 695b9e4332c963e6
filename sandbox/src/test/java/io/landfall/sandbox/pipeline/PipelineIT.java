package io.landfall.sandbox.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.sandbox.api.SimulatedApi;
import io.landfall.sandbox.process.ChildProcess;
import io.landfall.sandbox.season.Season;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every promise, carried through a SIGKILL of each part while a season is loaded. */
class PipelineIT {

  private static final int GAMES = 60;

  @TempDir Path folder;

  @Test
  void everyPromiseHoldsThroughAKillOfEachPart() throws Exception {
    long seed = Pipeline.seed(PipelineIT.class);
    Season season = Season.of(seed, GAMES);
    LocalDate first = season.fixtures().get(0).date();
    LocalDate middle = season.fixtures().get(GAMES / 2).date();
    LocalDate last = season.fixtures().get(GAMES - 1).date();
    try (SimulatedApi api = SimulatedApi.serving(season).start(0);
        SandboxBroker broker = new SandboxBroker(folder);
        Pipeline pipeline = new Pipeline(folder, api, broker)) {
      ChildProcess consumer = pipeline.consumer("run");

      ChildProcess killed = pipeline.producer("run", Pipeline.days(first, middle));
      killed.await("some answers", () -> pipeline.archived() > 0);
      killed.kill();
      Pipeline.succeed(pipeline.producer("run", Pipeline.days(first, middle)));

      consumer.await("a first commit", () -> pipeline.hasVersion(1));
      consumer.kill();
      pipeline.abortATransactionInTheLandingTopic();

      ChildProcess interrupted = pipeline.producer("run", Pipeline.days(middle, last));
      int before = pipeline.archived();
      interrupted.await("more answers", () -> pipeline.archived() > before);
      broker.program().kill();
      broker.restart();
      interrupted.exitCode();
      Pipeline.succeed(pipeline.producer("run", Pipeline.days(season)));

      Pipeline.succeed(pipeline.ingestAndReplay());
      pipeline.verify(season);
      ChildProcess again = Pipeline.succeed(pipeline.producer("run", Pipeline.days(season)));
      assertThat(again.output()).contains("; 0 rows emitted");
    }
  }
}
