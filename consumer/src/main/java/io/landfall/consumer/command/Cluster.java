package io.landfall.consumer.command;

import io.landfall.cli.LandfallSettings;
import io.landfall.cli.PassThrough;
import io.landfall.cli.Setting;
import io.landfall.cli.Settings;
import io.landfall.consumer.landing.KafkaCluster;
import io.landfall.schemas.Dataset;
import java.util.List;

/** The Kafka cluster that the user's settings name. */
final class Cluster {

  /** The settings that name it, and what is a deployment's own in it. */
  static final List<Setting<?>> SETTINGS =
      List.of(LandfallSettings.BOOTSTRAP_SERVERS, LandfallSettings.TOPIC_PREFIX);

  private Cluster() {}

  /** A dataset in the deployment that the settings name. */
  static Dataset dataset(Dataset dataset, Settings settings) {
    return dataset.withTopicPrefix(settings.find(LandfallSettings.TOPIC_PREFIX).orElse(""));
  }

  static KafkaCluster of(Settings settings) {
    return new KafkaCluster(
        settings.get(LandfallSettings.BOOTSTRAP_SERVERS),
        settings.passedThrough(PassThrough.KAFKA));
  }
}
