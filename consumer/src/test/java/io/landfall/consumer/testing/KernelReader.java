package io.landfall.consumer.testing;

import io.delta.kernel.Scan;
import io.delta.kernel.Snapshot;
import io.delta.kernel.Table;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.engine.FileReadResult;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.data.ScanStateRow;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampType;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;

/**
 * Reads a Delta table with Delta Kernel, a reader that shares no code with Spark's: a judge of what
 * Spark, or anything else, wrote.
 */
public final class KernelReader {

  /**
   * What it found.
   *
   * @param sums of each named column, nulls left out
   */
  public record Totals(long rows, Map<String, Double> sums) {}

  private KernelReader() {}

  /** Counts the rows of the newest version and sums up columns of numbers. */
  public static Totals totals(Path table, List<String> columns) throws IOException {
    return totals(table.toString(), columns, new Configuration());
  }

  /** Each row's cells in these columns as one text, in no order of the table's. */
  public static List<String> rows(String table, List<String> columns, Configuration configuration)
      throws IOException {
    List<String> rows = new ArrayList<>();
    eachRow(
        table,
        columns,
        configuration,
        (batch, row) -> {
          StringBuilder cells = new StringBuilder();
          for (int i = 0; i < batch.getSchema().length(); i++) {
            cells.append(cell(batch.getColumnVector(i), row)).append('|');
          }
          rows.add(cells.toString());
        });
    rows.sort(null);
    return rows;
  }

  /** The same for a table on any file system. */
  public static Totals totals(String table, List<String> columns, Configuration configuration)
      throws IOException {
    long[] rows = new long[1];
    Map<String, Double> sums = new TreeMap<>();
    columns.forEach(column -> sums.put(column, 0.0));
    eachRow(
        table,
        columns,
        configuration,
        (batch, row) -> {
          rows[0]++;
          add(batch, row, sums);
        });
    return new Totals(rows[0], sums);
  }

  private interface RowAction {
    void accept(ColumnarBatch batch, int row);
  }

  private static void eachRow(
      String table, List<String> columns, Configuration configuration, RowAction action)
      throws IOException {
    Engine engine = DefaultEngine.create(configuration);
    Snapshot snapshot = Table.forPath(engine, table).getLatestSnapshot(engine);
    StructType wanted = new StructType();
    for (String column : columns) {
      wanted = wanted.add(snapshot.getSchema().get(column));
    }
    Scan scan = snapshot.getScanBuilder().withReadSchema(wanted).build();
    Row state = scan.getScanState(engine);
    try (CloseableIterator<FilteredColumnarBatch> batches = scan.getScanFiles(engine)) {
      while (batches.hasNext()) {
        try (CloseableIterator<Row> files = batches.next().getRows()) {
          while (files.hasNext()) {
            read(engine, state, files.next(), action);
          }
        }
      }
    }
  }

  private static void read(Engine engine, Row state, Row file, RowAction action)
      throws IOException {
    CloseableIterator<FileReadResult> physical =
        engine
            .getParquetHandler()
            .readParquetFiles(
                Utils.singletonCloseableIterator(InternalScanFileUtils.getAddFileStatus(file)),
                ScanStateRow.getPhysicalDataReadSchema(state),
                Optional.empty());
    try (CloseableIterator<FilteredColumnarBatch> logical =
        Scan.transformPhysicalData(engine, state, file, physical.map(FileReadResult::getData))) {
      while (logical.hasNext()) {
        FilteredColumnarBatch filtered = logical.next();
        ColumnarBatch batch = filtered.getData();
        for (int row = 0; row < batch.getSize(); row++) {
          if (isSelected(filtered, row)) {
            action.accept(batch, row);
          }
        }
      }
    }
  }

  private static boolean isSelected(FilteredColumnarBatch batch, int row) {
    return batch
        .getSelectionVector()
        .map(selected -> !selected.isNullAt(row) && selected.getBoolean(row))
        .orElse(true);
  }

  private static void add(ColumnarBatch batch, int row, Map<String, Double> sums) {
    for (int i = 0; i < batch.getSchema().length(); i++) {
      ColumnVector column = batch.getColumnVector(i);
      if (!column.isNullAt(row)) {
        sums.merge(batch.getSchema().at(i).getName(), number(column, row), Double::sum);
      }
    }
  }

  private static String cell(ColumnVector column, int row) {
    if (column.isNullAt(row)) {
      return "null";
    }
    if (column.getDataType() instanceof StringType) {
      return column.getString(row);
    }
    if (column.getDataType() instanceof TimestampType) {
      return Long.toString(column.getLong(row));
    }
    return Double.toString(number(column, row));
  }

  private static double number(ColumnVector column, int row) {
    if (column.getDataType() instanceof IntegerType) {
      return column.getInt(row);
    }
    if (column.getDataType() instanceof LongType) {
      return column.getLong(row);
    }
    if (column.getDataType() instanceof DoubleType) {
      return column.getDouble(row);
    }
    throw new IllegalArgumentException("Not a column of numbers: " + column.getDataType());
  }
}
