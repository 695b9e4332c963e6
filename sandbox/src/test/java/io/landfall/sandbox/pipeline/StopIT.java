package io.landfall.sandbox.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.sandbox.api.SimulatedApi;
import io.landfall.sandbox.process.ChildProcess;
import io.landfall.sandbox.season.Season;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every promise, carried through a SIGTERM of each program at a random time. */
class StopIT {

  private static final int GAMES = 20;
  private static final Duration TIME_TO_STOP = Duration.ofSeconds(10);

  /** Done, stopped before it was done, and a JVM that had not come to our code yet. */
  private static final Set<Integer> CLEAN = Set.of(0, 130, 143);

  /** The broker may have been told first. */
  private static final Set<Integer> CLEAN_WITHOUT_A_BROKER = Set.of(0, 3, 130, 143);

  @TempDir Path folder;

  @Test
  void everyProgramStopsCleanlyAtAnyTimeAndEveryPromiseHolds() throws Exception {
    long seed = Pipeline.seed(StopIT.class);
    Random random = new Random(seed);
    Season season = Season.of(seed, GAMES);
    String[] days = Pipeline.days(season);
    try (SimulatedApi api = SimulatedApi.serving(season).start(0);
        SandboxBroker broker = new SandboxBroker(folder);
        Pipeline pipeline = new Pipeline(folder, api, broker)) {
      stopEachAtARandomTime(
          random,
          CLEAN,
          pipeline.producer("schedule", days),
          pipeline.shaping("shape"),
          pipeline.consumer("run"));
      stopEachAtARandomTime(
          random, CLEAN, pipeline.producer("fetch", days), pipeline.consumer("run", "--once"));
      stopEachAtARandomTime(
          random, CLEAN_WITHOUT_A_BROKER, broker.program(), pipeline.producer("run", days));
      broker.restart();

      Pipeline.succeed(pipeline.producer("run", days));
      ChildProcess replay = pipeline.ingestAndReplay();
      stopEachAtARandomTime(
          random,
          CLEAN,
          pipeline.consumer("replay", "--into", folder.resolve("unfinished").toString()));
      Pipeline.succeed(replay);
      pipeline.verify(season);
    }
  }

  /** They run side by side, as they would. */
  private static void stopEachAtARandomTime(
      Random random, Set<Integer> clean, ChildProcess... programs) throws InterruptedException {
    List<ChildProcess> left = new ArrayList<>(List.of(programs));
    while (!left.isEmpty()) {
      Thread.sleep(random.nextInt(6_000 / programs.length));
      ChildProcess program = left.remove(random.nextInt(left.size()));
      long signalled = System.nanoTime();
      int code = program.stop();
      assertThat(Duration.ofNanos(System.nanoTime() - signalled))
          .as("from SIGTERM to the end; it said:%n%s", program.logAndOutput())
          .isLessThan(TIME_TO_STOP);
      assertThat(clean).as("exit codes; it said:%n%s", program.logAndOutput()).contains(code);
      assertThat(program.logAndOutput()).doesNotContain("\tat ");
    }
  }
}
