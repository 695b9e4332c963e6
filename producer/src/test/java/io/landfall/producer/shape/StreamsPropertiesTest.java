package io.landfall.producer.shape;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.schemas.Topic;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

/** What the user says wins over what suits shape, and not over what the promises rest on. */
class StreamsPropertiesTest {

  private static StreamsConfig config(Map<String, Object> kafka, Map<String, String> streams) {
    Map<String, Object> connection = new HashMap<>(kafka);
    connection.put("bootstrap.servers", "localhost:9");
    Properties all = StreamsProperties.of(connection, streams, "shape", Path.of("state"));
    return new StreamsConfig(all);
  }

  private static Object consumer(StreamsConfig config, String name) {
    return String.valueOf(config.getMainConsumerConfigs("g", "c", 0).get(name));
  }

  private static Object producer(StreamsConfig config, String name) {
    return String.valueOf(config.getProducerConfigs("c").get(name));
  }

  @Test
  void withoutAWordOfTheUserItIsWhatSuitsShape() {
    StreamsConfig config = config(Map.of(), Map.of());
    assertThat(consumer(config, "max.poll.records")).isEqualTo("20");
    assertThat(consumer(config, "session.timeout.ms")).isEqualTo("10000");
    assertThat(consumer(config, "heartbeat.interval.ms")).isEqualTo("2000");
    assertThat(producer(config, "compression.type")).isEqualTo("zstd");
    assertThat(producer(config, "transaction.timeout.ms")).isEqualTo("10000");
    assertThat(config.getInt("num.stream.threads")).isEqualTo(2);
  }

  @Test
  void theUsersBareSettingsReachTheClients() {
    Map<String, String> users =
        Map.of(
            "max.poll.records", "7",
            "session.timeout.ms", "33000",
            "compression.type", "lz4",
            "transaction.timeout.ms", "44000",
            "num.stream.threads", "3",
            "commit.interval.ms", "900");
    for (StreamsConfig config :
        new StreamsConfig[] {
          config(Map.copyOf(users), Map.of()), config(Map.of(), users),
        }) {
      assertThat(consumer(config, "max.poll.records")).isEqualTo("7");
      assertThat(consumer(config, "session.timeout.ms")).isEqualTo("33000");
      assertThat(consumer(config, "heartbeat.interval.ms")).isNotEqualTo("2000");
      assertThat(producer(config, "compression.type")).isEqualTo("lz4");
      assertThat(producer(config, "transaction.timeout.ms")).isEqualTo("44000");
      assertThat(config.getInt("num.stream.threads")).isEqualTo(3);
      assertThat(config.getLong("commit.interval.ms")).isEqualTo(900);
    }
  }

  @Test
  void whatIsSaidForOneClientWinsOverWhatIsSaidForAll() {
    StreamsConfig config =
        config(
            Map.of("max.poll.records", "7"),
            Map.of("main.consumer.max.poll.records", "8", "producer.compression.type", "gzip"));
    assertThat(consumer(config, "max.poll.records")).isEqualTo("8");
    assertThat(producer(config, "compression.type")).isEqualTo("gzip");
  }

  @Test
  void whatThePromisesRestOnCannotBeSaid() {
    StreamsConfig config =
        config(
            Map.of(
                "acks", "0",
                "isolation.level", "read_uncommitted",
                "auto.offset.reset", "latest",
                "max.request.size", "9"),
            Map.of("processing.guarantee", "at_least_once", "application.id", "other"));
    assertThat(consumer(config, "isolation.level")).isEqualTo("read_committed");
    assertThat(consumer(config, "auto.offset.reset")).isEqualTo("earliest");
    assertThat(producer(config, "max.request.size"))
        .isEqualTo(Integer.toString(Topic.MAX_DEAD_LETTER_BYTES));
    assertThat(config.getString("processing.guarantee")).isEqualTo("exactly_once_v2");
    assertThat(config.getString("application.id")).isEqualTo("shape");
  }
}
