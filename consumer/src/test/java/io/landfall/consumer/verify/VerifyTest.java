package io.landfall.consumer.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.cli.ExitCode;
import io.landfall.cli.TableLocation.Folder;
import io.landfall.consumer.kernel.KernelTable;
import io.landfall.consumer.landing.Offsets;
import io.landfall.consumer.testing.BronzeTables;
import io.landfall.consumer.testing.ConsumerRun;
import io.landfall.consumer.testing.ForeignAct;
import io.landfall.consumer.testing.KernelReader;
import io.landfall.consumer.testing.Readings;
import io.landfall.consumer.testing.ShapedTopics;
import io.landfall.consumer.testing.SharedSpark;
import io.landfall.consumer.testing.TestBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real tables to which something happens, seen by verify and mended by repair. */
class VerifyTest {

  private static final SparkSession SPARK = SharedSpark.session();
  private static final int STATIONS = 8;
  private static final int HOURS = 6;

  @TempDir private static Path shared;
  private static TestBroker broker;
  private static ShapedTopics topics;
  private static Path whole;
  private Path table;
  private static int copies;

  @BeforeAll
  static void land() throws Exception {
    broker = TestBroker.start(shared.resolve("broker"));
    topics = new ShapedTopics(broker.kafka(), Readings.FIRST);
    whole = shared.resolve("whole");
    for (int station = 0; station < STATIONS; station++) {
      topics.shape("S" + station, hours(station));
    }
    topics.abort("S1", Map.of(1, 99.0));
    run(whole);
    // Of one item a row is corrected, of another one is taken back: in files of their own.
    topics.shape("S2", Map.of(3, -3.0));
    topics.shape("S3", Map.of(), 4);
    topics.abort("S4", Map.of(1, 99.0));
    run(whole);
    // Nobody has landed these yet.
    topics.shape("S2", Map.of(5, -5.0));
  }

  private static Map<Integer, Double> hours(int station) {
    Map<Integer, Double> hours = new TreeMap<>();
    for (int hour = 0; hour < HOURS; hour++) {
      hours.put(hour, station + hour / 10.0);
    }
    return hours;
  }

  @AfterAll
  static void close() {
    topics.close();
    broker.close();
  }

  @BeforeEach
  void copy() throws IOException {
    table = shared.resolve("copy-" + copies++);
    BronzeTables.copy(whole, table);
  }

