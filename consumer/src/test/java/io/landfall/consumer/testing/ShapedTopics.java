package io.landfall.consumer.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.landfall.cli.kafka.KafkaSettings;
import io.landfall.schemas.ContentHash;
import io.landfall.schemas.Dataset;
import io.landfall.schemas.Manifest;
import io.landfall.schemas.RevisionCause;
import io.landfall.schemas.RowEncoding;
import io.landfall.schemas.RowFormat;
import io.landfall.schemas.SingleObjectFormat;
import io.landfall.schemas.TopicCheck;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * A landing topic and its manifests on a real broker, written as shape writes them: the rows of an
 * item's revision and its manifest in one transaction. An item is a station; its rows are hours.
 */
public final class ShapedTopics implements AutoCloseable {

  private static final SingleObjectFormat<Manifest> MANIFESTS =
      SingleObjectFormat.of(Manifest.class);

  private final Dataset dataset;
  private final KafkaSettings kafka;
  private final List<ProducerRecord<byte[], byte[]>> landing = new ArrayList<>();
  private RowFormat rows;
  private KafkaProducer<byte[], byte[]> producer;
  private final Map<String, Map<Integer, String>> inForce = new HashMap<>();
  private final Map<String, Integer> revisions = new HashMap<>();

  public ShapedTopics(KafkaSettings kafka, Dataset like) throws InterruptedException {
    this.dataset = like.withTopicPrefix(UUID.randomUUID() + ".");
    this.kafka = kafka;
    this.rows = new RowFormat(dataset);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      List<String> unused =
          TopicCheck.ensure(admin, List.of(dataset.landing(), dataset.topics().manifests()));
    }
    this.producer = producer();
  }

  private KafkaProducer<byte[], byte[]> producer() {
    KafkaProducer<byte[], byte[]> made =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                kafka.bootstrapServers(),
                "transactional.id",
                dataset.landing().name()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    made.initTransactions();
    return made;
  }

  public Dataset dataset() {
    return dataset;
  }

  /** From here on rows are written so. */
  public void encode(RowEncoding encoding) {
    rows = new RowFormat(dataset.withEncoding(encoding));
  }

  /** The item's next revision: these hours have these temperatures, those without one are gone. */
  public void shape(String station, Map<Integer, Double> hours, int... gone) {
    producer.beginTransaction();
    send(station, hours, gone);
    producer.commitTransaction();
  }

  /** The records of the landing topic that were committed, in the order in which they were sent. */
  public List<ProducerRecord<byte[], byte[]>> landing() {
    return List.copyOf(landing);
  }

  /**
   * Deletes the landing topic and creates another one of its name, which holds these records. The
   * manifests stay.
   */
  public void recreate(List<ProducerRecord<byte[], byte[]>> records) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      admin.deleteTopics(List.of(dataset.landing().name())).all().get();
      while (admin.listTopics().names().get().contains(dataset.landing().name())) {
        Thread.sleep(20);
      }
      List<String> unused = TopicCheck.ensure(admin, List.of(dataset.landing()));
    }
    producer.close();
    producer = producer();
    landing.clear();
    copy(records);
  }

  /** Sends records as they were sent before. */
  public void copy(List<ProducerRecord<byte[], byte[]>> records) {
    if (!records.isEmpty()) {
      producer.beginTransaction();
      records.forEach(this::send);
      producer.commitTransaction();
    }
  }

  /** The same, taken back, as if a crash had come in between. */
  public void abort(String station, Map<Integer, Double> hours) {
    producer.beginTransaction();
    Map<Integer, String> before = new TreeMap<>(rows(station));
    int sent = landing.size();
    send(station, hours);
    producer.flush();
    producer.abortTransaction();
    landing.subList(sent, landing.size()).clear();
    inForce.put(station, before);
    revisions.merge(station, -1, Integer::sum);
  }

  /** A record that no manifest tells of. */
  public void stray(String station, int hour) {
    producer.beginTransaction();
    send(dataset.landing().name(), station, "stray", Readings.encode(row(station, hour, 9, 9.0)));
    producer.commitTransaction();
  }

  private Map<Integer, String> rows(String station) {
    return inForce.computeIfAbsent(station, any -> new TreeMap<>());
  }

  private void send(String station, Map<Integer, Double> hours, int... gone) {
    int revision = revisions.merge(station, 1, Integer::sum);
    Map<Integer, String> held = rows(station);
    List<GenericRecord> emitted = new ArrayList<>();
    new TreeMap<>(hours)
        .forEach(
            (hour, temperature) -> {
              GenericRecord row = row(station, hour, revision, temperature);
              held.put(hour, row.get("_content_hash").toString());
              emitted.add(row);
            });
    for (int hour : gone) {
      GenericRecord row = row(station, hour, revision, null);
      row.put(
          "_operation",
          new GenericData.EnumSymbol(dataset.schema().getField("_operation").schema(), "RETRACT"));
      row.put("_content_hash", held.remove(hour));
      emitted.add(row);
    }
    for (GenericRecord row : emitted) {
      send(dataset.landing().name(), station, station + "/" + row.get("hour"), rows.encode(row));
    }
    Manifest manifest =
        new Manifest(
            dataset.resource(),
            station,
            revision,
            emitted.size(),
            gone.length,
            held.size(),
            ContentHash.sum(held.values()),
            "all",
            "1",
            fetchedAt(station, revision),
            RevisionCause.FETCHED,
            0);
    send(
        dataset.topics().manifests().name(),
        station,
        dataset.resource() + "/" + station,
        MANIFESTS.encode(manifest));
  }

  private static Instant fetchedAt(String station, int revision) {
    return Instant.ofEpochMilli(1_700_000_000_000L + station.hashCode() % 1000 * 60L + revision);
  }

  private GenericRecord row(String station, int hour, int revision, @Nullable Double temperature) {
    GenericRecord row = new GenericData.Record(dataset.schema());
    row.put("station", station);
    row.put("hour", hour);
    row.put("temperature", temperature);
    row.put("gusts", temperature == null ? null : hour % 5);
    row.put("_revision", revision);
    row.put(
        "_operation",
        new GenericData.EnumSymbol(dataset.schema().getField("_operation").schema(), "UPSERT"));
    row.put("_coverage", "all");
    row.put("_fetched_at", fetchedAt(station, revision).toEpochMilli());
    row.put("_content_hash", new ContentHash(dataset.schema()).of(row));
    return row;
  }

  private void send(String topic, String station, String key, byte[] value) {
    int partition = Math.floorMod(station.hashCode(), dataset.partitions());
    send(new ProducerRecord<>(topic, partition, key.getBytes(UTF_8), value));
  }

  private void send(ProducerRecord<byte[], byte[]> record) {
    if (record.topic().equals(dataset.landing().name())) {
      landing.add(record);
    }
    // What goes wrong with a record, the end of its transaction tells.
    var unused = producer.send(record);
  }

  @Override
  public void close() {
    producer.close();
  }
}
