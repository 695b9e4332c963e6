package io.landfall.sandbox.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.sandbox.api.SimulatedApi;
import io.landfall.sandbox.bronze.KernelTable;
import io.landfall.sandbox.process.ChildProcess;
import io.landfall.sandbox.season.Season;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two of one program at once: of two producers one goes on, and the other ends and says why; of two
 * consumers each batch is landed by one, and the other says so. Profile nightly freezes one of them
 * for a minute, which is else as long as the other takes to land everything, and tries two of one
 * door too.
 */
class TakeOverIT {

  private static final int GAMES = 60;
  private static final int SUPERSEDED = 5;

  private static final int GAMES_TO_LAND = 20;
  private static final int ROWS_TO_LAND = GAMES_TO_LAND * Pipeline.ROWS_OF_A_GAME;

  /** They have to come by one another often, and the one that is frozen has to miss something. */
  private static final int ROWS_OF_A_COMMIT = 120;

  private static final int FROZEN_AT_VERSION = 5;
  private static final Duration LEAST_FROZEN =
      Duration.ofSeconds(Integer.getInteger("landfall.frozen.seconds", 0));

  private static final String REFUSED_BATCH =
      "Somebody else changed the table; going on from where it stands now";

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

  @Test
  void ofTwoConsumersAtOnceOneLandsEachBatchAndTheOtherSaysSo() throws Exception {
    Season season = Season.of(Pipeline.seed(TakeOverIT.class), GAMES_TO_LAND);
    try (SimulatedApi api = SimulatedApi.serving(season).start(0);
        SandboxBroker broker = new SandboxBroker(folder);
        Pipeline pipeline = new Pipeline(folder, api, broker)) {
      Pipeline.succeed(pipeline.producer("run", Pipeline.days(season)));
      List<Path> tables = new ArrayList<>(List.of(twoAtOnce(pipeline, "spark", "fast")));
      if (!LEAST_FROZEN.isZero()) {
        tables.add(twoAtOnce(pipeline, "fast", "fast"));
        tables.add(twoAtOnce(pipeline, "spark", "spark"));
      }
      pipeline.verifyEachRecordOnce(ROWS_TO_LAND, tables.toArray(Path[]::new));
    }
  }

  /** Started in the same moment, until one of them is frozen and wakes when all is done. */
  private Path twoAtOnce(Pipeline pipeline, String goesOn, String isFrozen) throws Exception {
    Path table = folder.resolve(goesOn + "-and-frozen-" + isFrozen);
    ChildProcess one = consumer(pipeline, table, goesOn);
    ChildProcess other = consumer(pipeline, table, isFrozen);
    other.await(
        "commits of one of them or both", () -> Pipeline.hasVersion(table, FROZEN_AT_VERSION));

    signal("STOP", other);
    long frozen = System.nanoTime();
    String before = other.log();
    while (new KernelTable(table).rows("_offset").size() < ROWS_TO_LAND) {
      one.await("more commits", later(Duration.ofSeconds(1)));
    }
    long left = LEAST_FROZEN.toNanos() - (System.nanoTime() - frozen);
    Thread.sleep(Math.max(0, Duration.ofNanos(left).toMillis()));
    signal("CONT", other);

    other.await(
        "that somebody else was quicker",
        () -> other.log().substring(before.length()).contains(REFUSED_BATCH));
    assertThat(List.of(one.stop(), other.stop()))
        .as(one.logAndOutput() + other.logAndOutput())
        .containsOnly(0);
    return table;
  }

  private static BooleanSupplier later(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    return () -> System.nanoTime() > end;
  }

  private ChildProcess consumer(Pipeline pipeline, Path table, String door) {
    return pipeline.consumer(
        table,
        folder.resolve("scratch"),
        "run",
        "--door",
        door,
        "--records-per-commit",
        Integer.toString(ROWS_OF_A_COMMIT));
  }

  private static void signal(String name, ChildProcess program) throws Exception {
    String pid = Long.toString(program.pid());
    assertThat(new ProcessBuilder("kill", "-" + name, pid).inheritIO().start().waitFor()).isZero();
  }
}
