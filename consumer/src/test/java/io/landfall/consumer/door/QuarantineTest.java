package io.landfall.consumer.door;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.landfall.cli.ExitCode;
import io.landfall.cli.LandfallException;
import io.landfall.cli.TableLocation;
import io.landfall.cli.TableLocation.Folder;
import io.landfall.cli.Version;
import io.landfall.consumer.bronze.Held;
import io.landfall.consumer.bronze.TableProperties;
import io.landfall.consumer.bronze.TableState;
import io.landfall.consumer.door.spark.NewTable;
import io.landfall.consumer.door.spark.SparkDoor;
import io.landfall.consumer.door.spark.SparkTable;
import io.landfall.consumer.kernel.KernelTable;
import io.landfall.consumer.landing.Offsets;
import io.landfall.consumer.testing.DoorKind;
import io.landfall.consumer.testing.HookedLogStore;
import io.landfall.consumer.testing.KernelReader;
import io.landfall.consumer.testing.Readings;
import io.landfall.consumer.testing.Records;
import io.landfall.consumer.testing.SharedSpark;
import io.landfall.schemas.SchemaHistory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.avro.SchemaNormalization;
import org.apache.commons.io.FileUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Records that are no rows: each of them once beside the table, whoever dies or comes between. */
class QuarantineTest {

  private static final SparkSession SPARK = SharedSpark.session();
  private static final java.time.Instant BEGAN = java.time.Instant.ofEpochSecond(1_700_000_000);
  private static final byte[] KEY = "S3/3".getBytes(UTF_8);
  private static final byte[] GOOD =
      Readings.encode(Readings.reading(Readings.FIRST.schema(), 3, 1, "UPSERT"));

  /** A process that is killed: nobody catches that. */
  private static final class Killed extends Error {}

  @TempDir private Path temporary;
  private Path table;

  @BeforeEach
  void place() {
    table = temporary.resolve("read ings");
  }

  /** A record and what is to become of it. */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares cases
  private record Case(byte @Nullable [] key, byte @Nullable [] value, String reason) {}

  private static final List<Case> BAD =
      List.of(
          new Case(null, GOOD, "NO_KEY"),
          new Case(KEY, null, "NO_VALUE"),
          new Case(null, null, "NO_KEY"),
          new Case(KEY, new byte[0], "UNKNOWN_FORMAT"),
          new Case(KEY, "{\"a\": 1}".getBytes(UTF_8), "UNKNOWN_FORMAT"),
          new Case(KEY, new byte[] {1, 0, 0, 0, 7, 1, 2, 3, 4, 5, 6}, "UNKNOWN_FORMAT"),
          new Case(KEY, Arrays.copyOf(GOOD, GOOD.length - 3), "UNDECODABLE"),
          new Case(KEY, Arrays.copyOf(GOOD, GOOD.length + 1), "UNDECODABLE"),
          new Case(KEY, Arrays.copyOf(GOOD, 10), "UNDECODABLE"),
          new Case(KEY, notText(), "UNDECODABLE"),
          new Case(KEY, ofSchema("LedgerEntry"), "OTHER_RECORD"));

  private static byte[] notText() {
    byte[] bad = GOOD.clone();
    bad[11] = (byte) 0xFF;
    return bad;
  }

  private static byte[] ofSchema(String name) {
    return header(SchemaNormalization.parsingFingerprint64(SchemaHistory.of(name).latest()));
  }

  private static byte[] header(long fingerprint) {
    byte[] bytes = Arrays.copyOf(GOOD, GOOD.length);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(2, fingerprint);
    return bytes;
  }

