package io.landfall.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.landfall.cli.ExitCode;
import io.landfall.cli.LandfallException;
import io.landfall.cli.Program;
import io.landfall.cli.TableLocation;
import io.landfall.consumer.door.Batch;
import io.landfall.consumer.door.spark.SparkDoor;
import io.landfall.consumer.landing.Offsets;
import io.landfall.consumer.testing.DoorKind;
import io.landfall.consumer.testing.FolderState;
import io.landfall.consumer.testing.OffsetRange;
import io.landfall.consumer.testing.Readings;
import io.landfall.consumer.testing.Records;
import io.landfall.consumer.testing.SharedSpark;
import io.landfall.consumer.testing.TestBroker;
import io.landfall.consumer.testing.TestTopic;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What plain Spark lets happen to an append-only Delta table, each with what the program says to
 * it. Spark and Delta do it here as a user would; the program is the real one, on a real broker.
 *
 * <table>
 *   <caption>Plain Spark and Delta, and what this does</caption>
 *   <tr><td>E1</td><td>DELETE, UPDATE, MERGE, overwrite: refused by Delta itself</td><td>nothing happened, nothing is told</td></tr>
 *   <tr><td>E2</td><td>RESTORE: rows gone, no trace but the log</td><td>stops; goes on with {@code --refill}</td></tr>
 *   <tr><td>E3</td><td>appendOnly taken away, rows deleted, appendOnly back</td><td>stops at each of them; goes on with {@code --accept-version}</td></tr>
 *   <tr><td>E4</td><td>DROP, or the folder removed</td><td>told; a new run lands all again</td></tr>
 *   <tr><td>E5</td><td>column mapping, columns dropped and renamed</td><td>stops</td></tr>
 *   <tr><td>E6</td><td>VACUUM of 0 hours: rows stay</td><td>goes on</td></tr>
 *   <tr><td>E7</td><td>insert-only MERGE, OPTIMIZE, new columns</td><td>goes on, unless the MERGE put rows in: they did not come from the topic</td></tr>
 *   <tr><td>E8</td><td>shallow clone: shares files with its source</td><td>the source goes on; the clone is nobody's until somebody says so</td></tr>
 *   <tr><td>E9</td><td>REORG … PURGE: rewrites what has deleted rows</td><td>goes on</td></tr>
 *   <tr><td>E11</td><td>RESTORE, then a rerun: 10 rows of 30, for transactions are not restored</td><td>lands exactly the rows that are missing</td></tr>
 * </table>
 */
class ExperimentsTest {

  private static final SparkSession SPARK = SharedSpark.session();

  /** What a run of the program said. */
  private record Said(ExitCode code, String text) {}

  @TempDir private static Path brokersFolder;
  private static TestBroker broker;

  @TempDir private Path folder;
  private Path path;
  private String table = "";
  private TestTopic topic;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = TestBroker.start(brokersFolder);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  /** A table of ten rows. */
  @BeforeEach
  void land() throws Exception {
    path = folder.resolve("readings");
    table = "delta.`%s`".formatted(path);
    topic = new TestTopic(broker.kafka(), Readings.FIRST);
    topic.commit(0, 10);
    assertThat(run(DoorKind.FAST)).extracting(Said::code).isEqualTo(ExitCode.OK);
  }

  @AfterEach
  void close() {
    topic.close();
  }

  @Test
  void e1WhatDeltaRefusesIsNothingToTell() {
    for (String statement :
        List.of(
            "DELETE FROM %s WHERE _offset = 1",
            "UPDATE %s SET gusts = 1",
            "INSERT OVERWRITE %s SELECT * FROM %s",
            "MERGE INTO %s t USING (SELECT * FROM %s) s ON t._offset = s._offset WHEN MATCHED THEN DELETE")) {
      assertThatThrownBy(() -> sql(statement.formatted(table, table)))
          .hasMessageContaining("APPEND_ONLY");
    }

    assertThat(watch()).extracting(Said::code).isEqualTo(ExitCode.OK);
    assertGoesOn(DoorKind.FAST);
  }

