package io.landfall.sandbox.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.sandbox.api.SimulatedApi;
import io.landfall.sandbox.bronze.KernelTable;
import io.landfall.sandbox.process.ChildProcess;
import io.landfall.sandbox.recording.RecordedBoxScore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recorded games of the real API, through the whole flow, held against the official box score. */
class RecordingsIT {

  private static final Path RECORDINGS = Path.of(System.getProperty("nhl.recordings"));
  private static final List<Integer> COMPLETE_GAMES = List.of(2024020001, 2023020204);

  @TempDir Path folder;

  @Test
  void recordedGamesAgreeWithTheirBoxScores() throws Exception {
    Assumptions.assumeTrue(
        Files.isDirectory(RECORDINGS),
        "no recorded answers at " + RECORDINGS + "; -Dnhl.recordings=DIR names another place");
    try (SimulatedApi api = SimulatedApi.servingRecordings(RECORDINGS).start(0);
        Pipeline pipeline = new Pipeline(folder, api, new SandboxBroker(folder))) {
      Pipeline.succeed(pipeline.producer("run", "--from", "2023-10-01", "--to", "2026-06-30"));
      Pipeline.succeed(pipeline.consumer("run", "--once"));

      List<Map<String, @Nullable Object>> rows = rows(pipeline);
      for (int gameId : COMPLETE_GAMES) {
        assertThat(rows).filteredOn(row -> Objects.equals(row.get("gameId"), gameId)).hasSize(180);
        assertThat(lines(rows, gameId))
            .as("game %d in bronze against its box score", gameId)
            .containsExactlyInAnyOrderElementsOf(RecordedBoxScore.of(RECORDINGS, gameId).skaters());
      }
      gamesWithoutAShiftChartAreThereWithNullWhereShiftsAreNeeded(rows);
      bothEnginesSayTheSame(pipeline, rows);
      everyGameThatWaitsIsListedWithItsReason(pipeline);
    }
  }

  private static List<Map<String, @Nullable Object>> rows(Pipeline pipeline) {
    return new KernelTable(pipeline.table())
        .rows(
            "gameId",
            "playerId",
            "situation",
            "_revision",
            "_coverage",
            "icetime",
            "shifts",
            "I_F_goals",
            "I_F_primaryAssists",
            "I_F_secondaryAssists",
            "I_F_shotsOnGoal",
            "I_F_hits",
            "I_F_takeaways",
            "I_F_giveaways",
            "OnIce_F_goals");
  }

  private static List<RecordedBoxScore.Line> lines(
      List<Map<String, @Nullable Object>> rows, int gameId) {
    return rows.stream()
        .filter(row -> Objects.equals(row.get("gameId"), gameId))
        .filter(row -> Objects.equals(row.get("situation"), "all"))
        .map(
            row ->
                new RecordedBoxScore.Line(
                    String.valueOf(row.get("playerId")),
                    count(row, "I_F_goals"),
                    count(row, "I_F_primaryAssists") + count(row, "I_F_secondaryAssists"),
                    count(row, "I_F_shotsOnGoal"),
                    count(row, "I_F_hits"),
                    count(row, "I_F_takeaways"),
                    count(row, "I_F_giveaways"),
                    count(row, "icetime"),
                    count(row, "shifts")))
        .toList();
  }

  private static int count(Map<String, @Nullable Object> row, String column) {
    Object value = Objects.requireNonNull(row.get(column), () -> column + " is null in " + row);
    return ((Number) value).intValue();
  }

  private static void gamesWithoutAShiftChartAreThereWithNullWhereShiftsAreNeeded(
      List<Map<String, @Nullable Object>> rows) {
    List<Map<String, @Nullable Object>> withoutShifts =
        rows.stream()
            .filter(row -> !String.valueOf(row.get("_coverage")).contains("shifts"))
            .toList();
    assertThat(withoutShifts).isNotEmpty();
    assertThat(withoutShifts).allMatch(row -> row.get("OnIce_F_goals") == null);
    assertThat(withoutShifts).allMatch(row -> row.get("I_F_goals") != null);
  }

  private static void bothEnginesSayTheSame(
      Pipeline pipeline, List<Map<String, @Nullable Object>> rows) throws InterruptedException {
    long goals = rows.stream().mapToLong(row -> count(row, "I_F_goals")).sum();
    double seconds =
        rows.stream()
            .map(row -> row.get("icetime"))
            .filter(Objects::nonNull)
            .collect(Collectors.summingDouble(value -> ((Number) value).doubleValue()));
    for (String engine : List.of("duckdb", "spark")) {
      ChildProcess sql =
          Pipeline.succeed(
              pipeline.sql(
                  engine,
                  "SELECT count(*), count(DISTINCT (playerId, gameId, situation, _revision)), sum(I_F_goals),"
                      + " sum(icetime) FROM player_game_stats"));
      assertThat(sql.output())
          .contains("%d,%d,%d,%.0f".formatted(rows.size(), rows.size(), goals, seconds));
    }
  }

  private static void everyGameThatWaitsIsListedWithItsReason(Pipeline pipeline)
      throws InterruptedException {
    ChildProcess status = Pipeline.succeed(pipeline.producerStatus());
    assertThat(status.output())
        .contains("2023020013")
        .containsPattern("2023020280 .* incomplete, .*play-by-play: ");
  }
}
