package io.landfall.sandbox.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.sandbox.api.Fault;
import io.landfall.sandbox.api.Resource;
import io.landfall.sandbox.api.SimulatedApi;
import io.landfall.sandbox.guarantee.Observed;
import io.landfall.sandbox.process.ChildProcess;
import io.landfall.sandbox.season.Fixture;
import io.landfall.sandbox.season.Season;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every promise, carried through a producer that did not run for weeks and an API with bad days.
 */
class OutageIT {

  private static final int GAMES = 30;
  private static final int ALWAYS = Integer.MAX_VALUE;

  private static final String LAST_RUNS = "Last runs, newest first:";

  @TempDir Path folder;

  @Test
  void whatIsUndoneIsToldAndWhatWasMissedIsCaughtUp() throws Exception {
    long seed = Pipeline.seed(OutageIT.class);
    Season season = Season.of(seed, GAMES);
    LocalDate first = season.fixtures().get(0).date();
    LocalDate weeksLater = season.fixtures().get(GAMES - 1).date().plusDays(25);
    try (SimulatedApi api = SimulatedApi.serving(season).start(0);
        SandboxBroker broker = new SandboxBroker(folder);
        Pipeline pipeline = new Pipeline(folder, api, broker)) {
      theFirstRunSaysWhatItLeavesOut(pipeline, first);

      Pipeline.succeed(pipeline.producer("run", "--to", weeksLater.toString()));
      assertThat(status(pipeline)).contains("listed through " + weeksLater);

      aBadNightIsNoSuccessAndLeavesNoTrace(pipeline, api, season.fixtures().get(0));
      anApiThatIsAwayChangesNothing(pipeline, first);
      theJournalSaysSoToo(pipeline, api, first);

      Pipeline.succeed(pipeline.ingestAndReplay());
      pipeline.verify(season);
    }
  }

  private static String status(Pipeline pipeline) throws InterruptedException {
    return Pipeline.succeed(pipeline.producerStatus()).output();
  }

  /** What a status says before the runs. */
  private static String ledger(String status) {
    return status.substring(0, status.indexOf(LAST_RUNS));
  }

  private static void theFirstRunSaysWhatItLeavesOut(Pipeline pipeline, LocalDate first)
      throws InterruptedException {
    ChildProcess run = Pipeline.succeed(pipeline.producer("fetch", Pipeline.days(first, first)));
    assertThat(run.output())
        .contains("No game before " + first)
        .contains("The next run without --from and --to gets them, from 2023-10-01 on");
  }

  private static void aBadNightIsNoSuccessAndLeavesNoTrace(
      Pipeline pipeline, SimulatedApi api, Fixture game) throws InterruptedException {
    String[] day = Pipeline.days(game.date(), game.date());
    api.fault(Fault.SERVER_ERROR, OptionalInt.of(game.gameId()), Optional.empty(), ALWAYS);
    ChildProcess bad = pipeline.producer("fetch", day);
    assertThat(bad.exitCode()).as(bad.logAndOutput()).isEqualTo(3);
    assertThat(status(pipeline)).contains(game.gameId() + "  ").contains("status 500");
    api.clearFaults();

    api.fault(Fault.HTML_UNAVAILABLE, OptionalInt.empty(), Optional.of(Resource.BOXSCORE), ALWAYS);
    ChildProcess half = pipeline.producer("fetch", day);
    assertThat(half.exitCode()).as(half.logAndOutput()).isEqualTo(3);
    api.clearFaults();

    Pipeline.succeed(pipeline.producer("run", day));
    assertThat(status(pipeline)).doesNotContain(game.gameId() + "  ");
  }

  private static void anApiThatIsAwayChangesNothing(Pipeline pipeline, LocalDate first)
      throws InterruptedException {
    String before = ledger(status(pipeline));
    ChildProcess away =
        pipeline.producerWithoutAnApi("fetch", Pipeline.days(first, first.plusDays(60)));
    assertThat(away.exitCode()).as(away.logAndOutput()).isEqualTo(3);
    assertThat(away.output())
        .contains("The API cannot be reached: 20 requests in a row got no answer")
        .contains("; 20 requests");
    String after = status(pipeline);
    assertThat(ledger(after)).isEqualTo(before);
    assertThat(after.substring(after.indexOf(LAST_RUNS)).lines().skip(1).findFirst().orElseThrow())
        .contains("exit code 3", "The API cannot be reached");
  }

  private static void theJournalSaysSoToo(Pipeline pipeline, SimulatedApi api, LocalDate first)
      throws InterruptedException {
    api.fault(Fault.SERVER_ERROR, OptionalInt.empty(), Optional.of(Resource.BOXSCORE), ALWAYS);
    String[] days = Pipeline.days(first, first);
    ChildProcess schedule = pipeline.producer("schedule", days);
    schedule.await(
        "a run of the schedule in the journal",
        () ->
            Observed.committed(pipeline.bootstrapServers(), Pipeline.TOPICS.runs()).stream()
                .anyMatch(record -> record.key().equals("schedule")));
    schedule.stop();
    assertThat(status(pipeline)).contains("attempt 1, exit code 3");
    api.clearFaults();
    Pipeline.succeed(pipeline.producer("run", days));
  }
}
