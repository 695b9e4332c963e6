package io.landfall.consumer.testing;

import io.landfall.cli.kafka.KafkaSettings;
import io.landfall.consumer.landing.KafkaLandingTopic;
import io.landfall.schemas.Dataset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A topic of readings on a real broker, and what may happen to it. */
public final class TestTopic implements AutoCloseable {

  private static final byte[] KEY = {'k'};

  private final KafkaSettings kafka;
  private final Dataset dataset;
  private final Admin admin;
  private KafkaProducer<byte[], byte[]> producer;
  private int recreations;

  /** Creates one of a name that no other has. */
  public TestTopic(KafkaSettings kafka, Dataset like) throws InterruptedException {
    this(kafka, like, UUID.randomUUID() + ".");
  }

  /** Creates one of a deployment. */
  public TestTopic(KafkaSettings kafka, Dataset like, String prefix) throws InterruptedException {
    this.kafka = kafka;
    this.dataset = like.withTopicPrefix(prefix);
    this.admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    open().close();
    this.producer = producer("");
  }

  private KafkaProducer<byte[], byte[]> producer(String another) {
    KafkaProducer<byte[], byte[]> made =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                kafka.bootstrapServers(),
                "transactional.id",
                dataset.landing().name() + another),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    made.initTransactions();
    return made;
  }

  public Dataset dataset() {
    return dataset;
  }

  /** As the program sees it. */
  public KafkaLandingTopic open() throws InterruptedException {
    return KafkaLandingTopic.open(dataset.landing(), kafka);
  }

  /** A transaction of so many readings in one partition, which takes one offset more. */
  public void commit(int partition, int readings) {
    producer.beginTransaction();
    send(partition, readings);
    producer.commitTransaction();
  }

  /** A transaction of these readings in one partition. */
  public void commit(int partition, List<GenericRecord> readings) {
    producer.beginTransaction();
    readings.forEach(reading -> send(partition, Readings.encode(reading)));
    producer.commitTransaction();
  }

  /**
   * A transaction of another producer that stays open until it is closed, which takes it back.
   *
   * @param name of the producer, as no other has
   */
  public AutoCloseable hang(String name, int partition, int readings) {
    KafkaProducer<byte[], byte[]> other = producer(name);
    other.beginTransaction();
    for (int hour = 0; hour < readings; hour++) {
      var unused =
          other.send(
              new ProducerRecord<>(
                  dataset.landing().name(),
                  partition,
                  null,
                  Readings.encode(Readings.reading(dataset.schema(), hour, 1, "UPSERT"))));
    }
    other.flush();
    return () -> {
      other.abortTransaction();
      other.close();
    };
  }

  /** The same, taken back. */
  public void abort(int partition, int readings) {
    producer.beginTransaction();
    send(partition, readings);
    producer.flush();
    producer.abortTransaction();
  }

  /** A transaction of one record that is no reading. */
  public void commit(int partition, byte @Nullable [] value) {
    producer.beginTransaction();
    send(partition, value);
    producer.commitTransaction();
  }

  /** A transaction of one record with whatever key and headers. */
  public void commit(
      int partition, byte @Nullable [] key, byte @Nullable [] value, Iterable<Header> headers) {
    producer.beginTransaction();
    send(new ProducerRecord<>(dataset.landing().name(), partition, key, value, headers));
    producer.commitTransaction();
  }

  /** A transaction of one reading with a time of its own; the test broker takes any. */
  public void commitAt(int partition, long timestamp) {
    producer.beginTransaction();
    byte[] value = Readings.encode(Readings.reading(dataset.schema(), 0, 1, "UPSERT"));
    send(new ProducerRecord<>(dataset.landing().name(), partition, timestamp, KEY, value));
    producer.commitTransaction();
  }

  private void send(int partition, int readings) {
    for (int hour = 0; hour < readings; hour++) {
      send(partition, Readings.encode(Readings.reading(dataset.schema(), hour, 1, "UPSERT")));
    }
  }

  private void send(int partition, byte @Nullable [] value) {
    send(new ProducerRecord<>(dataset.landing().name(), partition, KEY, value));
  }

  private void send(ProducerRecord<byte[], byte[]> record) {
    // What goes wrong with a record, the end of its transaction tells.
    var unused = producer.send(record);
  }

  /** Lets it have more partitions. */
  public void widen(int partitions) throws Exception {
    admin
        .createPartitions(Map.of(dataset.landing().name(), NewPartitions.increaseTo(partitions)))
        .all()
        .get();
  }

  /** Deletes what stands before an offset, as a retention would. */
  public void expire(int partition, long before) throws Exception {
    admin
        .deleteRecords(
            Map.of(
                new TopicPartition(dataset.landing().name(), partition),
                RecordsToDelete.beforeOffset(before)))
        .all()
        .get();
  }

  /** Deletes it and creates another one of its name. */
  public void recreate() throws Exception {
    admin.deleteTopics(List.of(dataset.landing().name())).all().get();
    while (isThere()) {
      Thread.sleep(20);
    }
    open().close();
    // It numbers its records by partition, and those are others now. With another name, for its
    // coordinator may still be at the markers of a transaction in the topic that is gone.
    producer.close();
    producer = producer(" after " + ++recreations);
  }

  private boolean isThere() throws Exception {
    try {
      admin.describeTopics(List.of(dataset.landing().name())).allTopicNames().get();
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return false;
      }
      throw e;
    }
  }

  @Override
  public void close() {
    producer.close();
    admin.close();
  }
}