  @Test
  void e2RestoreStopsTheWriterUntilTheRowsAreToBeLandedAgain() {
    DoorKind kind = DoorKind.FAST;
    topic.commit(0, 10);
    run(kind);
    sql("RESTORE TABLE %s TO VERSION AS OF 1".formatted(table));
    assertThat(rows()).isEqualTo(10);
    topic.commit(0, 10);

    assertAlarm(kind, "version 3", "RESTORE (version: 1)", "--refill");
    assertThat(run(kind, "--refill")).extracting(Said::code).isEqualTo(ExitCode.OK);
    assertLanded(30);
    assertThat(watch().code()).isEqualTo(ExitCode.OK);
    // Given once too often it does nothing.
    assertThat(run(kind, "--refill").code()).isEqualTo(ExitCode.OK);
    assertLanded(30);
  }

  /** Not what it is called, but what it did. */
  @ParameterizedTest
  @EnumSource
  void e2AnotherNameForItDoesNotPass(DoorKind kind) throws Exception {
    String file =
        Path.of(URI.create(SPARK.sql("SELECT * FROM " + table).inputFiles()[0]))
            .getFileName()
            .toString();
    Files.writeString(
        path.resolve("_delta_log/00000000000000000002.json"),
        """
        {"commitInfo":{"timestamp":1700000000000,"operation":"WRITE","operationParameters":{"mode":"Append"},"isBlindAppend":true,"engineInfo":"a liar"}}
        {"remove":{"path":"%s","deletionTimestamp":1700000000000,"dataChange":true}}
        """
            .formatted(file));
    DeltaLog.clearCache();

    assertAlarm(kind, "version 2", "WRITE (mode: Append) by a liar", "taken out");
  }

  @Test
  void e3PropertyThatIsTakenAwayStopsTheWriter() {
    DoorKind kind = DoorKind.SPARK;
    sql("ALTER TABLE %s SET TBLPROPERTIES ('delta.appendOnly' = 'false')".formatted(table));
    assertAlarm(kind, "version 2", "delta.appendOnly was set to false", "SET TBLPROPERTIES");

    sql("DELETE FROM %s WHERE _offset = 5".formatted(table));
    sql("ALTER TABLE %s SET TBLPROPERTIES ('delta.appendOnly' = 'true')".formatted(table));
    assertAlarm(
        kind, "version 2", "version 3", "DELETE", "TO VERSION AS OF 1", "--accept-version 3");

    assertThat(run(kind, "--accept-version", "2").code()).isEqualTo(ExitCode.REFUSED);
    assertThat(run(kind, "--accept-version", "99").code()).isEqualTo(ExitCode.USAGE);
    assertThat(run(kind, "--accept-version", "3").code()).isEqualTo(ExitCode.OK);
    assertThat(rows()).isEqualTo(9);
    assertGoesOn(kind);
  }

  @Test
  void e4TableThatIsGoneIsTold() throws Exception {
    sql("CREATE TABLE dropped USING delta LOCATION '%s'".formatted(path));
    sql("DROP TABLE dropped");
    // Of a table that the catalog does not own the files stay.
    assertThat(watch().code()).isEqualTo(ExitCode.OK);
    delete(path);

    assertThat(watch().code()).isEqualTo(ExitCode.REFUSED);
    assertThat(watch().text()).contains("There is no table at " + path);
    assertThat(run(DoorKind.FAST).code()).isEqualTo(ExitCode.OK);
    assertLanded(10);
  }

  @Test
  void e4TableOfACatalogThatIsDroppedUnderAWriterIsNotMadeAnew() {
    String name = "dropped_" + UUID.randomUUID().toString().replace('-', '_');
    TableLocation.Catalog location = new TableLocation.Catalog("spark_catalog", "default", name);
    SparkDoor door = new SparkDoor(SPARK, Readings.FIRST, location);
    door.open(Readings.TOPIC_ID);
    sql("DROP TABLE " + location.sql());

    assertThatThrownBy(
            () ->
                door.append(
                    Records.of(Readings.FIRST.schema(), new OffsetRange(0, 0, 5)).in(SPARK),
                    new Batch(Readings.TOPIC_ID, Offsets.START, Offsets.START, Instant.EPOCH)))
        .isInstanceOf(LandfallException.class)
        .hasMessageContaining("There is no table at spark_catalog.default." + name);
    assertThat(door.table().exists()).isFalse();
  }

