package io.landfall.producer.source;

import io.landfall.schemas.Item;
import io.landfall.schemas.ItemAnswers;
import java.util.Set;

/**
 * Derives rows of which each is for itself: it has a revision of its own, and more than one item
 * may bring it. A pure function of the answers.
 */
public non-sealed interface RecordShaper extends Derivation {

  /** Whether an item's answers are read for this dataset, and not for another one of its source. */
  boolean concerns(Item item);

  /**
   * The keys of the items whose rows are gone where complete looks at this item do not have them:
   * its own, and those of items that read a part of what it reads. Empty where it says nothing that
   * a row is not there.
   */
  Set<String> answersFor(Item item);

  /** Whether a row whose version is older than that of the one in force is passed over. */
  boolean skipsOlder();

  /** Derives the rows, in the order of the answers. Never throws for what an API may answer. */
  ShapedRecords shape(ItemAnswers answers);
}
