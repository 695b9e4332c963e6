package io.landfall.consumer.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.cli.ExitCode;
import io.landfall.cli.TableLocation.Folder;
import io.landfall.consumer.ConsumerMain;
import io.landfall.consumer.bronze.BronzeTable;
import io.landfall.consumer.kernel.KernelTable;
import io.landfall.consumer.landing.Offsets;
import io.landfall.consumer.testing.Readings;
import io.landfall.consumer.testing.SharedSpark;
import io.landfall.consumer.testing.TestBroker;
import io.landfall.consumer.testing.TestTopic;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table that is rebuilt in part says so, and goes on like any other. */
class ReplayRangeTest {

  private static final SparkSession SPARK = SharedSpark.session();

  @TempDir private Path folder;

  @Test
  void partOfATopicIsAPartOfTheTable() throws Exception {
    try (TestBroker broker = TestBroker.start(folder.resolve("broker"));
        TestTopic topic = new TestTopic(broker.kafka(), Readings.FIRST)) {
      topic.commit(0, 10);
      topic.commit(1, 4);
      run(broker, topic, ExitCode.OK, "readings", "run", "--once");
      Instant later = Instant.now();
      topic.commit(0, 3);
      run(broker, topic, ExitCode.OK, "readings", "run", "--once");

      for (String door : List.of("fast", "spark")) {
        assertThat(replay(broker, topic, ExitCode.OK, door, "--from-offset", "0:6", "--door", door))
            .contains("readings: 11 rows")
            .contains("Compared is what both hold, from 0:6 on.", "The two say the same.");
        assertThat(table(door).describe().begins()).isEqualTo(new Offsets(Map.of(0, 6L)));
        assertThat(table(door).state().position()).isEqualTo(new Offsets(Map.of(0, 15L, 1, 5L)));
      }
      assertThat(replay(broker, topic, ExitCode.OK, "time", "--from-time", later.toString()))
          .contains("readings: 3 rows", "from 0:11 1:5 on", "The two say the same.");
      assertThat(replay(broker, topic, ExitCode.OK, "end", "--from-offset", "0:15,1:5"))
          .contains("readings: 0 rows");
      assertThat(replay(broker, topic, ExitCode.USAGE, "no", "--from-offset", "0:99"))
          .contains("ends at offset 15, before 99");
      assertThat(
              replay(
                  broker,
                  topic,
                  ExitCode.USAGE,
                  "no",
                  "--from-offset",
                  "0:1",
                  "--from-time",
                  "2024-10-04"))
          .contains("give one of the two");

      topic.commit(0, 2);
      assertThat(run(broker, topic, ExitCode.OK, "fast", "run", "--once"))
          .contains("readings: 2 rows");
      assertThat(run(broker, topic, ExitCode.OK, "fast", "status"))
          .contains("begins   at 0:6", "caught up");
      // A part that differs is found.
      SPARK.sql(
          "INSERT INTO delta.`%1$s` SELECT * FROM delta.`%1$s` WHERE _partition = 0 AND _offset = 7"
              .formatted(folder.resolve("readings")));
      assertThat(replay(broker, topic, ExitCode.REFUSED, "differs", "--from-offset", "0:6"))
          .contains("The two differ.");
      // What lies before it is not compared.
      assertThat(replay(broker, topic, ExitCode.OK, "behind", "--from-offset", "0:8"))
          .contains("The two say the same.");

      // A topic that has lost its beginning can be rebuilt from where it begins now.
      topic.expire(0, 8);
      assertThat(replay(broker, topic, ExitCode.REFUSED, "whole"))
          .contains("begins at offset 8", "reason: offsets-expired");
      assertThat(replay(broker, topic, ExitCode.OK, "rest", "--from-offset", "0:8"))
          .contains("The two say the same.");
    }
  }

  private BronzeTable table(String name) {
    return KernelTable.in(Folder.of(folder.resolve(name)), new Configuration());
  }

  private String replay(
      TestBroker broker, TestTopic topic, ExitCode code, String into, String... flags) {
    List<String> command =
        new ArrayList<>(List.of("replay", "--into", folder.resolve(into).toString()));
    command.addAll(List.of(flags));
    return run(broker, topic, code, "readings", command.toArray(String[]::new));
  }

  private String run(
      TestBroker broker, TestTopic topic, ExitCode code, String table, String... command) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(said, true, UTF_8);
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(
        List.of(
            "--topic-prefix",
            topic.dataset().topicPrefix(),
            "--bootstrap-servers",
            broker.kafka().bootstrapServers(),
            "--table",
            folder.resolve(table).toString(),
            "--scratch-dir",
            folder.resolve("scratch").toString()));
    ExitCode ended =
        ConsumerMain.program(Readings.FIRST, Clock.systemUTC())
            .run(Map.of(), out, out, arguments.toArray(String[]::new));
    assertThat(ended).as(said.toString(UTF_8)).isEqualTo(code);
    return said.toString(UTF_8);
  }
}
