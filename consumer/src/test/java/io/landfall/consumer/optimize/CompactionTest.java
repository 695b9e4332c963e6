package io.landfall.consumer.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.cli.ExitCode;
import io.landfall.cli.TableLocation.Folder;
import io.landfall.consumer.ConsumerMain;
import io.landfall.consumer.bronze.TableState;
import io.landfall.consumer.door.Batch;
import io.landfall.consumer.door.Door;
import io.landfall.consumer.door.Outcome;
import io.landfall.consumer.kernel.KernelTable;
import io.landfall.consumer.landing.Offsets;
import io.landfall.consumer.testing.BronzeTables;
import io.landfall.consumer.testing.DoorKind;
import io.landfall.consumer.testing.HookedLogStore;
import io.landfall.consumer.testing.KernelReader;
import io.landfall.consumer.testing.OffsetRange;
import io.landfall.consumer.testing.Readings;
import io.landfall.consumer.testing.Records;
import io.landfall.consumer.testing.SharedSpark;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Compaction, also while somebody appends: the same rows, the same position, no row twice. */
class CompactionTest {

  private static final SparkSession SPARK = SharedSpark.session();
  private static final List<String> COLUMNS =
      List.of(
          "station",
          "hour",
          "temperature",
          "gusts",
          "_revision",
          "_content_hash",
          "_topic_id",
          "_partition",
          "_offset",
          "_kafka_timestamp",
          "_ingested_at",
          "_schema_fingerprint");

  @TempDir private Path folder;
  private Path table = Path.of("none");
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void fill() {
    table = folder.resolve("readings");
    BronzeTables.fill(
        table,
        new OffsetRange(0, 0, 5),
        new OffsetRange(0, 5, 9),
        new OffsetRange(0, 9, 10),
        new OffsetRange(0, 10, 20));
    // Markers behind the last row: only the note tells of them.
    append(DoorKind.FAST, new OffsetRange(0, 20, 22), 25);
  }

  @Test
  void rowsPositionAndProtectionStay() throws Exception {
    List<String> rows = rows();
    TableState before = state();

    assertThat(optimize("--dry-run")).isEqualTo(ExitCode.OK);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("5 small files of ")
        .contains("would be put together; nothing was changed");
    assertThat(state()).isEqualTo(before);

    assertThat(optimize("-o", "json")).isEqualTo(ExitCode.OK);
    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .hasSize(2)
        .first()
        .asString()
        .startsWith("{\"when\":\"before\",\"files\":5,");
    assertThat(files()).isEqualTo(1);
    try (Stream<Path> files = Files.list(table)) {
      assertThat(files)
          .as("compressed as ours")
          .noneMatch(file -> file.toString().contains("snappy"));
    }
    assertThat(rows()).isEqualTo(rows);
    assertThat(state())
        .returns(before.version() + 1, TableState::version)
        .returns(before.position(), TableState::position)
        .returns(before.transaction(), TableState::transaction)
        .returns(before.writer(), TableState::writer);
    assertThat(state().position().in(0)).isEqualTo(25);
    assertThat(kernel().describe().property("delta.appendOnly")).isEqualTo("true");
    assertThat(kernel().damage()).isEmpty();

    assertThat(optimize()).isEqualTo(ExitCode.OK);
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("There is nothing to put together");
    assertThat(state().version()).isEqualTo(before.version() + 1);
  }

  @ParameterizedTest
  @EnumSource
  void whoAppendsMeanwhileIsNeitherKeptOutNorUndone(DoorKind kind) throws Exception {
    List<String> rows = rows();
    // At the last moment before the compaction's commit.
    HookedLogStore.beforeNextCommit(
        () -> elsewhere(() -> append(kind, new OffsetRange(0, 25, 28), 29)));

    assertThat(optimize()).isEqualTo(ExitCode.OK);

    assertThat(state().position().in(0)).isEqualTo(29);
    assertThat(rows()).hasSize(rows.size() + 3).containsAll(rows).doesNotHaveDuplicates();
    assertThat(files()).isEqualTo(2);
    append(kind, new OffsetRange(0, 29, 30), 30);
    assertThat(rows()).hasSize(rows.size() + 4).doesNotHaveDuplicates();
  }

  @Test
  void damagedAndTakenBackTablesAreRefused() throws Exception {
    SPARK.sql("RESTORE TABLE delta.`%s` TO VERSION AS OF 2".formatted(table));
    assertThat(optimize()).isEqualTo(ExitCode.REFUSED);
    assertThat(optimize("--dry-run")).isEqualTo(ExitCode.REFUSED);

    try (Stream<Path> files = Files.list(table)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        if (file.toString().endsWith(".parquet")) {
          Files.delete(file);
        }
      }
    }
    assertThat(optimize()).isEqualTo(ExitCode.REFUSED);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("is damaged");
    assertThat(kernel().version()).isEqualTo(6);
  }

  private ExitCode optimize(String... more) {
    out.reset();
    err.reset();
    return ConsumerMain.program(Readings.FIRST, Clock.systemUTC())
        .run(
            Map.of("LANDFALL_SCRATCH_DIR", folder.resolve("scratch").toString()),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Stream.concat(Stream.of("optimize", "--table", table.toString()), Stream.of(more))
                .toArray(String[]::new));
  }

  private void append(DoorKind kind, OffsetRange range, long to) {
    Door door = kind.to(SPARK.newSession(), Readings.FIRST, table);
    Offsets at = door.open(Readings.TOPIC_ID).position();
    Batch batch =
        new Batch(
            Readings.TOPIC_ID,
            at,
            new Offsets(Map.of(0, to)),
            Instant.ofEpochSecond(1_700_000_000));
    assertThat(door.append(Records.of(Readings.FIRST.schema(), range).in(SPARK), batch))
        .isInstanceOf(Outcome.Committed.class);
  }

  /** In a thread that has no transaction of Delta's open. */
  private static void elsewhere(Runnable action) {
    CompletableFuture.runAsync(action).join();
  }

  private List<String> rows() throws Exception {
    return KernelReader.rows(table.toString(), COLUMNS, new Configuration());
  }

  private KernelTable kernel() {
    return KernelTable.in(Folder.of(table), new Configuration());
  }

  private TableState state() {
    return kernel().state();
  }

  private int files() {
    return kernel().fileSizes().size();
  }
}
