package io.landfall.consumer.damage;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.cli.TableLocation.Folder;
import io.landfall.consumer.bronze.BronzeTable;
import io.landfall.consumer.door.Batch;
import io.landfall.consumer.door.Door;
import io.landfall.consumer.door.Outcome;
import io.landfall.consumer.landing.Offsets;
import io.landfall.consumer.testing.BronzeTables;
import io.landfall.consumer.testing.DoorKind;
import io.landfall.consumer.testing.OffsetRange;
import io.landfall.consumer.testing.Readings;
import io.landfall.consumer.testing.Records;
import io.landfall.consumer.testing.SharedSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The end of a log as a crash or a clean-up leaves it: rows land exactly once, or nothing is
 * written and the file is named. Through every door.
 */
class LogTailTest {

  private static final int COMMITS = 5;
  private static final SparkSession SPARK = SharedSpark.session();

  @TempDir private static Path whole;
  @TempDir private Path temporary;
  private Path path;

  @BeforeAll
  static void fill() {
    OffsetRange[] ranges = new OffsetRange[COMMITS];
    Arrays.setAll(ranges, commit -> new OffsetRange(0, commit * 10L, commit * 10L + 10));
    BronzeTables.fill(whole.resolve("table"), ranges);
  }

  @BeforeEach
  void copy() throws IOException {
    path = temporary.resolve("readings");
    BronzeTables.copy(whole.resolve("table"), path);
    DeltaLog.clearCache();
  }

  @ParameterizedTest
  @EnumSource
  void emptyNewestCommitIsNamed(DoorKind kind) throws Exception {
    Files.write(commit(COMMITS), new byte[0]);
    assertNamed(kind, "00000000000000000005.json is empty");
  }

  /** Wherever it is cut within a line. */
  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.5, 0.97})
  void halfANewestCommitIsNamed(double part) throws Exception {
    byte[] bytes = Files.readAllBytes(commit(COMMITS));
    Files.write(commit(COMMITS), Arrays.copyOf(bytes, (int) (bytes.length * part)));
    for (DoorKind kind : DoorKind.values()) {
      assertNamed(kind, "00000000000000000005.json is no commit");
    }
  }

  /** Each line is whole, and the files that it named are gone. */
  @ParameterizedTest
  @EnumSource
  void newestCommitWithoutItsLastLinesIsNamed(DoorKind kind) throws Exception {
    land(DoorKind.SPARK, 50);
    Path newest = commit(COMMITS + 1);
    List<String> lines = Files.readAllLines(newest);
    assertThat(lines.get(lines.size() - 1)).startsWith("{\"add\"");
    Files.write(newest, lines.subList(0, lines.size() - 1));
    Files.deleteIfExists(log().resolve(".%020d.json.crc".formatted(COMMITS + 1)));
    DeltaLog.clearCache();

    assertThat(table(kind).damage())
        .hasValueSatisfying(
            damage ->
                assertThat(damage.description())
                    .contains(
                        "00000000000000000006.json is cut: it says that it brought 10 rows, and names files of 0"));
  }

  /** A file of zeros, as a file system leaves one whose content it had not written. */
  @ParameterizedTest
  @EnumSource
  void newestCommitOfZerosIsNamed(DoorKind kind) throws Exception {
    Files.write(commit(COMMITS), new byte[(int) Files.size(commit(COMMITS))]);
    assertNamed(kind, "00000000000000000005.json is no commit");
  }

  @ParameterizedTest
  @EnumSource
  void withoutTheHintOfACheckpointItGoesOn(DoorKind kind) throws Exception {
    checkpoint();
    Files.write(log().resolve("_last_checkpoint"), new byte[0]);
    DeltaLog.clearCache();
    assertLandsTheRest(kind);
  }

  @ParameterizedTest
  @EnumSource
  void whereOldCommitsAreClearedAwayItGoesOn(DoorKind kind) throws Exception {
    checkpoint();
    for (int version = 0; version < COMMITS; version++) {
      clear(version);
    }
    assertLandsTheRest(kind);
  }

  /** Then no note is left, and the rows say where it stands. */
  @ParameterizedTest
  @EnumSource
  void whereEveryNoteIsClearedAwayTheRowsAreAsked(DoorKind kind) throws Exception {
    SPARK.sql("OPTIMIZE delta.`%s`".formatted(path));
    checkpoint();
    for (int version = 0; version <= COMMITS; version++) {
      clear(version);
    }
    Files.write(log().resolve("_last_checkpoint"), new byte[0]);
    assertLandsTheRest(kind);
  }

  private void clear(int version) throws IOException {
    Files.delete(commit(version));
    Files.deleteIfExists(log().resolve(".%020d.json.crc".formatted(version)));
    Files.deleteIfExists(log().resolve("%020d.crc".formatted(version)));
    Files.deleteIfExists(log().resolve(".%020d.crc.crc".formatted(version)));
    DeltaLog.clearCache();
  }

  private void assertNamed(DoorKind kind, String why) throws IOException {
    Files.deleteIfExists(log().resolve(".%020d.json.crc".formatted(COMMITS)));
    DeltaLog.clearCache();
    assertThat(table(kind).damage())
        .hasValueSatisfying(damage -> assertThat(damage.description()).contains(why));
  }

  private void assertLandsTheRest(DoorKind kind) {
    assertThat(table(kind).damage()).isEmpty();
    land(kind, 50);
    assertThat(table(kind).damage()).isEmpty();
    assertThat(
            SPARK
                .read()
                .format("delta")
                .load(path.toString())
                .select("_offset")
                .collectAsList()
                .stream()
                .map(row -> row.getLong(0)))
        .containsExactlyInAnyOrderElementsOf(LongStream.range(0, 60).boxed().toList());
  }

  private void land(DoorKind kind, long from) {
    Door door = kind.to(SPARK, Readings.FIRST, path);
    Offsets at = door.open(Readings.TOPIC_ID).position();
    assertThat(at).isEqualTo(new Offsets(Map.of(0, from)));
    Batch batch = new Batch(Readings.TOPIC_ID, at, at, Instant.EPOCH);
    assertThat(
            door.append(
                Records.of(Readings.FIRST.schema(), new OffsetRange(0, from, from + 10)).in(SPARK),
                batch))
        .isInstanceOf(Outcome.Committed.class);
  }

  private BronzeTable table(DoorKind kind) {
    return kind.to(SPARK, Readings.FIRST, Folder.of(path)).table();
  }

  private void checkpoint() {
    DeltaLog.clearCache();
    DeltaLog log = DeltaLog.forTable(SPARK, path.toString());
    log.checkpoint(log.unsafeVolatileSnapshot(), scala.Option.empty());
  }

  private Path log() {
    return path.resolve("_delta_log");
  }

  private Path commit(int version) {
    return log().resolve("%020d.json".formatted(version));
  }
}