  private static ConsumerRun consumer(String command, Path folder, String... more) {
    return ConsumerRun.of(
        Readings.FIRST,
        Stream.concat(
                Stream.of(
                    command,
                    "--table",
                    folder.toString(),
                    "--topic-prefix",
                    topics.dataset().topicPrefix(),
                    "--scratch-dir",
                    shared.resolve("scratch").toString(),
                    "--bootstrap-servers",
                    broker.kafka().bootstrapServers()),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private static void run(Path folder, String... more) {
    String[] once = Stream.concat(Stream.of("--once"), Stream.of(more)).toArray(String[]::new);
    ConsumerRun unused = consumer("run", folder, once).requires(ExitCode.OK);
  }

  private ConsumerRun verify(String... more) {
    return consumer("verify", table, more);
  }

  private String sql() {
    return "delta.`%s`".formatted(table);
  }

  private void foreign(String statement) {
    ForeignAct.accepted(SPARK, table, topics.dataset(), Offsets.START, statement);
  }

  /** Without the sums that Hadoop keeps beside files of this machine, as on any other storage. */
  private List<Path> dataFiles() throws IOException {
    try (Stream<Path> files = Files.list(table)) {
      for (Path sums : files.filter(file -> file.toString().endsWith(".crc")).toList()) {
        Files.delete(sums);
      }
    }
    try (Stream<Path> files = Files.list(table)) {
      return files.filter(file -> file.toString().endsWith(".parquet")).sorted().toList();
    }
  }

  private Path largest() throws IOException {
    return dataFiles().stream()
        .max(java.util.Comparator.comparing(file -> file.toFile().length()))
        .orElseThrow();
  }

  private Offsets position() {
    return KernelTable.in(Folder.of(table), new Configuration()).state().position();
  }

  @Test
  void wholeTableIsFoundWhole() {
    verify()
        .requires(
            ExitCode.OK,
            "50 in the topic",
            "50 read",
            "8 compared",
            "1 not landed yet",
            "holds what was landed");
    verify("--deep", "-o", "json")
        .requires(ExitCode.OK, "\"whole\":true", "\"rows\":50", "\"missing\":0");
    ConsumerRun unused =
        consumer("repair", table).requires(ExitCode.OK, "no row is missing; nothing was written");
  }

  @Test
  void tableOfACatalogIsReadBySpark() {
    SPARK.sql("CREATE TABLE readings_by_name USING delta LOCATION '%s'".formatted(table));
    try {
      assertThat(SPARK.table("readings_by_name").count()).isEqualTo(50);
      Path name = Path.of("spark_catalog.default.readings_by_name");
      consumer("verify", name, "--deep").requires(ExitCode.OK, "50 read", "holds what was landed");
      foreign("DELETE FROM %s WHERE station = 'S5' AND hour = 2");
      consumer("verify", name).requires(ExitCode.REFUSED, "S5", "1 row missing");
    } finally {
      SPARK.sql("DROP TABLE readings_by_name");
    }
  }

  @Test
  void brokenFileOfACatalogsTableIsNamedAndTheRestRead() throws Exception {
    SPARK.sql("CREATE TABLE broken_by_name USING delta LOCATION '%s'".formatted(table));
    try {
      Path file = largest();
      flip(file, Files.size(file) / 3);
      consumer("verify", Path.of("spark_catalog.default.broken_by_name"))
          .requires(
              ExitCode.REFUSED,
              "unreadable " + file.getFileName(),
              "2 read",
              "S0",
              "S7",
              "missing");
    } finally {
      SPARK.sql("DROP TABLE broken_by_name");
    }
  }

  @Test
  void lostFileIsNamedWithItsItemsAndNotPapered() throws Exception {
    Path file = largest();
    Files.delete(file);

    verify().requires(ExitCode.REFUSED, "unreadable " + file.getFileName(), "S0", "S7", "missing");
    verify("-o", "json").requires(ExitCode.REFUSED, "\"of\":\"file\"", "\"item\":\"S6\"");
    consumer("repair", table)
        .requires(ExitCode.REFUSED, "would be there twice", "replay", "backup restore");
    assertThat(position()).isNotNull();
  }

  @Test
  void shortFileIsNamed() throws Exception {
    Path file = largest();
    Files.write(file, java.util.Arrays.copyOf(Files.readAllBytes(file), 1_000));

    verify().requires(ExitCode.REFUSED, "unreadable " + file.getFileName(), "S0", "missing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"fast", "spark"})
  void deletedRowsAreNamedAndPutBack(String door) throws Exception {
    Offsets before = position();
    foreign("DELETE FROM %s WHERE station = 'S5' AND hour IN (1, 2)");

    verify().requires(ExitCode.REFUSED, "S5", "2 rows missing; 4 in force, not 6", "S5/1", "S5/2");
    long version = version();
    consumer("repair", table, "--dry-run", "--door", door)
        .requires(ExitCode.REFUSED, "2 rows would be appended");
    assertThat(version()).isEqualTo(version);
    consumer("repair", table, "--door", door).requires(ExitCode.OK, "2 rows appended");
    verify("--deep").requires(ExitCode.OK);
    consumer("repair", table, "--door", door).requires(ExitCode.OK, "no row is missing");
    assertThat(KernelReader.totals(table, List.of("_revision")).rows()).isEqualTo(50);
    // Where rows told it, the markers behind the last one are read again, and bring nothing.
    assertThat(position().isBeyond(before)).isFalse();
    run(table, "--door", door);
    assertThat(KernelReader.totals(table, List.of("_revision")).rows()).isEqualTo(51);
    verify("--deep").requires(ExitCode.OK, "holds what was landed, column by column");
  }

  private long version() {
    return KernelTable.in(Folder.of(table), new Configuration()).version();
  }

  @Test
  void recordInQuarantineIsNoHole() {
    foreign("DELETE FROM %s WHERE station = 'S5' AND hour IN (1, 2)");
    String beside = "delta.`%s_quarantine`".formatted(table);
    SPARK.sql(
        "CREATE TABLE %s USING delta AS SELECT _topic_id, _partition, _offset, 'QUARANTINED' AS state FROM delta.`%s` WHERE station = 'S5' AND hour IN (1, 2)"
            .formatted(beside, whole));
    verify().requires(ExitCode.OK, "2 of them in quarantine", "S5", "2 rows in quarantine");
    verify("-o", "json").requires(ExitCode.OK, "\"quarantined\":2", "\"whole\":true");

    // One has become a row since, and that is gone.
    SPARK.sql(
        "INSERT INTO %1$s SELECT _topic_id, _partition, max(_offset), 'RESOLVED' FROM %1$s GROUP BY ALL"
            .formatted(beside));
    verify().requires(ExitCode.REFUSED, "1 row missing; 1 row in quarantine");
  }

  @Test
  void doubledRowIsNamed() {
    foreign("INSERT INTO %1$s SELECT * FROM %1$s WHERE station = 'S6' AND hour = 0");

    verify().requires(ExitCode.REFUSED, "S6", "1 row doubled");
    consumer("repair", table).requires(ExitCode.REFUSED, "no row is missing", "doubled");
  }

  @Test
  void changedValueIsNamed() {
    foreign("UPDATE %s SET temperature = 40 WHERE station = 'S4' AND hour = 5");

    verify().requires(ExitCode.REFUSED, "S4/5", "1 row damaged");
    verify("--deep").requires(ExitCode.REFUSED, "temperature is 40.0, not 4.5");
  }

  @Test
  void changedOriginIsNamed() {
    foreign(
        "UPDATE %s SET _kafka_timestamp = _kafka_timestamp + INTERVAL 1 SECOND WHERE station = 'S4' AND hour = 5");
    verify().requires(ExitCode.OK);
    verify("--deep").requires(ExitCode.REFUSED, "_kafka_timestamp", "S4");

    foreign("UPDATE %s SET _revision = 2 WHERE station = 'S4' AND hour = 5");
    verify().requires(ExitCode.REFUSED, "S4", "_revision is not the one of its revision");
  }

  @Test
  void retractionIsARowLikeAnyOther() {
    foreign("DELETE FROM %s WHERE _operation = 'RETRACT'");

    // It was the last of its partition: where the table stands, the rows say now.
    verify().requires(ExitCode.REFUSED, "S3", "6 in force, not 5", "taken back");
    consumer("repair", table).requires(ExitCode.REFUSED, "no row is missing");
    run(table);
    verify("--deep").requires(ExitCode.OK);
  }

  @Test
  void inventedRowsAreNamed() {
    foreign(
        "INSERT INTO %%1$s SELECT %s FROM %%1$s WHERE station = 'S6' AND hour = 0"
            .formatted(
                String.join(", ", SPARK.table(sql()).columns())
                    .replace(" _offset", " 100000 AS _offset")));
    verify().requires(ExitCode.REFUSED, "extra");

    foreign("UPDATE %s SET _offset = -5 WHERE _offset = 100000");
    verify().requires(ExitCode.REFUSED, "extra", "-5");
  }

  /** Whatever happens to one byte: it is found, or it makes no difference to any reader. */
  @Test
  void flippedByteIsFoundWhereverItMatters() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    KernelReader.Totals right = totals();
    int found = 0;
    for (int i = 0; i < 6; i++) {
      copy();
      Path file = dataFiles().get(random.nextInt(dataFiles().size()));
      long at = 4 + random.nextLong(Files.size(file) - 4);
      flip(file, at);
      ConsumerRun verified = verify("--deep");
      if (verified.code() == ExitCode.OK) {
        assertThat(totals()).as("seed %d, byte %d of %s", seed, at, file).isEqualTo(right);
      } else {
        found++;
        verified.requires(ExitCode.REFUSED, "The table is not what was landed");
      }
    }
    assertThat(found).as("seed %d", seed).isPositive();
  }

  private KernelReader.Totals totals() throws IOException {
    return KernelReader.totals(
        table, List.of("hour", "temperature", "gusts", "_revision", "_partition", "_offset"));
  }

  private static void flip(Path file, long at) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[(int) at] ^= 0x10;
    Files.write(file, bytes);
  }
}