  @Test
  void e5ColumnsThatAreDroppedOrRenamedStopTheWriter() {
    sql("ALTER TABLE %s SET TBLPROPERTIES ('delta.columnMapping.mode' = 'name')".formatted(table));
    sql("ALTER TABLE %s RENAME COLUMN gusts TO blasts".formatted(table));
    sql("ALTER TABLE %s DROP COLUMN temperature".formatted(table));

    assertAlarm(
        DoorKind.FAST,
        "column mapping was switched on",
        "column gusts was dropped, or renamed: new is blasts",
        "column temperature was dropped",
        "landfall consumer replay --table");
  }

  @Test
  void e6VacuumTakesNoRow() {
    SPARK.conf().set("spark.databricks.delta.retentionDurationCheck.enabled", false);
    SPARK.conf().set("spark.sql.sources.parallelPartitionDiscovery.parallelism", 1);
    try {
      sql("OPTIMIZE " + table);
      sql("VACUUM %s RETAIN 0 HOURS".formatted(table));
    } finally {
      SPARK.conf().unset("spark.databricks.delta.retentionDurationCheck.enabled");
      SPARK.conf().unset("spark.sql.sources.parallelPartitionDiscovery.parallelism");
    }

    assertThat(watch().code()).isEqualTo(ExitCode.OK);
    assertGoesOn(DoorKind.FAST);
  }

  @Test
  void e7WhatAddsNoRowGoesOnAndRowsOfOthersDoNot() {
    DoorKind kind = DoorKind.FAST;
    String merge =
        "MERGE INTO %s t USING (SELECT * FROM %s WHERE _offset = 3) s ON t._offset = s._offset %s WHEN NOT MATCHED THEN INSERT *";
    topic.commit(0, 10);
    run(kind);
    sql("OPTIMIZE " + table);
    sql("ALTER TABLE %s ADD COLUMNS (theirs INT)".formatted(table));
    sql(merge.formatted(table, table, ""));
    assertThat(watch().code()).isEqualTo(ExitCode.OK);
    topic.commit(0, 10);
    assertThat(run(kind).code()).isEqualTo(ExitCode.OK);
    assertLanded(30);

    sql(merge.formatted(table, table, "AND false"));
    assertAlarm(kind, "MERGE", "1 file (1 row) put in by somebody else", "--accept-version");
  }

  @Test
  void e8ShallowCloneLeavesItsSourceAloneAndIsNotTakenForIt() {
    Path clone = folder.resolve("clone");
    sql("CREATE TABLE delta.`%s` SHALLOW CLONE %s".formatted(clone, table));

    assertThat(watch().code()).isEqualTo(ExitCode.OK);
    path = clone;
    assertThat(watch().text()).contains("CLONE", "put in by somebody else");
    path = folder.resolve("readings");
    assertGoesOn(DoorKind.FAST);
  }

  @Test
  void e9ReorgTakesNoRow() {
    sql("REORG TABLE %s APPLY (PURGE)".formatted(table));

    assertThat(watch().code()).isEqualTo(ExitCode.OK);
    assertGoesOn(DoorKind.FAST);
  }

  /** Batches of ten, back to the first, and what came meanwhile. */
  @ParameterizedTest
  @EnumSource
  void e11AfterARestoreExactlyTheMissingRowsAreLanded(DoorKind kind) {
    topic.commit(0, 10);
    run(kind);
    topic.commit(1, 10);
    run(kind);
    assertLanded(30);
    sql("RESTORE TABLE %s TO VERSION AS OF 1".formatted(table));
    assertThat(rows()).isEqualTo(10);

    assertThat(run(kind).code()).isEqualTo(ExitCode.REFUSED);
    Said refilled = run(kind, "--refill");
    assertThat(refilled.code()).isEqualTo(ExitCode.OK);
    assertThat(refilled.text()).contains("20 rows in");
    assertLanded(30);
  }

