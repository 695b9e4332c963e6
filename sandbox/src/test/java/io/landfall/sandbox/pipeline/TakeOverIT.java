package io.landfall.sandbox.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.sandbox.api.SimulatedApi;
import io.landfall.sandbox.process.ChildProcess;
import io.landfall.sandbox.season.Season;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two runs of one producer at once: one goes on, the other ends and says why. */
class TakeOverIT {

  private static final int GAMES = 60;
  private static final int SUPERSEDED = 5;

  @TempDir Path folder;

  @Test
  void ofTwoRunsAtOnceOneEndsAndEveryPromiseHolds() throws Exception {
    long seed = Pipeline.seed(TakeOverIT.class);
    Season season = Season.of(seed, GAMES);
    try (SimulatedApi api = SimulatedApi.serving(season).start(0);
        SandboxBroker broker = new SandboxBroker(folder);
        Pipeline pipeline = new Pipeline(folder, api, broker)) {
      ChildProcess first = pipeline.producer("run", at(2, season));
      first.await("some answers", () -> pipeline.archived() > 0);
      // The first would take more than a minute, so that the second meets it on any machine.
      ChildProcess second = pipeline.producer("run", at(25, season));
      List<Integer> codes = List.of(first.exitCode(), second.exitCode());
      String said = first.logAndOutput() + second.logAndOutput();
      assertThat(codes).as(said).containsExactlyInAnyOrder(0, SUPERSEDED);
      assertThat(said).contains("Another run of the producer has taken over");

      Pipeline.succeed(pipeline.producer("run", Pipeline.days(season)));
      Pipeline.succeed(pipeline.ingestAndReplay());
      pipeline.verify(season);
    }
  }

  private static String[] at(int requestsPerSecond, Season season) {
    return new String[] {
      "--from",
      season.fixtures().get(0).date().toString(),
      "--to",
      season.fixtures().get(GAMES - 1).date().toString(),
      "--requests-per-second",
      Integer.toString(requestsPerSecond),
      "--items-per-transaction",
      "2"
    };
  }
}
