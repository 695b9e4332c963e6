package io.landfall.consumer.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.cli.ExitCode;
import io.landfall.cli.testing.FakeRegistry;
import io.landfall.consumer.landing.Offsets;
import io.landfall.consumer.testing.ConsumerRun;
import io.landfall.consumer.testing.ForeignAct;
import io.landfall.consumer.testing.Readings;
import io.landfall.consumer.testing.ShapedTopics;
import io.landfall.consumer.testing.SharedSpark;
import io.landfall.consumer.testing.TestBroker;
import io.landfall.schemas.RowEncoding;
import io.landfall.schemas.RowFormat;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The consumer's commands on a topic whose rows began to be written in Confluent's wire format. */
class VerifyMixedTest {

  private static final int ID = 12;

  @TempDir private static Path shared;
  private static TestBroker broker;
  private static ShapedTopics topics;
  private static FakeRegistry registry;
  private static Path table;

  @BeforeAll
  static void land() throws Exception {
    var unused = SharedSpark.session();
    broker = TestBroker.start(shared.resolve("broker"));
    topics = new ShapedTopics(broker.kafka(), Readings.FIRST);
    registry = FakeRegistry.start();
    registry.has(ID, RowFormat.schema(Readings.FIRST));
    table = shared.resolve("readings");
    topics.shape("S1", Map.of(1, 1.0, 2, 2.0));
    topics.shape("S2", Map.of(1, 1.5));
    topics.encode(RowEncoding.SINGLE_OBJECT.writing(ID));
    topics.shape("S1", Map.of(1, 9.0, 3, 3.0), 2);
    topics.shape("S3", Map.of(7, 7.0));
  }

  @AfterAll
  static void close() {
    registry.close();
    topics.close();
    broker.close();
  }

  private static ConsumerRun consumer(String command, String... more) {
    return consumer(table, command, more);
  }

  private static ConsumerRun consumer(Path of, String command, String... more) {
    return ConsumerRun.of(
        Readings.FIRST,
        Stream.concat(
                Stream.of(
                    command,
                    "--table",
                    of.toString(),
                    "--topic-prefix",
                    topics.dataset().topicPrefix(),
                    "--scratch-dir",
                    shared.resolve("scratch").toString(),
                    "--bootstrap-servers",
                    broker.kafka().bootstrapServers()),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private static ConsumerRun knowing(String command, String... more) {
    return consumer(
        command,
        Stream.concat(
                Stream.of("--schema-registry-url", registry.url().toString()), Stream.of(more))
            .toArray(String[]::new));
  }

  @Test
  void everyCommandReadsBothFormatsAndSaysWhatItLacks() {
    consumer("run", "--once")
        .requires(ExitCode.REFUSED, "--schema-registry-url", "reason: unknown-schema");
    knowing("run", "--once").requires(ExitCode.OK, "7 rows");
    knowing("verify", "--deep").requires(ExitCode.OK);
    consumer("verify").requires(ExitCode.USAGE, "no schema registry is set");

    ForeignAct.accepted(
        SharedSpark.session(),
        table,
        topics.dataset(),
        Offsets.START,
        "DELETE FROM delta.`%s` WHERE station = 'S1' AND hour = 2 AND _revision = 1"
            .formatted(table));
    knowing("verify").requires(ExitCode.REFUSED, "S1");
    knowing("repair").requires(ExitCode.OK, "1 row appended");
    knowing("verify", "--deep").requires(ExitCode.OK);

    knowing("replay", "--into", shared.resolve("again").toString())
        .requires(ExitCode.OK, "The two say the same.");
    assertThat(registry.requests()).containsExactly("GET /api/schemas/ids/12");
  }

  @Test
  void registryThatIsGoneIsUnavailable() throws Exception {
    String nowhere;
    try (FakeRegistry gone = FakeRegistry.start()) {
      nowhere = gone.url().toString();
    }
    consumer(shared.resolve("other"), "run", "--once", "--schema-registry-url", nowhere)
        .requires(ExitCode.UNAVAILABLE, "schema registry at " + nowhere, "no connection");
    consumer("run", "--once", "--schema-registry-url", nowhere + "?password=x")
        .requires(ExitCode.USAGE, "query");
  }
}