  @ParameterizedTest
  @EnumSource
  void badRecordOfEachKindIsKeptWithAllThatItHad(DoorKind kind) throws Exception {
    Records records = new Records();
    List<Row> headers =
        List.of(RowFactory.create("trace", new byte[] {1, 2}), RowFactory.create("empty", null));
    long offset = 0;
    for (Case bad : BAD) {
      records.add(0, offset++, bad.key(), bad.value(), offset == 1 ? headers : null);
      records.add(0, offset++, KEY, GOOD, null);
    }

    Outcome.Committed landed = (Outcome.Committed) append(kind, records, 0, offset);

    assertThat(landed.rows()).isEqualTo(BAD.size());
    assertThat(landed.setAside().records()).isEqualTo(BAD.size());
    assertThat(landed.setAside().first())
        .hasValueSatisfying(first -> assertThat(first.offset()).isZero());
    assertThat(landed.state().quarantined()).isEqualTo(BAD.size());
    List<Row> rows = sql("SELECT * FROM %s ORDER BY _offset".formatted(quarantine()));
    assertThat(rows).hasSize(BAD.size());
    for (int i = 0; i < BAD.size(); i++) {
      Row row = rows.get(i);
      Case bad = BAD.get(i);
      assertThat(row.<Long>getAs("_offset")).isEqualTo(2L * i);
      assertThat(row.<String>getAs("reason")).as("case %d", i).isEqualTo(bad.reason());
      assertThat(row.<byte[]>getAs("key")).isEqualTo(bad.key());
      assertThat(row.<byte[]>getAs("value")).isEqualTo(bad.value());
      assertThat(row.<String>getAs("detail")).isNotBlank();
      assertThat(row.<String>getAs("state")).isEqualTo("QUARANTINED");
      assertThat(row.<String>getAs("code_version")).isEqualTo(Version.current());
      assertThat(row.<java.sql.Timestamp>getAs("quarantined_at").toInstant()).isEqualTo(BEGAN);
      assertThat(row.<String>getAs("_topic_id")).isEqualTo(Readings.TOPIC_ID);
    }
    assertThat(rows.get(0).<String>getAs("headers"))
        .isEqualTo("[{\"key\":\"trace\",\"value\":\"AQI=\"},{\"key\":\"empty\",\"value\":null}]");
    assertThat(rows.get(0).<String>getAs("writer_fingerprint")).isNull();
    assertThat(rows.get(6).<String>getAs("writer_fingerprint"))
        .isEqualTo(
            "%016x".formatted(SchemaNormalization.parsingFingerprint64(Readings.FIRST.schema())));
    // A reader that shares no code with Spark's.
    KernelReader.Totals totals = KernelReader.totals(beside(), List.of("_offset", "_partition"));
    assertThat(totals.rows()).isEqualTo(BAD.size());
    assertThat(totals.sums()).containsEntry("_offset", (double) BAD.size() * (BAD.size() - 1));
    assertThat(properties())
        .containsEntry("delta.appendOnly", "true")
        .containsEntry("landfall.dataset", "readings_quarantine")
        .containsEntry("pipelines.reset.allowed", "false");
    assertThatThrownBy(() -> SPARK.sql("DELETE FROM " + quarantine()))
        .hasMessageContaining("APPEND_ONLY");
  }

  @ParameterizedTest
  @MethodSource(DoorKind.ONE)
  void batchOfBadRecordsAloneMovesThePosition(DoorKind kind) {
    land(kind, 0, "gg");
    Outcome.Committed landed = (Outcome.Committed) land(kind, 2, "bbb");

    assertThat(landed.rows()).isZero();
    assertThat(landed.state().position()).isEqualTo(at(5));
    assertThat(open(kind).position()).isEqualTo(at(5));
    assertThat(SPARK.sql("SELECT * FROM " + name()).inputFiles()).hasSize(1);
    // The rows cannot tell of such a commit; the notes do.
    sql("ALTER TABLE %s SET TBLPROPERTIES ('note' = 'x')".formatted(name()));
    land(kind, 5, "b");
    sql("INSERT INTO %s SELECT * FROM %s WHERE _offset = 1".formatted(name(), name()));
    decide(kind, false, OptionalLong.of(5));
    TableState state = open(kind);
    assertThat(state.position()).isEqualTo(at(6));
    assertThat(state.quarantined()).isEqualTo(4);
    land(kind, 6, "gb");
    assertThat(open(kind).position()).isEqualTo(at(8));
    assertThat(set(quarantine())).containsExactly(2L, 3L, 4L, 5L, 7L);
  }

