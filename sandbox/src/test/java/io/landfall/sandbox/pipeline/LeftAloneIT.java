package io.landfall.sandbox.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.sandbox.api.Fault;
import io.landfall.sandbox.api.SimulatedApi;
import io.landfall.sandbox.process.ChildProcess;
import io.landfall.sandbox.season.Correction;
import io.landfall.sandbox.season.EdgeCase;
import io.landfall.sandbox.season.Fixture;
import io.landfall.sandbox.season.Season;
import io.landfall.schemas.ItemStatus;
import io.landfall.schemas.LedgerEntry;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sixty days of a season that nobody looks after: charts that are missing, late or not whole, games
 * that are put off or called off, corrections, and an API that misbehaves. In the end every game is
 * complete, settled or void, and hardly anything is asked for. Profile nightly runs on each day.
 */
class LeftAloneIT {

  private static final int GAMES = Integer.getInteger("landfall.alone.games", 40);
  private static final int DAYS_BETWEEN = Integer.getInteger("landfall.alone.step", 10);
  private static final int DAYS = 60;
  private static final int LAST_LOOKS = 3;
  private static final int CORRECTED_UNTIL = 21;
  private static final double MISSING_CHARTS = 0.08;

  /** Requests of a game: three for its answers, the same for each of its looks, and reports. */
  private static final int REQUESTS_OF_A_GAME = 30;

  private static final List<EdgeCase> PECULIAR =
      List.of(
          EdgeCase.POSTPONED,
          EdgeCase.CANCELLED,
          EdgeCase.CHART_LATE,
          EdgeCase.CHART_EMPTY,
          EdgeCase.CHART_PLAYER_MISSING,
          EdgeCase.OLD_GENERATION,
          EdgeCase.UNKNOWN_EVENT_TYPE);

  private static final List<Fault> FAULTS =
      List.of(
          Fault.HTML_OK,
          Fault.SERVER_ERROR,
          Fault.TRUNCATED_JSON,
          Fault.WRONG_CONTENT_TYPE,
          Fault.NOT_FOUND,
          Fault.TOO_MANY_REQUESTS_UNTOLD,
          Fault.EMPTY_BODY,
          Fault.CONNECTION_RESET,
          Fault.CUT_BODY);

  @TempDir Path folder;

  @Test
  void everyGameSettles() throws Exception {
    long seed = Pipeline.seed(LeftAloneIT.class);
    Random random = new Random(seed);
    Season plain = Season.of(seed, GAMES);
    Season season = plain.having(peculiar(plain, random)).missingCharts(MISSING_CHARTS);
    LocalDate first = season.fixtures().get(0).date();
    List<Long> requests = new ArrayList<>();
    try (SimulatedApi api = SimulatedApi.serving(season).start(0);
        SandboxBroker broker = new SandboxBroker(folder);
        Pipeline pipeline = new Pipeline(folder, api, broker)) {
      for (int day = 1; day <= DAYS; day += DAYS_BETWEEN) {
        Instant morning = first.plusDays(day).atTime(12, 0).toInstant(ZoneOffset.UTC);
        api.setClock(morning, 0);
        correctSome(api, season, day, random);
        api.clearFaults();
        Fault fault = FAULTS.get(random.nextInt(FAULTS.size()));
        api.fault(fault, OptionalInt.empty(), Optional.empty(), random.nextInt(15));
        api.clearRequests();
        ChildProcess run = pipeline.producerAt(morning, "run", "--history-start", first.toString());
        assertThat(run.exitCode()).as("day %d, %s%n%s", day, fault, run.logAndOutput()).isIn(0, 3);
        requests.add(requests(api));
      }
      api.clearFaults();
      System.out.printf("LeftAloneIT: %d games, requests of each run %s%n", GAMES, requests);
      assertThat(requests.stream().mapToLong(Long::longValue).sum())
          .as("seed %d, requests of each run %s", seed, requests)
          .isLessThan((long) GAMES * REQUESTS_OF_A_GAME);
      // Faults may have kept a week from being listed until the last of these runs. A game settles
      // within weeks of its first answers and is looked at until thirty days after its last change:
      // two runs a look's time apart leave nothing for the third.
      for (int look = 1; look <= LAST_LOOKS; look++) {
        api.clearRequests();
        Pipeline.succeed(
            pipeline.producerAt(
                first.plusDays(DAYS + look * 31L).atTime(12, 0).toInstant(ZoneOffset.UTC),
                "run",
                "--history-start",
                first.toString()));
        requests.add(requests(api));
      }
      everyGameIsDone(season, pipeline.ledger(), seed);
      assertThat(requests.get(requests.size() - 1))
          .as("seed %d, when all is done, %s", seed, requests)
          .isLessThan(GAMES);

      Pipeline.succeed(
          pipeline.producerAt(
              first.plusDays(DAYS).atTime(12, 0).toInstant(ZoneOffset.UTC),
              "run",
              "--history-start",
              first.toString(),
              "--topic-prefix",
              "calm."));
      assertThat(pipeline.inForce("")).as("seed %d", seed).isEqualTo(pipeline.inForce("calm."));
      Pipeline.succeed(pipeline.ingestAndReplay());
      pipeline.verify(Pipeline.expected(season));
    }
  }

  private static long requests(SimulatedApi api) {
    return api.requests().values().stream()
        .flatMap(each -> each.values().stream())
        .mapToLong(Long::longValue)
        .sum();
  }

  private static Map<Integer, Set<EdgeCase>> peculiar(Season season, Random random) {
    Map<Integer, Set<EdgeCase>> peculiar = new HashMap<>();
    for (Fixture fixture : season.fixtures()) {
      if (random.nextInt(4) == 0) {
        peculiar.put(fixture.gameId(), Set.of(PECULIAR.get(random.nextInt(PECULIAR.size()))));
      }
    }
    return peculiar;
  }

  /** In the first weeks, so that the last look of each game is behind its last correction. */
  private static void correctSome(SimulatedApi api, Season season, int day, Random random) {
    Correction[] kinds = Correction.values();
    for (Fixture fixture : season.fixtures()) {
      boolean over = fixture.date().isBefore(season.fixtures().get(0).date().plusDays(day));
      if (day <= CORRECTED_UNTIL && over && random.nextInt(10) == 0) {
        var unused = api.correct(fixture.gameId(), kinds[random.nextInt(kinds.length)]);
      }
    }
  }

  private static void everyGameIsDone(Season season, Map<String, LedgerEntry> ledger, long seed) {
    assertThat(ledger).hasSize(GAMES);
    for (Fixture fixture : season.fixtures()) {
      LedgerEntry entry = Objects.requireNonNull(ledger.get(Integer.toString(fixture.gameId())));
      Set<ItemStatus> right =
          season.is(fixture, EdgeCase.CANCELLED)
              ? Set.of(ItemStatus.VOID)
              : Set.of(ItemStatus.FETCHED, ItemStatus.SETTLED);
      assertThat(right).as("seed %d, %s", seed, entry).contains(entry.getStatus());
    }
  }
}
