package io.landfall.consumer.bronze;

import java.util.OptionalLong;

/** A table whose size can be asked for, for less than its rows cost. */
public interface MeasuredTable extends ReadableTable {

  /**
   * How large its newest version is.
   *
   * @param files that hold its rows
   */
  record Size(long version, long files, long bytes) {}

  /** Asks its log. */
  Size size();

  /**
   * The greatest moment in a column, in microseconds since 1970; empty where there is no row, or no
   * such column. What was read before is not read again.
   */
  OptionalLong greatest(String column);
}
