package io.landfall.consumer.bronze;

import io.landfall.consumer.landing.Offsets;

/**
 * What a quarantine table holds of a topic.
 *
 * @param end no record at or behind this place is in it
 * @param records how many records of the topic were ever set aside
 */
public record Held(Offsets end, long records) {

  /** Nothing yet. */
  public static final Held NOTHING = new Held(Offsets.START, 0);
}
