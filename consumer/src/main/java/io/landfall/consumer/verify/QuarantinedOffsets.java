package io.landfall.consumer.verify;

import io.landfall.consumer.bronze.CheckedRows;
import io.landfall.consumer.bronze.QuarantineTable;
import io.landfall.consumer.bronze.SystemColumn;
import io.landfall.consumer.landing.Offsets;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The records that are in the quarantine table and have not become rows since. */
public final class QuarantinedOffsets {

  private QuarantinedOffsets() {}

  /**
   * Reads them.
   *
   * @param rows of the quarantine table
   * @param beginnings of the topic
   */
  public static OffsetSet in(CheckedRows rows, String topicId, Offsets beginnings)
      throws InterruptedException {
    List<Split> last = new ArrayList<>();
    var unused =
        rows.read(
            List.of(
                SystemColumn.TOPIC_ID.column(),
                SystemColumn.PARTITION.column(),
                SystemColumn.OFFSET.column(),
                QuarantineTable.STATE),
            new States(topicId),
            () -> {
              Split fresh =
                  new Split(
                      OffsetSet.from(beginnings.byPartition()),
                      OffsetSet.from(beginnings.byPartition()));
              last.add(fresh);
              return fresh;
            });
    Split split = last.get(last.size() - 1);
    OffsetSet open = split.all();
    for (int partition : split.resolved().bits().keySet()) {
      split.resolved().in(partition).forEach(offset -> open.remove(partition, offset));
    }
    return open;
  }

  private record Split(OffsetSet all, OffsetSet resolved) implements CheckedRows.Sink {
    @Override
    public void accept(byte[] extracted) {
      ByteBuffer from = ByteBuffer.wrap(extracted);
      int partition = from.getInt();
      long offset = from.getLong();
      if (offset >= all.beginnings().getOrDefault(partition, 0L)) {
        (from.get() == 1 ? resolved : all).add(partition, offset);
      }
    }
  }

  private record States(String topicId) implements CheckedRows.Extract {
    @Override
    public CheckedRows.Task begin() {
      Origins origins = new Origins(topicId);
      return row -> {
        byte[] origin = origins.begin().of(row);
        return origin == null
            ? null
            : ByteBuffer.allocate(Origins.BYTES + 1)
                .put(origin)
                .put((byte) (QuarantineTable.RESOLVED.equals(row[3]) ? 1 : 0))
                .array();
      };
    }
  }
}
