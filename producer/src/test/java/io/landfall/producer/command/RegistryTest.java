package io.landfall.producer.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.cli.ExitCode;
import io.landfall.cli.testing.FakeRegistry;
import io.landfall.producer.testing.Deployment;
import io.landfall.producer.testing.Deployment.Ended;
import io.landfall.producer.testing.Stations;
import io.landfall.producer.testing.TestBroker;
import io.landfall.schemas.RowFormat;
import io.landfall.schemas.SingleObjectFormat;
import io.landfall.schemas.Topic;
import io.landfall.schemas.Topics;
import io.landfall.schemas.WireHeader;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Rows in Confluent's wire format, on a real broker. */
class RegistryTest {

  /** Asks for what is held, too. */
  private static final String[] DAY = {"--from", "2024-10-01", "--to", "2024-10-01"};

  @TempDir static Path brokersFolder;
  private static TestBroker broker;

  @TempDir Path folder;
  private final Stations stations = new Stations();
  private FakeRegistry registry;
  private Deployment own;
  private Topics topics;
  private String subject;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = TestBroker.start(brokersFolder.resolve("kafka"));
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void deploy(TestInfo test) throws Exception {
    own =
        new Deployment(
            broker,
            test.getTestMethod().orElseThrow().getName().substring(0, 12) + test.hashCode() + ".",
            folder,
            stations);
    topics = own.topics();
    subject = topics.landing().name() + "-value";
    registry = FakeRegistry.start();
    for (int station = 0; station < 3; station++) {
      stations.measure("S" + station, station);
    }
  }

  @AfterEach
  void close() {
    registry.close();
    own.close();
  }

  private String[] with(String... more) {
    return Stream.concat(
            Stream.of("--schema-registry-url", registry.url().toString()), Stream.of(more))
        .toArray(String[]::new);
  }

  private List<byte[]> values(Topic topic) {
    return own.committed(topic).stream().map(ConsumerRecord::value).toList();
  }

  private long confluent() {
    return values(topics.landing()).stream()
        .filter(value -> WireHeader.of(value).orElseThrow() instanceof WireHeader.Confluent)
        .count();
  }

  @Test
  void rowsHaveTheIdOfTheirSchemaAndAllElseIsAsItWas() {
    own.succeed("run", with());

    int id = registry.versions(subject).get(0);
    assertThat(registry.compatibility(subject)).isEqualTo("BACKWARD");
    assertThat(values(topics.landing()))
        .hasSize(3)
        .allSatisfy(
            value -> assertThat(WireHeader.of(value)).contains(new WireHeader.Confluent(id)));
    for (Topic topic : List.of(topics.answers(), topics.manifests(), topics.ledger())) {
      assertThat(values(topic))
          .isNotEmpty()
          .allSatisfy(value -> assertThat(SingleObjectFormat.fingerprint(value)).isPresent());
    }
    assertThat(registry.requests()).hasSize(5);
    // A schedule goes on while the registry is away: it has told all that is needed.
    registry.close();
    stations.measure("S1", 10);
    own.succeed("run", with(DAY));
    assertThat(confluent()).isEqualTo(4);
  }

  /** Whoever begins with a registry, or ends with one, has a topic of both. */
  @Test
  void topicMayBeOfBothFormats() {
    own.succeed("run");
    stations.measure("S1", 10);
    own.succeed("run", with(DAY));
    stations.measure("S1", 20);
    own.succeed("run", DAY);

    assertThat(values(topics.landing())).hasSize(5);
    assertThat(confluent()).isEqualTo(1);
    String item = Stations.key("S1");
    assertThat(own.succeed("diff", with(item, "1", "2")).out()).contains("temperature", " 10");
    assertThat(own.succeed("diff", with(item, "2", "3")).out()).contains(" 10 ", " 20");
    assertThat(own.run("diff", item, "1", "2"))
        .returns(ExitCode.USAGE, Ended::code)
        .extracting(Ended::message)
        .asString()
        .contains("--schema-registry-url", "no schema registry is set");
    String[] dry = with("--dry-run", "--state-dir", folder.resolve("dry").toString());
    int asked = registry.requests().size();
    assertThat(own.succeed("reshape", dry).out()).contains("0 would change");
    assertThat(registry.requests()).hasSize(asked);
  }

  @Test
  void incompatibleSchemaIsRefusedBeforeAnythingIsFetched() {
    registry.has(5, "{\"type\":\"record\",\"name\":\"Other\",\"fields\":[]}");
    registry.hasSubject(subject, 5);
    registry.refuseVersionsOf(subject);
    for (String command : List.of("run", "shape")) {
      assertThat(own.run(command, with()))
          .returns(ExitCode.REFUSED, Ended::code)
          .extracting(Ended::message)
          .asString()
          .contains(subject, "incompatible with an earlier schema", "Nothing was written");
    }
    assertThat(values(topics.landing())).isEmpty();
    assertThat(values(topics.answers())).isEmpty();
  }

  @Test
  void registryThatIsNotThereIsUnavailable() {
    registry.close();
    assertThat(own.run("shape", with()))
        .returns(ExitCode.UNAVAILABLE, Ended::code)
        .extracting(Ended::message)
        .asString()
        .contains("The schema registry at " + registry.url() + " does not answer", "connection");
  }

  /** What an administrator has registered beforehand is used as it is. */
  @Test
  void schemaThatIsThereIsUsed() {
    registry.has(77, RowFormat.schema(topics.dataset()));
    registry.hasSubject(subject, 77);
    own.succeed("run", with());
    assertThat(registry.requests()).containsExactly("POST /api/subjects/" + subject);
    assertThat(confluent()).isEqualTo(3);
  }
}
