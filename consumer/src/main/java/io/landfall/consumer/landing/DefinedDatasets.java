package io.landfall.consumer.landing;

import io.landfall.cli.LandfallException;
import io.landfall.cli.RefusalReason;
import io.landfall.cli.kafka.KafkaSettings;
import io.landfall.schemas.AppliedDefinitions;
import io.landfall.schemas.Dataset;
import io.landfall.schemas.SingleObjectFormat.Undecodable;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.KafkaException;

/** The datasets of a cluster that definitions say. */
public final class DefinedDatasets {

  private DefinedDatasets() {}

  /**
   * All that are there now.
   *
   * @param topicPrefix of the deployment
   * @throws LandfallException if the cluster does not answer or refuses, or if a definition is of a
   *     newer release
   */
  public static List<Dataset> in(KafkaSettings kafka, String topicPrefix) {
    AppliedDefinitions definitions = new AppliedDefinitions(kafka.client(Map.of()), topicPrefix);
    try {
      return definitions.read().values().stream()
          .flatMap(definition -> AppliedDefinitions.datasets(definition).stream())
          .toList();
    } catch (KafkaException e) {
      throw kafka.failure(e);
    } catch (Undecodable e) {
      throw LandfallException.refused(
          RefusalReason.UNKNOWN_SCHEMA,
          "Topic %s holds a record that this release does not read: %s. Nothing was done. Install the release of the producer that wrote it; if somebody else wrote it, it must not be in that topic."
              .formatted(definitions.topic().name(), e.getMessage()));
    }
  }
}
