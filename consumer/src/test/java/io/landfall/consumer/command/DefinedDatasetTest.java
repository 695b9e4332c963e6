package io.landfall.consumer.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.cli.ExitCode;
import io.landfall.cli.TableLocation.Folder;
import io.landfall.consumer.ConsumerMain;
import io.landfall.consumer.kernel.KernelTable;
import io.landfall.consumer.testing.Readings;
import io.landfall.consumer.testing.SharedSpark;
import io.landfall.consumer.testing.TestBroker;
import io.landfall.schemas.AppliedDefinitions;
import io.landfall.schemas.ContentHash;
import io.landfall.schemas.Dataset;
import io.landfall.schemas.Definition;
import io.landfall.schemas.RowFormat;
import io.landfall.schemas.RowKey;
import io.landfall.schemas.SchemaHistory;
import io.landfall.schemas.TopicCheck;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.hadoop.conf.Configuration;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A dataset that only a definition in Kafka says: landed by its name, and as it grows. */
class DefinedDatasetTest {

  private static final Instant TIME = Instant.parse("2026-11-25T06:07:08.123456Z");

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

  /** A column of each declared type, and all system columns of a configured source's row. */
  private static Schema schema(String more) {
    return new Schema.Parser()
        .parse(
            """
            {"type": "record", "name": "Earthquakes", "namespace": "io.landfall.schemas.usgs", "doc": "Earthquakes.", "fields": [
              {"name": "id", "type": "string", "doc": "Its id."},
              {"name": "happened", "type": {"type": "long", "logicalType": "timestamp-micros"}},
              {"name": "day", "type": ["null", {"type": "int", "logicalType": "date"}], "default": null},
              {"name": "mag", "type": ["null", "double"], "default": null},
              {"name": "felt", "type": ["null", "int"], "default": null},
              {"name": "big", "type": ["null", "long"], "default": null},
              {"name": "tsunami", "type": ["null", "boolean"], "default": null},
              {"name": "price", "type": ["null", {"type": "bytes", "logicalType": "decimal", "precision": 10, "scale": 2}], "default": null},
              {"name": "far", "type": ["null", {"type": "bytes", "logicalType": "decimal", "precision": 38, "scale": 10}], "default": null},
              {"name": "labels", "type": ["null", "string"], "default": null},%s
              {"name": "_revision", "type": "int"},
              {"name": "_operation", "type": {"type": "enum", "name": "Operation", "symbols": ["UPSERT", "RETRACT"]}},
              {"name": "_content_hash", "type": "string"},
              {"name": "_coverage", "type": "string"},
              {"name": "_fetched_at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
              {"name": "_shape_version", "type": "string"},
              {"name": "_record", "type": ["null", "string"], "default": null},
              {"name": "_item", "type": "string"},
              {"name": "_answer", "type": "string"},
              {"name": "_source_version", "type": ["null", "string"], "default": null}
            ]}
            """
                .formatted(more));
  }

  private Dataset dataset(Schema schema) {
    return Dataset.defined(
            "usgs",
            "USGS",
            "past-earthquakes",
            SchemaHistory.of(List.of(schema)),
            List.of("id", "happened"),
            List.of("day", "price", "tsunami"),
            List.of())
        .withTopicPrefix(prefix);
  }

  private final Dataset first = dataset(schema(""));
  private final Dataset second =
      dataset(
          schema("{\"name\": \"place\", \"type\": [\"null\", \"string\"], \"default\": null},"));

