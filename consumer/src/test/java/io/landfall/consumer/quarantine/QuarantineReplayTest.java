package io.landfall.consumer.quarantine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.landfall.cli.ExitCode;
import io.landfall.cli.LandfallException;
import io.landfall.cli.TableLocation.Folder;
import io.landfall.consumer.ConsumerMain;
import io.landfall.consumer.bronze.Fault;
import io.landfall.consumer.bronze.TableState;
import io.landfall.consumer.door.Batch;
import io.landfall.consumer.door.Door;
import io.landfall.consumer.door.Outcome;
import io.landfall.consumer.door.QuarantineRow;
import io.landfall.consumer.door.Supplying;
import io.landfall.consumer.door.fast.FastDoor;
import io.landfall.consumer.door.spark.SparkDoor;
import io.landfall.consumer.kernel.KernelTable;
import io.landfall.consumer.landing.Offsets;
import io.landfall.consumer.testing.BronzeTables;
import io.landfall.consumer.testing.DoorKind;
import io.landfall.consumer.testing.HookedLogStore;
import io.landfall.consumer.testing.Readings;
import io.landfall.consumer.testing.Records;
import io.landfall.consumer.testing.SharedSpark;
import io.landfall.schemas.Dataset;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileUtil;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What an older release set aside, and a newer one can read, is a row once. */
class QuarantineReplayTest {

  private static final SparkSession SPARK = SharedSpark.session();
  private static final Clock CLOCK =
      Clock.fixed(Instant.ofEpochSecond(1_700_000_000), ZoneOffset.UTC);

  /** A release for which every third reading, which has no gusts, is no row. */
  private static final Dataset OLDER = Readings.keyed(List.of("station", "gusts"));

  private static final String TOPIC = "weather.readings.v1";

  /** A process that is killed: nobody catches that. */
  private static final class Killed extends Error {}

  @TempDir private Path temporary;
  private Path table;

  @BeforeEach
  void place() {
    table = temporary.resolve("readings");
  }

  @ParameterizedTest
  @EnumSource
  void whatIsARowByNowIsAppendedOnce(DoorKind kind) {
    landed(kind, OLDER, 0, 8);
    assertThat(offsets()).containsExactly(1L, 2L, 4L, 5L);

    assertThat(replay(kind, Optional.of(List.of(new Place(TOPIC, 0, 3))), true).landed())
        .isEqualTo(1);
    assertThat(offsets()).hasSize(4);
    assertThat(replay(kind, Optional.of(List.of(new Place(TOPIC, 0, 3))), false).landed())
        .isEqualTo(1);
    assertThat(counts())
        .isEqualTo(new Entries.Counts(4, Map.of("NO_VALUE", 1L, "NULL_IN_KEY", 2L)));
    Replay.Report report = replay(kind, Optional.empty(), false);

    assertThat(report.landed()).isEqualTo(2);
    assertThat(report.there()).isZero();
    assertThat(report.still().records()).isEqualTo(1);
    assertThat(report.still().first().orElseThrow().offset()).isEqualTo(7);
    assertThat(offsets()).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L);
    assertThat(counts()).isEqualTo(new Entries.Counts(4, Map.of("NO_VALUE", 1L)));
    long version = SPARK.sql("DESCRIBE HISTORY " + name()).first().getLong(0);
    Replay.Report again = replay(kind, Optional.empty(), false);
    assertThat(again.landed()).isZero();
    assertThat(SPARK.sql("DESCRIBE HISTORY " + name()).first().getLong(0)).isEqualTo(version);

