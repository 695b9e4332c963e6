package io.landfall.consumer.verify;

import io.landfall.consumer.bronze.CheckedRows;
import java.nio.ByteBuffer;

/** Partition and offset of each row of one topic; from the columns topic id, partition, offset. */
record Origins(String topicId) implements CheckedRows.Extract {

  static final int BYTES = Integer.BYTES + Long.BYTES;

  @Override
  public CheckedRows.Task begin() {
    return row ->
        topicId.equals(row[0]) && row[1] instanceof Integer partition && row[2] instanceof Long at
            ? ByteBuffer.allocate(BYTES).putInt(partition).putLong(at).array()
            : null;
  }
}
