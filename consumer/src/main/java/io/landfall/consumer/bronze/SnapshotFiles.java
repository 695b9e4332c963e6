package io.landfall.consumer.bronze;

import io.delta.kernel.Snapshot;
import io.delta.kernel.TableManager;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.internal.actions.DeletionVectorDescriptor;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * The files that the newest version of a table names. Delta Kernel reads them: Spark needs a query
 * for it, the first of its process, which takes longer than all the rest of a start.
 */
record SnapshotFiles(long version, List<DataFiles.Named> files) {

  SnapshotFiles {
    files = List.copyOf(files);
  }

  static SnapshotFiles of(Path table, Configuration configuration) throws IOException {
    Engine engine = DefaultEngine.create(configuration);
    Snapshot snapshot = TableManager.loadSnapshot(table.toString()).build(engine);
    List<DataFiles.Named> files = new ArrayList<>();
    try (CloseableIterator<FilteredColumnarBatch> batches =
        snapshot.getScanBuilder().build().getScanFiles(engine)) {
      while (batches.hasNext()) {
        try (CloseableIterator<Row> rows = batches.next().getRows()) {
          while (rows.hasNext()) {
            Row scanned = rows.next();
            add(scanned.getStruct(scanned.getSchema().indexOf("add")), table, files);
          }
        }
      }
    }
    return new SnapshotFiles(snapshot.getVersion(), files);
  }

  private static void add(Row add, Path table, List<DataFiles.Named> files) {
    files.add(
        new DataFiles.Named(
            add.getString(add.getSchema().indexOf("path")),
            add.getLong(add.getSchema().indexOf("size"))));
    int deleted = add.getSchema().indexOf("deletionVector");
    if (!add.isNullAt(deleted)) {
      DeletionVectorDescriptor vector = DeletionVectorDescriptor.fromRow(add.getStruct(deleted));
      if (vector.isOnDisk()) {
        // Several may share a file, whose length nobody tells.
        files.add(
            new DataFiles.Named(
                vector.getAbsolutePath(table.toUri().toString()), DataFiles.ANY_SIZE));
      }
    }
  }
}