    TableState state = door(kind).open(Readings.TOPIC_ID);
    assertThat(state.position()).isEqualTo(at(8));
    assertThat(state.quarantined()).isEqualTo(4);
    landed(kind, Readings.FIRST, 8, 10);
    assertThat(offsets()).hasSize(9).doesNotHaveDuplicates();
  }

  /** One that the code knows by now is a row; one that it does not know stays, and stops nobody. */
  @ParameterizedTest
  @MethodSource(DoorKind.ONE)
  void whatWasSetAsideByItsSchemaIsARowOnceTheCodeKnowsIt(DoorKind kind) {
    byte[] known = Readings.encode(Readings.reading(Readings.FIRST.schema(), 1, 1, "UPSERT"));
    byte[] unknown = known.clone();
    Arrays.fill(unknown, 2, 10, (byte) 9);
    Records records = new Records();
    records.add(0, 0, unknown);
    Door door = kind.to(SPARK, Readings.FIRST, Folder.of(table), Set.of("0909090909090909"));
    door.open(Readings.TOPIC_ID);
    door.append(records.in(SPARK), new Batch(Readings.TOPIC_ID, at(0), at(2), CLOCK.instant()));
    // As a release that did not know it would have left it.
    QuarantineRow row = new QuarantineRow("0.1", 0);
    Records older = new Records();
    older.add(
        0,
        1,
        row.of(
            new byte[] {1},
            known,
            new QuarantineRow.Headers(),
            new Fault(Fault.Kind.UNKNOWN_SCHEMA, "unknown", "0102030405060708")));
    long version = SPARK.sql("DESCRIBE HISTORY delta.`%s`".formatted(beside())).first().getLong(0);
    assertThat(
            ((Supplying) door)
                .resolve(older.in(SPARK), version, Readings.TOPIC_ID, CLOCK.instant()))
        .isTrue();
    assertThat(counts()).isEqualTo(new Entries.Counts(2, Map.of("UNKNOWN_SCHEMA", 2L)));
    landed(kind, Readings.FIRST, 2, 3);

    Replay.Report report = replay(kind, Optional.empty(), false);

    assertThat(report.landed()).isEqualTo(1);
    assertThat(report.still().first().orElseThrow().toString()).contains("0909090909090909");
    assertThat(offsets()).containsExactly(1L, 2L);
    assertThat(counts()).isEqualTo(new Entries.Counts(2, Map.of("UNKNOWN_SCHEMA", 1L)));
    assertThat(consumer(ExitCode.OK, "quarantine", "list"))
        .contains("UNKNOWN_SCHEMA", "0909090909090909", "(2 records, 1 open)");
    assertThat(consumer(ExitCode.OK, "quarantine", "show", TOPIC + "-0@0"))
        .contains("UNKNOWN_SCHEMA", "0909090909090909", "--quarantine-schema");
    assertThat(replay(kind, Optional.empty(), false).landed()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void whoDiesBetweenRowsAndNoteDoublesNothing(DoorKind kind) {
    landed(kind, OLDER, 0, 6);
    HookedLogStore.afterNextCommit(
        () ->
            HookedLogStore.beforeNextCommit(
                () -> {
                  throw new Killed();
                }));
    assertThatThrownBy(() -> replay(kind, Optional.empty(), false))
        .hasStackTraceContaining("Killed");
    assertThat(offsets()).hasSize(6);
    assertThat(counts().open()).isEqualTo(2);
    DeltaLog.clearCache();

    Replay.Report report = replay(kind, Optional.empty(), false);

    assertThat(report.landed()).isZero();
    assertThat(report.there()).isEqualTo(2);
    assertThat(offsets()).hasSize(6).doesNotHaveDuplicates();
    assertThat(counts().open()).isZero();
  }

  /** The newer release went on from before the older one's batch, and made rows of its records. */
  @ParameterizedTest
  @MethodSource(DoorKind.ONE)
  void whatIsInTheTableIsNotAppended(DoorKind kind) {
    Door older = kind.to(SPARK, OLDER, table);
    older.open(Readings.TOPIC_ID);
    landed(kind, Readings.FIRST, 0, 1);
    quarantineAlone(older, 1, 6);
    landed(kind, Readings.FIRST, 1, 6);
    assertThat(offsets()).hasSize(6);
    assertThat(counts().open()).isEqualTo(1);

    Replay.Report report = replay(kind, Optional.empty(), false);

    assertThat(report.landed()).isZero();
    assertThat(report.there()).isEqualTo(1);
    assertThat(offsets()).hasSize(6).doesNotHaveDuplicates();
    assertThat(counts().open()).isZero();
  }

  /** Records that the table has not passed are a run's to decide upon. */
  @ParameterizedTest
  @MethodSource(DoorKind.ONE)
  void whatTheTableHasNotPassedIsLeftAlone(DoorKind kind) {
    Door older = kind.to(SPARK, OLDER, table);
    older.open(Readings.TOPIC_ID);
    landed(kind, OLDER, 0, 2);
    quarantineAlone(older, 2, 6);

    assertThat(replay(kind, Optional.empty(), false).landed()).isEqualTo(1);

    assertThat(offsets()).containsExactly(0L, 1L);
    landed(kind, Readings.FIRST, 2, 6);
    assertThat(offsets()).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
  }

  @ParameterizedTest
  @MethodSource(DoorKind.ONE)
  void ofTwoReplaysOneGoesBack(DoorKind kind) {
    landed(kind, OLDER, 0, 6);
    HookedLogStore.beforeNextCommit(
        () -> {
          DeltaLog.clearCache();
          CompletableFuture.runAsync(
                  () -> assertThat(replay(kind, Optional.empty(), false).landed()).isEqualTo(2))
              .join();
        });

    assertThatThrownBy(() -> replay(kind, Optional.empty(), false))
        .isInstanceOfSatisfying(
            LandfallException.class,
            stop -> assertThat(stop.exitCode()).isEqualTo(ExitCode.SUPERSEDED))
        .hasMessageContaining("Nothing was written");
    assertThat(offsets()).hasSize(6).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource(DoorKind.ONE)
  void quarantineThatIsBehindIsTold(DoorKind kind) throws Exception {
    landed(kind, OLDER, 0, 3);
    Path copy = temporary.resolve("copy");
    BronzeTables.copy(beside(), copy);
    landed(kind, OLDER, 3, 6);
    assertThat(gap()).isEmpty();

    assertThat(FileUtil.fullyDelete(beside().toFile())).isTrue();
    assertThat(gap()).hasValueSatisfying(gap -> assertThat(gap).contains("0 of the 2 records"));
    BronzeTables.copy(copy, beside());
    DeltaLog.clearCache();
    assertThat(gap()).hasValueSatisfying(gap -> assertThat(gap).contains("1 of the 2 records"));
    // The run goes on all the same.
    landed(kind, OLDER, 6, 9);
    assertThat(gap()).hasValueSatisfying(gap -> assertThat(gap).contains("3 of the 4 records"));
  }

  @Test
  void commandsListShowAndReplay() throws Exception {
    assertThat(consumer(ExitCode.USAGE, "quarantine", "list")).contains("There is no table");
    landed(DoorKind.FAST, Readings.FIRST, 0, 2);
    assertThat(consumer(ExitCode.OK, "quarantine", "list")).contains("(0 records, 0 open)");
    assertThat(consumer(ExitCode.OK, "quarantine", "replay", "--all")).contains("nothing");
    landed(DoorKind.FAST, OLDER, 2, 8);

    assertThat(consumer(ExitCode.OK, "quarantine", "list"))
        .contains("OPEN", TOPIC + "-0@3", "NULL_IN_KEY", "(3 records, 3 open)");
    List<String> lines = consumer(ExitCode.OK, "quarantine", "list", "-o", "json").lines().toList();
    assertThat(lines)
        .hasSize(3)
        .allMatch(line -> line.startsWith("{\"state\":\"OPEN\",\"origin\":\"" + TOPIC));
    Path body = temporary.resolve("body");
    assertThat(
            consumer(ExitCode.OK, "quarantine", "show", TOPIC + "-0@3", "--body", body.toString()))
        .contains("NULL_IN_KEY", "its gusts is null", "key 3", "bytes, 0xc301");
    assertThat(Files.readAllBytes(body))
        .isEqualTo(Readings.encode(Readings.reading(Readings.FIRST.schema(), 3, 1, "UPSERT")));
    assertThat(consumer(ExitCode.USAGE, "quarantine", "show", TOPIC + "-0@4"))
        .contains("There is no record");
    assertThat(consumer(ExitCode.USAGE, "quarantine", "replay")).contains("--all");
    assertThat(consumer(ExitCode.OK, "quarantine", "replay", "--all", "--dry-run"))
        .contains("2 rows to append", "1 record still no rows", "offset 7: NO_VALUE");
    assertThat(consumer(ExitCode.OK, "quarantine", "replay", TOPIC + "-0@3"))
        .contains("1 row appended");
    assertThat(consumer(ExitCode.OK, "quarantine", "list", "-o", "csv"))
        .contains("RESOLVED," + TOPIC + "-0@3", "OPEN," + TOPIC + "-0@6");
    assertThat(offsets()).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
  }

  private String consumer(ExitCode expected, String... flags) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    List<String> arguments = new ArrayList<>(List.of(flags));
    arguments.addAll(
        2,
        List.of(
            "--table", table.toString(), "--scratch-dir", temporary.resolve("scratch").toString()));
    ExitCode code =
        ConsumerMain.program(Readings.FIRST, CLOCK)
            .run(Map.of(), out, out, arguments.toArray(String[]::new));
    assertThat(code).as(said.toString(StandardCharsets.UTF_8)).isEqualTo(expected);
    return said.toString(StandardCharsets.UTF_8);
  }

  private Optional<String> gap() {
    KernelTable bronze = kernel(table);
    return Completeness.gap(bronze, bronze.state(), kernel(beside()));
  }

  private Entries.Counts counts() {
    return Entries.of(kernel(beside())).counts();
  }

  private static KernelTable kernel(Path folder) {
    return KernelTable.in(Folder.of(folder), new Configuration());
  }

  /** Dies behind the first of the two commits, or the last of three where there was no table. */
  private void quarantineAlone(Door older, long from, long to) {
    // Before the table is there, its creation is a commit too.
    int commits = Files.exists(beside()) ? 1 : 2;
    killAfter(commits);
    assertThatThrownBy(() -> append(older, from, to)).hasStackTraceContaining("Killed");
    HookedLogStore.beforeNextCommit(() -> {});
    HookedLogStore.afterNextCommit(() -> {});
    DeltaLog.clearCache();
  }

  private static void killAfter(int commits) {
    HookedLogStore.beforeNextCommit(
        () -> {
          if (commits == 0) {
            throw new Killed();
          }
          HookedLogStore.afterNextCommit(() -> killAfter(commits - 1));
        });
  }

  private Replay.Report replay(DoorKind kind, Optional<List<Place>> only, boolean dry) {
    return kind == DoorKind.FAST
        ? replay(new FastDoor(SPARK, Readings.FIRST, Folder.of(table)), only, dry)
        : replay(new SparkDoor(SPARK, Readings.FIRST, Folder.of(table)), only, dry);
  }

  private static <D extends Door & Supplying> Replay.Report replay(
      D door, Optional<List<Place>> only, boolean dry) {
    return new Replay<>(SPARK, door, CLOCK).run(only, dry);
  }

  private Door door(DoorKind kind) {
    return kind.to(SPARK, Readings.FIRST, table);
  }

  private void landed(DoorKind kind, Dataset dataset, long from, long to) {
    Door door = kind.to(SPARK, dataset, table);
    door.open(Readings.TOPIC_ID);
    assertThat(append(door, from, to)).isInstanceOf(Outcome.Committed.class);
  }

  /** Readings of hours; the one of hour 7 has no value. */
  private static Outcome append(Door door, long from, long to) {
    Records records = new Records();
    for (long offset = from; offset < to; offset++) {
      if (offset == 7) {
        records.add(0, offset, (byte[]) null);
      } else {
        records.add(
            0, offset, Readings.reading(Readings.FIRST.schema(), (int) offset, 1, "UPSERT"));
      }
    }
    return door.append(
        records.in(SPARK), new Batch(Readings.TOPIC_ID, at(from), at(to), CLOCK.instant()));
  }

  private static Offsets at(long offset) {
    return new Offsets(Map.of(0, offset));
  }

  private Path beside() {
    return temporary.resolve("readings_quarantine");
  }

  private String name() {
    return "delta.`%s`".formatted(table);
  }

  private List<Long> offsets() {
    return SPARK.sql("SELECT _offset FROM %s ORDER BY 1".formatted(name())).collectAsList().stream()
        .map(row -> row.getLong(0))
        .toList();
  }
}
