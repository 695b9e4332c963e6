package io.landfall.producer.overview;

import java.time.Instant;
import java.util.Optional;

/**
 * How far somebody is behind a topic.
 *
 * @param isTold whether it is known where he stands
 * @param committed offsets up to the last stable one: some may be no records but marks of
 *     transactions
 * @param end offsets up to the end, what is not committed too
 * @param beyond how far he stands behind the topic's own end: it was cut, or made anew
 * @param oldest when the oldest committed record was written that he has not come to; empty where
 *     he has come to all
 */
public record Lag(boolean isTold, long committed, long end, long beyond, Optional<Instant> oldest) {

  /** Of a topic that is not there or empty. */
  public static final Lag NONE = new Lag(false, 0, 0, 0, Optional.empty());

  /** Whether there is nothing committed that he has not come to. */
  public boolean isCaughtUp() {
    return isTold && beyond == 0 && oldest.isEmpty();
  }
}
