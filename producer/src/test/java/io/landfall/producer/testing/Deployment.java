package io.landfall.producer.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.cli.ExitCode;
import io.landfall.producer.ProducerMain;
import io.landfall.schemas.RowKey;
import io.landfall.schemas.SingleObjectFormat;
import io.landfall.schemas.SingleObjectFormat.Undecodable;
import io.landfall.schemas.Topic;
import io.landfall.schemas.Topics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/** A producer of its own on a broker, and what strangers may do to its topics. */
public final class Deployment implements AutoCloseable {

  /** How a command ended. */
  public record Ended(ExitCode code, String out, String err) {

    /** What it refused for, or could not do. */
    public String message() {
      assertThat(err).doesNotContain("\tat ");
      return err;
    }
  }

  private final String address;
  private final String prefix;
  private final Path state;
  private final Stations stations;
  private final Admin admin;

  public Deployment(TestBroker broker, String prefix, Path folder, Stations stations) {
    this.address = broker.address();
    this.prefix = prefix;
    this.state = folder.resolve("state-" + prefix);
    this.stations = stations;
    this.admin = Admin.create(connection());
  }

  public Map<String, Object> connection() {
    return Map.of("bootstrap.servers", address);
  }

  public String prefix() {
    return prefix;
  }

  public Topics topics() {
    return stations.dataset().withTopicPrefix(prefix).topics();
  }

  public Admin admin() {
    return admin;
  }

  public String group() {
    return topics().member("shape");
  }

  public String changelog() {
    return group() + "-rows-in-force-changelog";
  }

  /** Runs a command of the producer in this process. */
  public Ended run(String command, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of(command, "--bootstrap-servers", address, "--topic-prefix", prefix));
    if (command.equals("run") || command.equals("shape")) {
      arguments.addAll(List.of("--state-dir", state.toString()));
    }
    if (command.equals("shape")) {
      arguments.add("--once");
    }
    arguments.addAll(List.of(more));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    ExitCode code =
        ProducerMain.program(stations, Clock.systemUTC())
            .run(
                Map.of(),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                arguments.toArray(String[]::new));
    return new Ended(code, out.toString(UTF_8), err.toString(UTF_8));
  }

  /** Runs a command that must end well. */
  public Ended succeed(String command, String... more) {
    Ended ended = run(command, more);
    assertThat(ended.code()).as(ended.err() + ended.out()).isEqualTo(ExitCode.OK);
    return ended;
  }

  /** Forgets the copy of shape's state on this machine. */
  public void deleteState() throws IOException {
    Utils.delete(state.toFile());
  }

  /** Every committed row: its key, revision and temperature. */
  public List<String> landed() throws Undecodable {
    RowKey keys = new RowKey(topics().dataset());
    SingleObjectFormat<GenericRecord> format =
        SingleObjectFormat.generic(topics().dataset().schema());
    List<String> rows = new ArrayList<>();
    for (ConsumerRecord<String, byte[]> record : committed(topics().landing())) {
      GenericRecord row = format.decode(record.value());
      rows.add("%s %s %s".formatted(keys.of(row), row.get("_revision"), row.get("temperature")));
    }
    rows.sort(Comparator.naturalOrder());
    return rows;
  }

  /** What a reader of a topic sees. */
  public List<ConsumerRecord<String, byte[]>> committed(Topic topic) {
    List<TopicPartition> partitions =
        IntStream.range(0, topic.partitions())
            .mapToObj(partition -> new TopicPartition(topic.name(), partition))
            .toList();
    List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
    try (Consumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", address, "isolation.level", "read_committed"),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream()
          .anyMatch(one -> consumer.position(one) < ends.getOrDefault(one, 0L))) {
        consumer.poll(Duration.ofMillis(100)).forEach(found::add);
      }
    }
    return found;
  }

  /** Sends a record as anybody may. */
  public void send(Topic topic, int partition, @Nullable String key, byte @Nullable [] value)
      throws Exception {
    try (Producer<String, byte[]> stranger = stranger(connection())) {
      stranger.send(new ProducerRecord<>(topic.name(), partition, key, value)).get();
    }
  }

  /** A transaction that somebody has begun and not ended. */
  public Producer<String, byte[]> open(String transactionalId, Topic topic, int partition)
      throws Exception {
    Producer<String, byte[]> stranger =
        stranger(
            Map.of(
                "bootstrap.servers",
                address,
                "transactional.id",
                prefix + transactionalId,
                "transaction.timeout.ms",
                600_000));
    stranger.initTransactions();
    stranger.beginTransaction();
    stranger.send(new ProducerRecord<>(topic.name(), partition, "x", new byte[] {1})).get();
    return stranger;
  }

  private static Producer<String, byte[]> stranger(Map<String, Object> settings) {
    return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
  }

  /** Sets one setting of a topic. */
  public void alter(String topic, String key, String value) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    admin
        .incrementalAlterConfigs(
            Map.of(
                resource,
                List.of(new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET))))
        .all()
        .get();
    while (!value.equals(setting(resource, key))) {
      Thread.sleep(20);
    }
  }

  private @Nullable String setting(ConfigResource topic, String key) throws Exception {
    return admin
        .describeConfigs(List.of(topic))
        .all()
        .get()
        .values()
        .iterator()
        .next()
        .entries()
        .stream()
        .filter(entry -> entry.name().equals(key))
        .map(ConfigEntry::value)
        .findFirst()
        .orElse(null);
  }

  /** Deletes a topic and waits until it is gone. */
  public void delete(String topic) throws Exception {
    admin.deleteTopics(List.of(topic)).all().get();
    while (admin.listTopics().names().get().contains(topic)) {
      Thread.sleep(20);
    }
  }

  /** Where shape stands in the archive. */
  public Map<TopicPartition, OffsetAndMetadata> shaped() throws Exception {
    return admin.listConsumerGroupOffsets(group()).partitionsToOffsetAndMetadata().get();
  }

  @Override
  public void close() {
    admin.close();
  }
}
