package io.landfall.consumer.door;

import io.landfall.consumer.bronze.TableState;

/** What became of a batch. */
public sealed interface Outcome {

  /** Its rows are in the table. */
  record Committed(TableState state, long rows) implements Outcome {}

  /** It had no record: markers of transactions and aborted records only. Nothing was committed. */
  record Empty() implements Outcome {}

  /** The table does not stand where the rows go on; they are not in it, and not to be. */
  record Moved(TableState state) implements Outcome {}
}
