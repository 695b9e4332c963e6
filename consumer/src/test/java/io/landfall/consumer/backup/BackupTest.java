package io.landfall.consumer.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.landfall.cli.ExitCode;
import io.landfall.cli.LandfallException;
import io.landfall.cli.TableLocation.Catalog;
import io.landfall.cli.TableLocation.Folder;
import io.landfall.consumer.ConsumerMain;
import io.landfall.consumer.backup.Verification.Problem;
import io.landfall.consumer.backup.Verification.Verified;
import io.landfall.consumer.bronze.TableState;
import io.landfall.consumer.door.Batch;
import io.landfall.consumer.door.Door;
import io.landfall.consumer.door.spark.SparkDoor;
import io.landfall.consumer.landing.Offsets;
import io.landfall.consumer.testing.BronzeTables;
import io.landfall.consumer.testing.DoorKind;
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
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {

  @TempDir private static Path whole;
  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private TestTable table = new TestTable(Path.of("none"));
  private Path place = Path.of("none");

  @BeforeAll
  static void fill() {
    TestTable table = new TestTable(whole.resolve("table"));
    table.append(DoorKind.FAST, 5, 2);
    table.append(DoorKind.SPARK, 4, 0);
    table.append(DoorKind.FAST, 3, 1);
  }

  @BeforeEach
  void copy() throws Exception {
    table = new TestTable(folder.resolve("table"));
    BronzeTables.copy(whole.resolve("table"), table.path());
    place = folder.resolve("backups of it");
  }

  @Test
  void onlyWhatIsNewIsCopied() throws Exception {
    BackupRun.Made first = table.backUp(place);
    BackupRun.Made second = table.backUp(place);
    table.append(DoorKind.FAST, 2, 0);
    BackupRun.Made third = table.backUp(place);

    assertThat(List.of(first.copied(), first.kept())).containsExactly(3L, 0L);
    assertThat(List.of(second.copied(), second.copiedBytes(), second.kept()))
        .containsExactly(0L, 0L, 3L);
    assertThat(List.of(third.copied(), third.kept())).containsExactly(1L, 3L);
    assertThat(third.manifest().bronze())
        .extracting(TableCopy::version, TableCopy::rows)
        .containsExactly(4L, 14L);
    assertThat(first.manifest().id()).startsWith("3-");
    assertWhole(3);
  }

  @Test
  void positionWithTheMarkersBehindTheRowsSurvives() throws Exception {
    TestTable restored = restored(table.backUp(place).manifest());

    assertThat(restored.state()).isEqualTo(table.state());
    assertThat(restored.state().position().in(0)).isEqualTo(15);
    assertThat(restored.rows()).isEqualTo(table.rows());
  }

  @Test
  void noteThatIsOlderThanTheCheckpointSurvives() throws Exception {
    table.sql("ALTER TABLE %s SET TBLPROPERTIES ('delta.checkpointInterval' = '2')");
    for (int i = 0; i < 5; i++) {
      table.sql("ALTER TABLE %%s SET TBLPROPERTIES ('note' = '%d')".formatted(i));
    }
    Manifest manifest = table.backUp(place).manifest();

    assertThat(manifest.bronze().log())
        .extracting(StoredFile::path)
        .as("not the whole history")
        .doesNotContain(commit(2))
        .contains(commit(3), commit(9))
        .last()
        .asString()
        .contains("checkpoint");
    assertThat(restored(manifest).state()).isEqualTo(table.state());
  }

  @Test
  void checkpointsOfTheNewerKindTakeTheirSidecarsAlong() throws Exception {
    table.sql(
        "ALTER TABLE %s SET TBLPROPERTIES ('delta.checkpointPolicy' = 'v2', 'delta.checkpointInterval' = '2')");
    table.append(DoorKind.SPARK, 2, 0);
    table.append(DoorKind.SPARK, 2, 1);
    Manifest manifest = table.backUp(place).manifest();

    assertThat(manifest.bronze().log())
        .extracting(StoredFile::path)
        .anyMatch(path -> path.startsWith("_delta_log/_sidecars/"));
    TestTable restored = restored(manifest);
    assertThat(restored.rows()).isEqualTo(table.rows());
    assertThat(restored.state()).isEqualTo(table.state());
    assertThat(
            SharedSpark.session().read().format("delta").load(restored.path().toString()).count())
        .isEqualTo(16);
  }

  @Test
  void partitionsAndVectorsOfDeletedRowsAreFilesToo() throws Exception {
    TestTable other = new TestTable(folder.resolve("others"));
    other.sql(
        "CREATE TABLE %s USING delta PARTITIONED BY (day) TBLPROPERTIES ('delta.enableDeletionVectors' = 'true') AS SELECT id, CASE WHEN id < 50 THEN 'a b%%2F' ELSE 'ü' END AS day FROM range(0, 100, 1, 1)");
    other.sql("DELETE FROM %s WHERE id = 5");
    Manifest manifest = other.backUp(place).manifest();

    assertThat(manifest.bronze().data())
        .extracting(StoredFile::path)
        .anyMatch(path -> path.startsWith("day="))
        .anyMatch(path -> path.contains("deletion_vector"));
    TestTable restored = restored(manifest);
    Files.move(other.path(), folder.resolve("away"));
    assertThat(KernelReader.rows(restored.path().toString(), List.of("id"), new Configuration()))
        .hasSize(99);
    assertThat(manifest.bronze().rows()).isEqualTo(99);
    assertThat(manifest.bronze().position()).isEmpty();
  }

  @Test
  void shallowCloneIsRefused() {
    TestTable clone = new TestTable(folder.resolve("clone"));
    clone.sql("CREATE TABLE %%s SHALLOW CLONE delta.`%s`".formatted(table.path()));

    assertThatThrownBy(() -> clone.backUp(place))
        .isInstanceOfSatisfying(
            LandfallException.class,
            stop -> assertThat(stop.exitCode()).isEqualTo(ExitCode.REFUSED))
        .hasMessageContaining("as a shallow clone does");
    assertThat(place).doesNotExist();
  }

  @Test
  void changedBitMissingAndCutFilesAreNamed() throws Exception {
    Manifest manifest = table.backUp(place).manifest();
    List<StoredFile> files = manifest.bronze().files();
    flip(files.get(0));
    Files.delete(place.resolve(files.get(1).stored()));
    Files.write(place.resolve(files.get(2).stored()), new byte[10]);
    flip(files.get(files.size() - 1));

    List<Verified> verified = TestTable.verified(place);
    assertThat(verified).singleElement().extracting(Verified::id).isEqualTo(manifest.id());
    assertThat(verified.get(0).problems())
        .extracting(Problem::file)
        .containsExactly(
            files.get(0).stored(),
            files.get(1).stored(),
            files.get(2).stored(),
            files.get(files.size() - 1).stored());
    assertThat(verified.get(0).problems())
        .extracting(problem -> problem.problem().split(" ", -1)[0])
        .containsExactly("was", "is", "has", "was");
    Path into = folder.resolve("into");
    assertThatThrownBy(() -> TestTable.restored(place, manifest, into))
        .isInstanceOf(LandfallException.class)
        .hasMessageContaining(files.get(0).stored())
        .hasMessageContaining("so far is no table");
    assertThat(into.resolve("_delta_log/" + "0".repeat(20) + ".json")).doesNotExist();
  }

  @Test
  void brokenFileThatIsMovedAwayComesAgain() throws Exception {
    StoredFile broken = table.backUp(place).manifest().bronze().data().get(1);
    Files.delete(place.resolve(broken.stored()));

    BackupRun.Made again = table.backUp(place);

    assertThat(List.of(again.copied(), again.kept())).containsExactly(1L, 2L);
    assertThat(TestTable.verified(place))
        .extracting(one -> one.problems().size())
        .containsExactly(1, 0);
    assertThat(restored(again.manifest()).rows()).isEqualTo(table.rows());
  }

  @Test
  void changedManifestIsToldAndNotUsed() throws Exception {
    Manifest manifest = table.backUp(place).manifest();
    Path file = place.resolve("backups/%s/manifest.json".formatted(manifest.id()));
    String text = Files.readString(file);
    for (String changed :
        List.of(
            text.replaceFirst("\"rows\":12", "\"rows\":13"),
            text.substring(0, text.length() / 2),
            "[]",
            text.replaceFirst("\"path\":\"part", "\"path\":\"../part"))) {
      Files.writeString(file, changed);
      assertThat(TestTable.complete(place)).isEmpty();
      assertThat(TestTable.verified(place))
          .singleElement()
          .satisfies(one -> assertThat(one.problems()).hasSize(1));
    }
    Files.writeString(file, text);
    assertWhole(1);
    Files.delete(file.resolveSibling("SHA256SUMS"));
    assertThat(TestTable.complete(place)).isEmpty();
    // What it has is used all the same, if it reads as the table does.
    assertThat(table.backUp(place).copied()).isZero();
  }

  @Test
  void restoreWritesOverNothing() throws Exception {
    Manifest manifest = table.backUp(place).manifest();
    List<String> before = table.rows();
    Path other = Files.createDirectories(folder.resolve("other"));
    Files.writeString(other.resolve("mine.txt"), "mine");

    for (Path into : List.of(table.path(), other)) {
      assertThatThrownBy(() -> TestTable.restored(place, manifest, into))
          .isInstanceOfSatisfying(
              LandfallException.class,
              stop -> assertThat(stop.exitCode()).isEqualTo(ExitCode.REFUSED))
          .hasMessageContaining("is not empty");
    }
    assertThat(table.rows()).isEqualTo(before);
    assertThat(other).isDirectoryContaining(path -> path.endsWith("mine.txt"));
  }

  @Test
  void killedRestoreIsNoTable() throws Exception {
    Manifest manifest = table.backUp(place).manifest();
    Configuration dying = DyingFileSystem.configuration();
    DyingFileSystem.dieAfter(1_000_000);
    new Restore(TestTable.place(place, dying), dying, TestTable.QUIET)
        .into(Folder.of(folder.resolve("all of it")), manifest);
    int all = (int) (1_000_000 - DyingFileSystem.revive());

    boolean table = false;
    for (int operations = 0; operations < all; operations++) {
      Path into = folder.resolve("killed " + operations);
      DyingFileSystem.dieAfter(operations);
      try {
        new Restore(TestTable.place(place, dying), dying, TestTable.QUIET)
            .into(Folder.of(into), manifest);
      } catch (java.io.IOException | RuntimeException e) {
        // Killed: nobody is there to say anything.
      } finally {
        DyingFileSystem.revive();
      }
      // A table is there all at once, and stays there.
      boolean there = isTable(into);
      assertThat(there || !table).as("after %d operations", operations).isTrue();
      table = there;
      if (there) {
        assertThat(new TestTable(into).state().version()).isEqualTo(manifest.bronze().version());
      }
    }
  }

  private static boolean isTable(Path path) {
    try {
      return io.landfall.consumer.kernel.KernelTable.in(Folder.of(path), new Configuration())
          .exists();
    } catch (LandfallException e) {
      // A log that no reader takes for one.
      return false;
    }
  }

  @Test
  void twoAtOnceAreBothRight() throws Exception {
    Clock second = Clock.fixed(Instant.ofEpochSecond(1_790_000_000), ZoneOffset.UTC);
    CyclicBarrier start = new CyclicBarrier(2);
    Callable<BackupRun.Made> backup =
        () -> {
          start.await();
          Configuration configuration = new Configuration();
          return new BackupRun(
                  TestTable.place(place, configuration), configuration, TestTable.QUIET, second)
              .make(table.folder());
        };
    ExecutorService threads = Executors.newFixedThreadPool(2);
    List<String> ids = new ArrayList<>();
    try {
      for (Future<BackupRun.Made> made : threads.invokeAll(List.of(backup, backup))) {
        ids.add(made.get().manifest().id());
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(ids).doesNotHaveDuplicates();
    assertWhole(2);
    for (Manifest manifest : TestTable.complete(place)) {
      assertThat(restored(manifest).rows()).isEqualTo(table.rows());
    }
  }

  @Test
  void tableBesideItComesAlong() throws Exception {
    TestTable beside = new TestTable(folder.resolve("table_quarantine"));
    beside.append(DoorKind.FAST, 2, 0);
    Manifest manifest = table.backUp(place).manifest();

    assertThat(manifest.tables()).extracting(TableCopy::suffix).containsExactly("", "_quarantine");
    TestTable restored = restored(manifest);
    assertThat(restored.rows()).isEqualTo(table.rows());
    TestTable besideRestored = new TestTable(Path.of(restored.path().toString() + "_quarantine"));
    assertThat(besideRestored.rows()).isEqualTo(beside.rows());
    assertThat(besideRestored.state()).isEqualTo(beside.state());
  }

  @Test
  void tableOfACatalogIsCopiedByItsName() throws Exception {
    SparkSession spark = SharedSpark.session();
    String table = "backup_" + UUID.randomUUID().toString().replace('-', '_');
    Catalog name = new Catalog("spark_catalog", "default", table);
    Door door = new SparkDoor(spark, Readings.FIRST, name);
    Offsets start = door.open(Readings.TOPIC_ID).position();
    Batch batch =
        new Batch(Readings.TOPIC_ID, start, new Offsets(Map.of(0, 5L)), Instant.ofEpochSecond(1));
    door.append(Records.of(Readings.FIRST.schema(), new OffsetRange(0, 0, 4)).in(spark), batch);

    assertThat(command("backup", "create", "--table", name.toString())).isEqualTo(ExitCode.OK);
    assertThat(command("optimize", "--table", name.toString(), "--dry-run")).isEqualTo(ExitCode.OK);
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("There is nothing to put together");
    assertThat(command("backup", "restore", "--into", name.toString())).isEqualTo(ExitCode.USAGE);
    spark.sql("DROP TABLE " + name.sql());

    Path into = folder.resolve("into");
    assertThat(command("backup", "restore", "--into", into.toString())).isEqualTo(ExitCode.OK);
    spark.sql("CREATE TABLE %s USING delta LOCATION '%s'".formatted(name.sql(), into));
    TableState state = new SparkDoor(spark, Readings.FIRST, name).open(Readings.TOPIC_ID);
    assertThat(state.position().in(0)).isEqualTo(5);
    assertThat(spark.table(name.sql()).count()).isEqualTo(4);
    spark.sql("DROP TABLE " + name.sql());
  }

  private ExitCode command(String... words) {
    out.reset();
    List<String> all = new ArrayList<>(List.of(words));
    if (words[0].equals("backup")) {
      all.addAll(List.of("--backup", place.toString()));
    }
    return ConsumerMain.program(Readings.FIRST, TestTable.CLOCK)
        .run(
            Map.of("LANDFALL_SCRATCH_DIR", folder.resolve("scratch").toString()),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            all.toArray(String[]::new));
  }

  @Test
  void placeOfAnotherTablesBackupsIsRefused() throws Exception {
    table.backUp(place);
    TestTable rebuilt = new TestTable(folder.resolve("rebuilt"));
    rebuilt.append(DoorKind.FAST, 5, 0);

    assertThatThrownBy(() -> rebuilt.backUp(place))
        .isInstanceOf(LandfallException.class)
        .hasMessageContaining("backups of another table");
    assertWhole(1);
  }

  @Test
  void damagedTableIsRefused() throws Exception {
    try (Stream<Path> files = Files.list(table.path())) {
      Files.delete(files.filter(file -> file.toString().endsWith(".parquet")).findFirst().get());
    }

    assertThatThrownBy(() -> table.backUp(place)).hasMessageContaining("is damaged");
    assertThat(place).doesNotExist();
  }

  private TestTable restored(Manifest manifest) throws Exception {
    return TestTable.restored(place, manifest, folder.resolve("restored " + manifest.id()));
  }

  private void assertWhole(int backups) throws Exception {
    assertThat(TestTable.verified(place))
        .hasSize(backups)
        .allSatisfy(one -> assertThat(one.problems()).isEmpty());
  }

  private void flip(StoredFile file) throws Exception {
    Path path = place.resolve(file.stored());
    byte[] bytes = Files.readAllBytes(path);
    bytes[bytes.length / 2] ^= 1;
    Files.write(path, bytes);
  }

  private static String commit(int version) {
    return "_delta_log/%020d.json".formatted(version);
  }
}