  private void decide(DoorKind kind, boolean refill, OptionalLong accepted) {
    OptionalLong through =
        new Decision(SPARK, kind.to(SPARK, Readings.FIRST, table).table(), Readings.FIRST)
            .make(refill, accepted, Offsets.START);
    assertThat(through).isPresent();
  }

  @ParameterizedTest
  @MethodSource(DoorKind.ONE)
  void tableOfBadRecordsAloneHasItsPosition(DoorKind kind) {
    land(kind, 0, "bbb");
    assertThat(open(kind).position()).isEqualTo(at(3));
    sql("INSERT INTO %s SELECT * FROM %s".formatted(name(), name()));
    assertThat(open(kind).position()).isEqualTo(at(3));
    land(kind, 3, "gb");
    assertThat(set(name())).containsExactly(3L);
    assertThat(set(quarantine())).containsExactly(0L, 1L, 2L, 4L);
  }

  /** RESTORE takes the rows back; the quarantine table is another one, and has its records. */
  @ParameterizedTest
  @MethodSource(DoorKind.ONE)
  void restoredTableFindsItsBadRecordsInQuarantine(DoorKind kind) {
    land(kind, 0, "gg");
    land(kind, 2, "gb");
    land(kind, 4, "bbg");
    sql("RESTORE TABLE %s TO VERSION AS OF 1".formatted(name()));
    decide(kind, true, OptionalLong.empty());

    land(kind, 2, "gbbbg");

    assertThat(list(name())).containsExactly(0L, 1L, 2L, 6L);
    assertThat(list(quarantine())).containsExactly(3L, 4L, 5L);
  }

  @ParameterizedTest
  @MethodSource(DoorKind.PAIRS)
  void whoDiesBetweenTheTwoCommitsLosesAndDoublesNothing(DoorKind dying, DoorKind next) {
    land(dying, 0, "gb");
    open(dying);
    HookedLogStore.afterNextCommit(
        () ->
            HookedLogStore.beforeNextCommit(
                () -> {
                  throw new Killed();
                }));
    assertThatThrownBy(() -> land(dying, 2, "bgbg")).hasStackTraceContaining("Killed");
    assertThat(list(name())).containsExactly(0L);
    assertThat(list(quarantine())).containsExactly(1L, 2L, 4L);

    DeltaLog.clearCache();
    // More has come meanwhile.
    land(next, 2, "bgbgbg");

    assertThat(list(name())).containsExactly(0L, 3L, 5L, 7L);
    assertThat(list(quarantine())).containsExactly(1L, 2L, 4L, 6L);
    assertThat(open(next).quarantined()).isEqualTo(4);
  }

  /** A folder of a log in which there is no commit is a place for a table, and no table. */
  @ParameterizedTest
  @MethodSource(DoorKind.PAIRS)
  void whoDiesBeforeTheFirstCommitOfATableLeavesNone(DoorKind dying, DoorKind next)
      throws Exception {
    killAfter(0);
    assertThatThrownBy(() -> open(dying)).hasStackTraceContaining("Killed");
    requireNoTable(table);
    DeltaLog.clearCache();
    open(next);
    HookedLogStore.beforeNextCommit(
        () -> {
          throw new Killed();
        });
    assertThatThrownBy(() -> land(dying, 0, "gbbg")).hasStackTraceContaining("Killed");
    requireNoTable(beside());
    DeltaLog.clearCache();

    land(next, 0, "gbbg");
    land(dying, 4, "bg");

    assertThat(list(name())).containsExactly(0L, 3L, 5L);
    assertThat(list(quarantine())).containsExactly(1L, 2L, 4L);
    assertThat(open(next).position()).isEqualTo(at(6));
  }

