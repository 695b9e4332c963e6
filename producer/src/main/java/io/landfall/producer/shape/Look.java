package io.landfall.producer.shape;

import io.landfall.schemas.ItemAnswers;
import java.time.Instant;

/**
 * The look at an item that answers came by.
 *
 * @param askedAt when its first request was sent; where that is not known, when it had come
 * @param complete whether what it does not have is not there
 * @param part which of its parts this is, from 1 on
 * @param parts how many it has
 */
record Look(Instant askedAt, boolean complete, int part, int parts) {

  static Look of(ItemAnswers answers) {
    return new Look(
        answers.getAskedAt() == null ? answers.getFetchedAt() : answers.getAskedAt(),
        answers.getComplete(),
        answers.getPart(),
        answers.getParts());
  }

  boolean isLastPart() {
    return part >= parts;
  }
}
