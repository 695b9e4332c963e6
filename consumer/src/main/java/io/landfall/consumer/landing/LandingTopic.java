package io.landfall.consumer.landing;

import io.landfall.cli.LandfallException;
import io.landfall.cli.kafka.OpenTransaction;
import java.time.Instant;
import java.util.List;
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

  /** The first offset of each partition whose record is not older; its end where all are. */
  Offsets since(Instant time) throws InterruptedException;

  /** Up to where every transaction has ended: the last stable offsets. */
  Offsets committedEnds() throws InterruptedException;

  /** The end, with what open transactions have written. */
  Offsets ends() throws InterruptedException;

  /** The oldest transaction that is open in each partition that has one. */
  List<OpenTransaction> openTransactions() throws InterruptedException;

  @Override
  void close();
}