  /** Who finds no table, and creates one where another has done so meanwhile, replaces no rows. */
  @Test
  void tableWithRowsIsNotCreatedASecondTime() {
    land(DoorKind.FAST, 0, "gg");
    NewTable.create(
        SPARK,
        Readings.FIRST,
        Folder.of(table),
        TableProperties.of(Readings.FIRST, Readings.TOPIC_ID),
        name -> true);
    assertThat(list(name())).containsExactly(0L, 1L);
  }

  private static void requireNoTable(Path folder) throws Exception {
    Files.createDirectories(folder.resolve("_delta_log"));
    assertThat(new SparkTable(SPARK, Folder.of(folder)).exists()).isFalse();
    assertThat(KernelTable.in(Folder.of(folder), new Configuration()).exists()).isFalse();
  }

  @ParameterizedTest
  @MethodSource(DoorKind.PAIRS)
  void ofTwoWritersOneWinsAndNothingIsDoubled(DoorKind one, DoorKind other) throws Exception {
    land(one, 0, "gb");
    CyclicBarrier start = new CyclicBarrier(2);
    List<Callable<Outcome>> writers = new ArrayList<>();
    for (DoorKind kind : List.of(one, other)) {
      String batch = writers.isEmpty() ? "bgb" : "bgbgb";
      writers.add(
          () -> {
            Door door = kind.to(SPARK.newSession(), Readings.FIRST, table);
            door.open(Readings.TOPIC_ID);
            start.await();
            return door.append(records(2, batch).in(SPARK), batch(2, 2 + batch.length()));
          });
    }
    ExecutorService threads = Executors.newFixedThreadPool(2);
    List<Outcome> outcomes = new ArrayList<>();
    try {
      for (Future<Outcome> outcome : threads.invokeAll(writers)) {
        outcomes.add(outcome.get());
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(outcomes).filteredOn(Outcome.Committed.class::isInstance).hasSize(1);
    assertThat(outcomes).filteredOn(Outcome.Moved.class::isInstance).hasSize(1);
    long at = open(one).position().in(0);
    if (at < 7) {
      land(other, at, "bgbgb".substring((int) at - 2));
    }
    assertThat(list(name())).containsExactly(0L, 3L, 5L);
    assertThat(list(quarantine())).containsExactly(1L, 2L, 4L, 6L);
  }

  @ParameterizedTest
  @MethodSource(DoorKind.ONE)
  void newerSchemaStopsBeforeAnythingIsWritten(DoorKind kind) throws Exception {
    land(kind, 0, "g");
    Records records = records(1, "gb");
    records.add(0, 3, KEY, header(0x0807060504030201L), null);

    assertThatThrownBy(() -> append(kind, records, 1, 4))
        .isInstanceOfSatisfying(
            LandfallException.class,
            stop -> assertThat(stop.exitCode()).isEqualTo(ExitCode.REFUSED))
        .hasMessageContainingAll(
            "partition 0, offset 3",
            "0807060504030201",
            "2 versions of Reading",
            "Nothing of this",
            "landfall consumer run --quarantine-schema 0807060504030201 --table " + table);
    assertThat(open(kind).position()).isEqualTo(at(1));
    assertThat(list(name())).containsExactly(0L);
    assertThat(Files.exists(beside().resolve("_delta_log"))).isFalse();
    if (kind == DoorKind.FAST) {
      try (Stream<Path> files = Files.list(table)) {
        assertThat(files.filter(file -> file.toString().endsWith(".parquet"))).hasSize(1);
      }
    }
  }

  /** Somebody has looked at them, and said so; of any other schema nobody has. */
  @ParameterizedTest
  @MethodSource(DoorKind.PAIRS)
  void recordsOfASchemaThatSomebodyNamedAreSetAside(DoorKind dying, DoorKind next) {
    land(dying, 0, "g");
    Records records = records(1, "gb");
    records.add(0, 3, KEY, header(0x0807060504030201L), null);
    records.add(0, 4, KEY, header(0x0807060504030201L), null);
    records.add(0, 5, null, header(0x0807060504030201L), null);
    records.add(0, 6, KEY, header(-2), null);
    records.add(0, 7, KEY, GOOD, null);

    Set<String> one = Set.of("0807060504030201");
    assertThatThrownBy(() -> append(dying, records, 1, 8, one))
        .isInstanceOf(LandfallException.class)
        .hasMessageContainingAll("offset 6", "--quarantine-schema fffffffffffffffe");
    assertThat(list(name())).containsExactly(0L);
    assertThat(Files.exists(beside().resolve("_delta_log"))).isFalse();

    Set<String> both = Set.of("0807060504030201", "fffffffffffffffe");
    open(dying);
    killAfter(2);
    assertThatThrownBy(() -> append(dying, records, 1, 8, both)).hasStackTraceContaining("Killed");
    DeltaLog.clearCache();
    Outcome.Committed landed = (Outcome.Committed) append(next, records, 1, 8, both);

    assertThat(landed.rows()).isEqualTo(2);
    assertThat(landed.setAside().records()).isEqualTo(5);
    assertThat(list(name())).containsExactly(0L, 1L, 7L);
    assertThat(list(quarantine())).containsExactly(2L, 3L, 4L, 5L, 6L);
    List<Row> rows =
        sql(
            "SELECT reason, detail, writer_fingerprint, value FROM %s WHERE _offset IN (3, 5, 6) ORDER BY _offset"
                .formatted(quarantine()));
    assertThat(rows.get(0).getString(0)).isEqualTo("UNKNOWN_SCHEMA");
    assertThat(rows.get(0).getString(1))
        .contains("0807060504030201", "2 versions of Reading", "--quarantine-schema");
    assertThat(rows.get(0).getString(2)).isEqualTo("0807060504030201");
    assertThat(rows.get(0).<byte[]>getAs(3)).isEqualTo(header(0x0807060504030201L));
    assertThat(rows.get(1).getString(0)).isEqualTo("NO_KEY");
    assertThat(rows.get(2).getString(2)).isEqualTo("fffffffffffffffe");
    assertThat(open(next).position()).isEqualTo(at(8));
    assertThat(open(next).quarantined()).isEqualTo(5);
    // It was an answer for once.
    Records later = new Records();
    later.add(0, 8, KEY, header(-2), null);
    assertThatThrownBy(() -> append(next, later, 8, 9)).hasMessageContaining("offset 8");
  }

  /** However many there are, a task keeps a page of them, and the driver the first. */
  @ParameterizedTest
  @MethodSource(DoorKind.ONE)
  void manyBadRecordsInARowNeitherStopNorFillMemory(DoorKind kind) {
    long many = 100_000;
    Dataset<Row> records =
        SPARK
            .range(many)
            .selectExpr(
                "CAST(repeat(CAST(id AS STRING), 400) AS BINARY) AS value",
                "0 AS partition",
                "id AS offset",
                "timestamp_seconds(1700000000) AS timestamp",
                "CAST('k' AS BINARY) AS key",
                "CAST(null AS ARRAY<STRUCT<key: STRING, value: BINARY>>) AS headers")
            .union(records(many, "g").in(SPARK));
    Door door = kind.to(SPARK, Readings.FIRST, table);
    door.open(Readings.TOPIC_ID);

    Outcome.Committed landed =
        (Outcome.Committed) door.append(records.coalesce(1), batch(0, many + 1));

    assertThat(landed.rows()).isEqualTo(1);
    assertThat(landed.setAside().records()).isEqualTo(many);
    assertThat(landed.setAside().first().orElseThrow().offset()).isZero();
    Row sums =
        sql("SELECT count(*), count(DISTINCT _offset) FROM %s".formatted(quarantine())).get(0);
    assertThat(sums.getLong(0)).isEqualTo(sums.getLong(1)).isEqualTo(many);
  }

  /** A table that a catalog names has its quarantine there too. */
  @Test
  void tableOfACatalogHasItsQuarantineInTheCatalog() {
    String readings = "readings_" + UUID.randomUUID().toString().replace('-', '_');
    TableLocation name = new TableLocation.Catalog("spark_catalog", "default", readings);
    Door door = new SparkDoor(SPARK, Readings.FIRST, name);
    try {
      door.open(Readings.TOPIC_ID);
      door.append(records(0, "gbgb").in(SPARK), batch(0, 4));
      assertThat(list("default." + readings)).containsExactly(0L, 2L);
      assertThat(list("default.%s_quarantine".formatted(readings))).containsExactly(1L, 3L);
    } finally {
      sql("DROP TABLE IF EXISTS default." + readings);
      sql("DROP TABLE IF EXISTS default.%s_quarantine".formatted(readings));
    }
  }

  /** Delta takes no folder for a catalog's table in which there is anything. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void tableThatDiedBeforeItsCatalogKnewOfItIsRefusedByItsFolder(boolean before) throws Exception {
    TableLocation name =
        new TableLocation.Catalog("spark_catalog", "default", "readings_of_the_dead_" + before);
    Path folder = Path.of(System.getProperty("java.io.tmpdir"), "readings_of_the_dead_" + before);
    HookedLogStore.Hook die =
        () -> {
          throw new Killed();
        };
    try {
      if (before) {
        HookedLogStore.beforeNextCommit(die);
      } else {
        HookedLogStore.afterNextCommit(die);
      }
      assertThatThrownBy(() -> new SparkDoor(SPARK, Readings.FIRST, name).open(Readings.TOPIC_ID))
          .hasStackTraceContaining("Killed");
      DeltaLog.clearCache();
      assertThat(new SparkTable(SPARK, name).exists()).isFalse();

      Door door = new SparkDoor(SPARK, Readings.FIRST, name);
      assertThatThrownBy(() -> door.open(Readings.TOPIC_ID))
          .isInstanceOf(LandfallException.class)
          .hasMessageContainingAll(folder.toString(), "move it away");
      FileUtils.moveDirectory(folder.toFile(), temporary.resolve("away").toFile());
      DeltaLog.clearCache();
      door.open(Readings.TOPIC_ID);
      door.append(records(0, "gg").in(SPARK), batch(0, 2));

      assertThat(list(name.sql())).containsExactly(0L, 1L);
    } finally {
      sql("DROP TABLE IF EXISTS " + name.sql());
      FileUtils.deleteDirectory(folder.toFile());
    }
  }

  /** A key column may be optional; a row's may not. */
  @ParameterizedTest
  @MethodSource(DoorKind.ONE)
  void nullInAKeyColumnIsNoRow(DoorKind kind) {
    var dataset = Readings.keyed(List.of("station", "gusts"));
    Door door = kind.to(SPARK, dataset, table);
    door.open(Readings.TOPIC_ID);
    Records records = new Records();
    // Every third hour has no gusts.
    for (int hour = 0; hour < 6; hour++) {
      records.add(0, hour, Readings.reading(dataset.schema(), hour, 1, "UPSERT"));
    }

    door.append(records.in(SPARK), batch(0, 6));

    assertThat(list(name())).containsExactly(1L, 2L, 4L, 5L);
    assertThat(sql("SELECT reason, detail FROM " + quarantine()))
        .hasSize(2)
        .allMatch(row -> row.getString(0).equals("NULL_IN_KEY"))
        .allMatch(row -> row.getString(1).contains("gusts"));
  }

  /** Whatever comes in whatever batches, through either door, with deaths at any commit. */
  @ParameterizedTest
  @EnumSource
  void eachRecordIsOnceInOneOfTheTwoTables(DoorKind first) {
    long seed = Long.getLong("landfall.seed", new Random().nextLong());
    Random random = new Random(seed);
    StringBuilder topic = new StringBuilder();
    for (int i = 0; i < Integer.getInteger("landfall.quarantine.records", 16); i++) {
      topic.append(random.nextInt(3) == 0 ? 'b' : 'g');
    }
    long at = 0;
    DoorKind kind = first;
    while (at < topic.length()) {
      int most = 1 + random.nextInt(12);
      String batch = topic.substring((int) at, (int) Math.min(at + most, topic.length()));
      open(kind);
      int commits = random.nextInt(4);
      killAfter(commits);
      try {
        land(kind, at, batch);
      } catch (Throwable e) {
        // The next one asks the tables.
        assertThat(e).as("seed %d", seed).hasStackTraceContaining("Killed");
      }
      HookedLogStore.beforeNextCommit(() -> {});
      HookedLogStore.afterNextCommit(() -> {});
      DeltaLog.clearCache();
      kind = random.nextInt(3) == 0 ? other(kind) : kind;
      at = open(kind).position().in(0);
    }

    TreeSet<Long> good = new TreeSet<>();
    TreeSet<Long> bad = new TreeSet<>();
    for (long i = 0; i < topic.length(); i++) {
      (topic.charAt((int) i) == 'g' ? good : bad).add(i);
    }
    assertThat(list(name())).as("seed %d: %s", seed, topic).containsExactlyElementsOf(good);
    assertThat(list(quarantine())).as("seed %d: %s", seed, topic).containsExactlyElementsOf(bad);
    KernelTable beside = KernelTable.in(Folder.of(beside()), new Configuration());
    Held held = beside.held(beside.find().orElseThrow(), Readings.TOPIC_ID);
    assertThat(held.records()).isEqualTo(bad.size());
    assertThat(open(kind).quarantined()).isEqualTo(bad.size());
  }

  private static void killAfter(int commits) {
    if (commits < 3) {
      HookedLogStore.beforeNextCommit(
          () -> {
            if (commits == 0) {
              throw new Killed();
            }
            HookedLogStore.afterNextCommit(() -> killAfter(commits - 1));
          });
    }
  }

  private static DoorKind other(DoorKind kind) {
    return kind == DoorKind.FAST ? DoorKind.SPARK : DoorKind.FAST;
  }

  private TableState open(DoorKind kind) {
    return kind.to(SPARK, Readings.FIRST, table).open(Readings.TOPIC_ID);
  }

  private Outcome land(DoorKind kind, long from, String batch) {
    return append(kind, records(from, batch), from, from + batch.length());
  }

  private Outcome append(DoorKind kind, Records records, long from, long to) {
    return append(kind, records, from, to, Set.of());
  }

  private Outcome append(
      DoorKind kind, Records records, long from, long to, Set<String> schemasAside) {
    Door door = kind.to(SPARK, Readings.FIRST, Folder.of(table), schemasAside);
    door.open(Readings.TOPIC_ID);
    return door.append(records.in(SPARK), batch(from, to));
  }

  private static Batch batch(long from, long to) {
    return new Batch(Readings.TOPIC_ID, at(from), at(to), BEGAN);
  }

  /** A row for each g, and for each b something that is none. */
  private static Records records(long from, String kinds) {
    Records records = new Records();
    for (int i = 0; i < kinds.length(); i++) {
      if (kinds.charAt(i) == 'g') {
        records.add(0, from + i, KEY, GOOD, null);
      } else {
        Case bad = BAD.get((int) ((from + i) % BAD.size()));
        records.add(0, from + i, bad.key(), bad.value(), null);
      }
    }
    return records;
  }

  private static Offsets at(long offset) {
    return new Offsets(Map.of(0, offset));
  }

  private Path beside() {
    return temporary.resolve("read ings_quarantine");
  }

  private String name() {
    return "delta.`%s`".formatted(table);
  }

  private String quarantine() {
    return "delta.`%s`".formatted(beside());
  }

  private List<Long> list(String of) {
    return sql("SELECT _offset FROM %s ORDER BY 1".formatted(of)).stream()
        .map(row -> row.getLong(0))
        .toList();
  }

  private Set<Long> set(String of) {
    return new TreeSet<>(list(of));
  }

  private Map<String, String> properties() {
    Row detail = sql("DESCRIBE DETAIL " + quarantine()).get(0);
    return detail.getJavaMap(detail.fieldIndex("properties"));
  }

  private static List<Row> sql(String query) {
    return SPARK.sql(query).collectAsList();
  }
}
