package io.landfall.consumer.landing;

import io.landfall.cli.LandfallException;
import java.util.Set;

/**
 * What a landing topic says of itself: which one it is and how far it reaches.
 *
 * <p>Each question is answered within a bounded time, or ends in a {@link LandfallException}.
 */
public interface LandingTopic extends AutoCloseable {

  String name();

  /** The id that Kafka gave it when it was created; another topic of its name has another. */
  String id();

  /** The partitions that it has. */
  Set<Integer> partitions();

  /** Asks again which topic this is and which partitions it has. */
  void refresh() throws InterruptedException;

  /** The first offset that each partition still has. */
  Offsets beginnings() throws InterruptedException;

  /** Up to where every transaction has ended: the last stable offsets. */
  Offsets committedEnds() throws InterruptedException;

  /** The end, with what open transactions have written. */
  Offsets ends() throws InterruptedException;

  @Override
  void close();
}
