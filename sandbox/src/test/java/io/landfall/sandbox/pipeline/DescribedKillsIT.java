package io.landfall.sandbox.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.landfall.sandbox.collection.Misbehaviour;
import io.landfall.sandbox.collection.SimulatedCollection;
import io.landfall.sandbox.guarantee.Expected;
import io.landfall.sandbox.guarantee.Observed;
import io.landfall.sandbox.process.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An API that a file describes changes while it is read, and every program is killed again and
 * again, whenever it is: once the API is still, the rows in force are what it has, and every
 * promise holds. Profile nightly draws a script, kills 50 times, and lands through each door in
 * turn.
 */
class DescribedKillsIT {

  private static final int FEW = 4;
  private static final int KILLS = Integer.getInteger("landfall.kills", FEW);

  /** A plain build plays the same script each time, as that of {@code NothingLostTest} does. */
  private static final long DRAWN = 959_855;

  private static final List<String> DOORS =
      Boolean.getBoolean("landfall.doors.all") ? List.of("fast", "spark") : List.of("fast");

  private static final int RECORDS = 200;
  private static final int DAYS = 6;

  /** A load takes some sixty requests: kills come before, in and after it. */
  private static final int REQUESTS = 50;

  private static final int MILLIS_MORE = 1_500;
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /** So few that a kill is within what is to be landed. */
  private static final String RECORDS_OF_A_COMMIT = "9";

  private static final int COMMITS = 4;

  /** As far as what a record tells of may move into the days to come, and a day more. */
  private static final int DAYS_UNTIL_ALL_IS_PAST = 11;

  /** Something is taken back after two looks without it, and much of it only on a later day. */
  private static final int LAST_LOOKS = 4;

  /**
   * Left out is what only takes its time, BUSY and CROWD, and STALE: what a lagging copy says can
   * undo what was told since (see {@code NothingLostTest}).
   */
  private static final Set<Misbehaviour> MISBEHAVIOURS =
      EnumSet.complementOf(EnumSet.of(Misbehaviour.BUSY, Misbehaviour.CROWD, Misbehaviour.STALE));

  private static final String DEFINITION =
      """
      source: collection
      about: A collection that changes while it is read.
      api: {url: "%s", budget: 200/s, in-flight: 3, answers: {400: split, 410: gone}}
      resources:
        records:
          reads:
            windows:
              every: 1d
              from: %s
              zone: UTC
              look-again: [1h, 1d, 3d]
              absent: retract
              ask:
                path: /records
                query: {from: "{from}", to: "{to}", sort: id, paging: token, limit: 10}
                paging: {cursor: /next, to: query.token, more: /more}
                count: {path: /count, query: {from: "{from}", to: "{to}"}, at: /count}
            changes:
              every: 10m
              from: first-run
              cursor: {at: /updated, as: iso}
              order: ascending
              lag: 12h
              ask:
                path: /records
                query: {since: "{since}", sort: updated, includedeleted: "true", paging: link, limit: 20}
                paging: {by: cursor, ties: link-header}
          records: /records
          key: [id]
          deleted: {at: /status, is: deleted}
          version: /updated
          fields:
            id:       {at: /id,       type: text}
            name:     {at: /name,     type: text}
            count:    {at: /count,    type: int}
            happened: {at: /happened, type: timestamp}
            updated:  {at: /updated,  type: timestamp}
      """;

  @TempDir Path folder;

