package io.landfall.producer.ledger;

import io.landfall.schemas.ItemAnswers;
import io.landfall.schemas.LedgerEntry;
import java.util.Optional;

/**
 * What is to be recorded of one item.
 *
 * @param answers for the archive, if there are new ones
 * @param entry the ledger entry that speaks of them
 */
public record Update(Optional<ItemAnswers> answers, LedgerEntry entry) {

  /** An entry without answers. */
  public static Update of(LedgerEntry entry) {
    return new Update(Optional.empty(), entry);
  }

  public String key() {
    return entry.getItem().getKey();
  }
}
