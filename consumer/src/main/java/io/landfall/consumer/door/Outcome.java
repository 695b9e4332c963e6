package io.landfall.consumer.door;

import io.landfall.consumer.bronze.SetAside;
import io.landfall.consumer.bronze.TableState;

/** What became of a batch. */
public sealed interface Outcome {

  /**
   * Its rows are in the table, and those of its records that are no rows in quarantine. A batch of
   * the latter alone is a commit too, which moves the table's position and brings no row.
   */
  record Committed(TableState state, long rows, SetAside setAside) implements Outcome {

    /** All of its records are rows. */
    public Committed(TableState state, long rows) {
      this(state, rows, SetAside.NONE);
    }
  }

  /** It had no record: markers of transactions and aborted records only. Nothing was committed. */
  record Empty() implements Outcome {}

  /** The table does not stand where the rows go on; they are not in it, and not to be. */
  record Moved(TableState state) implements Outcome {}
}
