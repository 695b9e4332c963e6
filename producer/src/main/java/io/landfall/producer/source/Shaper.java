package io.landfall.producer.source;

import io.landfall.schemas.ItemAnswers;

/**
 * Derives rows from the API's answers for one item: a pure function, the same answers give the same
 * rows, bit for bit.
 */
public interface Shaper {

  /** The version of the derivation; it changes whenever the rows that it gives change. */
  String version();

  /** Derives the rows. Never throws for what an API may answer: that is an outcome. */
  Shaped shape(ItemAnswers answers);
}
