package io.landfall.consumer.door;

import io.landfall.consumer.bronze.SetAside;
import io.landfall.consumer.bronze.TableState;
import java.time.Instant;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The way in for records that the table has passed: they went to quarantine, and may be rows by
 * now. Nothing here moves the table's position.
 */
public interface Supplying {

  /** What became of such records. */
  sealed interface Supplied {

    /**
     * Those that are rows are in the table.
     *
     * @param still how many are none, and the first of them
     */
    record Rows(long rows, SetAside still) implements Supplied {}

    /** Somebody else has changed the table meanwhile. Nothing was written. */
    record Moved() implements Supplied {}
  }

  /**
   * Makes records rows of the table, all or none of those that can be, unless somebody has changed
   * it.
   *
   * @param records none of which is in the table, in the columns of {@link
   *     io.landfall.consumer.landing.LandingStream}
   * @param at where the table stood when that was seen
   * @param dry whether it is only to be said what would become of them
   */
  Supplied supply(Dataset<Row> records, TableState at, String topicId, Instant began, boolean dry);

  /**
   * Appends rows to the quarantine table, unless somebody has changed it.
   *
   * @param records as values what {@link QuarantineRow#resolved} gives, in the same columns
   * @param version of the quarantine table when they were made
   * @return whether they are there
   */
  boolean resolve(Dataset<Row> records, long version, String topicId, Instant began);
}
