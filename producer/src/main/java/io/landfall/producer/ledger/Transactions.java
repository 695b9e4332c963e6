package io.landfall.producer.ledger;

import io.landfall.schemas.ArchivePosition;
import io.landfall.schemas.ItemAnswers;
import io.landfall.schemas.LedgerEntry;
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
   * @return the entries as they were written, which say where in the archive their answers are
   * @throws KafkaException after which only {@link #takeOver} tells whether it was committed, if
   *     this is still the owner
   */
  List<LedgerEntry> commit(List<Update> updates, Optional<ListedDays> days);

  /**
   * What is in the archive for an item at a position; empty where that is not there any more. Safe
   * for use by several threads.
   */
  Optional<ItemAnswers> archived(String key, ArchivePosition position);

  /** Whether the archive still reaches to a position of before this owner. */
  boolean reaches(ArchivePosition position);

  @Override
  void close();
}
