package io.landfall.sandbox.collection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.producer.shape.ShapeCounts;
import io.landfall.producer.shape.ShapeTopology;
import io.landfall.producer.source.Connector;
import io.landfall.schemas.DeadLetter;
import io.landfall.schemas.ItemAnswers;
import io.landfall.schemas.RowFormat;
import io.landfall.schemas.SingleObjectFormat;
import io.landfall.schemas.SingleObjectFormat.Undecodable;
import io.landfall.schemas.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;

/** What shape makes of an archive, without Kafka. */
final class ShapedInMemory implements AutoCloseable {

  private static final SingleObjectFormat<ItemAnswers> ANSWERS =
      SingleObjectFormat.of(ItemAnswers.class);
  private static final SingleObjectFormat<DeadLetter> DEAD_LETTERS =
      SingleObjectFormat.of(DeadLetter.class);

  final List<GenericRecord> landing = new ArrayList<>();
  final List<DeadLetter> deadLetters = new ArrayList<>();

  private final RowFormat format;
  private final Path state;
  private final TopologyTestDriver driver;
  private final TestInputTopic<byte[], byte[]> answers;
  private final TestOutputTopic<byte[], byte[]> rows;
  private final TestOutputTopic<byte[], byte[]> letters;
  private int next;

  ShapedInMemory(Connector resource) {
    this.format = new RowFormat(resource.dataset());
    Topics topics = resource.dataset().topics();
    try {
      this.state = Files.createTempDirectory("landfall-shaped-");
    } catch (IOException e) {
      throw new UncheckedIOException("No folder for the state", e);
    }
    Properties settings = new Properties();
    settings.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "shaped-in-memory");
    this.driver =
        new TopologyTestDriver(
            ShapeTopology.of(
                topics, "an id", resource.shaper(), new ShapeCounts(), Clock.systemUTC()),
            settings);
    this.answers =
        driver.createInputTopic(
            topics.answers().name(), new ByteArraySerializer(), new ByteArraySerializer());
    this.rows = output(topics.landing().name());
    this.letters = output(topics.deadLetters().name());
  }

  private TestOutputTopic<byte[], byte[]> output(String topic) {
    return driver.createOutputTopic(
        topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** What has come into the archive since. */
  void shape(List<ItemAnswers> archive) {
    for (; next < archive.size(); next++) {
      ItemAnswers one = archive.get(next);
      answers.pipeInput(one.getItem().getKey().getBytes(UTF_8), ANSWERS.encode(one));
    }
    try {
      for (byte[] row : rows.readValuesToList()) {
        landing.add(format.decode(row));
      }
      for (byte[] letter : letters.readValuesToList()) {
        deadLetters.add(DEAD_LETTERS.decode(letter));
      }
    } catch (Undecodable e) {
      throw new AssertionError(e);
    }
  }

  /** The rows in force by the landing topic alone, by id: no (key, revision) came twice. */
  Map<String, GenericRecord> inForce() {
    Map<String, GenericRecord> inForce = new TreeMap<>();
    Map<String, Integer> revisions = new HashMap<>();
    for (GenericRecord row : landing) {
      String id = row.get("id").toString();
      assertThat(row.get("_revision"))
          .as("each revision once, in order: %s", row)
          .isEqualTo(revisions.merge(id, 1, Integer::sum));
      if (row.get("_operation").toString().equals("RETRACT")) {
        assertThat(inForce.remove(id)).as("what is taken back was in force: %s", row).isNotNull();
      } else {
        inForce.put(id, row);
      }
    }
    return inForce;
  }

  @Override
  public void close() {
    driver.close();
    try (Stream<Path> left = Files.walk(state)) {
      for (Path path : left.sorted((one, other) -> other.compareTo(one)).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The folder of the state stays", e);
    }
  }
}
