package io.landfall.cli.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.cli.Settings;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KafkaSettingsTest {

  @Test
  void whatThisProgramNeedsStandsInFrontOfWhatTheUserSays() throws Exception {
    Settings settings =
        settings(
            Map.of(
                "bootstrap-servers",
                "h:1",
                "kafka.request.timeout.ms",
                "7",
                "kafka.client.rack",
                "r"));

    assertThat(KafkaSettings.of(settings).client(Map.of("request.timeout.ms", 5)))
        .isEqualTo(Map.of("bootstrap.servers", "h:1", "request.timeout.ms", 5, "client.rack", "r"));
  }

  @Test
  void deploymentWithoutAPrefixHasNone() throws Exception {
    assertThat(KafkaSettings.topicPrefix(settings(Map.of()))).isEmpty();
    assertThat(KafkaSettings.topicPrefix(settings(Map.of("topic-prefix", "dev."))))
        .isEqualTo("dev.");
  }

  private static Settings settings(Map<String, String> flags) throws Exception {
    return Settings.resolve(
        KafkaSettings.ALL, KafkaSettings.ALL, flags, Map.of(), Optional.empty());
  }
}
