package io.landfall.producer.shape;

import java.util.Map;

/**
 * What deriving rows again would change.
 *
 * @param items that were derived
 * @param itemsChanged of which rows would be emitted
 * @param unusable whose answers this code cannot use: they would be dead letters
 * @param changed rows with another content
 * @param added rows that were not in force
 * @param retracted rows in force that are not derived any more
 * @param columns of the changed rows: in how many of them each differs
 */
public record ReshapeChanges(
    long items,
    long itemsChanged,
    long unusable,
    long changed,
    long added,
    long retracted,
    Map<String, Long> columns) {

  public ReshapeChanges {
    columns = Map.copyOf(columns);
  }
}
