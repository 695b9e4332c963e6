package io.landfall.producer.ledger;

import io.landfall.schemas.ItemAnswers;
import io.landfall.schemas.LedgerEntry;
import io.landfall.schemas.ListedDays;
import java.util.List;
import java.util.Optional;

/** What fetch knows of all items, and the archive of their answers behind it. */
public interface Ledger {

  /** What is known now. */
  Known known();

  /** What is known of an item, by its key. */
  default Optional<LedgerEntry> entry(String key) {
    return Optional.ofNullable(known().entries().get(key));
  }

  /**
   * The answers of an item that are in force, from the archive; empty where nothing is held, or the
   * archive has lost it. Safe for use by several threads.
   */
  Optional<ItemAnswers> answers(LedgerEntry entry);

  /**
   * Whether the archive may still have them; it does not where its beginning was deleted or it was
   * made anew. Safe for use by several threads.
   */
  boolean mayHaveAnswers(LedgerEntry entry);

  /**
   * Records all of this or nothing of it.
   *
   * @param days which days are listed, if that is to be recorded too
   */
  void record(List<Update> updates, Optional<ListedDays> days);
}
