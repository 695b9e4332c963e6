package io.landfall.consumer.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.landfall.cli.LandfallException;
import io.landfall.cli.TableLocation.Folder;
import io.landfall.consumer.bronze.BronzeTable;
import io.landfall.consumer.bronze.TableState;
import io.landfall.consumer.kernel.KernelTable;
import io.landfall.consumer.landing.Offsets;
import io.landfall.consumer.testing.DoorKind;
import io.landfall.consumer.testing.HookedLogStore;
import io.landfall.consumer.testing.KernelReader;
import io.landfall.consumer.testing.OffsetRange;
import io.landfall.consumer.testing.Readings;
import io.landfall.consumer.testing.Records;
import io.landfall.schemas.Dataset;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.apache.avro.SchemaNormalization;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What each door promises of the table, whoever else is at it, wherever the table is. */
public abstract class DoorContract {

  private static final Instant BEGAN = Instant.ofEpochSecond(1_700_000_000);

  private Folder table;

  /** The session that writes and reads. */
  protected abstract SparkSession spark();

  /** A folder for one test alone; the same within a test. */
  protected abstract Folder folder();

  @BeforeEach
  void place() {
    // A name that must be neither encoded nor cut.
    table = in("read ings");
  }

  final Folder in(String name) {
    return new Folder(folder().scheme(), folder().authority(), folder().path() + "/" + name);
  }

  private Configuration configuration() {
    return spark().sparkContext().hadoopConfiguration();
  }

  private FileSystem files() throws IOException {
    return new Path(table.toString()).getFileSystem(configuration());
  }

