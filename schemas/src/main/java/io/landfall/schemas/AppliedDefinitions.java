package io.landfall.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.landfall.schemas.SingleObjectFormat.Undecodable;
import io.landfall.schemas.Topic.Kept;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What configured sources are, in Kafka: one topic for all of them, one record each time that one
 * is applied. Whoever writes rows has written the definition before the first row that needs it.
 */
public final class AppliedDefinitions {

  private static final SingleObjectFormat<Definition> FORMAT =
      SingleObjectFormat.of(Definition.class);

  /** How long a broker may take. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private static final Duration POLL = Duration.ofMillis(200);

  private final Topic topic;
  private final Map<String, Object> client;

  /**
   * @param client settings of every client of the cluster, under Kafka's own names
   * @param topicPrefix of the deployment
   */
  public AppliedDefinitions(Map<String, Object> client, String topicPrefix) {
    this.client = Map.copyOf(client);
    this.topic = topic(topicPrefix);
  }

  /** Where they are. Every one is kept, so that what a row was made by is never forgotten. */
  public static Topic topic(String topicPrefix) {
    return new Topic(topicPrefix + "landfall.definitions.v1", 1, Kept.ALL);
  }

  /** Where these are. */
  public Topic topic() {
    return topic;
  }

  /**
   * A definition as it follows another.
   *
   * @param before the last one of the source, whose schemas stay known; nothing for the first
   * @param text in YAML, without values of secrets
   * @param datasets what it says, each with the schema that its rows are written with from now on
   */
  public static Definition following(
      Optional<Definition> before,
      String source,
      String text,
      Instant appliedAt,
      List<Dataset> datasets) {
    Map<String, DefinedDataset> all = new LinkedHashMap<>();
    before.ifPresent(
        old -> old.getDatasets().forEach(dataset -> all.put(dataset.getResource(), dataset)));
    for (Dataset dataset : datasets) {
      all.compute(
          dataset.resource(), (resource, old) -> defined(dataset, Optional.ofNullable(old)));
    }
    return new Definition(
        source, text, sha256(text), appliedAt, List.copyOf(new TreeMap<>(all).values()));
  }

  /**
   * A definition with all that the one before it in the topic knew. Whoever applied it may not have
   * seen that one, if both were applied at the same time.
   */
  static Definition after(Definition before, Definition now) {
    Map<String, DefinedDataset> all = new TreeMap<>();
    before.getDatasets().forEach(dataset -> all.put(dataset.getResource(), dataset));
    now.getDatasets()
        .forEach(
            dataset ->
                all.merge(
                    dataset.getResource(),
                    dataset,
                    (old, next) ->
                        DefinedDataset.newBuilder(next)
                            .setSchemas(known(history(old).versions(), history(next).versions()))
                            .build()));
    return Definition.newBuilder(now).setDatasets(List.copyOf(all.values())).build();
  }

  private static DefinedDataset defined(Dataset dataset, Optional<DefinedDataset> before) {
    return new DefinedDataset(
        dataset.resource(),
        dataset.name(),
        dataset.api(),
        dataset.withTopicPrefix("").landing().name(),
        dataset.partitions(),
        dataset.key(),
        dataset.filters(),
        dataset.repeated(),
        known(
            before.map(old -> history(old).versions()).orElse(List.of()),
            dataset.history().versions()));
  }

  /** Every schema once; the newest is the last, even where an older one was the same. */
  private static List<String> known(List<Schema> before, List<Schema> now) {
    Map<Long, String> schemas = new LinkedHashMap<>();
    for (Schema schema : Stream.concat(before.stream(), now.stream()).toList()) {
      long fingerprint = SchemaNormalization.parsingFingerprint64(schema);
      schemas.remove(fingerprint);
      schemas.put(fingerprint, schema.toString());
    }
    return List.copyOf(schemas.values());
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  private static SchemaHistory history(DefinedDataset dataset) {
    return SchemaHistory.of(
        dataset.getSchemas().stream().map(json -> new Schema.Parser().parse(json)).toList());
  }

  /** The datasets that a definition says, in the deployment without a prefix. */
  public static List<Dataset> datasets(Definition definition) {
    return definition.getDatasets().stream()
        .map(
            dataset ->
                Dataset.defined(
                    definition.getSource(),
                    dataset.getApi(),
                    dataset.getResource(),
                    history(dataset),
                    dataset.getKey(),
                    dataset.getFilters(),
                    dataset.getRepeated()))
        .toList();
  }

  /**
   * The last definition of each source that is in the topic now, with every schema of those before
   * it, by the source's name; none where there is no topic.
   *
   * @throws Undecodable if one is of a newer release, or somebody else's
   * @throws KafkaException if the broker does not answer or refuses
   */
  public Map<String, Definition> read() throws Undecodable {
    Map<String, Object> settings = new HashMap<>(client);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
    settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis() / 2);
    Map<String, Definition> last = new TreeMap<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      if (consumer.partitionsFor(topic.name()).isEmpty()) {
        return last;
      }
      TopicPartition partition = new TopicPartition(topic.name(), 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      long heard = System.nanoTime();
      for (long at = consumer.position(partition); at < end; at = consumer.position(partition)) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          Definition definition = FORMAT.decode(record.value());
          last.merge(definition.getSource(), definition, AppliedDefinitions::after);
          heard = System.nanoTime();
        }
        if (System.nanoTime() - heard > PATIENCE.toNanos()) {
          throw new TimeoutException(
              "Nothing of topic %s came within %d s; %d of %d offsets are read"
                  .formatted(topic.name(), PATIENCE.toSeconds(), at, end));
        }
      }
    }
    return last;
  }

  /**
   * Writes a definition; it is in the topic when this returns.
   *
   * @throws KafkaException if the broker does not answer or refuses
   */
  public void write(Definition definition) throws InterruptedException {
    Map<String, Object> settings = new HashMap<>(client);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "gzip");
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, topic.maxRecordBytes());
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE.toMillis());
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      var unused =
          producer
              .send(
                  new ProducerRecord<>(
                      topic.name(),
                      0,
                      definition.getSource().getBytes(UTF_8),
                      FORMAT.encode(definition)))
              .get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
    }
  }
}
