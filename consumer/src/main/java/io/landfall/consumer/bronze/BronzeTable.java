package io.landfall.consumer.bronze;

import io.landfall.program.TableLocation;

/**
 * A table as its log tells it, asked anew each time. Others may do what they like with it
 * meanwhile.
 */
public interface BronzeTable {

  TableLocation location();

  /** What it says of itself now. */
  TableDescription describe();

  /** Where it stands now. */
  TableState state();

  /** How many rows it holds. */
  long rows();
}
