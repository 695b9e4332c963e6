package io.landfall.sandbox.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.sandbox.api.SimulatedApi;
import io.landfall.sandbox.guarantee.Observed;
import io.landfall.sandbox.process.ChildProcess;
import io.landfall.sandbox.season.Season;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.concurrent.ThreadLocalRandom;
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
        SandboxBroker broker = new SandboxBroker(folder);
        Pipeline pipeline = new Pipeline(folder, api, broker)) {
      ChildProcess consumer = pipeline.consumer("run");

      ChildProcess killed =
          pipeline.producer("run", "--from", first.toString(), "--to", middle.toString());
      killed.await("some answers", () -> pipeline.archived() > 0);
      killed.kill();
      assertThat(run(pipeline, first, middle)).isZero();

      consumer.await("a first commit", () -> pipeline.hasVersion(1));
      consumer.kill();
      pipeline.abortATransactionInTheLandingTopic();

      ChildProcess interrupted =
          pipeline.producer("run", "--from", middle.toString(), "--to", last.toString());
      int before = pipeline.archived();
      interrupted.await("more answers", () -> pipeline.archived() > before);
      broker.program().kill();
      broker.restart();
      interrupted.exitCode();
      assertThat(run(pipeline, first, last)).isZero();

      ChildProcess restarted = pipeline.consumer("run", "--once");
      assertThat(restarted.exitCode()).as(restarted.logAndOutput()).isZero();
      ChildProcess replay = pipeline.consumer("replay", "--into", pipeline.replayed().toString());
      assertThat(replay.exitCode()).as(replay.logAndOutput()).isZero();

      Observed observed = pipeline.verify(season.fixtures());
      assertThat(observed.bronze()).hasSize(GAMES * ROWS_OF_A_GAME);

      ChildProcess again =
          pipeline.producer("run", "--from", first.toString(), "--to", last.toString());
      assertThat(again.exitCode()).as(again.logAndOutput()).isZero();
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
}
