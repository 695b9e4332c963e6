package io.landfall.consumer.ingest;

import io.landfall.consumer.bronze.WrittenFile;
import io.landfall.consumer.landing.Stretch;
import io.landfall.program.Stop;
import java.time.Instant;
import java.util.List;

/** Turns a stretch of the topic into files of rows in the table's folder. */
public interface BatchWriter {

  /**
   * Writes the stretch's rows.
   *
   * @param topicId goes into each row
   * @param began goes into each row
   * @return the files; none if the stretch has markers and aborted records only
   * @throws Stop if a record cannot be decoded, or Kafka does not give what it should have; no file
   *     is left behind
   */
  List<WrittenFile> write(Stretch stretch, String topicId, Instant began);

  /** Removes files that no commit will name. What cannot be removed is left to VACUUM. */
  void discard(List<WrittenFile> files);
}
