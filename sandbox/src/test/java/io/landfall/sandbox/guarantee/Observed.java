package io.landfall.sandbox.guarantee;

import io.landfall.schemas.LedgerEntry;
import io.landfall.schemas.PlayerGameStats;
import io.landfall.schemas.SingleObjectFormat;
import io.landfall.schemas.SingleObjectFormat.Undecodable;
import io.landfall.schemas.Topic;
import io.landfall.schemas.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
 * @param finishedGames the games that the API's schedule lists as finished
 * @param ledger the latest entry of each game
 * @param landing the committed records of the landing topic
 * @param bronze the rows of the table
 * @param replayed the rows of a table rebuilt from the topic
 */
public record Observed(
    Set<Integer> finishedGames,
    Map<Integer, LedgerEntry> ledger,
    List<LandedRecord> landing,
    List<BronzeRow> bronze,
    List<BronzeRow> replayed) {

  /** Looks at everything. */
  public static Observed at(
      Set<Integer> finishedGames, String bootstrapServers, Path table, Path replayed) {
    return new Observed(
        finishedGames,
        ledger(bootstrapServers),
        landing(bootstrapServers),
        BronzeRow.of(table),
        BronzeRow.of(replayed));
  }

  private static Map<Integer, LedgerEntry> ledger(String bootstrapServers) {
    SingleObjectFormat<LedgerEntry> format = SingleObjectFormat.of(LedgerEntry.class);
    Map<Integer, LedgerEntry> ledger = new TreeMap<>();
    for (ConsumerRecord<String, byte[]> message : committed(bootstrapServers, Topics.GAME_LEDGER)) {
      try {
        LedgerEntry entry = format.decode(message.value());
        ledger.put(entry.getGameId(), entry);
      } catch (Undecodable e) {
        throw new AssertionError(message.toString(), e);
      }
    }
    return ledger;
  }

  private static List<LandedRecord> landing(String bootstrapServers) {
    SingleObjectFormat<GenericRecord> format =
        SingleObjectFormat.generic(PlayerGameStats.getClassSchema());
    return committed(bootstrapServers, Topics.PLAYER_GAME_STATS).stream()
        .map(
            message -> {
              try {
                return new LandedRecord(
                    message.partition(),
                    message.offset(),
                    message.key(),
                    format.decode(message.value()).get("_content_hash").toString());
              } catch (Undecodable e) {
                throw new AssertionError(message.toString(), e);
              }
            })
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
