package io.landfall.consumer.door.fast;

import io.landfall.consumer.bronze.Fault;
import io.landfall.consumer.bronze.SetAside;
import io.landfall.consumer.bronze.WrittenFile;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * What a task made of its part of a batch.
 *
 * @param files of rows; none where there was no row
 * @param quarantined files of records that are no rows
 * @param setAside all of those records, with those that the quarantine table has already
 * @param ends the offset behind the last record of each partition
 * @param newer records that stop the batch, the first that was found at most; then nothing else
 *     counts
 */
record SliceResult(
    List<WrittenFile> files,
    List<WrittenFile> quarantined,
    SetAside setAside,
    Map<Integer, Long> ends,
    List<Newer> newer)
    implements Serializable {

  /** A record that this release is too old for. */
  record Newer(int partition, long offset, Fault fault) implements Serializable {}
}
