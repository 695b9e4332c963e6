package io.landfall.consumer.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.cli.ExitCode;
import io.landfall.consumer.ConsumerMain;
import io.landfall.consumer.testing.Readings;
import io.landfall.consumer.testing.SharedSpark;
import io.landfall.consumer.testing.TestBroker;
import io.landfall.consumer.testing.TestTopic;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command of a deployment takes the prefix of its topics, and means the same table. */
class TopicPrefixTest {

  @TempDir private Path folder;

  @Test
  void everyCommandIsOfTheDeployment() throws Exception {
    SparkSession unused = SharedSpark.session();
    try (TestBroker broker = TestBroker.start(folder.resolve("broker"));
        TestTopic topic = new TestTopic(broker.kafka(), Readings.FIRST)) {
      topic.commit(0, 4);
      String servers = broker.kafka().bootstrapServers();
      String prefix = topic.dataset().topicPrefix();

      assertThat(
              consumer("run", "--once", "--topic-prefix", prefix, "--bootstrap-servers", servers))
          .contains("readings: 4 rows");
      assertThat(consumer("status", "--topic-prefix", prefix, "--bootstrap-servers", servers))
          .contains(prefix + "weather.readings.v1");
      assertThat(consumer("sql", "--output", "csv", "SELECT count(*) AS n FROM readings_current"))
          .isEqualToNormalizingNewlines("n\n4\n");
      assertThat(
              consumer(
                  "replay",
                  "--topic-prefix",
                  prefix,
                  "--bootstrap-servers",
                  servers,
                  "--into",
                  folder.resolve("rebuilt").toString()))
          .contains("The two say the same.");
    }
  }

  private String consumer(String... flags) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    List<String> arguments = new ArrayList<>(List.of(flags));
    arguments.addAll(
        1,
        List.of(
            "--table",
            folder.resolve("readings").toString(),
            "--scratch-dir",
            folder.resolve("scratch").toString()));
    ExitCode code =
        ConsumerMain.program(Readings.FIRST, Clock.systemUTC())
            .run(Map.of(), out, out, arguments.toArray(String[]::new));
    assertThat(code).as(said.toString(StandardCharsets.UTF_8)).isEqualTo(ExitCode.OK);
    return said.toString(StandardCharsets.UTF_8);
  }
}
