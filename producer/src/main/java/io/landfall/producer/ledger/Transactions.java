package io.landfall.producer.ledger;

import io.landfall.schemas.ListedDays;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;

/** Where ledger and archive are written, by one owner at a time. */
interface Transactions extends AutoCloseable {

  /**
   * Makes this the owner: whatever an earlier one has not committed is aborted, and it can commit
   * nothing more. So is what this one has left open.
   *
   * @return all that is committed
   */
  Known takeOver();

  /**
   * Whether nobody else has taken over since. A transaction that fails does not tell: Kafka has
   * more than one error for a producer that was fenced, and the same ones for other things.
   */
  boolean isOwner();

  /**
   * Commits all of this or nothing of it.
   *
   * @throws KafkaException after which only {@link #takeOver} tells whether it was committed, if
   *     this is still the owner
   */
  void commit(List<Update> updates, Optional<ListedDays> days);

  @Override
  void close();
}
