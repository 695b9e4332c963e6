package io.landfall.consumer.command;

import io.landfall.consumer.landing.KafkaCluster;
import io.landfall.program.LandfallSettings;
import io.landfall.program.PassThrough;
import io.landfall.program.Settings;

/** The Kafka cluster that the user's settings name. */
final class Cluster {

  private Cluster() {}

  static KafkaCluster of(Settings settings) {
    return new KafkaCluster(
        settings.get(LandfallSettings.BOOTSTRAP_SERVERS),
        settings.passedThrough(PassThrough.KAFKA));
  }
}
