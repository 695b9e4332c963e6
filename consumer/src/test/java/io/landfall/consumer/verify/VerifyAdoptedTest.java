package io.landfall.consumer.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.cli.ExitCode;
import io.landfall.cli.TableLocation.Folder;
import io.landfall.consumer.adopt.Adoption;
import io.landfall.consumer.kernel.KernelTable;
import io.landfall.consumer.landing.KafkaLandingTopic;
import io.landfall.consumer.landing.Offsets;
import io.landfall.consumer.testing.BronzeTables;
import io.landfall.consumer.testing.ConsumerRun;
import io.landfall.consumer.testing.ForeignAct;
import io.landfall.consumer.testing.Readings;
import io.landfall.consumer.testing.ShapedTopics;
import io.landfall.consumer.testing.SharedSpark;
import io.landfall.consumer.testing.TestBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables that have rows of several topics, or only a part of one, seen by verify and repair. */
class VerifyAdoptedTest {

  private static final SparkSession SPARK = SharedSpark.session();
  private static final int HOURS = 4;

  @TempDir private static Path shared;
  private static TestBroker broker;
  private static int tables;
  private ShapedTopics topics;
  private Path table;

  @BeforeAll
  static void start() throws Exception {
    broker = TestBroker.start(shared.resolve("broker"));
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  /** Four items, of which one was corrected and one lost a row: 18 rows. */
  @BeforeEach
  void land() throws Exception {
    topics = new ShapedTopics(broker.kafka(), Readings.FIRST);
    table = shared.resolve("table-" + tables++);
    for (int station = 0; station < 4; station++) {
      topics.shape("S" + station, hours(station));
    }
    topics.shape("S2", Map.of(3, -3.0));
    topics.shape("S3", Map.of(), 1);
    run();
  }

  @AfterEach
  void close() {
    topics.close();
  }

  private static Map<Integer, Double> hours(int station) {
    Map<Integer, Double> hours = new TreeMap<>();
    for (int hour = 0; hour < HOURS; hour++) {
      hours.put(hour, station + hour / 10.0);
    }
    return hours;
  }

  private ConsumerRun consumer(String command, String... more) {
    return ConsumerRun.of(
        Readings.FIRST,
        Stream.concat(
                Stream.of(
                    command,
                    "--table",
                    table.toString(),
                    "--topic-prefix",
                    topics.dataset().topicPrefix(),
                    "--scratch-dir",
                    shared.resolve("scratch").toString(),
                    "--bootstrap-servers",
                    broker.kafka().bootstrapServers()),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private void run(String... more) {
    String[] once = Stream.concat(Stream.of("--once"), Stream.of(more)).toArray(String[]::new);
    ConsumerRun unused = consumer("run", once).requires(ExitCode.OK);
  }

  private void isWhole(String... words) {
    consumer("verify", "--deep").requires(ExitCode.OK, words);
    consumer("repair")
        .requires(ExitCode.OK, words)
        .requires(ExitCode.OK, "no row is missing; nothing was written");
  }

  private long rows() {
    return SPARK.read().format("delta").load(table.toString()).count();
  }

  private void foreign(String statement) {
    ForeignAct.accepted(SPARK, table, topics.dataset(), Offsets.START, statement);
  }

  private List<ProducerRecord<byte[], byte[]>> after(int records) {
    List<ProducerRecord<byte[], byte[]>> all = topics.landing();
    return all.subList(records, all.size());
  }

  private static String key(ProducerRecord<byte[], byte[]> record) {
    return new String(record.key(), UTF_8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"fast", "spark"})
  void whatAnAdoptionLeftOutIsNotMissing(String door) throws Exception {
    topics.recreate(topics.landing());
    run("--adopt-topic", "--door", door);
    assertThat(rows()).isEqualTo(18);
    isWhole(
        "18 in the topic, 18 of them left out by adoption",
        "18 of them from an earlier topic",
        "4 compared");

    // Behind the overlap it is a topic like any other.
    topics.shape("S1", Map.of(0, 9.0, 1, 9.1));
    topics.shape("S4", hours(4));
    consumer("verify").requires(ExitCode.OK, "2 not landed yet");
    run("--door", door);
    isWhole("24 in the topic, 18 of them left out", "24 read", "5 compared");

    // What is lost is named, of whichever topic, and appended once.
    foreign(
        "DELETE FROM %s WHERE station = 'S0' AND hour IN (1, 2) OR station = 'S4' AND hour = 2");
    ConsumerRun said = consumer("verify");
    said.requires(
        ExitCode.REFUSED, "2 rows missing; 2 in force, not 4", "1 row missing", "S0/1", "S4/2");
    assertThat(said.said()).doesNotContain("S1", "S2", "S3");
    consumer("repair", "--door", door).requires(ExitCode.OK, "3 rows appended");
    assertThat(rows()).isEqualTo(24);
    isWhole("24 in the topic, 16 of them left out", "24 read", "5 compared");
  }

  @Test
  void adoptionThatHasLandedNothingYetHasNoHoles() throws Exception {
    topics.recreate(topics.landing());
    topics.shape("S5", hours(5));
    consumer("verify").requires(ExitCode.REFUSED, "run --adopt-topic");
    try (KafkaLandingTopic topic =
        KafkaLandingTopic.existing(topics.dataset().landing(), broker.kafka())) {
      new Adoption(SPARK, topics.dataset(), KernelTable.in(Folder.of(table), new Configuration()))
          .adopt(topic);
    }
    isWhole("0 in the topic", "18 of them from an earlier topic", "4 compared", "1 not landed yet");
  }

  @Test
  void topicThatHasOnlyTheEndIsVerifiedWithWhatTheTableHasOfTheOneBefore() throws Exception {
    topics.recreate(after(10));
    topics.shape("S0", Map.of(0, 5.0));
    run("--adopt-topic");
    assertThat(rows()).isEqualTo(19);
    isWhole("9 in the topic, 8 of them left out", "4 compared");

    // Of the earlier topic only: it can be named, and not be brought back.
    foreign("DELETE FROM %s WHERE station = 'S1' AND hour = 0");
    ConsumerRun said = consumer("verify");
    said.requires(ExitCode.REFUSED, "S1", "3 in force, not 4", "1 of 4 rows of revision 1");
    assertThat(said.said()).doesNotContain("S0", "S2", "S3");
    consumer("repair").requires(ExitCode.REFUSED, "no row is missing");
    assertThat(rows()).isEqualTo(18);
  }

  @Test
  void recordsInAnotherOrderAndTwiceAreTheSameRecords() throws Exception {
    long seed = Long.getLong("landfall.seed", new Random().nextLong());
    Random random = new Random(seed);
    List<ProducerRecord<byte[], byte[]>> mixed = new ArrayList<>(topics.landing());
    mixed.addAll(after(9));
    Collections.shuffle(mixed, random);
    topics.recreate(
        mixed.stream()
            .map(
                each ->
                    new ProducerRecord<>(each.topic(), random.nextInt(2), each.key(), each.value()))
            .toList());
    run("--adopt-topic");
    assertThat(rows()).as("seed %d", seed).isEqualTo(18);
    isWhole("27 in the topic, 27 of them left out", "4 compared");

    foreign("DELETE FROM %s WHERE station = 'S1'");
    consumer("verify").requires(ExitCode.REFUSED, "S1", "4 rows missing; 0 in force, not 4");
    // No row tells of records that were left out: the topic is read again, and looked up.
    run();
    assertThat(rows()).as("seed %d", seed).isEqualTo(18);
    isWhole("4 compared");
  }

  @Test
  void adoptionAfterAdoptionIsVerifiedThroughAllOfThem() throws Exception {
    topics.recreate(after(6));
    topics.shape("S5", hours(5));
    run("--adopt-topic");
    List<ProducerRecord<byte[], byte[]>> second = after(10);
    topics.recreate(second);
    topics.shape("S6", hours(6));
    run("--adopt-topic", "--door", "spark");
    topics.shape("S6", Map.of(), 0);
    run();
    assertThat(rows()).isEqualTo(27);
    isWhole("6 compared");

    SPARK.sql("CREATE TABLE adopted_by_name USING delta LOCATION '%s'".formatted(table));
    Path folder = table;
    try {
      table = Path.of("spark_catalog.default.adopted_by_name");
      consumer("verify", "--deep").requires(ExitCode.OK, "6 compared", "left out by adoption");
    } finally {
      table = folder;
      SPARK.sql("DROP TABLE adopted_by_name");
    }

    // One that the newest topic has, one that only the second had, one that only the first had.
    foreign(
        "DELETE FROM %s WHERE station = 'S5' AND hour = 1 OR station = 'S2' AND hour = 0 OR station = 'S0' AND hour = 0");
    ConsumerRun said = consumer("verify");
    said.requires(ExitCode.REFUSED, "S5", "S2", "S0");
    assertThat(said.said()).doesNotContain("S1", "S3", "S6");
    String last = key(second.get(second.size() - 1));
    assertThat(last).isEqualTo("S5/3");
    run();
    assertThat(rows()).isEqualTo(25);
    consumer("repair").requires(ExitCode.REFUSED, "no row is missing");
    assertThat(rows()).isEqualTo(25);
  }

  @Test
  void lostFileOfAnAdoptedTableIsNamedWithItsItemsAlone() throws Exception {
    topics.recreate(topics.landing());
    topics.shape("S5", hours(5));
    run("--adopt-topic");
    Path copy = shared.resolve("copy-" + tables++);
    BronzeTables.copy(table, copy);
    String file =
        SPARK
            .sql(
                "SELECT DISTINCT input_file_name() FROM delta.`%s` WHERE station = 'S5'"
                    .formatted(table))
            .first()
            .getString(0);
    Files.delete(Path.of(java.net.URI.create(file)));
    ConsumerRun said = consumer("verify");
    said.requires(ExitCode.REFUSED, "unreadable", "S5", "4 rows missing");
    assertThat(said.said()).doesNotContain("S0", "S1", "S2", "S3");
    consumer("repair").requires(ExitCode.REFUSED, "would be there twice");

    table = copy;
    foreign("DELETE FROM %s WHERE _operation = 'RETRACT' OR _revision = 2");
    said = consumer("verify");
    said.requires(ExitCode.REFUSED, "S2", "S3", "1 row missing");
    assertThat(said.said()).doesNotContain("S0", "S1", "S5");
    // One of them was the last of its partition, so that the table stands before it.
    run();
    consumer("repair").requires(ExitCode.OK, "1 row appended");
    isWhole("22 in the topic, 16 of them left out", "5 compared");
  }

  @Test
  void damageInRowsOfAnEarlierTopicIsNamedWithItsItem() throws Exception {
    topics.recreate(topics.landing());
    run("--adopt-topic");
    foreign("UPDATE %s SET temperature = 40 WHERE station = 'S1' AND hour = 2");
    consumer("verify").requires(ExitCode.REFUSED, "S1/2", "1 row damaged");
    foreign("INSERT INTO %1$s SELECT * FROM %1$s WHERE station = 'S0' AND hour = 0");
    consumer("verify").requires(ExitCode.REFUSED, "doubled", "S0", "1 row doubled");
    foreign("UPDATE %s SET _topic_id = 'nobody' WHERE station = 'S3' AND hour = 0");
    consumer("verify").requires(ExitCode.REFUSED, "extra", "never filled from", "1 row missing");
    foreign("UPDATE %s SET gusts = 17 WHERE _operation = 'RETRACT'");
    consumer("verify", "--deep").requires(ExitCode.REFUSED, "S3/1");
  }

  @Test
  void tableThatWasRebuiltInPartLacksNothingBeforeItsBeginning() {
    Path old = table;
    for (String door : List.of("fast", "spark")) {
      Path part = shared.resolve("part-" + tables++);
      consumer("replay", "--into", part.toString(), "--from-offset", "0:6,1:2", "--door", door)
          .requires(ExitCode.OK);
      table = part;
      isWhole("without their beginning not compared");
      foreign("DELETE FROM %s WHERE _revision = 2 AND _operation = 'UPSERT'");
      consumer("verify").requires(ExitCode.REFUSED, "S2/3");
      // It was the last of its partition, so that the table stands before it.
      run("--door", door);
      isWhole();
      foreign(
          "INSERT INTO %%s SELECT * FROM delta.`%s` WHERE _partition = 0 AND _offset = 1"
              .formatted(old));
      consumer("verify").requires(ExitCode.REFUSED, "extra", "before the table's beginning");
      table = old;
    }
  }

  @Test
  void tableThatWasRebuiltInPartAndAdoptsATopicIsStillWhole() throws Exception {
    Path part = shared.resolve("part-" + tables++);
    consumer("replay", "--into", part.toString(), "--from-offset", "0:6,1:6").requires(ExitCode.OK);
    table = part;
    topics.recreate(after(14));
    topics.shape("S5", hours(5));
    run("--adopt-topic");
    isWhole("without their beginning not compared");
  }

  @Test
  void whatATableFromABackupHasNotReachedIsNoHole() throws Exception {
    topics.recreate(after(10));
    topics.shape("S5", hours(5));
    run("--adopt-topic");
    Path backup = shared.resolve("backup-" + tables);
    ConsumerRun made =
        ConsumerRun.of(
                Readings.FIRST,
                "backup",
                "create",
                "--backup",
                backup.toString(),
                "--table",
                table.toString())
            .requires(ExitCode.OK);
    assertThat(made.said()).isNotEmpty();
    topics.shape("S0", Map.of(0, 5.0));
    topics.shape("S6", hours(6));
    run();
    table = shared.resolve("restored-" + tables++);
    ConsumerRun unused =
        ConsumerRun.of(
                Readings.FIRST,
                "backup",
                "restore",
                "--backup",
                backup.toString(),
                "--into",
                table.toString())
            .requires(ExitCode.OK);
    isWhole("2 not landed yet");
    run();
    isWhole("6 compared");
    assertThat(rows()).isEqualTo(27);
  }
}