  @Test
  void inTheEndTheRowsInForceAreWhatTheApiHas() throws Exception {
    long seed =
        KILLS == FEW ? Long.getLong("landfall.seed", DRAWN) : Pipeline.seed(DescribedKillsIT.class);
    Random random = new Random(seed);
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    LocalDate first = LocalDate.ofInstant(now, ZoneOffset.UTC).minusDays(2L * DAYS + 10);
    try (SimulatedCollection api =
            SimulatedCollection.of(seed, RECORDS)
                .spanning(Duration.ofDays(DAYS))
                .endingAt(now)
                .running(1, Duration.ZERO)
                .start(0);
        SandboxBroker broker = new SandboxBroker(folder);
        Pipeline pipeline =
            new Pipeline(
                folder,
                Origin.described(
                    folder.resolve("collection.yaml"), DEFINITION.formatted(api.apiUrl(), first)),
                broker)) {
      Pipeline.succeed(pipeline.apply());
      String[] all = {"--from", first.toString(), "--items-per-transaction", "2"};
      List<String> rounds = new ArrayList<>();
      ChildProcess consumer = consumer(pipeline, random);
      for (int kill = 1; kill <= KILLS; kill++) {
        api.script(random.nextLong(), MISBEHAVIOURS);
        List<ChildProcess> programs = new ArrayList<>();
        boolean isOne = random.nextBoolean();
        ChildProcess asking = pipeline.producer(isOne ? "run" : "fetch", all);
        programs.add(asking);
        if (!isOne) {
          programs.add(pipeline.shaping("shape"));
        }
        await(reached(Stage.of(kill), asking, isOne, api, pipeline, random));
        while (!programs.isEmpty()) {
          Thread.sleep(random.nextInt(MILLIS_MORE));
          programs.remove(random.nextInt(programs.size())).kill();
        }
        commitSome(consumer, pipeline, random);
        consumer.kill();
        rounds.add("%d of %d".formatted(pipeline.landed(), pipeline.landing()));
        if (kill % 3 == 0) {
          delete(random.nextBoolean() ? pipeline.scratch() : pipeline.state());
        }
        consumer = consumer(pipeline, random);
      }
      api.still();
      int commits = commits(pipeline);
      for (int look = 0; look < LAST_LOOKS; look++) {
        Duration later = Duration.ofDays((long) DAYS_UNTIL_ALL_IS_PAST + look);
        api.setClock(now.plus(later), 1);
        Pipeline.succeed(
            pipeline.producerAt(now.plus(later), look + 1 == LAST_LOOKS ? "run" : "fetch", all));
      }
      consumer.kill();
      Pipeline.succeed(pipeline.ingestAndReplay());
      Observed observed = pipeline.verify(expected(api));
      assertThat(pipeline.deadLetters()).as("seed %d: dead letters", seed).isZero();
      System.out.printf(
          "DescribedKillsIT: %d kills, %d commits until then, rows landed at each %s;"
              + " %d rows of %d records; acted %s%n",
          KILLS, commits, rounds, observed.bronze().size(), api.current().size(), api.acted());
    }
  }

  /** Lets it come to some commit, or to the end of what there is to land. */
  private static void commitSome(ChildProcess consumer, Pipeline pipeline, Random random)
      throws InterruptedException {
    int commits = commits(pipeline) + random.nextInt(COMMITS);
    int all = pipeline.landing();
    consumer.await("more commits", () -> commits(pipeline) >= commits || pipeline.landed() >= all);
    Thread.sleep(random.nextInt(MILLIS_MORE / 3));
  }

  private static ChildProcess consumer(Pipeline pipeline, Random random) {
    return pipeline.consumer(
        "run",
        "--door",
        DOORS.get(random.nextInt(DOORS.size())),
        "--records-per-commit",
        RECORDS_OF_A_COMMIT);
  }

  private static long answers(SimulatedCollection api) {
    return api.answers().values().stream().mapToLong(Long::longValue).sum();
  }

  /** How far a round comes before its kills. */
  private enum Stage {
    ANSWERED,
    RECORDED,
    SHAPED;

    static Stage of(int kill) {
      return values()[kill % values().length];
    }
  }

  /**
   * Whether a round has come so far, or will not.
   *
   * @param isOne whether the program that asks shapes too
   */
  private static BooleanSupplier reached(
      Stage stage,
      ChildProcess asking,
      boolean isOne,
      SimulatedCollection api,
      Pipeline pipeline,
      Random random) {
    if (stage == Stage.ANSWERED) {
      long answers = answers(api) + random.nextInt(REQUESTS);
      return () -> answers(api) >= answers || !asking.isRunning();
    }
    int archived = pipeline.archived();
    if (stage == Stage.RECORDED) {
      return () -> pipeline.archived() > archived || !asking.isRunning();
    }
    int shaped = pipeline.shaped();
    return () ->
        pipeline.shaped() > shaped
            || (!asking.isRunning() && (isOne || pipeline.archived() == archived));
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("a round that gets no further").isLessThan(end);
      Thread.sleep(50);
    }
  }

  private static int commits(Pipeline pipeline) {
    int version = 0;
    while (pipeline.hasVersion(version)) {
      version++;
    }
    return version;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.exists(folder) ? Files.walk(folder) : Stream.empty()) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static Expected expected(SimulatedCollection api) {
    return new Expected.Records(
        List.of("name", "count", "happened", "updated"),
        api.current().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, record -> says(record.getValue()))));
  }

  private static String says(JsonNode record) {
    return "%s/%d/%d/%d"
        .formatted(
            record.path("name").asText(),
            record.path("count").asInt(),
            micros(record.path("happened").asText()),
            micros(record.path("updated").asText()));
  }

  private static long micros(String time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(time));
  }
}
