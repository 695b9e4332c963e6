package io.landfall.consumer.kernel;

import io.delta.kernel.Snapshot;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.internal.actions.DeletionVectorDescriptor;
import io.delta.kernel.utils.CloseableIterator;
import io.landfall.consumer.damage.NamedFiles;
import io.landfall.consumer.damage.NamedFiles.NamedFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.Path;

/** The files that a table's log names, those of its deletion vectors too. */
final class SnapshotFiles {

  private SnapshotFiles() {}

  static NamedFiles of(Engine engine, Snapshot snapshot) {
    List<NamedFile> files = new ArrayList<>();
    try (CloseableIterator<FilteredColumnarBatch> batches =
        snapshot.getScanBuilder().build().getScanFiles(engine)) {
      while (batches.hasNext()) {
        try (CloseableIterator<Row> rows = batches.next().getRows()) {
          while (rows.hasNext()) {
            Row scanned = rows.next();
            add(scanned.getStruct(scanned.getSchema().indexOf("add")), snapshot.getPath(), files);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new NamedFiles(snapshot.getVersion(), files);
  }

  private static void add(Row add, String table, List<NamedFile> files) {
    files.add(
        new NamedFile(
            add.getString(add.getSchema().indexOf("path")),
            add.getLong(add.getSchema().indexOf("size"))));
    int deleted = add.getSchema().indexOf("deletionVector");
    if (!add.isNullAt(deleted)) {
      DeletionVectorDescriptor vector = DeletionVectorDescriptor.fromRow(add.getStruct(deleted));
      if (vector.isOnDisk()) {
        // Several may share a file, whose length nobody tells.
        String folder = new Path(table).toUri().toString();
        files.add(new NamedFile(vector.getAbsolutePath(folder), NamedFile.ANY_SIZE));
      }
    }
  }
}
