package io.landfall.sandbox.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.sandbox.api.Fault;
import io.landfall.sandbox.api.SimulatedApi;
import io.landfall.sandbox.process.ChildProcess;
import io.landfall.sandbox.season.Season;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The producer is killed again and again, whenever it is, while it loads from an API that
 * misbehaves: the rows are those of a load that nobody disturbed. Profile nightly kills 50 times.
 */
class KillsIT {

  private static final int KILLS = Integer.getInteger("landfall.kills", 4);
  private static final int GAMES = Integer.getInteger("landfall.kills.games", 40);

  /** What may happen to an answer and is over soon. */
  private static final Fault[] FAULTS = {
    Fault.HTML_OK,
    Fault.SERVER_ERROR,
    Fault.BAD_GATEWAY,
    Fault.HTML_UNAVAILABLE,
    Fault.TRUNCATED_JSON,
    Fault.WRONG_CONTENT_TYPE,
    Fault.NOT_FOUND,
    Fault.TOO_MANY_REQUESTS_UNTOLD,
    Fault.TOO_MANY_REQUESTS_ABSURD,
    Fault.EMPTY_BODY,
    Fault.CONNECTION_RESET,
    Fault.CUT_BODY
  };

  @TempDir Path folder;

  @Test
  void theRowsAreThoseOfALoadThatNobodyDisturbed() throws Exception {
    long seed = Pipeline.seed(KillsIT.class);
    Random random = new Random(seed);
    Season season = Season.of(seed, GAMES);
    try (SimulatedApi api = SimulatedApi.serving(season).start(0);
        SandboxBroker broker = new SandboxBroker(folder);
        Pipeline pipeline = new Pipeline(folder, api, broker)) {
      String[] days = Pipeline.days(season);
      for (int kill = 0; kill < KILLS; kill++) {
        api.clearFaults();
        Fault fault = FAULTS[random.nextInt(FAULTS.length)];
        api.fault(fault, OptionalInt.empty(), Optional.empty(), 1 + random.nextInt(20));
        ChildProcess run = pipeline.producer("run", days);
        Thread.sleep(Duration.ofMillis(500 + random.nextInt(3_500)).toMillis());
        run.kill();
      }
      api.clearFaults();
      Pipeline.succeed(pipeline.producer("run", days));
      Pipeline.succeed(
          pipeline.producer("run", "--topic-prefix", "calm.", days[0], days[1], days[2], days[3]));
      assertThat(pipeline.inForce(""))
          .as("seed %d", seed)
          .hasSizeGreaterThan(GAMES * 150)
          .isEqualTo(pipeline.inForce("calm."));
      Pipeline.succeed(pipeline.ingestAndReplay());
      pipeline.verify(season);
    }
  }
}
