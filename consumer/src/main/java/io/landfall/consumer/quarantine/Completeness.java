package io.landfall.consumer.quarantine;

import io.landfall.consumer.bronze.BronzeTable;
import io.landfall.consumer.bronze.ReadableTable;
import io.landfall.consumer.bronze.TableState;
import java.util.Optional;

/**
 * Whether a quarantine table still has all that a bronze table has left out. The bronze table's
 * commits count it; the quarantine table may have been deleted since, or put back from a copy.
 */
public final class Completeness {

  private Completeness() {}

  /** What is missing, and the way to get it back; empty where nothing is. */
  public static Optional<String> gap(BronzeTable bronze, TableState state, ReadableTable beside) {
    long there =
        state.quarantined() == 0 || !beside.exists()
            ? 0
            : beside.held(bronze.describe().topicId()).records();
    return there >= state.quarantined()
        ? Optional.empty()
        : Optional.of(
            "The quarantine table at %s has %,d of the %,d records that the table at %s left out: it stands behind it, because it was deleted, or put back from an older copy. No row is missing. The records are in the topic, as long as that has them: `landfall consumer replay --table %s --into NEW` makes NEW_quarantine with all of them, to be put in its place."
                .formatted(
                    beside.location(),
                    there,
                    state.quarantined(),
                    bronze.location(),
                    bronze.location()));
  }
}
