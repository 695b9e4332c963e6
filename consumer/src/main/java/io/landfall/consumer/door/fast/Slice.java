package io.landfall.consumer.door.fast;

import io.landfall.consumer.bronze.Fault;
import io.landfall.consumer.bronze.RowLayout;
import io.landfall.consumer.bronze.SetAside;
import io.landfall.consumer.bronze.WrittenFile;
import io.landfall.consumer.columnar.ColumnarFile;
import io.landfall.consumer.columnar.Undecodable;
import io.landfall.consumer.door.QuarantineRow;
import io.landfall.consumer.landing.LandingStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.jspecify.annotations.Nullable;

/**
 * The files that one task writes, each of which is there only if something goes into it. For one
 * thread.
 */
final class Slice implements AutoCloseable {

  private static final int HEADER_FIELDS = 2;

  private final SliceTask task;
  private final boolean keyed;
  private final Map<Integer, Long> ends = new HashMap<>();
  private final List<SliceResult.Newer> newer = new ArrayList<>();
  private SetAside setAside = SetAside.NONE;
  private @Nullable ColumnarFile rows;
  private @Nullable ColumnarFile quarantine;
  private @Nullable QuarantineRow row;

  Slice(SliceTask task) {
    this.task = task;
    this.keyed = !task.layout().key().isEmpty();
  }

  /** Whether further records are wanted. */
  boolean goesOn() {
    return newer.isEmpty();
  }

  void add(InternalRow record, int partition, long offset, long timestamp) throws IOException {
    Optional<Fault> fault = append(record, partition, offset, timestamp);
    if (fault.isPresent()) {
      if (fault.get().stops() && task.aside().table() != null) {
        newer.add(new SliceResult.Newer(partition, offset, fault.get()));
        return;
      }
      setAside = setAside.and(SetAside.of(partition, offset, fault.get()));
      quarantine(record, partition, offset, timestamp, fault.get());
    }
    // Records that were joined with others come in no order.
    ends.merge(partition, offset + 1, Math::max);
  }

  private Optional<Fault> append(InternalRow record, int partition, long offset, long timestamp)
      throws IOException {
    if (keyed && record.isNullAt(LandingStream.KEY)) {
      return Optional.of(
          new Fault(Fault.Kind.NO_KEY, "it has no key; each row's record has one", null));
    }
    if (rows == null) {
      rows = file(task.table(), task.layout());
    }
    try {
      rows.append(bytes(record, LandingStream.VALUE), partition, offset, timestamp);
      return Optional.empty();
    } catch (Undecodable e) {
      return Optional.of(task.layout().judged(e.fault()));
    }
  }

  private void quarantine(
      InternalRow record, int partition, long offset, long timestamp, Fault fault)
      throws IOException {
    String table = task.aside().table();
    if (table == null || task.aside().already().contains(partition, offset)) {
      return;
    }
    if (quarantine == null || row == null) {
      quarantine = file(table, task.aside().layout());
      row = new QuarantineRow(task.aside().codeVersion(), task.aside().layout().ingestedAt());
    }
    byte[] value =
        row.of(
            bytes(record, LandingStream.KEY),
            bytes(record, LandingStream.VALUE),
            headers(record),
            fault);
    try {
      quarantine.append(value, partition, offset, timestamp);
    } catch (Undecodable e) {
      throw new IllegalStateException(e);
    }
  }

  private ColumnarFile file(String table, RowLayout layout) throws IOException {
    return ColumnarFile.create(new Path(table), layout, task.configuration().value());
  }

  private static byte @Nullable [] bytes(InternalRow record, int ordinal) {
    return record.isNullAt(ordinal) ? null : record.getBinary(ordinal);
  }

  private static QuarantineRow.Headers headers(InternalRow record) {
    QuarantineRow.Headers headers = new QuarantineRow.Headers();
    if (!record.isNullAt(LandingStream.HEADERS)) {
      ArrayData array = record.getArray(LandingStream.HEADERS);
      for (int i = 0; i < array.numElements(); i++) {
        InternalRow header = array.getStruct(i, HEADER_FIELDS);
        headers.add(
            header.isNullAt(0) ? null : header.getUTF8String(0).toString(), bytes(header, 1));
      }
    }
    return headers;
  }

  SliceResult finish() throws IOException {
    return new SliceResult(finished(rows), finished(quarantine), setAside, ends, newer);
  }

  /** A file without a row is not wanted. */
  private static List<WrittenFile> finished(@Nullable ColumnarFile file) throws IOException {
    return file == null || file.rows() == 0
        ? new ArrayList<>()
        : new ArrayList<>(List.of(file.finish()));
  }

  @Override
  public void close() throws IOException {
    try {
      close(rows);
    } finally {
      close(quarantine);
    }
  }

  private static void close(@Nullable ColumnarFile file) throws IOException {
    if (file != null) {
      file.close();
    }
  }
}
