package io.landfall.consumer.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.cli.ExitCode;
import io.landfall.cli.TableLocation.Folder;
import io.landfall.consumer.ConsumerMain;
import io.landfall.consumer.kernel.KernelTable;
import io.landfall.consumer.testing.Readings;
import io.landfall.consumer.testing.SharedSpark;
import io.landfall.consumer.testing.TestBroker;
import io.landfall.consumer.testing.TestTopic;
import io.landfall.schemas.Dataset;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One program lands several datasets, each through a query of its own into a table of its own. */
class SeveralDatasetsTest {

  private static final Dataset WINDS =
      new Dataset(
          "weather",
          "weather service",
          "winds",
          1,
          "winds",
          Readings.FIRST.schema(),
          Readings.FIRST.key(),
          List.of(),
          List.of(),
          "");

  @TempDir private static Path brokers;
  private static TestBroker broker;

  @TempDir private Path folder;
  private final String prefix = UUID.randomUUID() + ".";

  /** What a command ended with. */
  private record Said(ExitCode code, String text) {}

  @BeforeAll
  static void start() throws Exception {
    SparkSession unused = SharedSpark.session();
    broker = TestBroker.start(brokers);
  }

  @AfterAll
  static void stop() throws Exception {
    broker.close();
  }

  @Test
  void eachIsLandedInItsOwnTable() throws Exception {
    try (TestTopic readings = topic(Readings.FIRST);
        TestTopic winds = topic(WINDS)) {
      readings.commit(0, 4);
      winds.commit(0, 7);
      Said both = run("--once");
      assertThat(both.code()).as(both.text()).isEqualTo(ExitCode.OK);
      assertThat(both.text())
          .contains("readings: 4 rows in 1 commit")
          .contains("winds: 7 rows in 1 commit");

      winds.commit(0, 2);
      assertThat(run("--once").text())
          .contains("readings: 0 rows in 0 commits")
          .contains("winds: 2 rows in 1 commit");
      assertThat(run("--once", "--dataset", "readings").text()).doesNotContain("winds");
      assertThat(rows("readings")).isEqualTo(4);
      assertThat(rows("winds")).isEqualTo(9);
      assertThat(consumer("status", "--dataset", "winds").text()).contains("winds");
    }
  }

  @Test
  void bothGoOnUntilOneMayNot() throws Exception {
    try (TestTopic readings = topic(Readings.FIRST);
        TestTopic winds = topic(WINDS)) {
      readings.commit(0, 1);
      winds.commit(0, 1);
      CompletableFuture<Said> end = new CompletableFuture<>();
      Thread running = new Thread(() -> end.complete(run()));
      running.start();
      await("readings", 1);
      await("winds", 1);
      readings.commit(0, 3);
      await("readings", 4);

      winds.recreate();

      Said said = end.get(60, TimeUnit.SECONDS);
      assertThat(said.code()).as(said.text()).isEqualTo(ExitCode.REFUSED);
      assertThat(said.text()).contains("topic-recreated");
      assertThat(rows("winds")).isEqualTo(1);
    }
  }

  @Test
  void nothingIsWrittenWhereOneIsRefused() throws Exception {
    try (TestTopic readings = topic(Readings.FIRST);
        TestTopic winds = topic(WINDS)) {
      winds.commit(0, 1);
      assertThat(run("--once", "--dataset", "winds").code()).isEqualTo(ExitCode.OK);
      readings.commit(0, 1);
      winds.recreate();

      assertThat(run("--once").code()).isEqualTo(ExitCode.REFUSED);
      assertThat(table("readings").exists() ? rows("readings") : 0).isZero();
    }
  }

  @Test
  void aChoiceThatCannotBeMeantIsRefused() {
    assertUsage("--dataset: no dataset games", "run", "--dataset", "games");
    assertUsage("--dataset: status is for one at a time", "status");
    assertUsage("--accept-version 3: a version is one table's", "run", "--accept-version", "3");
    Said one = consumer(List.of("--table", folder.resolve("one").toString()), "run", "--once");
    assertThat(one.code()).isEqualTo(ExitCode.USAGE);
    assertThat(one.text()).contains("would be in one table");
  }

  private void assertUsage(String said, String... command) {
    Said found = consumer(command);
    assertThat(found.code()).isEqualTo(ExitCode.USAGE);
    assertThat(found.text()).contains(said);
  }

  private TestTopic topic(Dataset dataset) throws InterruptedException {
    return new TestTopic(broker.kafka(), dataset, prefix);
  }

  private KernelTable table(String name) {
    return KernelTable.in(Folder.of(folder.resolve(name)), new Configuration());
  }

  private long rows(String name) {
    return table(name).rows();
  }

  private void await(String name, long rows) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!table(name).exists() || rows(name) < rows) {
      assertThat(System.nanoTime()).as("rows of %s in time", name).isLessThan(end);
      Thread.sleep(50);
    }
  }

  private Said run(String... flags) {
    List<String> words = new ArrayList<>(List.of("run"));
    words.addAll(List.of(flags));
    return consumer(words.toArray(String[]::new));
  }

  private Said consumer(String... words) {
    return consumer(List.of("--table", folder + "/{dataset}"), words);
  }

  private Said consumer(List<String> table, String... words) {
    List<String> arguments = new ArrayList<>(List.of(words));
    arguments.addAll(table);
    arguments.addAll(
        List.of(
            "--topic-prefix", prefix, "--bootstrap-servers", broker.kafka().bootstrapServers()));
    if (words[0].equals("run")) {
      arguments.addAll(List.of("--scratch-dir", folder.resolve("scratch").toString()));
    }
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    ExitCode code =
        ConsumerMain.program(List.of(Readings.FIRST, WINDS), Clock.systemUTC())
            .run(Map.of(), out, out, arguments.toArray(String[]::new));
    return new Said(code, said.toString(StandardCharsets.UTF_8));
  }
}
