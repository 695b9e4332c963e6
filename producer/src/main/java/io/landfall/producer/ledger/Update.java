package io.landfall.producer.ledger;

import io.landfall.schemas.ItemAnswers;
import io.landfall.schemas.LedgerEntry;
import java.util.List;
import java.util.Optional;

/**
 * What is to be recorded of one item.
 *
 * @param answers for the archive, if there are new ones: the parts of one look, in their order
 * @param entry the ledger entry that speaks of them
 */
public record Update(List<ItemAnswers> answers, LedgerEntry entry) {
  public Update {
    answers = List.copyOf(answers);
  }

  /** One whose answers fit into one record. */
  public Update(Optional<ItemAnswers> answers, LedgerEntry entry) {
    this(answers.stream().toList(), entry);
  }

  /** An entry without answers. */
  public static Update of(LedgerEntry entry) {
    return new Update(List.of(), entry);
  }

  public String key() {
    return entry.getItem().getKey();
  }
}
