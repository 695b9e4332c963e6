package io.landfall.consumer.damage;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.cli.ExitCode;
import io.landfall.cli.LandfallException;
import io.landfall.cli.TableLocation.Folder;
import io.landfall.consumer.bronze.BronzeTable;
import io.landfall.consumer.damage.NamedFiles.NamedFile;
import io.landfall.consumer.door.spark.SparkTable;
import io.landfall.consumer.kernel.KernelTable;
import io.landfall.consumer.testing.BronzeTables;
import io.landfall.consumer.testing.OffsetRange;
import io.landfall.consumer.testing.SharedSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real tables that lost real files. */
class TableDamageTest {

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
    path = temporary.resolve("readings table");
    BronzeTables.copy(whole.resolve("table"), path);
  }

  @Test
  void wholeTableIsOpened() {
    assertWhole();
    SPARK.sql("OPTIMIZE delta.`%s`".formatted(path));
    assertWhole();
    // What OPTIMIZE left behind is in the folder, and nobody's.
    assertThat(dataFiles()).hasSizeGreaterThan(1);
  }

  @Test
  void missingDataFilesAreNamedAndCounted() throws Exception {
    List<Path> files = dataFiles();
    Files.delete(files.get(0));
    assertRefused(
        "damaged, 1 of the 5 data files of version 5: %s is missing."
            .formatted(files.get(0).getFileName()));

    for (Path file : files.subList(1, files.size())) {
      Files.delete(file);
    }
    assertRefused("damaged, 5 of the 5 data files of version 5: ");
    assertRefused(" is missing and 2 more.");
  }

  @Test
  void cutDataFileIsToldWithItsLength() throws Exception {
    Path file = dataFiles().get(2);
    long bytes = Files.size(file);
    Files.write(file, new byte[0]);

    // Spark does not tell how long a file should be.
    assertThat(kernel(path).damage().orElseThrow().description())
        .contains("%s has 0 bytes, not %,d".formatted(file.getFileName(), bytes));
  }

  @Test
  void folderInPlaceOfADataFileIsToldAsMissing() throws Exception {
    Path file = dataFiles().get(2);
    Files.delete(file);
    Files.createDirectory(file);

    assertRefused("%s is missing".formatted(file.getFileName()));
  }

  @Test
  void vectorsOfDeletedRowsAreFilesToo() throws Exception {
    Path other = temporary.resolve("deleted from");
    SPARK.sql(
        "CREATE TABLE delta.`%s` USING delta TBLPROPERTIES ('delta.enableDeletionVectors' = 'true') AS SELECT id FROM range(0, 100, 1, 1)"
            .formatted(other));
    SPARK.sql("DELETE FROM delta.`%s` WHERE id = 5".formatted(other));
    assertThat(kernel(other).damage()).isEmpty();

    try (Stream<Path> files = Files.list(other)) {
      Files.delete(
          files
              .filter(file -> file.getFileName().toString().startsWith("deletion_vector"))
              .findFirst()
              .get());
    }
    assertThat(kernel(other).damage())
        .hasValueSatisfying(
            damage ->
                assertThat(damage.problems())
                    .singleElement()
                    .asString()
                    .contains("deletion_vector"));
  }

  @Test
  void filesInOtherFoldersAreLookedForThere() throws Exception {
    Path partitioned = temporary.resolve("partitioned");
    SPARK.sql(
        "CREATE TABLE delta.`%s` USING delta PARTITIONED BY (day) AS SELECT * FROM VALUES ('a b', 1), ('ü', 2) AS (day, n)"
            .formatted(partitioned));
    for (BronzeTable table : tables(partitioned)) {
      assertThat(table.damage()).isEmpty();
    }
    try (Stream<Path> found = Files.walk(partitioned)) {
      Files.delete(
          found.filter(file -> file.toString().endsWith("c000.snappy.parquet")).findFirst().get());
    }
    for (BronzeTable table : tables(partitioned)) {
      assertThat(table.damage())
          .hasValueSatisfying(
              damage -> {
                assertThat(damage.files()).isEqualTo("the 2 data files of version 0");
                assertThat(damage.problems()).singleElement().asString().endsWith("is missing");
              });
    }
    assertThat(
            DataFiles.problems(
                new org.apache.hadoop.fs.Path(partitioned.toUri()),
                List.of(new NamedFile("nowhere/at/all.parquet", 3)),
                SPARK.sparkContext().hadoopConfiguration()))
        .containsExactly("nowhere/at/all.parquet is missing");
  }

  @Test
  void missingCommitIsToldBeforeAnythingIsRead() throws Exception {
    Files.delete(commit(3));
    assertRefused("damaged, 1 of the files of its log: 00000000000000000003.json is missing.");
  }

  @Test
  void missingNewestCommitIsNotTakenForAnOlderTable() throws Exception {
    Files.delete(commit(COMMITS));
    assertRefused("00000000000000000005.json is missing");
  }

  @Test
  void emptyCommitIsNotTakenForOneThatBroughtNothing() throws Exception {
    Files.write(commit(3), new byte[0]);
    assertRefused("00000000000000000003.json is empty");
  }

  @Test
  void emptyAndMissingCheckpointsAreTold() throws Exception {
    checkpoint();
    Path checkpoint = logFolder().resolve("00000000000000000005.checkpoint.parquet");
    assertThat(checkpoint).exists();
    assertWhole();

    Files.write(checkpoint, new byte[0]);
    assertRefused("00000000000000000005.checkpoint.parquet is empty");
    Files.delete(checkpoint);
    assertRefused("the checkpoint of version 5 is missing");
  }

  @Test
  void hintThatReadersDoWithoutIsNoDamage() throws Exception {
    checkpoint();
    Files.write(logFolder().resolve("_last_checkpoint"), new byte[0]);
    assertWhole();
    Files.delete(logFolder().resolve("_last_checkpoint"));
    assertWhole();
  }

  @Test
  void logThatHoldsSomethingElseIsTold() throws Exception {
    byte[] whole = Files.readAllBytes(commit(3));
    Files.write(commit(3), Arrays.copyOf(whole, whole.length / 2));
    assertRefused("damaged, 1 of the files of its log: 00000000000000000003.json is no commit");
    Files.write(commit(3), new byte[] {0, 1, 2, 3, '\n'});
    assertRefused("00000000000000000003.json is no commit");
    Files.writeString(commit(3), "[1]\n");
    Files.deleteIfExists(logFolder().resolve(".00000000000000000003.json.crc"));
    assertRefused("00000000000000000003.json is no commit");
    Files.writeString(commit(3), "\n");
    assertRefused("00000000000000000003.json is empty");
    Files.write(commit(3), whole);
    assertWhole();

    checkpoint();
    Path checkpoint = logFolder().resolve("00000000000000000005.checkpoint.parquet");
    Files.write(checkpoint, new byte[300]);
    assertRefused("00000000000000000005.checkpoint.parquet is no checkpoint");
  }

  @Test
  void whatIsFoundDamagedSaysHowToRebuildIt() throws Exception {
    Files.delete(dataFiles().get(0));
    LandfallException refusal = kernel(path).damage().orElseThrow().refusal();
    assertThat(refusal.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(refusal)
        .hasMessageContaining("landfall consumer replay --table %s --into NEW".formatted(path));
  }

  @Test
  void sparkFindsTheSame() throws Exception {
    SparkTable table = new SparkTable(SPARK, Folder.of(path));
    assertThat(table.damage()).isEmpty();

    Path file = dataFiles().get(3);
    Files.delete(file);
    assertRefused(
        table,
        "damaged, 1 of the 5 data files of version 5: %s is missing".formatted(file.getFileName()));
    Files.writeString(commit(3), "[1]\n");
    Files.deleteIfExists(logFolder().resolve(".00000000000000000003.json.crc"));
    DeltaLog.clearCache();
    assertRefused(table, "00000000000000000003.json is no commit");
    Files.delete(commit(3));
    assertRefused(table, "00000000000000000003.json is missing");
  }

  @Test
  void whereNoTableIsNothingIsDamaged() throws Exception {
    for (Path none :
        List.of(temporary.resolve("none"), Files.createDirectory(temporary.resolve("empty")))) {
      for (BronzeTable table : tables(none)) {
        assertThat(table.damage()).isEmpty();
        assertThat(table.exists()).isFalse();
      }
    }
  }

  private static KernelTable kernel(Path table) {
    return KernelTable.in(Folder.of(table), new Configuration());
  }

  /** The same, asked by every reader. */
  private static List<BronzeTable> tables(Path table) {
    DeltaLog.clearCache();
    return List.of(kernel(table), new SparkTable(SPARK, Folder.of(table)));
  }

  private void assertWhole() {
    assertThat(kernel(path).damage()).isEmpty();
  }

  private void assertRefused(String why) {
    assertRefused(kernel(path), why);
  }

  private static void assertRefused(BronzeTable table, String why) {
    assertThat(table.damage())
        .hasValueSatisfying(damage -> assertThat(damage.description()).contains(why));
  }

  private void checkpoint() {
    DeltaLog log = DeltaLog.forTable(SPARK, path.toString());
    log.checkpoint(log.unsafeVolatileSnapshot(), scala.Option.empty());
  }

  private Path logFolder() {
    return path.resolve("_delta_log");
  }

  private Path commit(int version) {
    return logFolder().resolve("%020d.json".formatted(version));
  }

  private List<Path> dataFiles() {
    try (Stream<Path> files = Files.list(path)) {
      return files.filter(file -> file.toString().endsWith(".parquet")).sorted().toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
