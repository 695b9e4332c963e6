package io.landfall.consumer.bronze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.landfall.consumer.landing.OffsetRange;
import io.landfall.consumer.landing.Offsets;
import io.landfall.consumer.testing.KernelReader;
import io.landfall.consumer.testing.Readings;
import io.landfall.consumer.testing.SharedSpark;
import io.landfall.program.Stop;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.avro.SchemaNormalization;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BronzeTableTest {

  private static final SparkSession SPARK = SharedSpark.session();

  @TempDir private Path temporary;
  private Path path;

  @BeforeEach
  void place() {
    path = temporary.resolve("readings");
  }

  @Test
  void tableIsCreatedWithItsPropertiesAndComments() {
    open();

    Map<String, String> properties = properties();
    assertThat(properties)
        .containsEntry("delta.appendOnly", "true")
        .containsEntry(
            "delta.dataSkippingStatsColumns", "station,hour,gusts,_revision,_partition,_offset")
        .containsEntry("quality", "bronze")
        .containsEntry("source", "weather")
        .containsEntry("pipelines.reset.allowed", "false")
        .containsEntry("landfall.dataset", "readings")
        .containsEntry("landfall.topic", "weather.readings.v1")
        .containsEntry("landfall.topic.id", Readings.TOPIC_ID);
    StructType columns = SPARK.read().format("delta").load(path.toString()).schema();
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
    assertThat(detail("description")).isEqualTo(Readings.FIRST.schema().getDoc());
  }

  @Test
  void whatIsWrittenIsWhatSparkAndKernelRead() throws Exception {
    BronzeTable table = open();
    append(table, Offsets.START, new OffsetRange(0, 0, 30), new OffsetRange(1, 0, 20));

    Row row = sql("SELECT * FROM %s WHERE hour = 41".formatted(name())).get(0);
    assertThat(row.<String>getAs("station")).isEqualTo("S6");
    assertThat(row.<Double>getAs("temperature")).isEqualTo(11.25);
    assertThat(row.<Integer>getAs("gusts")).isEqualTo(41);
    assertThat(row.<String>getAs("_operation")).isEqualTo("UPSERT");
    assertThat(row.<Timestamp>getAs("_fetched_at").toInstant())
        .isEqualTo(Instant.ofEpochMilli(1_700_000_000_164L));
    assertThat(row.<Timestamp>getAs("_kafka_timestamp").toInstant())
        .isEqualTo(Instant.ofEpochMilli(1_700_000_000_456L));
    assertThat(row.<Timestamp>getAs("_ingested_at").toInstant())
        .isEqualTo(Instant.ofEpochSecond(1_700_000_000L));
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
        KernelReader.totals(path, List.of("hour", "temperature", "_offset"));
    assertThat(kernel.rows()).isEqualTo(sums.getLong(0)).isEqualTo(50);
    assertThat(kernel.sums())
        .isEqualTo(
            Map.of(
                "hour", (double) sums.getLong(1),
                "temperature", sums.getDouble(2),
                "_offset", (double) sums.getLong(3)));
    assertThat(sums.getLong(4)).isLessThan(50);
    assertThatThrownBy(
            () ->
                sql(
                    "INSERT INTO %s SELECT CAST(null AS STRING), * EXCEPT (station) FROM %s LIMIT 1"
                        .formatted(name(), name())))
        .hasMessageContaining("NOT_NULL_CONSTRAINT");
  }

  @Test
  void filesThatAFilterRulesOutAreNotRead() throws Exception {
    BronzeTable table = open();
    append(table, Offsets.START, new OffsetRange(0, 0, 10));
    append(table, at(10), new OffsetRange(0, 10, 20));

    assertThat(SPARK.sql("SELECT * FROM " + name()).inputFiles()).hasSize(2);
    assertThat(SPARK.sql("SELECT * FROM %s WHERE hour >= 150".formatted(name())).inputFiles())
        .hasSize(1);
    assertThat(sql("SELECT * FROM %s WHERE hour >= 150".formatted(name()))).hasSize(5);
    assertThat(sql("SELECT * FROM %s WHERE station = 'S1'".formatted(name()))).isNotEmpty();
  }

  @Test
  void oneOfTwoWritersFromTheSamePositionIsTurnedAway() throws Exception {
    for (int round = 0; round < 4; round++) {
      Path place = temporary.resolve("race" + round);
      BronzeTable.open(SPARK, Readings.FIRST, place, Readings.TOPIC_ID);
      CyclicBarrier start = new CyclicBarrier(2);
      Callable<BronzeTable.Append> writer =
          () -> {
            BronzeTable table =
                BronzeTable.open(SPARK.newSession(), Readings.FIRST, place, Readings.TOPIC_ID);
            WrittenFile file = Readings.write(Readings.FIRST, place, new OffsetRange(0, 0, 10));
            start.await();
            return table.append(Offsets.START, at(10), Readings.TOPIC_ID, List.of(file));
          };
      ExecutorService threads = Executors.newFixedThreadPool(2);
      List<BronzeTable.Append> outcomes = new ArrayList<>();
      try {
        for (Future<BronzeTable.Append> outcome : threads.invokeAll(List.of(writer, writer))) {
          outcomes.add(outcome.get());
        }
      } finally {
        threads.shutdownNow();
      }

      assertThat(outcomes).filteredOn(BronzeTable.Append.Done.class::isInstance).hasSize(1);
      assertThat(outcomes)
          .filteredOn(BronzeTable.Append.Moved.class::isInstance)
          .containsExactly(new BronzeTable.Append.Moved(new TableState(1, at(10))));
      assertThat(SPARK.read().format("delta").load(place.toString()).count()).isEqualTo(10);
    }
  }

  @Test
  void staleWriterIsTurnedAwayHoweverOldItsFilesAre() throws Exception {
    BronzeTable stale = open();
    WrittenFile file = Readings.write(Readings.FIRST, path, new OffsetRange(0, 0, 10));
    BronzeTable other = open();
    append(other, Offsets.START, new OffsetRange(0, 0, 6));
    sql("OPTIMIZE " + name());

    assertThat(stale.append(Offsets.START, at(10), Readings.TOPIC_ID, List.of(file)))
        .isInstanceOfSatisfying(
            BronzeTable.Append.Moved.class,
            moved -> assertThat(moved.state().position()).isEqualTo(at(6)));
    assertThat(offsets()).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
  }

  @Test
  void restoredTableTakesItsRowsAgain() throws Exception {
    BronzeTable table = open();
    append(table, Offsets.START, new OffsetRange(0, 0, 10));
    append(table, at(10), new OffsetRange(0, 10, 20));
    append(table, at(20), new OffsetRange(0, 20, 30));

    sql("RESTORE TABLE %s TO VERSION AS OF 1".formatted(name()));
    assertThat(offsets()).hasSize(10);

    // The writer that was running, and one that starts now, see the same.
    assertThat(table.state().position()).isEqualTo(at(10));
    assertThat(open().state().position()).isEqualTo(at(10));
    WrittenFile late = Readings.write(Readings.FIRST, path, new OffsetRange(0, 30, 40));
    assertThat(table.append(at(30), at(40), Readings.TOPIC_ID, List.of(late)))
        .isInstanceOf(BronzeTable.Append.Moved.class);

    append(table, at(10), new OffsetRange(0, 10, 20));
    append(table, at(20), new OffsetRange(0, 20, 30));
    assertThat(offsets()).hasSize(30).doesNotHaveDuplicates();
  }

  @Test
  void commitsThatBringNoRowsLeaveThePositionExact() throws Exception {
    BronzeTable table = open();
    WrittenFile file = Readings.write(Readings.FIRST, path, new OffsetRange(0, 0, 10));
    // Three offsets behind the last row are markers, which no row tells.
    table.append(Offsets.START, at(13), Readings.TOPIC_ID, List.of(file));
    sql("OPTIMIZE " + name());
    sql("ALTER TABLE %s SET TBLPROPERTIES ('note' = 'x')".formatted(name()));

    assertThat(table.state().position()).isEqualTo(at(13));
    assertThat(open().state().position()).isEqualTo(at(13));
  }

  @Test
  void afterAnyOtherCommitTheRowsAreAsked() throws Exception {
    BronzeTable table = open();
    WrittenFile file = Readings.write(Readings.FIRST, path, new OffsetRange(0, 0, 10));
    table.append(Offsets.START, at(13), Readings.TOPIC_ID, List.of(file));
    String foreign = "INSERT INTO %s SELECT * FROM %s WHERE _offset = 5".formatted(name(), name());
    sql(foreign);
    assertThat(open().state().position()).isEqualTo(at(10));

    // A commit whose user metadata look like ours, but of another topic.
    SPARK
        .conf()
        .set(
            "spark.databricks.delta.commitInfo.userMetadata",
            "{\"topicId\":\"another\",\"partitions\":{\"0\":[0,99]}}");
    try {
      sql(foreign);
    } finally {
      SPARK.conf().unset("spark.databricks.delta.commitInfo.userMetadata");
    }
    assertThat(open().state().position()).isEqualTo(at(10));
  }

  @Test
  void newFieldsBecomeColumnsAndOldRowsHaveNone() throws Exception {
    append(open(), Offsets.START, new OffsetRange(0, 0, 3));

    BronzeTable wider = BronzeTable.open(SPARK, Readings.SECOND, path, Readings.TOPIC_ID);
    assertThat(wider.state().position()).isEqualTo(at(3));
    WrittenFile file = Readings.write(Readings.SECOND, path, new OffsetRange(0, 3, 5));
    wider.append(at(3), at(5), Readings.TOPIC_ID, List.of(file));

    StructType columns = SPARK.read().format("delta").load(path.toString()).schema();
    assertThat(columns.fieldNames()).endsWith("_schema_fingerprint", "humidity");
    assertThat(columns.apply("humidity").getComment().get()).isEqualTo("Per cent.");
    assertThat(sql("SELECT humidity FROM %s WHERE _offset < 3".formatted(name())))
        .hasSize(3)
        .allMatch(row -> row.isNullAt(0));
    assertThat(offsets()).containsExactly(0L, 1L, 2L, 3L, 4L);
    // An older release goes on writing into the wider table; the new column may be null.
    append(open(), at(5), new OffsetRange(0, 5, 6));
    assertThat(offsets()).hasSize(6);
  }

  @Test
  void tableOfAnotherTopicIsRefused() {
    open();

    assertThatThrownBy(() -> BronzeTable.open(SPARK, Readings.FIRST, path, "another"))
        .isInstanceOf(Stop.class)
        .hasMessageContaining(Readings.TOPIC_ID)
        .hasMessageContaining("another")
        .hasMessageContaining("Nothing was written");
  }

  @Test
  void whatIsNotTheDatasetsTableIsRefused() throws Exception {
    Path foreign = temporary.resolve("foreign");
    sql("CREATE TABLE delta.`%s` (x INT) USING delta".formatted(foreign));
    assertRefused(foreign, "a Delta table that is not Landfall's");

    Path folder = Files.createDirectories(temporary.resolve("folder"));
    Files.writeString(folder.resolve("notes.txt"), "x");
    assertRefused(folder, "notes.txt");

    Path file = Files.writeString(temporary.resolve("file"), "x");
    assertRefused(file, "is a file");
  }

  @Test
  void tableThatLostItsProtectionIsRefused() throws Exception {
    BronzeTable running = open();
    sql("ALTER TABLE %s SET TBLPROPERTIES ('delta.appendOnly' = 'false')".formatted(name()));

    assertRefused(path, "delta.appendOnly is not true");
    WrittenFile file = Readings.write(Readings.FIRST, path, new OffsetRange(0, 0, 1));
    assertThatThrownBy(() -> running.append(Offsets.START, at(1), Readings.TOPIC_ID, List.of(file)))
        .hasMessageContaining("delta.appendOnly is not true");
    assertThat(offsets()).isEmpty();
  }

  @Test
  void tableThatAPlainFileWouldBreakIsRefused() {
    open();
    sql("ALTER TABLE %s ADD CONSTRAINT warm CHECK (temperature > -90)".formatted(name()));

    assertRefused(path, "checkConstraints");
  }

  private void assertRefused(Path place, String why) {
    assertThatThrownBy(() -> BronzeTable.open(SPARK, Readings.FIRST, place, Readings.TOPIC_ID))
        .isInstanceOf(Stop.class)
        .hasMessageContaining(why);
  }

  private BronzeTable open() {
    return BronzeTable.open(SPARK, Readings.FIRST, path, Readings.TOPIC_ID);
  }

  private void append(BronzeTable table, Offsets from, OffsetRange... ranges) throws Exception {
    WrittenFile file = Readings.write(Readings.FIRST, path, ranges);
    Offsets to = from;
    for (OffsetRange range : ranges) {
      to = to.furthest(new Offsets(Map.of(range.partition(), range.to())));
    }
    assertThat(table.append(from, to, Readings.TOPIC_ID, List.of(file)))
        .isInstanceOf(BronzeTable.Append.Done.class);
  }

  private static Offsets at(long offset) {
    return new Offsets(Map.of(0, offset));
  }

  private List<Long> offsets() {
    return sql("SELECT _offset FROM %s ORDER BY 1".formatted(name())).stream()
        .map(row -> row.getLong(0))
        .toList();
  }

  private Map<String, String> properties() {
    Row detail = sql("DESCRIBE DETAIL " + name()).get(0);
    return detail.getJavaMap(detail.fieldIndex("properties"));
  }

  private String detail(String field) {
    return sql("DESCRIBE DETAIL " + name()).get(0).getAs(field);
  }

  private String name() {
    return "delta.`%s`".formatted(path);
  }

  private static List<Row> sql(String query) {
    return SPARK.sql(query).collectAsList();
  }
}
