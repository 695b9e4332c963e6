package io.landfall.consumer.door;

import io.landfall.cli.LandfallException;
import io.landfall.consumer.bronze.BronzeTable;
import io.landfall.consumer.bronze.TableState;
import java.util.OptionalLong;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A way into a table. For one thread. */
public interface Door {

  /** What it is called in the log. */
  String name();

  /** The table that it leads to, which {@link #open} has made sure of. */
  BronzeTable table();

  /**
   * Makes sure of the table: created where there is none, with the columns of the newest schema.
   *
   * @return where it stands
   * @throws LandfallException if what is there cannot be appended to
   */
  TableState open(String topicId);

  /**
   * Makes records rows of the table, all or none of them.
   *
   * @param records with the columns that {@link io.landfall.consumer.landing.LandingStream} gives
   * @throws LandfallException if a record cannot be decoded, or the table no longer takes rows
   */
  Outcome append(Dataset<Row> records, Batch batch);

  /**
   * Makes records rows of the table that it should have had all along: they lie before its
   * position, which stays where it is.
   *
   * @param records as for {@link #append}
   * @param batch from and to the table's position
   * @param version at which they were found missing
   * @return how many; empty if the table is not at that version any more, and nothing was written
   */
  OptionalLong putBack(Dataset<Row> records, Batch batch, long version);
}
