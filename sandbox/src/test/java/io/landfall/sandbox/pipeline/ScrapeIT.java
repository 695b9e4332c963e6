package io.landfall.sandbox.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.sandbox.api.SimulatedApi;
import io.landfall.sandbox.monitoring.Installed;
import io.landfall.sandbox.monitoring.Scraped;
import io.landfall.sandbox.process.ChildProcess;
import io.landfall.sandbox.season.Season;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the programs tell while they work, and while they are told to end. */
class ScrapeIT {

  private static final int GAMES = 4;
  private static final int ROWS = GAMES * 180;
  private static final Duration TIME_TO_STOP = Duration.ofSeconds(10);

  /** Done, and stopped before it was done. */
  private static final Set<Integer> CLEAN = Set.of(0, 130);

  @TempDir Path folder;

  @Test
  void whatTheyTellIsTrueAndWhoIsScrapedStopsAsEver() throws Exception {
    Season season = Season.of(Pipeline.seed(ScrapeIT.class), GAMES);
    try (SimulatedApi api = SimulatedApi.serving(season).start(0);
        SandboxBroker broker = new SandboxBroker(folder);
        Pipeline pipeline = new Pipeline(folder, api, broker);
        Scraped shape = new Scraped();
        Scraped schedule = new Scraped();
        Scraped consumer = new Scraped()) {
      Map<Scraped, ChildProcess> programs = new LinkedHashMap<>();
      programs.put(shape, pipeline.shaping("shape", shape.flags()));
      programs.get(shape).await("a beginning", () -> shape.sum("landfall_rows_emitted_total") == 0);
      programs.put(schedule, pipeline.producer("schedule", schedule.flags(Pipeline.days(season))));
      Pipeline.succeed(pipeline.producer("fetch", Pipeline.days(season)));
      programs.put(consumer, pipeline.consumer("run", consumer.flags()));
      for (Map.Entry<Scraped, ChildProcess> each : programs.entrySet()) {
        each.getValue().await("ready", () -> each.getKey().code("/readyz") == 200);
        assertThat(each.getKey().code("/healthz")).isEqualTo(200);
        each.getKey().scrapeAlways();
      }
      programs
          .get(consumer)
          .await("all rows", () -> consumer.sum("landfall_rows_appended_total") == ROWS);
      assertThat(shape.sum("landfall_rows_emitted_total")).isEqualTo(ROWS);
      programs.get(consumer).await("no lag", () -> consumer.sum("landfall_lag_records") == 0);
      assertThat(consumer.sum("landfall_table_version")).isPositive();
      checkWithPromtool(programs.keySet());

      for (Map.Entry<Scraped, ChildProcess> each : programs.entrySet()) {
        long signalled = System.nanoTime();
        int code = each.getValue().stop();
        assertThat(Duration.ofNanos(System.nanoTime() - signalled)).isLessThan(TIME_TO_STOP);
        assertThat(CLEAN).as(each.getValue().logAndOutput()).contains(code);
        assertThat(each.getKey().wrong()).isEmpty();
        assertThat(each.getKey().scrapes()).isPositive();
        assertThat(each.getKey().code("/metrics")).as("nobody is left there").isZero();
      }
    }
  }

  /** Ours only: Kafka's clients have names of their own taste. */
  private void checkWithPromtool(Set<Scraped> programs) throws Exception {
    if (!Installed.isThere("promtool")) {
      return;
    }
    for (Scraped program : programs) {
      String ours =
          program
              .text()
              .lines()
              .filter(line -> line.matches("(# (HELP|TYPE) )?landfall_.*"))
              .collect(Collectors.joining("\n", "", "\n"));
      assertThat(ours).contains("landfall_build_info");
      Path text = Files.writeString(folder.resolve("scraped.txt"), ours);
      Installed.program("sh")
          .run(folder.resolve("promtool.log"), List.of("-c", "promtool check metrics < " + text));
    }
  }
}