  @ParameterizedTest
  @EnumSource
  void tableIsCreatedWithItsPropertiesAndComments(DoorKind kind) {
    TableState state = open(kind).table().state();

    assertThat(state.version()).isZero();
    assertThat(state.position()).isEqualTo(Offsets.START);
    assertThat(properties())
        .containsEntry("delta.appendOnly", "true")
        .containsEntry(
            "delta.dataSkippingStatsColumns", "station,hour,gusts,_revision,_partition,_offset")
        .containsEntry("quality", "bronze")
        .containsEntry("source", "weather service")
        .containsEntry("pipelines.reset.allowed", "false")
        .containsEntry("landfall.dataset", "readings")
        .containsEntry("landfall.topic", "weather.readings.v1")
        .containsEntry("landfall.topic.id", Readings.TOPIC_ID);
    StructType columns = spark().read().format("delta").load(table.toString()).schema();
    assertThat(columns.fieldNames())
        .startsWith("station", "hour", "temperature")
        .endsWith(
            "_topic_id",
            "_partition",
            "_offset",
            "_kafka_timestamp",
            "_ingested_at",
            "_schema_fingerprint");
    assertThat(columns.apply("station").getComment().get())
        .isEqualTo("The station. Part of the key.");
    assertThat(columns.apply("station").nullable()).isFalse();
    assertThat(columns.apply("gusts").nullable()).isTrue();
    assertThat(detail("description")).isEqualTo(Readings.FIRST.schema().getDoc());
    assertThat(detail("minReaderVersion")).isEqualTo(1);
    assertThat(detail("minWriterVersion")).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource
  void whatIsWrittenIsWhatSparkAndKernelRead(DoorKind kind) throws Exception {
    committed(kind, Offsets.START, new OffsetRange(0, 0, 30), new OffsetRange(1, 0, 20));

    Row row = sql("SELECT * FROM %s WHERE hour = 41".formatted(name())).get(0);
    assertThat(row.<String>getAs("station")).isEqualTo("S6");
    assertThat(row.<Double>getAs("temperature")).isEqualTo(11.25);
    assertThat(row.<Integer>getAs("gusts")).isEqualTo(41);
    assertThat(row.<String>getAs("_operation")).isEqualTo("UPSERT");
    assertThat(row.<Timestamp>getAs("_fetched_at").toInstant())
        .isEqualTo(Instant.ofEpochMilli(1_700_000_000_164L));
    assertThat(row.<Timestamp>getAs("_kafka_timestamp").toInstant())
        .isEqualTo(Instant.ofEpochMilli(1_700_000_000_456L));
    assertThat(row.<Timestamp>getAs("_ingested_at").toInstant()).isEqualTo(BEGAN);
    assertThat(row.<Integer>getAs("_partition")).isEqualTo(1);
    assertThat(row.<Long>getAs("_offset")).isEqualTo(4);
    assertThat(row.<String>getAs("_topic_id")).isEqualTo(Readings.TOPIC_ID);
    assertThat(row.<String>getAs("_schema_fingerprint"))
        .isEqualTo(
            "%016x".formatted(SchemaNormalization.parsingFingerprint64(Readings.FIRST.schema())));

    Row sums =
        sql("SELECT count(*), sum(hour), sum(temperature), sum(_offset), count(gusts) FROM %s"
                .formatted(name()))
            .get(0);
    KernelReader.Totals kernel =
        KernelReader.totals(
            table.toString(), List.of("hour", "temperature", "_offset"), configuration());
    assertThat(kernel.rows()).isEqualTo(sums.getLong(0)).isEqualTo(50);
    assertThat(kernel.sums())
        .isEqualTo(
            Map.of(
                "hour", (double) sums.getLong(1),
                "temperature", sums.getDouble(2),
                "_offset", (double) sums.getLong(3)));
    assertThat(sums.getLong(4)).isLessThan(50);
    assertThat(open(kind).table().rows()).isEqualTo(50);
    assertThatThrownBy(
            () ->
                sql(
                    "INSERT INTO %s SELECT CAST(null AS STRING), * EXCEPT (station) FROM %s LIMIT 1"
                        .formatted(name(), name())))
        .hasMessageContaining("NOT_NULL_CONSTRAINT");
  }

  @ParameterizedTest
  @EnumSource
  void filesThatAFilterRulesOutAreNotRead(DoorKind kind) {
    committed(kind, Offsets.START, new OffsetRange(0, 0, 10));
    committed(kind, at(10), new OffsetRange(0, 10, 20));

    assertThat(spark().sql("SELECT * FROM " + name()).inputFiles()).hasSize(2);
    assertThat(spark().sql("SELECT * FROM %s WHERE hour >= 150".formatted(name())).inputFiles())
        .hasSize(1);
    assertThat(sql("SELECT * FROM %s WHERE hour >= 150".formatted(name()))).hasSize(5);
    assertThat(sql("SELECT * FROM %s WHERE station = 'S1'".formatted(name()))).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource(DoorKind.PAIRS)
  void bothDoorsGoOnFromEachOthersCommits(DoorKind one, DoorKind other) {
    committed(one, Offsets.START, new OffsetRange(0, 0, 3), new OffsetRange(1, 0, 2));
    Offsets second = new Offsets(Map.of(0, 3L, 1, 2L));
    committed(other, second, new OffsetRange(0, 3, 6));
    committed(one, new Offsets(Map.of(0, 6L, 1, 2L)), new OffsetRange(1, 2, 4));

    assertThat(open(other).table().state())
        .extracting(TableState::version, TableState::position)
        .containsExactly(3L, new Offsets(Map.of(0, 6L, 1, 4L)));
    assertThat(sql("SELECT DISTINCT _partition, _offset FROM " + name())).hasSize(10);
    assertThat(open(one).table().rows()).isEqualTo(10);
  }

  @ParameterizedTest
  @MethodSource(DoorKind.PAIRS)
  void oneOfTwoWritersFromTheSamePositionIsTurnedAway(DoorKind one, DoorKind other)
      throws Exception {
    open(one);
    CyclicBarrier start = new CyclicBarrier(2);
    List<Callable<Outcome>> writers = new ArrayList<>();
    for (DoorKind kind : List.of(one, other)) {
      writers.add(
          () -> {
            Door door = kind.to(spark().newSession(), Readings.FIRST, table);
            door.open(Readings.TOPIC_ID);
            start.await();
            return append(door, Offsets.START, Offsets.START, new OffsetRange(0, 0, 10));
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
    assertThat(outcomes)
        .filteredOn(Outcome.Moved.class::isInstance)
        .singleElement()
        .isInstanceOfSatisfying(
            Outcome.Moved.class, moved -> assertThat(moved.state().position()).isEqualTo(at(10)));
    assertThat(offsets()).hasSize(10).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource(DoorKind.PAIRS)
  void writerThatIsFrozenBeforeItsCommitIsTurnedAway(DoorKind frozen, DoorKind quick) {
    committed(quick, Offsets.START, new OffsetRange(0, 0, 4));
    Door slow = open(frozen);
    // The quick one lands fewer rows: by where they end, the slow one's would look newer.
    HookedLogStore.beforeNextCommit(
        () -> elsewhere(() -> committed(quick, at(4), new OffsetRange(0, 4, 7))));

    Outcome outcome = append(slow, at(4), at(4), new OffsetRange(0, 4, 10));

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Moved.class, moved -> assertThat(moved.state().position()).isEqualTo(at(7)));
    assertThat(offsets()).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L);
    if (frozen == DoorKind.FAST) {
      assertThat(parquetFiles()).isEqualTo(sqlFiles());
    }
  }

  @ParameterizedTest
  @MethodSource(DoorKind.PAIRS)
  void staleWriterIsTurnedAwayHoweverLate(DoorKind stale, DoorKind other) {
    Door door = open(stale);
    committed(other, Offsets.START, new OffsetRange(0, 0, 6));
    sql("OPTIMIZE " + name());
    committed(other, at(6), new OffsetRange(0, 6, 8));

    assertThat(append(door, Offsets.START, Offsets.START, new OffsetRange(0, 0, 100)))
        .isInstanceOfSatisfying(
            Outcome.Moved.class, moved -> assertThat(moved.state().position()).isEqualTo(at(8)));
    assertThat(offsets()).hasSize(8).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource
  void harmlessCommitInBetweenDoesNotTurnAWriterAway(DoorKind kind) {
    committed(kind, Offsets.START, new OffsetRange(0, 0, 4));
    Door door = open(kind);
    HookedLogStore.beforeNextCommit(
        () -> sql("ALTER TABLE %s SET TBLPROPERTIES ('note' = 'x')".formatted(name())));

    assertThat(append(door, at(4), at(4), new OffsetRange(0, 4, 6)))
        .isInstanceOf(Outcome.Committed.class);
    assertThat(offsets()).hasSize(6).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource
  void restoredTableIsRefusedUntilSomebodyWantsItFilledAgain(DoorKind kind) {
    committed(kind, Offsets.START, new OffsetRange(0, 0, 10));
    committed(kind, at(10), new OffsetRange(0, 10, 20));
    committed(kind, at(20), new OffsetRange(0, 20, 30));
    Door running = open(kind);

    sql("RESTORE TABLE %s TO VERSION AS OF 1".formatted(name()));
    assertThat(offsets()).hasSize(10);

    // The writer that was running is told the way on, and one that starts now.
    for (long from : List.of(30L, 10L)) {
      assertThatThrownBy(
              () -> append(running, at(from), at(from), new OffsetRange(0, from, from + 10)))
          .isInstanceOf(LandfallException.class)
          .hasMessageContaining("version 4")
          .hasMessageContaining("RESTORE (version: 1) by Apache-Spark");
    }
    assertThatThrownBy(() -> open(kind))
        .isInstanceOf(LandfallException.class)
        .hasMessageContaining("was restored")
        .hasMessageContaining("rows up to 0:10")
        .hasMessageContaining("RESTORE TABLE %s TO VERSION AS OF 3; then: ".formatted(name()))
        .hasMessageContaining("landfall consumer run --refill --table " + table);
    assertThat(offsets()).hasSize(10);

    decide(kind, true, OptionalLong.empty());
    committed(kind, at(10), new OffsetRange(0, 10, 20));
    committed(kind, at(20), new OffsetRange(0, 20, 30));
    assertThat(offsets()).hasSize(30).doesNotHaveDuplicates();

    // Back to an epoch that was used up; again and again, no epoch comes a second time.
    for (int times = 0; times < 2; times++) {
      sql("RESTORE TABLE %s TO VERSION AS OF 1".formatted(name()));
      assertThatThrownBy(() -> open(kind)).hasMessageContaining("--refill");
      decide(kind, true, OptionalLong.empty());
      committed(kind, at(10), new OffsetRange(0, 10, 30));
      assertThat(offsets()).hasSize(30).doesNotHaveDuplicates();
    }
  }

  /** With what the decision leaves of the old epoch, Delta takes nothing from him, however late. */
  @ParameterizedTest
  @EnumSource
  void writerThatIsFrozenDuringARestoreAndADecisionIsTurnedAway(DoorKind kind) {
    committed(kind, Offsets.START, new OffsetRange(0, 0, 10));
    committed(kind, at(10), new OffsetRange(0, 10, 20));
    Door slow = open(kind);
    HookedLogStore.beforeNextCommit(
        () ->
            elsewhere(
                () -> {
                  sql("RESTORE TABLE %s TO VERSION AS OF 1".formatted(name()));
                  decide(kind, true, OptionalLong.empty());
                }));

    Outcome outcome = append(slow, at(20), at(20), new OffsetRange(0, 20, 30));

    assertThat(outcome).isInstanceOf(Outcome.Moved.class);
    assertThat(offsets()).hasSize(10);
    committed(kind, at(10), new OffsetRange(0, 10, 30));
    assertThat(offsets()).hasSize(30).doesNotHaveDuplicates();
  }

  /** What was landed between the two restores had other batches, and tells nothing of the rows. */
  @ParameterizedTest
  @EnumSource
  void restoreBehindAnEarlierRestoreGoesOnFromTheRows(DoorKind kind) {
    committed(kind, Offsets.START, new OffsetRange(0, 0, 10));
    committed(kind, at(10), new OffsetRange(0, 10, 20));
    sql("RESTORE TABLE %s TO VERSION AS OF 1".formatted(name()));
    decide(kind, true, OptionalLong.empty());
    committed(kind, at(10), new OffsetRange(0, 10, 15), new OffsetRange(1, 0, 10));
    Offsets later = new Offsets(Map.of(0, 15L, 1, 10L));
    committed(kind, later, new OffsetRange(0, 15, 20), new OffsetRange(1, 10, 20));

    sql("RESTORE TABLE %s TO VERSION AS OF 2".formatted(name()));
    decide(kind, true, OptionalLong.empty());

    assertThat(open(kind).table().state().position()).isEqualTo(at(20));
    committed(kind, at(20), new OffsetRange(1, 0, 20));
    assertThat(sql("SELECT DISTINCT _partition, _offset FROM " + name())).hasSize(40);
    assertThat(offsets()).hasSize(40);
  }

  @ParameterizedTest
  @EnumSource
  void markersBehindTheRowsArePartOfThePosition(DoorKind kind) {
    Door door = open(kind);
    assertThat(append(door, Offsets.START, at(13), new OffsetRange(0, 0, 10)))
        .isInstanceOf(Outcome.Committed.class);
    sql("OPTIMIZE " + name());
    sql("ALTER TABLE %s SET TBLPROPERTIES ('note' = 'x')".formatted(name()));

    assertThat(door.table().state().position()).isEqualTo(at(13));
    assertThat(open(kind).table().state().position()).isEqualTo(at(13));
  }

  @ParameterizedTest
  @EnumSource
  void batchWithoutRecordsGivesNoCommit(DoorKind kind) {
    Door door = open(kind);

    assertThat(append(door, Offsets.START, at(7))).isInstanceOf(Outcome.Empty.class);
    assertThat(door.table().state().version()).isZero();
    assertThat(parquetFiles()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void afterAnyOtherCommitTheRowsAreAsked(DoorKind kind) {
    append(open(kind), Offsets.START, at(13), new OffsetRange(0, 0, 10), new OffsetRange(1, 0, 2));
    String foreign = "INSERT INTO %s SELECT * FROM %s WHERE _offset = 5".formatted(name(), name());
    sql(foreign);
    BronzeTable read = kind.to(spark(), Readings.FIRST, table).table();
    assertThat(read.state().position()).isEqualTo(new Offsets(Map.of(0, 13L, 1, 2L)));
    assertRefused(kind, table, "1 file (1 row) put in by somebody else");

    // A commit whose user metadata look like ours, but of another topic.
    spark()
        .conf()
        .set(
            "spark.databricks.delta.commitInfo.userMetadata",
            "{\"topicId\":\"another\",\"partitions\":{\"0\":[0,99]}}");
    try {
      sql(foreign);
    } finally {
      spark().conf().unset("spark.databricks.delta.commitInfo.userMetadata");
    }
    assertThat(read.state().position()).isEqualTo(new Offsets(Map.of(0, 13L, 1, 2L)));
    assertRefused(kind, table, "--accept-version 3");
  }

  /** The rows of a partition tell less than the note did: not that anything was taken back. */
  @ParameterizedTest
  @EnumSource
  void markersOfAnOlderCommitAreNoRestore(DoorKind kind) {
    append(
        open(kind),
        Offsets.START,
        new Offsets(Map.of(0, 5L, 1, 50L)),
        new OffsetRange(0, 0, 5),
        new OffsetRange(1, 0, 2));
    committed(kind, new Offsets(Map.of(0, 5L, 1, 50L)), new OffsetRange(0, 5, 6));
    sql("INSERT INTO %s SELECT * FROM %s WHERE _offset = 1".formatted(name(), name()));
    decide(kind, false, OptionalLong.of(3));

    Offsets position = open(kind).table().state().position();

    assertThat(position).isEqualTo(new Offsets(Map.of(0, 6L, 1, 50L)));
    committed(kind, position, new OffsetRange(0, 6, 8));
  }

  @ParameterizedTest
  @EnumSource
  void newFieldsBecomeColumnsAndOldRowsHaveNone(DoorKind kind) {
    committed(kind, Offsets.START, new OffsetRange(0, 0, 3));

    Door wider = kind.to(spark(), Readings.SECOND, table);
    assertThat(wider.open(Readings.TOPIC_ID).position()).isEqualTo(at(3));
    // Of the old schema and of the new one.
    Records records = Records.of(Readings.SECOND.schema(), new OffsetRange(0, 3, 5));
    records.add(0, 5, Readings.reading(Readings.FIRST.schema(), 50, 1, "UPSERT"));
    wider.append(records.in(spark()), new Batch(Readings.TOPIC_ID, at(3), at(6), BEGAN));

    StructType columns = spark().read().format("delta").load(table.toString()).schema();
    assertThat(columns.fieldNames()).endsWith("_schema_fingerprint", "humidity");
    assertThat(columns.apply("humidity").getComment().get()).isEqualTo("Per cent.");
    assertThat(sql("SELECT humidity FROM %s WHERE _offset < 3".formatted(name())))
        .hasSize(3)
        .allMatch(row -> row.isNullAt(0));
    assertThat(sql("SELECT DISTINCT _schema_fingerprint FROM " + name())).hasSize(2);
    assertThat(offsets()).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
    // An older release goes on writing into the wider table; the new column may be null.
    committed(kind, at(6), new OffsetRange(0, 6, 7));
    assertThat(offsets()).hasSize(7);
  }

  @ParameterizedTest
  @EnumSource
  void recordsThatAreNoRowsGoToTheTableBeside(DoorKind kind) {
    Door door = open(kind);
    byte[] whole = Readings.encode(Readings.reading(Readings.FIRST.schema(), 3, 1, "UPSERT"));
    Records records = Records.of(Readings.FIRST.schema(), new OffsetRange(1, 0, 3));
    records.add(1, 3, new byte[0]);
    records.add(1, 4, Arrays.copyOf(whole, whole.length - 3));
    records.add(1, 5, Arrays.copyOf(whole, whole.length + 1));
    records.add(1, 6, notText(whole));

    Outcome outcome =
        door.append(
            records.in(spark()), new Batch(Readings.TOPIC_ID, Offsets.START, Offsets.START, BEGAN));

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Committed.class,
            landed -> {
              assertThat(landed.rows()).isEqualTo(3);
              assertThat(landed.setAside().records()).isEqualTo(4);
              assertThat(landed.state().position()).isEqualTo(new Offsets(Map.of(1, 7L)));
            });
    assertThat(offsets()).containsExactly(0L, 1L, 2L);
    assertThat(
            sql("SELECT _offset FROM delta.`%s_quarantine` ORDER BY 1".formatted(table)).stream()
                .map(row -> row.getLong(0)))
        .containsExactly(3L, 4L, 5L, 6L);
    assertThat(kind.to(spark(), Readings.FIRST, table).open(Readings.TOPIC_ID).position())
        .isEqualTo(new Offsets(Map.of(1, 7L)));
  }

  /** The station's name is the first field: ten bytes of header, then its length. */
  private static byte[] notText(byte[] whole) {
    byte[] bad = whole.clone();
    bad[11] = (byte) 0xFF;
    return bad;
  }

  @ParameterizedTest
  @EnumSource
  void tableOfAnotherTopicIsRefused(DoorKind kind) {
    Door door = open(kind);

    assertThatThrownBy(() -> kind.to(spark(), Readings.FIRST, table).open("another"))
        .isInstanceOf(LandfallException.class)
        .hasMessageContaining(Readings.TOPIC_ID)
        .hasMessageContaining("another")
        .hasMessageContaining("Nothing was written");
    assertThatThrownBy(
            () ->
                door.append(
                    Records.of(Readings.FIRST.schema(), new OffsetRange(0, 0, 1)).in(spark()),
                    new Batch("another", Offsets.START, Offsets.START, BEGAN)))
        .hasMessageContaining("deleted and created again");
    assertThat(offsets()).isEmpty();
    assertThat(parquetFiles()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void commitWhoseAnswerIsLostKeepsItsRows(DoorKind kind) {
    Door door = open(kind);
    HookedLogStore.afterNextCommit(
        () -> {
          elsewhere(() -> committed(kind, at(10), new OffsetRange(0, 10, 20)));
          throw new IOException("the answer was lost");
        });
    try {
      append(door, Offsets.START, at(10), new OffsetRange(0, 0, 10));
    } catch (Exception e) {
      // A writer may give up: the next one asks the table.
      assertThat(e).hasStackTraceContaining("the answer was lost");
    }

    assertThat(KernelTable.in(table, configuration()).damage()).isEmpty();
    assertThat(offsets()).isEqualTo(LongStream.range(0, 20).boxed().toList());
    committed(kind, at(20), new OffsetRange(0, 20, 30));
    assertThat(offsets()).hasSize(30);
  }

  @ParameterizedTest
  @EnumSource
  void storageThatTakesNoCommitIsToldAsWhatItIs(DoorKind kind) {
    Door door = open(kind);
    HookedLogStore.beforeNextCommit(
        () -> {
          throw new IOException("No space left on device");
        });

    assertThatThrownBy(() -> append(door, Offsets.START, at(10), new OffsetRange(0, 0, 10)))
        .isNotInstanceOf(LandfallException.class)
        .hasStackTraceContaining("No space left on device");
    assertThat(offsets()).isEmpty();
    committed(kind, Offsets.START, new OffsetRange(0, 0, 10));
    assertThat(offsets()).hasSize(10);
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNotTheDatasetsTableIsRefused(DoorKind kind) throws Exception {
    Folder foreign = in("foreign");
    sql("CREATE TABLE delta.`%s` (x INT) USING delta".formatted(foreign));
    assertRefused(kind, foreign, "a Delta table that is not Landfall's");

    files().create(new Path(in("folder") + "/notes.txt")).close();
    assertRefused(kind, in("folder"), "notes.txt");
  }

  @ParameterizedTest
  @EnumSource
  void tableThatLostItsProtectionIsRefused(DoorKind kind) {
    Door running = open(kind);
    sql("ALTER TABLE %s SET TBLPROPERTIES ('delta.appendOnly' = 'false')".formatted(name()));

    assertRefused(kind, table, "delta.appendOnly was set to false, and should be true");
    assertThatThrownBy(
            () -> append(running, Offsets.START, Offsets.START, new OffsetRange(0, 0, 1)))
        .hasMessageContaining("delta.appendOnly was set to false");
    assertThat(parquetFiles()).isZero();
    decide(kind, false, OptionalLong.of(1));
    assertRefused(kind, table, "delta.appendOnly is not true");
    assertThat(offsets()).isEmpty();
  }

  /** A new one in its place would be taken for it otherwise, and filled from the middle. */
  @ParameterizedTest
  @EnumSource
  void tableThatIsDroppedWhileThisRunsIsRefused(DoorKind kind) throws Exception {
    committed(kind, Offsets.START, new OffsetRange(0, 0, 5));
    Door running = open(kind);
    files().delete(new Path(table.toString()), true);
    elsewhere(() -> {});

    assertThatThrownBy(() -> append(running, at(5), at(5), new OffsetRange(0, 5, 10)))
        .isInstanceOf(LandfallException.class)
        .hasMessageContaining("There is no table at " + table);
    assertThatThrownBy(() -> running.open(Readings.TOPIC_ID))
        .isInstanceOf(LandfallException.class)
        .hasMessageContaining("There is no table at " + table);

    committed(kind, Offsets.START, new OffsetRange(0, 0, 5));
    assertThatThrownBy(() -> append(running, at(5), at(5), new OffsetRange(0, 5, 10)))
        .isInstanceOf(LandfallException.class)
        .hasMessageContaining("The table at %s has id".formatted(table));
    assertThat(offsets()).hasSize(5);
  }

  @ParameterizedTest
  @EnumSource
  void tableThatAPlainFileWouldBreakIsRefused(DoorKind kind) {
    open(kind);
    sql("ALTER TABLE %s ADD CONSTRAINT warm CHECK (temperature > -90)".formatted(name()));

    assertRefused(kind, table, "checkConstraints");
  }

  @ParameterizedTest
  @EnumSource
  void folderIsReadWithoutSpark(DoorKind kind) {
    committed(kind, Offsets.START, new OffsetRange(0, 0, 10), new OffsetRange(1, 0, 3));
    KernelTable read = KernelTable.in(table, configuration());

    assertThat(read.rows()).isEqualTo(13);
    assertThat(read.state().position()).isEqualTo(new Offsets(Map.of(0, 10L, 1, 3L)));
    assertThat(read.state().transaction()).hasValue(1);
    sql("INSERT INTO %s SELECT * FROM %s WHERE _offset = 5".formatted(name(), name()));
    assertThat(read.rows()).isEqualTo(14);
    assertThat(read.state().position()).isEqualTo(new Offsets(Map.of(0, 10L, 1, 3L)));
  }

  final void assertRefused(DoorKind kind, Folder place, String why) {
    assertThatThrownBy(() -> kind.to(spark(), Readings.FIRST, place).open(Readings.TOPIC_ID))
        .isInstanceOf(LandfallException.class)
        .hasMessageContaining(why);
  }

  /** What a human decides through the program. */
  private void decide(DoorKind kind, boolean refill, OptionalLong accepted) {
    new Decision(spark(), kind.to(spark(), Readings.FIRST, table).table(), Readings.FIRST)
        .make(refill, accepted, Offsets.START);
  }

  private Door open(DoorKind kind) {
    Door door = kind.to(spark(), Readings.FIRST, table);
    door.open(Readings.TOPIC_ID);
    return door;
  }

  /** As if in another process: neither thread nor Delta's memory of the table is shared. */
  private void elsewhere(Runnable action) {
    DeltaLog.clearCache();
    CompletableFuture.runAsync(action).join();
  }

  /** Lands what goes on from a position through a new door. */
  private void committed(DoorKind kind, Offsets from, OffsetRange... ranges) {
    Door door = kind.to(spark(), Readings.FIRST, table);
    if (from.equals(Offsets.START)) {
      door.open(Readings.TOPIC_ID);
    } else {
      assertThat(door.open(Readings.TOPIC_ID).position()).isEqualTo(from);
    }
    assertThat(append(door, from, from, ranges)).isInstanceOf(Outcome.Committed.class);
  }

  private Outcome append(Door door, Offsets from, Offsets read, OffsetRange... ranges) {
    Dataset dataset = Readings.FIRST;
    return door.append(
        Records.of(dataset.schema(), ranges).in(spark()),
        new Batch(Readings.TOPIC_ID, from, read, BEGAN));
  }

  private static Offsets at(long offset) {
    return new Offsets(Map.of(0, offset));
  }

  private List<Long> offsets() {
    return sql("SELECT _offset FROM %s ORDER BY 1".formatted(name())).stream()
        .map(row -> row.getLong(0))
        .toList();
  }

  private long parquetFiles() {
    try {
      return Arrays.stream(files().listStatus(new Path(table.toString())))
          .filter(file -> file.getPath().getName().endsWith(".parquet"))
          .count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long sqlFiles() {
    return spark().sql("SELECT * FROM " + name()).inputFiles().length;
  }

  private Map<String, String> properties() {
    Row detail = sql("DESCRIBE DETAIL " + name()).get(0);
    return detail.getJavaMap(detail.fieldIndex("properties"));
  }

  private Object detail(String field) {
    return sql("DESCRIBE DETAIL " + name()).get(0).getAs(field);
  }

  private String name() {
    return "delta.`%s`".formatted(table);
  }

  private List<Row> sql(String query) {
    return spark().sql(query).collectAsList();
  }
}
