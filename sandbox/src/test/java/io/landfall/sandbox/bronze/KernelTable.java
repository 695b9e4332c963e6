package io.landfall.sandbox.bronze;

import io.delta.kernel.Scan;
import io.delta.kernel.Snapshot;
import io.delta.kernel.Table;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.data.ScanStateRow;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampType;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/** The latest version of a Delta table, read with Delta Kernel. */
public final class KernelTable {

  private final Engine engine = DefaultEngine.create(new Configuration());
  private final Path folder;

  public KernelTable(Path folder) {
    this.folder = folder;
  }

  /** The names of its columns, in order. */
  public List<String> columns() {
    return snapshot().getSchema().fieldNames();
  }

  /** Its table properties. */
  public Map<String, String> properties() {
    return snapshot().getTableProperties();
  }

  /**
   * The rows, with the named columns each; numbers as Integer, Long or Double, text as String,
   * times as microseconds.
   */
  public List<Map<String, @Nullable Object>> rows(String... columns) {
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    forEach(rows::add, columns);
    return rows;
  }

  /** The same rows one by one, for a table that is too large for a list. */
  public void forEach(Consumer<Map<String, @Nullable Object>> rows, String... columns) {
    Snapshot snapshot = snapshot();
    StructType wanted = new StructType();
    for (String column : columns) {
      wanted = wanted.add(snapshot.getSchema().get(column));
    }
    Scan scan = snapshot.getScanBuilder().withReadSchema(wanted).build();
    List<StructField> fields = wanted.fields();
    try {
      read(scan, batch -> add(batch, fields, rows));
    } catch (IOException e) {
      throw new AssertionError("Delta Kernel cannot read " + folder, e);
    }
  }

  private Snapshot snapshot() {
    return Table.forPath(engine, folder.toString()).getLatestSnapshot(engine);
  }

  private void read(Scan scan, Consumer<FilteredColumnarBatch> consumer) throws IOException {
    Row state = scan.getScanState(engine);
    StructType physical = ScanStateRow.getPhysicalDataReadSchema(state);
    try (CloseableIterator<FilteredColumnarBatch> fileBatches = scan.getScanFiles(engine)) {
      while (fileBatches.hasNext()) {
        try (CloseableIterator<Row> files = fileBatches.next().getRows()) {
          while (files.hasNext()) {
            Row file = files.next();
            var data =
                engine
                    .getParquetHandler()
                    .readParquetFiles(
                        io.delta.kernel.internal.util.Utils.singletonCloseableIterator(
                            InternalScanFileUtils.getAddFileStatus(file)),
                        physical,
                        Optional.empty())
                    .map(result -> result.getData());
            try (var batches = Scan.transformPhysicalData(engine, state, file, data)) {
              while (batches.hasNext()) {
                consumer.accept(batches.next());
              }
            }
          }
        }
      }
    }
  }

  private static void add(
      FilteredColumnarBatch batch,
      List<StructField> fields,
      Consumer<Map<String, @Nullable Object>> rows) {
    Optional<ColumnVector> selected = batch.getSelectionVector();
    for (int row = 0; row < batch.getData().getSize(); row++) {
      if (selected.isPresent() && !selected.get().getBoolean(row)) {
        continue;
      }
      Map<String, @Nullable Object> values = new LinkedHashMap<>();
      for (int column = 0; column < fields.size(); column++) {
        values.put(
            fields.get(column).getName(), value(batch.getData().getColumnVector(column), row));
      }
      rows.accept(values);
    }
  }

  private static @Nullable Object value(ColumnVector vector, int row) {
    if (vector.isNullAt(row)) {
      return null;
    }
    if (vector.getDataType() instanceof IntegerType) {
      return vector.getInt(row);
    }
    if (vector.getDataType() instanceof LongType || vector.getDataType() instanceof TimestampType) {
      return vector.getLong(row);
    }
    if (vector.getDataType() instanceof DoubleType) {
      return vector.getDouble(row);
    }
    if (vector.getDataType() instanceof StringType) {
      return vector.getString(row);
    }
    throw new IllegalArgumentException("No test asks for a " + vector.getDataType());
  }
}
