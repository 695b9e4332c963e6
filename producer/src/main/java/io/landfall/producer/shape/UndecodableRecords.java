package io.landfall.producer.shape;

import io.landfall.schemas.RowsInForce;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The records of the archive of which not even the item is known. No item's state says that there
 * is a letter for them: one state for all of a partition does, so that an archive that is read
 * again has no more.
 */
final class UndecodableRecords {

  /** No item's key begins like this. */
  static final String KEY = "_undecodable";

  private final String archive;
  private final KeyValueStore<String, byte[]> states;

  UndecodableRecords(String archive, KeyValueStore<String, byte[]> states) {
    this.archive = archive;
    this.states = states;
  }

  /** Whether there is a letter for it already; from now on there is. */
  boolean isKnown(Record<byte[], byte[]> input, long offset) {
    RowsInForce before = stored();
    boolean isOfAnother = before.getOffset() >= 0 && !States.isOf(archive, before);
    Instant written = Instant.ofEpochMilli(input.timestamp());
    if (!written.isAfter(before.getFetchedAt()) && (isOfAnother || offset <= before.getOffset())) {
      return true;
    }
    states.put(
        KEY,
        States.FORMAT.encode(
            RowsInForce.newBuilder(before)
                .setArchive(archive)
                .setOffset(isOfAnother ? offset : Math.max(offset, before.getOffset()))
                .setFetchedAt(
                    written.isAfter(before.getFetchedAt()) ? written : before.getFetchedAt())
                .build()));
    return false;
  }

  private RowsInForce stored() {
    byte @Nullable [] stored = states.get(KEY);
    return stored == null ? ItemRows.NOTHING_YET : States.decode(KEY, stored);
  }
}
