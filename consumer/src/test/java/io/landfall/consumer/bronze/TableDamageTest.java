package io.landfall.consumer.bronze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.landfall.consumer.landing.OffsetRange;
import io.landfall.consumer.landing.Offsets;
import io.landfall.consumer.testing.Readings;
import io.landfall.consumer.testing.SharedSpark;
import io.landfall.program.ExitCode;
import io.landfall.program.Stop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real tables that lost real files. */
class TableDamageTest {

  private static final int COMMITS = 5;
  private static final SparkSession SPARK = SharedSpark.session();

  @TempDir private Path temporary;
  private Path path;

  @BeforeEach
  void fill() throws Exception {
    path = temporary.resolve("readings table");
    BronzeTable table = BronzeTable.open(SPARK, Readings.FIRST, path, Readings.TOPIC_ID);
    Offsets at = Offsets.START;
    for (int commit = 0; commit < COMMITS; commit++) {
      long from = commit * 10L;
      Offsets to = new Offsets(Map.of(0, from + 10));
      WrittenFile file = Readings.write(Readings.FIRST, path, new OffsetRange(0, from, from + 10));
      assertThat(table.append(at, to, Readings.TOPIC_ID, List.of(file)))
          .isInstanceOf(BronzeTable.Append.Done.class);
      at = to;
    }
  }

  @Test
  void wholeTableIsOpened() {
    assertThatCode(this::open).doesNotThrowAnyException();
    SPARK.sql("OPTIMIZE delta.`%s`".formatted(path));
    assertThatCode(this::open).doesNotThrowAnyException();
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

    assertRefused("%s has 0 bytes, not %,d".formatted(file.getFileName(), bytes));
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
    List<DataFiles.Named> named =
        SnapshotFiles.of(other, SPARK.sparkContext().hadoopConfiguration()).files();
    assertThat(problems(other, named)).isEmpty();

    try (Stream<Path> files = Files.list(other)) {
      Files.delete(
          files
              .filter(file -> file.getFileName().toString().startsWith("deletion_vector"))
              .findFirst()
              .get());
    }
    assertThat(problems(other, named)).singleElement().asString().contains("deletion_vector");
  }

  @Test
  void filesInOtherFoldersAreLookedForThere() throws Exception {
    Path partitioned = temporary.resolve("partitioned");
    SPARK.sql(
        "CREATE TABLE delta.`%s` USING delta PARTITIONED BY (day) AS SELECT * FROM VALUES ('a b', 1), ('ü', 2) AS (day, n)"
            .formatted(partitioned));
    List<DataFiles.Named> named =
        SnapshotFiles.of(partitioned, SPARK.sparkContext().hadoopConfiguration()).files();
    assertThat(named).hasSize(2);
    assertThat(problems(partitioned, named)).isEmpty();
    try (Stream<Path> found = Files.walk(partitioned)) {
      Files.delete(
          found.filter(file -> file.toString().endsWith("c000.snappy.parquet")).findFirst().get());
    }
    assertThat(problems(partitioned, named)).singleElement().asString().endsWith("is missing");
    assertThat(problems(partitioned, List.of(new DataFiles.Named("nowhere/at/all.parquet", 3))))
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
    assertThatCode(this::open).doesNotThrowAnyException();

    Files.write(checkpoint, new byte[0]);
    assertRefused("00000000000000000005.checkpoint.parquet is empty");
    Files.delete(checkpoint);
    assertRefused("the checkpoint of version 5 is missing");
  }

  @Test
  void hintThatReadersDoWithoutIsNoDamage() throws Exception {
    checkpoint();
    Files.write(logFolder().resolve("_last_checkpoint"), new byte[0]);
    assertThatCode(this::open).doesNotThrowAnyException();
    Files.delete(logFolder().resolve("_last_checkpoint"));
    assertThatCode(this::open).doesNotThrowAnyException();
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
    assertThatCode(this::open).doesNotThrowAnyException();

    checkpoint();
    Path checkpoint = logFolder().resolve("00000000000000000005.checkpoint.parquet");
    Files.write(checkpoint, new byte[300]);
    assertRefused("00000000000000000005.checkpoint.parquet is no checkpoint");
  }

  @Test
  void whatIsFoundDamagedSaysHowToRebuildIt() throws Exception {
    Files.delete(dataFiles().get(0));
    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            Stop.class, stop -> assertThat(stop.exitCode()).isEqualTo(ExitCode.REFUSED))
        .hasMessageContaining("landfall consumer replay --table %s --into NEW".formatted(path));
  }

  private void open() {
    BronzeTable.open(SPARK, Readings.FIRST, path, Readings.TOPIC_ID);
  }

  private void assertRefused(String why) {
    DeltaLog.clearCache();
    assertThatThrownBy(this::open).isInstanceOf(Stop.class).hasMessageContaining(why);
  }

  private void checkpoint() {
    DeltaLog log = DeltaLog.forTable(SPARK, path.toString());
    log.checkpoint(log.unsafeVolatileSnapshot(), scala.Option.empty());
  }

  private static List<String> problems(Path table, List<DataFiles.Named> files) throws IOException {
    return DataFiles.problems(
        new org.apache.hadoop.fs.Path(table.toUri()),
        files,
        SPARK.sparkContext().hadoopConfiguration());
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
