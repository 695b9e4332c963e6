package io.landfall.producer.overview;

import io.landfall.schemas.Dataset;
import java.time.ZoneId;

/**
 * What things are called, for one source.
 *
 * @param source the API, with what stands in front of its topics' names
 * @param resource what is landed of it
 * @param table its name in SQL
 * @param landing the topic that the table is filled from
 * @param item what one item is called, in the singular
 * @param zone in which the source's days are counted
 */
public record Names(
    String source, String resource, String table, String landing, String item, ZoneId zone) {

  /**
   * Those of a dataset.
   *
   * @param dataset as it is deployed
   */
  public static Names of(Dataset dataset, String item, ZoneId zone) {
    return new Names(
        dataset.topicPrefix() + dataset.source(),
        dataset.resource(),
        dataset.name(),
        dataset.landing().name(),
        item,
        zone);
  }
}
