package io.landfall.sandbox.guarantee;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.schemas.Dataset;
import io.landfall.schemas.LedgerEntry;
import io.landfall.schemas.ListedDays;
import io.landfall.schemas.RowFormat;
import io.landfall.schemas.SingleObjectFormat;
import io.landfall.schemas.SingleObjectFormat.Undecodable;
import io.landfall.schemas.Topic;
import io.landfall.schemas.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * What can be seen of a pipeline from outside once it has come to rest.
 *
 * @param expected what has to be in bronze, by the API's own word
 * @param ledger the latest entry of each item
 * @param listed which days the ledger says were listed, if any
 * @param landing the committed records of the landing topic
 * @param bronze the rows of the table
 * @param replayed the rows of a table rebuilt from the topic
 */
public record Observed(
    Expected expected,
    Map<String, LedgerEntry> ledger,
    Optional<ListedDays> listed,
    List<LandedRecord> landing,
    List<BronzeRow> bronze,
    List<BronzeRow> replayed) {

  /**
   * Looks at everything.
   *
   * @param item the columns that make an item's key
   */
  public static Observed at(
      Expected expected,
      Dataset dataset,
      List<String> item,
      String bootstrapServers,
      Path table,
      Path replayed) {
    Topic ledger = dataset.topics().ledger();
    return new Observed(
        expected,
        ledger(bootstrapServers, ledger),
        listed(bootstrapServers, ledger),
        landing(bootstrapServers, dataset),
        BronzeRow.of(table, dataset, item, expected.columns()),
        BronzeRow.of(replayed, dataset, item, expected.columns()));
  }

  /** The latest entry of each item. */
  public static Map<String, LedgerEntry> ledger(String bootstrapServers, Topic topic) {
    SingleObjectFormat<LedgerEntry> format = SingleObjectFormat.of(LedgerEntry.class);
    Map<String, LedgerEntry> ledger = new TreeMap<>();
    for (ConsumerRecord<String, byte[]> message : committed(bootstrapServers, topic)) {
      if (!message.key().startsWith("_")) {
        LedgerEntry entry = decode(format::decode, message);
        assertThat(entry.getItem().getKey()).isEqualTo(message.key());
        ledger.put(message.key(), entry);
      }
    }
    return ledger;
  }

  private static Optional<ListedDays> listed(String bootstrapServers, Topic topic) {
    SingleObjectFormat<ListedDays> format = SingleObjectFormat.of(ListedDays.class);
    return committed(bootstrapServers, topic).stream()
        .filter(message -> message.key().equals(Topics.LISTED_DAYS))
        .map(message -> decode(format::decode, message))
        .reduce((earlier, later) -> later);
  }

  private interface Decoding<T> {
    T decode(byte[] bytes) throws Undecodable;
  }

  private static <T> T decode(Decoding<T> decoding, ConsumerRecord<String, byte[]> message) {
    try {
      return decoding.decode(message.value());
    } catch (Undecodable e) {
      throw new AssertionError(message.toString(), e);
    }
  }

  private static List<LandedRecord> landing(String bootstrapServers, Dataset dataset) {
    RowFormat format = new RowFormat(dataset);
    return committed(bootstrapServers, dataset.landing()).stream()
        .map(
            message ->
                new LandedRecord(
                    message.partition(),
                    message.offset(),
                    message.key(),
                    decode(format::decode, message).get("_content_hash").toString()))
        .toList();
  }

  /** Where each committed record of a landing topic stands, with the hash of what it says. */
  public static Set<String> origins(String bootstrapServers, Dataset dataset) {
    RowFormat format = new RowFormat(dataset);
    Set<String> origins = new HashSet<>();
    committed(
        bootstrapServers,
        dataset.landing(),
        message ->
            origins.add(
                BronzeRow.origin(
                    message.partition(),
                    message.offset(),
                    decode(format::decode, message).get("_content_hash"))));
    return origins;
  }

  /** Every committed record of a topic, in the order of its partitions. */
  public static List<ConsumerRecord<String, byte[]>> committed(
      String bootstrapServers, Topic topic) {
    List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
    committed(bootstrapServers, topic, records::add);
    return records;
  }

  private static void committed(
      String bootstrapServers,
      Topic topic,
      java.util.function.Consumer<ConsumerRecord<String, byte[]>> records) {
    Map<String, Object> settings =
        Map.of(
            CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed",
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            false);
    try (Consumer<String, byte[]> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
      for (int partition = 0; partition < topic.partitions(); partition++) {
        TopicPartition one = new TopicPartition(topic.name(), partition);
        consumer.assign(List.of(one));
        consumer.seekToBeginning(List.of(one));
        long end = consumer.endOffsets(List.of(one)).getOrDefault(one, 0L);
        while (consumer.position(one) < end) {
          consumer.poll(Duration.ofMillis(200)).forEach(records);
        }
      }
    }
  }
}
