package io.landfall.consumer.duckdb;

import io.delta.kernel.Scan;
import io.delta.kernel.Snapshot;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.landfall.cli.LandfallException;
import io.landfall.cli.TableLocation.Folder;
import io.landfall.consumer.kernel.KernelTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * The newest version of a table: its columns and the files that hold its rows.
 *
 * @param columns in their order
 */
record TableFiles(StructType columns, List<Path> files) {

  private static final String OTHER_ENGINE = "; --engine spark reads it.";

  TableFiles {
    files = List.copyOf(files);
  }

  /**
   * @throws LandfallException if the table is damaged, or DuckDB would not read it as it is
   */
  static TableFiles of(Path table) {
    KernelTable kernel = KernelTable.in(Folder.of(table), new Configuration());
    kernel
        .damage()
        .ifPresent(
            damage -> {
              throw damage.refusal();
            });
    Engine engine = kernel.engine();
    Snapshot snapshot =
        kernel
            .find()
            .orElseThrow(
                () -> LandfallException.refused("There is no Delta table at %s.".formatted(table)));
    if (!snapshot.getPartitionColumnNames().isEmpty()) {
      throw LandfallException.refused(
          "The table at %s is partitioned%s".formatted(table, OTHER_ENGINE));
    }
    List<Path> files = new ArrayList<>();
    Scan scan = snapshot.getScanBuilder().build();
    try (CloseableIterator<FilteredColumnarBatch> batches = scan.getScanFiles(engine)) {
      while (batches.hasNext()) {
        try (CloseableIterator<Row> rows = batches.next().getRows()) {
          while (rows.hasNext()) {
            files.add(file(table, rows.next()));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new TableFiles(snapshot.getSchema(), files);
  }

  private static Path file(Path table, Row scanned) {
    Row add = scanned.getStruct(scanned.getSchema().indexOf("add"));
    if (!add.isNullAt(add.getSchema().indexOf("deletionVector"))) {
      throw LandfallException.refused(
          "The table at %s has deletion vectors: rows were deleted from it%s"
              .formatted(table, OTHER_ENGINE));
    }
    // As the protocol has it: a URI, relative to the table as a rule.
    URI path = URI.create(add.getString(add.getSchema().indexOf("path")));
    return path.isAbsolute() ? Path.of(path) : table.resolve(path.getPath());
  }
}
