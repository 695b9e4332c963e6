package io.landfall.sandbox.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.sandbox.api.Fault;
import io.landfall.sandbox.api.SimulatedApi;
import io.landfall.sandbox.guarantee.BronzeRow;
import io.landfall.sandbox.process.ChildProcess;
import io.landfall.sandbox.season.Season;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A program is killed again and again, whenever it is, while it loads: what it leaves is what a
 * load leaves that nobody disturbed. Profile nightly kills 50 times.
 */
class KillsIT {

  private static final int KILLS = Integer.getInteger("landfall.kills", 4);
  private static final int GAMES = Integer.getInteger("landfall.kills.games", 40);
  private static final int GAMES_TO_LAND = Integer.getInteger("landfall.kills.landed", 20);
  private static final int ROWS_TO_LAND = GAMES_TO_LAND * Pipeline.ROWS_OF_A_GAME;

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

  /** A load through one door into a table of its own. */
  private record Door(String name, Path folder) {

    Path table() {
      return folder.resolve(name);
    }

    private Path scratch() {
      return folder.resolve(name + "-scratch");
    }

    ChildProcess start(Pipeline pipeline, String... more) {
      String[] arguments =
          Stream.concat(Stream.of("--door", name), Stream.of(more)).toArray(String[]::new);
      return pipeline.consumer(table(), scratch(), "run", arguments);
    }

    int commits() {
      int version = 0;
      while (Pipeline.hasVersion(table(), version)) {
        version++;
      }
      return version;
    }

    void deleteScratch() throws IOException {
      try (Stream<Path> files = Files.exists(scratch()) ? Files.walk(scratch()) : Stream.empty()) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  /** A run, from its start to its kill: some time after some commits, or before there is any. */
  private static final class Life {

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int COMMITS = 4;
    private static final int MILLIS_TO_START = 5_000;
    private static final int MILLIS_OF_A_COMMIT = 1_000;

    /** So few in a commit that even the last kill is within the load. */
    private static final int RECORDS = Math.max(1, ROWS_TO_LAND / KILLS / COMMITS / 3);

    private final Door door;
    private final ChildProcess run;
    private final int commits;
    private final long more;
    private final long began = System.nanoTime();
    private OptionalLong end = OptionalLong.empty();

    Life(Door door, Pipeline pipeline, Random random) {
      int further = random.nextInt(COMMITS);
      int most = further == 0 ? MILLIS_TO_START : MILLIS_OF_A_COMMIT;
      this.door = door;
      this.commits = door.commits() + further;
      this.more = Duration.ofMillis(random.nextInt(most)).toNanos();
      this.run = door.start(pipeline, "--records-per-commit", Integer.toString(RECORDS));
    }

    boolean isOver() {
      assertThat(run.isRunning() && System.nanoTime() < began + PATIENCE.toNanos())
          .as(run.logAndOutput())
          .isTrue();
      if (end.isEmpty() && door.commits() >= commits) {
        end = OptionalLong.of(System.nanoTime() + more);
      }
      return end.isPresent() && System.nanoTime() > end.getAsLong();
    }

    void kill() throws InterruptedException {
      run.kill();
    }
  }

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

  /** Two consumers side by side, each with its door, its table and its scratch folder. */
  @Test
  void throughEachDoorEachRecordBecomesOneRow() throws Exception {
    long seed = Pipeline.seed(KillsIT.class);
    Random random = new Random(seed);
    Season season = Season.of(seed, GAMES_TO_LAND);
    List<Door> doors = List.of(new Door("fast", folder), new Door("spark", folder));
    try (SimulatedApi api = SimulatedApi.serving(season).start(0);
        SandboxBroker broker = new SandboxBroker(folder);
        Pipeline pipeline = new Pipeline(folder, api, broker)) {
      succeedInTheEnd(pipeline.producer("run", Pipeline.days(season)));
      for (int kill = 1; kill <= KILLS; kill++) {
        List<Life> lives =
            new ArrayList<>(doors.stream().map(door -> new Life(door, pipeline, random)).toList());
        while (!lives.isEmpty()) {
          Thread.sleep(10);
          for (Life life : lives.stream().filter(Life::isOver).toList()) {
            life.kill();
            lives.remove(life);
          }
        }
        if (kill % 3 == 0) {
          for (Door door : doors) {
            door.deleteScratch();
          }
        }
      }
      for (Door door : doors) {
        int landed = BronzeRow.origins(door.table()).size();
        System.out.printf(
            "%s: after %d kills %,d of %,d rows%n", door.name(), KILLS, landed, ROWS_TO_LAND);
        succeedInTheEnd(door.start(pipeline, "--once"));
      }
      pipeline.verifyEachRecordOnce(
          ROWS_TO_LAND, doors.stream().map(Door::table).toArray(Path[]::new));
    }
  }

  /** A whole history takes longer than a program is waited for. */
  private static void succeedInTheEnd(ChildProcess program) throws InterruptedException {
    while (program.isRunning()) {
      Thread.sleep(100);
    }
    Pipeline.succeed(program);
  }
}
