package io.landfall.consumer.door;

import io.landfall.cli.LandfallException;
import io.landfall.consumer.bronze.BronzeTable;
import io.landfall.consumer.bronze.ReadableTable;
import io.landfall.consumer.bronze.TableState;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A way into a table. For one thread. */
public interface Door {

  /** What it is called in the log. */
  String name();

  /** The table that it leads to, which {@link #open} has made sure of. */
  BronzeTable table();

  /** The table beside it, of records that are no rows; it comes into being with the first. */
  ReadableTable quarantine();

  /**
   * Makes sure of the table: created where there is none, with the columns of the newest schema.
   *
   * @return where it stands
   * @throws LandfallException if what is there cannot be appended to
   */
  TableState open(String topicId);

  /**
   * Makes records rows of the table, all or none of them. Those that are no rows go to the
   * quarantine table, in a commit before.
   *
   * @param records with the columns that {@link io.landfall.consumer.landing.LandingStream} gives
   * @throws LandfallException if a record was written with a schema that this release does not
   *     know, or the table no longer takes rows
   */
  Outcome append(Dataset<Row> records, Batch batch);
}
