package io.landfall.consumer.kernel;

import io.delta.kernel.Scan;
import io.delta.kernel.Snapshot;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.engine.FileReadResult;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.ScanImpl;
import io.delta.kernel.internal.actions.DeletionVectorDescriptor;
import io.delta.kernel.internal.data.ScanStateRow;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.statistics.DataFileStatistics;
import io.delta.kernel.types.BinaryType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.landfall.consumer.bronze.SystemColumn;
import io.landfall.consumer.landing.Offsets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The rows of a table at one version. */
final class KernelRows {

  private final Engine engine;
  private final Snapshot snapshot;

  KernelRows(Engine engine, Snapshot snapshot) {
    this.engine = engine;
    this.snapshot = snapshot;
  }

  interface FileRows {
    void accept(Row file) throws IOException;
  }

  /** How many there are: by the statistics of the files, or counted where a file has none. */
  long count() {
    long[] rows = new long[1];
    // Any column will do, and not every table is one of ours.
    StructType first = new StructType().add(snapshot.getSchema().at(0));
    Scan scan = snapshot.getScanBuilder().withReadSchema(first).build();
    eachFile(
        // Only this class gives a file's statistics along.
        ((ScanImpl) scan).getScanFiles(engine, true), file -> rows[0] += count(scan, file));
    return rows[0];
  }

  private long count(Scan scan, Row file) throws IOException {
    Optional<Long> rows = statistics(file);
    if (rows.isEmpty()) {
      long[] counted = new long[1];
      read(scan, file, (batch, row) -> counted[0]++);
      return counted[0];
    }
    @Nullable DeletionVectorDescriptor deleted =
        InternalScanFileUtils.getDeletionVectorDescriptorFromRow(file);
    return rows.get() - (deleted == null ? 0 : deleted.getCardinality());
  }

  private static Optional<Long> statistics(Row file) {
    Row added = file.getStruct(InternalScanFileUtils.ADD_FILE_ORDINAL);
    int statistics = InternalScanFileUtils.ADD_FILE_STATS_ORDINAL;
    return added.isNullAt(statistics)
        ? Optional.empty()
        : DataFileStatistics.getNumRecords(added.getString(statistics));
  }

  /** How many the statistics of its files tell; those without are not counted. */
  long promised() {
    long[] rows = new long[1];
    eachFile(
        ((ScanImpl) scan(SystemColumn.PARTITION)).getScanFiles(engine, true),
        file -> rows[0] += statistics(file).orElse(0L));
    return rows[0];
  }

  /** The offset behind the last row of each partition of a topic. */
  Offsets endsOfPartitions(String topicId) {
    TreeMap<Integer, Long> ends = new TreeMap<>();
    Scan scan = scan(SystemColumn.PARTITION, SystemColumn.OFFSET, SystemColumn.TOPIC_ID);
    eachFile(
        scan.getScanFiles(engine),
        file ->
            read(
                scan,
                file,
                (batch, row) -> {
                  if (topicId.equals(batch.getColumnVector(2).getString(row))) {
                    ends.merge(
                        batch.getColumnVector(0).getInt(row),
                        batch.getColumnVector(1).getLong(row) + 1,
                        Math::max);
                  }
                }));
    return new Offsets(ends);
  }

  /** Some columns of every row; a column that the table does not have is null in all rows. */
  void each(List<String> columns, Consumer<@Nullable Object[]> action) {
    List<String> there =
        columns.stream().filter(name -> snapshot.getSchema().indexOf(name) >= 0).toList();
    Scan scan = scan(there);
    eachFile(
        scan.getScanFiles(engine),
        file ->
            read(
                scan,
                file,
                (batch, row) -> {
                  @Nullable Object[] values = new @Nullable Object[columns.size()];
                  for (int i = 0; i < values.length; i++) {
                    int at = there.indexOf(columns.get(i));
                    values[i] = at < 0 ? null : value(batch.getColumnVector(at), row);
                  }
                  action.accept(values);
                }));
  }

  /**
   * The greatest number in a column, file by file; of a file that is known it is not read again.
   */
  Map<String, OptionalLong> greatest(String column, Map<String, OptionalLong> known) {
    Map<String, OptionalLong> greatest = new HashMap<>();
    if (snapshot.getSchema().indexOf(column) < 0) {
      return greatest;
    }
    Scan scan = scan(List.of(column));
    eachFile(
        scan.getScanFiles(engine),
        file -> {
          String path = InternalScanFileUtils.getAddFileStatus(file).getPath();
          OptionalLong before = known.get(path);
          greatest.put(path, before == null ? greatest(scan, file) : before);
        });
    return greatest;
  }

  private OptionalLong greatest(Scan scan, Row file) throws IOException {
    LongSummaryStatistics numbers = new LongSummaryStatistics();
    read(
        scan,
        file,
        (batch, row) -> {
          if (!batch.getColumnVector(0).isNullAt(row)) {
            numbers.accept(batch.getColumnVector(0).getLong(row));
          }
        });
    return numbers.getCount() == 0 ? OptionalLong.empty() : OptionalLong.of(numbers.getMax());
  }

  private static @Nullable Object value(ColumnVector column, int row) {
    if (column.isNullAt(row)) {
      return null;
    }
    DataType type = column.getDataType();
    if (type instanceof StringType) {
      return column.getString(row);
    }
    if (type instanceof BinaryType) {
      return column.getBinary(row);
    }
    return type instanceof IntegerType ? (Object) column.getInt(row) : column.getLong(row);
  }

  private Scan scan(SystemColumn... columns) {
    return scan(Arrays.stream(columns).map(SystemColumn::column).toList());
  }

  private Scan scan(List<String> columns) {
    StructType wanted = new StructType();
    for (String column : columns) {
      wanted = wanted.add(snapshot.getSchema().get(column));
    }
    return snapshot.getScanBuilder().withReadSchema(wanted).build();
  }

  static void eachFile(CloseableIterator<FilteredColumnarBatch> found, FileRows action) {
    try (CloseableIterator<FilteredColumnarBatch> batches = found) {
      while (batches.hasNext()) {
        try (CloseableIterator<Row> files = batches.next().getRows()) {
          while (files.hasNext()) {
            action.accept(files.next());
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private interface RowAction {
    void accept(ColumnarBatch batch, int row);
  }

  private void read(Scan scan, Row file, RowAction action) throws IOException {
    try (CloseableIterator<FilteredColumnarBatch> batches =
        batches(engine, scan.getScanState(engine), file)) {
      while (batches.hasNext()) {
        FilteredColumnarBatch batch = batches.next();
        for (int row = 0; row < batch.getData().getSize(); row++) {
          if (isThere(batch, row)) {
            action.accept(batch.getData(), row);
          }
        }
      }
    }
  }

  /** The rows of one file of a scan, with those that are deleted marked. */
  static CloseableIterator<FilteredColumnarBatch> batches(Engine engine, Row state, Row file)
      throws IOException {
    CloseableIterator<ColumnarBatch> physical =
        engine
            .getParquetHandler()
            .readParquetFiles(
                Utils.singletonCloseableIterator(InternalScanFileUtils.getAddFileStatus(file)),
                ScanStateRow.getPhysicalDataReadSchema(state),
                Optional.empty())
            .map(FileReadResult::getData);
    return Scan.transformPhysicalData(engine, state, file, physical);
  }

  static boolean isThere(FilteredColumnarBatch batch, int row) {
    return batch
        .getSelectionVector()
        .map(selected -> !selected.isNullAt(row) && selected.getBoolean(row))
        .orElse(true);
  }
}