  /** The command that is told undoes what was done, and the next one lands what that took back. */
  @Test
  void whatWasDoneIsUndoneByWhatIsTold() {
    DoorKind kind = DoorKind.FAST;
    sql("ALTER TABLE %s SET TBLPROPERTIES ('delta.appendOnly' = 'false')".formatted(table));
    sql("DELETE FROM %s WHERE _offset > 3".formatted(table));
    topic.commit(1, 5);
    String said = run(kind).text();
    String undo = said.substring(said.indexOf("RESTORE TABLE"), said.indexOf("; then: landfall"));
    sql(undo);
    assertThat(run(kind, "--refill").code()).isEqualTo(ExitCode.OK);
    assertLanded(15);
  }

  /** Until somebody wants it to end. */
  @Test
  void watchTellsAndWaits() throws Exception {
    sql("RESTORE TABLE %s TO VERSION AS OF 0".formatted(table));
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    CompletableFuture<ExitCode> end = new CompletableFuture<>();
    Thread watch = new Thread(() -> end.complete(program(List.of("watch"), said).code()));
    watch.start();
    while (!said.toString(StandardCharsets.UTF_8).contains("--refill")) {
      assertThat(end).isNotDone();
      Thread.sleep(20);
    }
    watch.interrupt();

    assertThat(end.get()).isEqualTo(ExitCode.REFUSED);
  }

  @Test
  void alarmsAreToldAsJsonAndNothingIsChangedByIt() throws Exception {
    sql("RESTORE TABLE %s TO VERSION AS OF 0".formatted(table));
    var before = FolderState.of(path);

    String said = watch("-o", "json").text();

    assertThat(said.lines())
        .singleElement()
        .asString()
        .contains("\"version\":2,\"kind\":\"restored\"", "\"operation\":\"RESTORE\"", "\"ways\":[");
    assertThat(FolderState.of(path)).isEqualTo(before);
  }

  /** Refused by the writer, told by the watch, through both ways into the table. */
  private void assertAlarm(DoorKind kind, String... words) {
    long rows = rows();
    Said run = run(kind);
    assertThat(run.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(run.text()).contains(words);
    assertThat(rows()).isEqualTo(rows);
    Said watch = watch("--door", kind.name().toLowerCase(Locale.ROOT));
    assertThat(watch.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(watch.text()).contains(words);
  }

  private void assertGoesOn(DoorKind kind) {
    long rows = rows();
    topic.commit(0, 10);
    assertThat(run(kind)).extracting(Said::code).isEqualTo(ExitCode.OK);
    assertThat(rows()).isEqualTo(rows + 10);
  }

  private void assertLanded(long expected) {
    assertThat(rows()).isEqualTo(expected);
    assertThat(sql("SELECT DISTINCT _partition, _offset FROM " + table)).hasSize((int) expected);
  }

  private long rows() {
    return sql("SELECT count(*) FROM " + table).get(0).getLong(0);
  }

  private static List<Row> sql(String statement) {
    return SPARK.sql(statement).collectAsList();
  }

  private Said run(DoorKind kind, String... more) {
    List<String> words = new ArrayList<>(List.of("run", "--once"));
    words.addAll(List.of("--bootstrap-servers", broker.kafka().bootstrapServers()));
    words.addAll(List.of("--door", kind.name().toLowerCase(Locale.ROOT)));
    words.addAll(List.of(more));
    return program(words);
  }

  private Said watch(String... more) {
    List<String> words = new ArrayList<>(List.of("watch", "--once"));
    words.addAll(List.of(more));
    return program(words);
  }

  private Said program(List<String> words) {
    return program(words, new ByteArrayOutputStream());
  }

  private Said program(List<String> words, ByteArrayOutputStream said) {
    String name = topic.dataset().landing().name();
    List<String> all = new ArrayList<>(words);
    all.addAll(List.of("--table", path.toString()));
    all.addAll(List.of("--topic-prefix", name.substring(0, name.indexOf("weather"))));
    all.addAll(List.of("--scratch-dir", folder.resolve("scratch").toString()));
    PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    Program program = ConsumerMain.program(Readings.FIRST, Clock.systemUTC());
    ExitCode code = program.run(Map.of(), out, out, all.toArray(String[]::new));
    return new Said(code, said.toString(StandardCharsets.UTF_8));
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
