package io.landfall.sandbox.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.sandbox.api.Fault;
import io.landfall.sandbox.api.Resource;
import io.landfall.sandbox.api.SimulatedApi;
import io.landfall.sandbox.guarantee.Observed;
import io.landfall.sandbox.process.ChildProcess;
import io.landfall.sandbox.season.Fixture;
import io.landfall.sandbox.season.Season;
import io.landfall.schemas.Topics;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every promise, carried through a producer that did not run for weeks and an API with bad days.
 */
class OutageIT {

  private static final int GAMES = 30;
  private static final int ROWS_OF_A_GAME = 180;
  private static final int ALWAYS = Integer.MAX_VALUE;

  @TempDir Path folder;

  @Test
  void whatIsUndoneIsToldAndWhatWasMissedIsCaughtUp() throws Exception {
    long seed = ThreadLocalRandom.current().nextLong(1_000_000);
    System.out.println("OutageIT: seed " + seed);
    Season season = Season.of(seed, GAMES);
    LocalDate first = season.fixtures().get(0).date();
    LocalDate weeksLater = season.fixtures().get(GAMES - 1).date().plusDays(25);
    try (SimulatedApi api = SimulatedApi.serving(season).start(0);
        SandboxBroker broker = new SandboxBroker(folder);
        Pipeline pipeline = new Pipeline(folder, api, broker)) {
      theFirstRunSaysWhatItLeavesOut(pipeline, first);

      ChildProcess afterTheOutage = pipeline.producer("run", "--to", weeksLater.toString());
      assertThat(afterTheOutage.exitCode()).as(afterTheOutage.logAndOutput()).isZero();
      assertThat(status(pipeline)).contains("listed through " + weeksLater);

      aBadNightIsNoSuccessAndLeavesNoTrace(pipeline, api, season.fixtures().get(0));
      anApiThatIsAwayChangesNothing(pipeline, first);
      theJournalSaysSoToo(pipeline, api, first);

      ChildProcess ingest = pipeline.consumer("run", "--once");
      assertThat(ingest.exitCode()).as(ingest.logAndOutput()).isZero();
      ChildProcess replay = pipeline.consumer("replay", "--into", pipeline.replayed().toString());
      assertThat(replay.exitCode()).as(replay.logAndOutput()).isZero();
      Observed observed = pipeline.verify(season.fixtures());
      assertThat(observed.bronze()).hasSize(GAMES * ROWS_OF_A_GAME);
    }
  }

  private static String status(Pipeline pipeline) throws InterruptedException {
    ChildProcess status = pipeline.producerStatus();
    assertThat(status.exitCode()).as(status.logAndOutput()).isZero();
    return status.output();
  }

  private static void theFirstRunSaysWhatItLeavesOut(Pipeline pipeline, LocalDate first)
      throws InterruptedException {
    ChildProcess run = pipeline.producer("fetch", "--to", first.toString());
    assertThat(run.exitCode()).as(run.logAndOutput()).isZero();
    assertThat(run.output())
        .contains("No game before " + first.minusDays(7))
        .contains("producer run --from 2023-10-10 --to " + first.minusDays(8));
  }

  private static void aBadNightIsNoSuccessAndLeavesNoTrace(
      Pipeline pipeline, SimulatedApi api, Fixture game) throws InterruptedException {
    String day = game.date().toString();
    api.fault(Fault.SERVER_ERROR, OptionalInt.of(game.gameId()), Optional.empty(), ALWAYS);
    ChildProcess bad = pipeline.producer("fetch", "--from", day, "--to", day);
    assertThat(bad.exitCode()).as(bad.logAndOutput()).isEqualTo(3);
    assertThat(status(pipeline)).contains(game.gameId() + "  ").contains("status 500");
    api.clearFaults();

    api.fault(Fault.HTML_UNAVAILABLE, OptionalInt.empty(), Optional.of(Resource.BOXSCORE), ALWAYS);
    ChildProcess half = pipeline.producer("fetch", "--from", day, "--to", day);
    assertThat(half.exitCode()).as(half.logAndOutput()).isEqualTo(3);
    api.clearFaults();

    ChildProcess good = pipeline.producer("run", "--from", day, "--to", day);
    assertThat(good.exitCode()).as(good.logAndOutput()).isZero();
    assertThat(status(pipeline)).doesNotContain(game.gameId() + "  ");
  }

  private static void anApiThatIsAwayChangesNothing(Pipeline pipeline, LocalDate first)
      throws InterruptedException {
    String before = status(pipeline);
    ChildProcess away =
        pipeline.producerWithoutAnApi(
            "fetch", "--from", first.toString(), "--to", first.plusDays(60).toString());
    assertThat(away.exitCode()).as(away.logAndOutput()).isEqualTo(3);
    assertThat(away.output())
        .contains("The API cannot be reached: 20 requests in a row got no answer")
        .contains("; 20 requests");
    assertThat(status(pipeline)).isEqualTo(before);
  }

  private static void theJournalSaysSoToo(Pipeline pipeline, SimulatedApi api, LocalDate first)
      throws InterruptedException {
    api.fault(Fault.SERVER_ERROR, OptionalInt.empty(), Optional.of(Resource.BOXSCORE), ALWAYS);
    String[] days = {"--from", first.toString(), "--to", first.toString()};
    ChildProcess schedule = pipeline.producer("schedule", days);
    schedule.await(
        "a run in the journal",
        () -> !Observed.committed(pipeline.bootstrapServers(), Topics.RUNS).isEmpty());
    schedule.stop();
    assertThat(status(pipeline)).contains("attempt 1, exit code 3");
    api.clearFaults();
    ChildProcess good = pipeline.producer("run", days);
    assertThat(good.exitCode()).as(good.logAndOutput()).isZero();
  }
}
