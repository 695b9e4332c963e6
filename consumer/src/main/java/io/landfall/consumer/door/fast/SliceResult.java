package io.landfall.consumer.door.fast;

import io.landfall.consumer.bronze.WrittenFile;
import io.landfall.consumer.door.UndecodableRecord;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

/** What a task made of its part of a batch. What stops a batch is a value, not an exception. */
sealed interface SliceResult extends Serializable {

  /**
   * Every committed record is in a file; none where there was no record.
   *
   * @param ends the offset behind the last record of each partition
   */
  record Landed(List<WrittenFile> files, Map<Integer, Long> ends) implements SliceResult {}

  /** A record that cannot be decoded. */
  record Undecodable(int partition, long offset, String why) implements SliceResult {

    UndecodableRecord exception() {
      return new UndecodableRecord(partition, offset, why);
    }
  }
}
