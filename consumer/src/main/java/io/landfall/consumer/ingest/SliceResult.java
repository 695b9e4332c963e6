package io.landfall.consumer.ingest;

import io.landfall.consumer.bronze.WrittenFile;
import java.io.Serializable;
import java.util.List;

/** What a task made of its part of a batch. What stops a batch is a value, not an exception. */
sealed interface SliceResult extends Serializable {

  /** Every committed record is in a file; none where there was no record. */
  record Landed(List<WrittenFile> files) implements SliceResult {}

  /** A record that cannot be decoded. */
  record Undecodable(int partition, long offset, String why) implements SliceResult {}

  /** Offsets that the broker no longer has, or never had. */
  record Gone(String what) implements SliceResult {}

  /** The broker did not answer. */
  record Unanswered(String what) implements SliceResult {}
}