  private Definition apply(Optional<Definition> before, Dataset dataset) throws Exception {
    AppliedDefinitions topic = new AppliedDefinitions(broker.kafka().client(Map.of()), prefix);
    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", broker.kafka().bootstrapServers()))) {
      assertThat(TopicCheck.ensure(admin, List.of(topic.topic(), first.landing()))).isEmpty();
    }
    Definition definition =
        AppliedDefinitions.following(before, "usgs", "source: usgs\n", TIME, List.of(dataset));
    topic.write(definition);
    assertThat(topic.read()).containsEntry("usgs", definition);
    return definition;
  }

  private static GenericRecord row(Dataset dataset, int number) {
    GenericRecord row = new GenericData.Record(dataset.schema());
    row.put("id", "us/" + number);
    row.put("happened", TIME.getEpochSecond() * 1_000_000 + 123_456 + number);
    if (number > 0) {
      row.put("day", (int) LocalDate.parse("2026-11-25").toEpochDay() + number);
      row.put("mag", number + 0.5);
      row.put("felt", number);
      row.put("big", 5_000_000_000L + number);
      row.put("tsunami", number % 2 == 0);
      row.put("price", decimal("-3.00", number));
      row.put("far", decimal("12345678901234567890.0123456789", number));
      row.put("labels", "[\"a\"]");
      row.put("_record", "{\"id\":" + number + "}");
      row.put("_source_version", "v" + number);
    }
    if (dataset.schema().getField("place") != null) {
      row.put("place", "Tonga");
    }
    row.put("_revision", 1);
    row.put(
        "_operation",
        new GenericData.EnumSymbol(dataset.schema().getField("_operation").schema(), "UPSERT"));
    row.put("_coverage", "complete");
    row.put("_fetched_at", TIME.toEpochMilli());
    row.put("_shape_version", "1");
    row.put("_item", "past_earthquakes/2026-11-25/1d");
    row.put("_answer", "0".repeat(64));
    row.put("_content_hash", new ContentHash(dataset.schema()).of(row));
    return row;
  }

  private static ByteBuffer decimal(String from, int plus) {
    return ByteBuffer.wrap(
        new BigDecimal(from).add(BigDecimal.valueOf(plus)).unscaledValue().toByteArray());
  }

  private void send(Dataset dataset, int from, int to) throws Exception {
    RowFormat format = new RowFormat(dataset);
    RowKey key = new RowKey(dataset);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            broker.kafka().client(Map.of()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int i = from; i < to; i++) {
        GenericRecord row = row(dataset, i);
        var unused =
            producer
                .send(
                    new ProducerRecord<>(
                        dataset.landing().name(),
                        0,
                        key.of(row).getBytes(StandardCharsets.UTF_8),
                        format.encode(row)))
                .get();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"fast", "spark"})
  void landsByItsNameAndGrowsWhileItRuns(String door) throws Exception {
    Definition before = apply(Optional.empty(), first);
    send(first, 0, 3);
    Said once = consumer("run", "--once", "--door", door);
    assertThat(once.code()).as(once.text()).isEqualTo(ExitCode.OK);
    assertThat(once.text()).contains("usgs_past_earthquakes: 3 rows in 1 commit");
    assertThat(told())
        .containsExactly(
            "us/0,2026-11-25 06:07:08.123456,,,,,,,,,",
            "us/1,2026-11-25 06:07:08.123457,2026-11-26,1.5,1,5000000001,false,-2.00,12345678901234567891.0123456789,\"[\"\"a\"\"]\",\"{\"\"id\"\":1}\"",
            "us/2,2026-11-25 06:07:08.123458,2026-11-27,2.5,2,5000000002,true,-1.00,12345678901234567892.0123456789,\"[\"\"a\"\"]\",\"{\"\"id\"\":2}\"");

    CompletableFuture<Said> end = new CompletableFuture<>();
    Thread running = new Thread(() -> end.complete(consumer("run", "--door", door)));
    running.start();
    send(first, 3, 4);
    await(4);
    apply(Optional.of(before), second);
    send(second, 4, 6);
    await(6);
    running.interrupt();

    Said said = end.get(60, TimeUnit.SECONDS);
    assertThat(said.code()).as(said.text()).isEqualTo(ExitCode.OK);
    assertThat(sql("SELECT count(*), count(place), max(place) FROM usgs_past_earthquakes"))
        .containsExactly("6,2,Tonga");
    assertThat(consumer("status").text()).contains("usgs_past_earthquakes");
  }

  @Test
  void whatNobodySaidIsNotLanded() throws Exception {
    Said none = consumer("run", "--once");
    assertThat(none.code()).isEqualTo(ExitCode.USAGE);
    assertThat(none.text())
        .contains("usgs.past-earthquakes: no definition in topic")
        .contains("there is readings");

    Definition before = apply(Optional.empty(), first);
    send(second, 0, 1);
    Said unknown = consumer("run", "--once");
    assertThat(unknown.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(unknown.text()).contains("is in no definition of usgs.past-earthquakes");

    apply(Optional.of(before), second);
    Said known = consumer("run", "--once");
    assertThat(known.code()).as(known.text()).isEqualTo(ExitCode.OK);

    Said another =
        program("sql", "SELECT 1", "--table", folder.resolve("usgs_past_earthquakes").toString());
    assertThat(another.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(another.text())
        .contains("holds dataset usgs_past_earthquakes, not dataset readings")
        .contains("--dataset");
  }

  private void await(long rows) throws InterruptedException {
    KernelTable table =
        KernelTable.in(Folder.of(folder.resolve("usgs_past_earthquakes")), new Configuration());
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (table.rows() < rows) {
      assertThat(System.nanoTime()).as("%d rows in time", rows).isLessThan(end);
      Thread.sleep(50);
    }
  }

  private List<String> told() {
    return sql(
        "SELECT id, happened, day, mag, felt, big, tsunami, price, far, labels, _record FROM usgs_past_earthquakes ORDER BY id");
  }

  /** By DuckDB, which shares no code with either door. */
  private List<String> sql(String query) {
    Said said = consumer("sql", query, "--output", "csv");
    assertThat(said.code()).as(said.text()).isEqualTo(ExitCode.OK);
    return said.text().lines().skip(1).toList();
  }

  private Said consumer(String... words) {
    List<String> arguments = new ArrayList<>(List.of(words));
    arguments.addAll(
        List.of(
            "--dataset",
            "usgs.past_earthquakes",
            "--table",
            folder + "/{dataset}",
            "--topic-prefix",
            prefix,
            "--bootstrap-servers",
            broker.kafka().bootstrapServers()));
    if (!words[0].equals("status")) {
      arguments.addAll(List.of("--scratch-dir", folder.resolve("scratch").toString()));
    }
    return program(arguments.toArray(String[]::new));
  }

  private static Said program(String... arguments) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    ExitCode code =
        ConsumerMain.program(List.of(Readings.FIRST), Clock.systemUTC())
            .run(Map.of(), out, out, arguments);
    return new Said(code, said.toString(StandardCharsets.UTF_8));
  }
}
