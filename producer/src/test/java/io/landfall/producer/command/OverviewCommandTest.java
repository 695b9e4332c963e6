package io.landfall.producer.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.landfall.cli.ExitCode;
import io.landfall.producer.StatusMain;
import io.landfall.producer.testing.Deployment;
import io.landfall.producer.testing.Deployment.Ended;
import io.landfall.producer.testing.Stations;
import io.landfall.producer.testing.TestBroker;
import io.landfall.schemas.Topics;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Is everything all right? Asked of a real broker, of a source that is no game's. */
class OverviewCommandTest {

  @TempDir static Path brokersFolder;
  private static TestBroker broker;

  @TempDir Path folder;
  private final Stations stations = new Stations();
  private Deployment own;
  private Topics topics;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = TestBroker.start(brokersFolder.resolve("kafka"));
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void deploy(TestInfo test) {
    own = new Deployment(broker, "status" + test.hashCode() + ".", folder, stations);
    topics = own.topics();
    for (int station = 0; station < 8; station++) {
      stations.measure("S" + station, station);
    }
  }

  @AfterEach
  void close() {
    own.close();
  }

  private String[] arguments(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "status",
                "--bootstrap-servers",
                broker.address(),
                "--topic-prefix",
                topics.dataset().topicPrefix()));
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }

  private Ended status(String... more) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    ExitCode code =
        StatusMain.program(stations, Clock.systemUTC(), Optional.empty())
            .run(
                Map.of(),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                arguments(more));
    return new Ended(code, out.toString(UTF_8), err.toString(UTF_8));
  }

  /** As the consumer does after each commit. */
  private void publishPosition(long behind) throws Exception {
    Map<TopicPartition, OffsetAndMetadata> position = new HashMap<>();
    for (int partition = 0; partition < topics.landing().partitions(); partition++) {
      TopicPartition one = new TopicPartition(topics.landing().name(), partition);
      long end =
          own.admin()
              .listOffsets(Map.of(one, OffsetSpec.latest()))
              .partitionResult(one)
              .get()
              .offset();
      position.put(one, new OffsetAndMetadata(Math.max(0, end - behind)));
    }
    own.admin().alterConsumerGroupOffsets(topics.positionGroup(), position).all().get();
  }

  /** What the table says of itself holds, whatever was told of it before. */
  @Test
  void aTableThatWasRestoredStandsBeforeWhatWasToldLast() throws Exception {
    own.succeed("run");
    publishPosition(0);
    Path script = Files.createTempFile("landfall", ".sh");
    Files.writeString(
        script,
        "#!/bin/sh\necho '{\"table\":\"file:/t\",\"version\":1,\"rows\":0,\"partitions\":[{\"partition\":0,\"position\":0,\"end\":9}],\"state\":\"behind\"}'\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream printed = new PrintStream(out, true, UTF_8);
    StatusMain.program(stations, Clock.systemUTC(), Optional.of(script))
        .run(Map.of(), printed, printed, arguments("--table", "/t", "-o", "json"));
    JsonNode consumer = new JsonMapper().readTree(out.toString(UTF_8)).path("consumer");
    assertThat(consumer.path("caughtUp").asBoolean()).as(out.toString(UTF_8)).isFalse();
    assertThat(consumer.path("lagCommitted").asLong()).isPositive();
    Files.delete(script);
  }

  @Test
  void fromNothingToAllIsWell() throws Exception {
    assertThat(status())
        .returns(ExitCode.REFUSED, Ended::code)
        .extracting(Ended::out)
        .asString()
        .startsWith("1 thing needs you\n- Nothing has been fetched yet");
    own.succeed("run");
    assertThat(status())
        .returns(ExitCode.REFUSED, Ended::code)
        .extracting(Ended::out)
        .asString()
        .startsWith("1 thing needs you\n- No consumer has told its position in ")
        .contains("8 complete", "nobody knows where the table stands");
    publishPosition(0);
    Ended well = status();
    assertThat(well.out()).startsWith("All is well: 8 station days held, ");
    assertThat(well.code()).isEqualTo(ExitCode.OK);
    JsonNode json = new JsonMapper().readTree(status("-o", "json").out());
    assertThat(json.path("well").asBoolean()).isTrue();
    assertThat(json.path("items").path("complete").asInt()).isEqualTo(8);
    assertThat(json.path("consumer").path("caughtUp").asBoolean()).isTrue();
    assertThat(json.path("shape").path("caughtUp").asBoolean()).isTrue();
    assertThat(json.path("runs")).hasSize(1);
  }

  @Test
  void correctionsAreCountedAndRowsOnTheirWayAreSeen() throws Exception {
    own.succeed("run");
    publishPosition(0);
    stations.measure("S2", 20);
    own.succeed("run", "--from", "2024-10-01");
    JsonNode json = new JsonMapper().readTree(status("-o", "json").out());
    assertThat(json.path("items").path("revised").asInt()).isEqualTo(1);
    assertThat(json.path("consumer").path("caughtUp").asBoolean()).isFalse();
    assertThat(json.path("consumer").path("oldestWaiting").asText()).startsWith("20");
    assertThat(status())
        .returns(ExitCode.OK, Ended::code)
        .extracting(Ended::out)
        .asString()
        .contains("the table is ", " behind, for ");
  }

  @Test
  void whatWasAbortedKeepsNobodyWaiting() throws Exception {
    own.succeed("run");
    publishPosition(0);
    try (Producer<String, byte[]> stranger = own.open("stranger", topics.landing(), 1)) {
      stranger.abortTransaction();
    }
    JsonNode json = new JsonMapper().readTree(status("-o", "json").out());
    assertThat(json.path("consumer").path("lagCommitted").asInt()).isPositive();
    assertThat(json.path("consumer").path("caughtUp").asBoolean()).isTrue();
  }

  @Test
  void answersThatShapeHasNotSeenAreOnTheirWay() throws Exception {
    own.succeed("run");
    publishPosition(0);
    stations.measure("S9", 9);
    own.succeed("fetch");
    JsonNode json = new JsonMapper().readTree(status("-o", "json").out());
    assertThat(json.path("shape").path("caughtUp").asBoolean()).isFalse();
    assertThat(json.path("shape").path("known").asBoolean()).isTrue();
  }

  @Test
  void aTopicThatWasCutIsTold() throws Exception {
    own.succeed("run");
    publishPosition(-9);
    assertThat(status())
        .returns(ExitCode.REFUSED, Ended::code)
        .extracting(Ended::out)
        .asString()
        .contains("The consumer has told a position ", "made anew");
  }

  @Test
  void aDeadLetterNeedsSomebody() throws Exception {
    own.succeed("run");
    publishPosition(0);
    own.send(topics.answers(), 0, Stations.key("S1"), new byte[] {1});
    own.succeed("run");
    publishPosition(0);
    assertThat(status())
        .returns(ExitCode.REFUSED, Ended::code)
        .extracting(Ended::out)
        .asString()
        .startsWith("1 thing needs you\n- 1 dead letter is open: ")
        .contains("  > landfall producer dead-letters list");
  }

  @Test
  void kafkaThatIsAwayIsNotAllRight() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    ExitCode code =
        StatusMain.program(stations, Clock.systemUTC(), Optional.empty())
            .run(
                Map.of(),
                new PrintStream(new ByteArrayOutputStream(), true, UTF_8),
                new PrintStream(err, true, UTF_8),
                "status",
                "--bootstrap-servers",
                "127.0.0.1:1");
    assertThat(code).as(err.toString(UTF_8)).isEqualTo(ExitCode.UNAVAILABLE);
  }

  @Test
  void thePageSaysTheSameUntilItIsStopped() throws Exception {
    own.succeed("run");
    publishPosition(0);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    AtomicReference<ExitCode> code = new AtomicReference<>();
    Thread serving =
        new Thread(
            () ->
                code.set(
                    StatusMain.program(stations, Clock.systemUTC(), Optional.empty())
                        .run(
                            Map.of(),
                            new PrintStream(out, true, UTF_8),
                            new PrintStream(out, true, UTF_8),
                            arguments("--serve", "0"))));
    serving.start();
    Pattern ready = Pattern.compile("status: ready, at (http://127\\.0\\.0\\.1:\\d+/)");
    Matcher url = ready.matcher(out.toString(UTF_8));
    while (!url.find()) {
      assertThat(serving.isAlive()).as(out.toString(UTF_8)).isTrue();
      Thread.sleep(50);
      url = ready.matcher(out.toString(UTF_8));
    }
    HttpRequest page = HttpRequest.newBuilder(URI.create(url.group(1))).build();
    String body = HttpClient.newHttpClient().send(page, BodyHandlers.ofString()).body();
    assertThat(body).contains("All is well", "8 station days held", "1 October 2024: 8 complete");
    serving.interrupt();
    serving.join();
    assertThat(code).hasValue(ExitCode.OK);
  }
}
