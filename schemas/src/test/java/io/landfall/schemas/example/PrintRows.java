package io.landfall.schemas.example;

import io.landfall.schemas.Dataset;
import io.landfall.schemas.SingleObjectFormat;
import io.landfall.schemas.nhl.NhlDatasets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Prints every row of the landing topic, then waits for more. */
public final class PrintRows {
  public static void main(String[] args) throws Exception {
    Dataset dataset = NhlDatasets.PLAYER_GAME_STATS;
    SingleObjectFormat<GenericRecord> format = SingleObjectFormat.generic(dataset.schema());
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers", args[0],
            "group.id", "print-rows",
            "auto.offset.reset", "earliest",
            "isolation.level", "read_committed");
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
      consumer.subscribe(List.of(dataset.landing().name()));
      while (true) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
          GenericRecord row = format.decode(record.value());
          System.out.println(record.key() + " " + row.get("_operation") + " " + row.get("name"));
        }
      }
    }
  }

  private PrintRows() {}
}
