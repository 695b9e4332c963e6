package io.landfall.consumer.bronze;

import java.io.Serializable;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Every row of one version of a table, read from its files with their checksums compared, in no
 * order.
 */
public interface CheckedRows {

  /** The version. */
  long version();

  /** The columns that the table has at this version. */
  List<String> columns();

  /** How many rows there should be, as far as the log tells: for a progress line, and no proof. */
  long promised();

  /** What is made of a row, wherever it is read: a part of what is sent to the tasks. */
  interface Extract extends Serializable {
    Task begin();
  }

  /** One thread's share of the work. */
  interface Task {

    /**
     * What is to be known of a row, or null if nothing is.
     *
     * @param values of the columns asked for, in their order, null where the row has none; dates
     *     are days and timestamps microseconds since 1970. Not to be kept: the next row has the
     *     same array
     */
    byte @Nullable [] of(@Nullable Object[] values);
  }

  /** Takes what was made of each row; asked by one thread at a time. */
  interface Sink {
    void accept(byte[] extracted);
  }

  /** A file of which some or all rows cannot be read. */
  record Unreadable(String file, String why) {}

  /**
   * Reads all rows. Those that cannot be read are left out, and nothing stops for them.
   *
   * @param columns of the table
   * @param fresh a sink that has taken nothing; asked again if all must be read again, and then
   *     only what the last one took counts
   * @return the files that cannot be read
   */
  List<Unreadable> read(List<String> columns, Extract extract, Supplier<Sink> fresh)
      throws InterruptedException;
}
