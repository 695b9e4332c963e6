package io.landfall.producer.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProducerSettingsTest {

  @Test
  void theUsersOwnWin() {
    Map<String, Object> users =
        Map.of(
            "delivery.timeout.ms", "60000",
            "request.timeout.ms", "20000",
            "max.block.ms", "5000",
            "acks", "0");
    assertThat(ProducerSettings.of(users, Duration.ofSeconds(10)))
        .containsEntry("delivery.timeout.ms", "60000")
        .containsEntry("request.timeout.ms", "20000")
        .containsEntry("max.block.ms", "5000")
        .containsEntry("acks", "all");
  }

  @ParameterizedTest
  @CsvSource({
    "request.timeout.ms, 100000",
    "linger.ms, 20000",
    "delivery.timeout.ms, 15000",
    "max.block.ms, 1",
    "retries, 3"
  })
  void oneThatIsSetFitsThoseThatAreNot(String name, String value) {
    Map<String, Object> users = new HashMap<>(Map.of("bootstrap.servers", "localhost:9"));
    users.put(name, value);
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            ProducerSettings.of(users, Duration.ofSeconds(10)),
            new StringSerializer(),
            new ByteArraySerializer())) {
      assertThat(producer.metrics()).isNotEmpty();
    }
  }
}
