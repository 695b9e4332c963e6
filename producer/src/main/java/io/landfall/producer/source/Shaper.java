package io.landfall.producer.source;

import io.landfall.schemas.ItemAnswers;

/**
 * Derives rows from the API's answers for one item, which stand and fall together: a pure function,
 * the same answers give the same rows, bit for bit.
 */
public non-sealed interface Shaper extends Derivation {

  /** Derives the rows. Never throws for what an API may answer: that is an outcome. */
  Shaped shape(ItemAnswers answers);
}
