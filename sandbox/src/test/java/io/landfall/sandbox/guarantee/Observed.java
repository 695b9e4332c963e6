package io.landfall.sandbox.guarantee;

import io.landfall.schemas.LedgerEntry;
import io.landfall.schemas.ListedDays;
import io.landfall.schemas.PlayerGameStats;
import io.landfall.schemas.SingleObjectFormat;
import io.landfall.schemas.SingleObjectFormat.Undecodable;
import io.landfall.schemas.Topic;
import io.landfall.schemas.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.generic.GenericRecord;
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
 * @param finishedGames the games that the API's schedule lists as finished, each with its day; all
 *     of them, whatever was asked for
 * @param ledger the latest entry of each game
 * @param listed which days the ledger says were listed, if any
 * @param landing the committed records of the landing topic
 * @param bronze the rows of the table
 * @param replayed the rows of a table rebuilt from the topic
 */
public record Observed(
    Map<Integer, LocalDate> finishedGames,
    Map<Integer, LedgerEntry> ledger,
    Optional<ListedDays> listed,
    List<LandedRecord> landing,
    List<BronzeRow> bronze,
    List<BronzeRow> replayed) {

  /** Looks at everything. */
  public static Observed at(
      Map<Integer, LocalDate> finishedGames, String bootstrapServers, Path table, Path replayed) {
    return new Observed(
        finishedGames,
        ledger(bootstrapServers),
        listed(bootstrapServers),
        landing(bootstrapServers),
        BronzeRow.of(table),
        BronzeRow.of(replayed));
  }

  private static Map<Integer, LedgerEntry> ledger(String bootstrapServers) {
    SingleObjectFormat<LedgerEntry> format = SingleObjectFormat.of(LedgerEntry.class);
    Map<Integer, LedgerEntry> ledger = new TreeMap<>();
    for (ConsumerRecord<String, byte[]> message : committed(bootstrapServers, Topics.GAME_LEDGER)) {
      if (!message.key().equals(Topics.LISTED_DAYS)) {
        LedgerEntry entry = decode(format, message);
        ledger.put(entry.getGameId(), entry);
      }
    }
    return ledger;
  }

  private static Optional<ListedDays> listed(String bootstrapServers) {
    SingleObjectFormat<ListedDays> format = SingleObjectFormat.of(ListedDays.class);
    return committed(bootstrapServers, Topics.GAME_LEDGER).stream()
        .filter(message -> message.key().equals(Topics.LISTED_DAYS))
        .map(message -> decode(format, message))
        .reduce((earlier, later) -> later);
  }

  private static <T> T decode(
      SingleObjectFormat<T> format, ConsumerRecord<String, byte[]> message) {
    try {
      return format.decode(message.value());
    } catch (Undecodable e) {
      throw new AssertionError(message.toString(), e);
    }
  }

  private static List<LandedRecord> landing(String bootstrapServers) {
    SingleObjectFormat<GenericRecord> format =
        SingleObjectFormat.generic(PlayerGameStats.getClassSchema());
    return committed(bootstrapServers, Topics.PLAYER_GAME_STATS).stream()
        .map(
            message ->
                new LandedRecord(
                    message.partition(),
                    message.offset(),
                    message.key(),
                    decode(format, message).get("_content_hash").toString()))
        .toList();
  }

  /** Every committed record of a topic, in the order of its partitions. */
  public static List<ConsumerRecord<String, byte[]>> committed(
      String bootstrapServers, Topic topic) {
    Map<String, Object> settings =
        Map.of(
            CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed",
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            false);
    List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
    try (Consumer<String, byte[]> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
      for (int partition = 0; partition < topic.partitions(); partition++) {
        TopicPartition one = new TopicPartition(topic.name(), partition);
        consumer.assign(List.of(one));
        consumer.seekToBeginning(List.of(one));
        long end = consumer.endOffsets(List.of(one)).getOrDefault(one, 0L);
        while (consumer.position(one) < end) {
          consumer.poll(Duration.ofMillis(200)).forEach(records::add);
        }
      }
    }
    return records;
  }
}
