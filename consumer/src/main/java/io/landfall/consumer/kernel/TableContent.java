package io.landfall.consumer.kernel;

import io.landfall.consumer.bronze.TableDescription;
import io.landfall.consumer.bronze.TableState;
import java.util.List;
import java.util.Optional;

/**
 * All that a copy of one version of a table is made of.
 *
 * @param tableId what Delta tells tables apart by
 * @param state where it stands; empty where its rows tell no offsets
 * @param rows how many, by the statistics of its files
 * @param data the files of its rows, and of its vectors of deleted ones
 * @param log as much of its log as opens this version and tells where it stands, in an order in
 *     which it can be written: before the last file is there no reader takes it for a table
 */
public record TableContent(
    long version,
    String tableId,
    TableDescription description,
    Optional<TableState> state,
    long rows,
    List<TableFile> data,
    List<TableFile> log) {

  public TableContent {
    data = List.copyOf(data);
    log = List.copyOf(log);
  }

  /**
   * A file of a table.
   *
   * @param path in the table's folder, as its file system names it: nothing in it is encoded
   * @param bytes its length, or {@link #ANY_SIZE}
   */
  public record TableFile(String path, long bytes) {

    /** How long a file must be, if nobody tells. */
    public static final long ANY_SIZE = -1;
  }
}
