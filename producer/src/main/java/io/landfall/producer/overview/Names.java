package io.landfall.producer.overview;

import io.landfall.schemas.Dataset;
import java.time.ZoneId;
import java.util.Optional;

/**
 * What things are called, for one source.
 *
 * @param source the API, with what stands in front of its topics' names
 * @param resource what is landed of it
 * @param table its name in SQL
 * @param landing the topic that the table is filled from
 * @param item what one item is called, in the singular
 * @param zone in which the source's days are counted
 * @param described what commands must be told, where a file describes the source; empty for the one
 *     that they take without being told
 */
public record Names(
    String source,
    String resource,
    String table,
    String landing,
    String item,
    ZoneId zone,
    Optional<Dataset> described) {

  /**
   * Those of a dataset.
   *
   * @param dataset as it is deployed
   * @param isDescribed whether a file describes its source
   */
  public static Names of(Dataset dataset, boolean isDescribed, String item, ZoneId zone) {
    return new Names(
        dataset.topicPrefix() + dataset.source(),
        dataset.resource(),
        dataset.name(),
        dataset.landing().name(),
        item,
        zone,
        isDescribed ? Optional.of(dataset) : Optional.empty());
  }

  /** A command, told of which source. */
  String of(String command) {
    return described
        .map(
            dataset ->
                command.startsWith("landfall producer ")
                    ? command + " --source " + dataset.source()
                    : command.replace(
                        "landfall consumer run --once",
                        "landfall consumer run --once --dataset " + dataset.title()))
        .orElse(command);
  }
}
