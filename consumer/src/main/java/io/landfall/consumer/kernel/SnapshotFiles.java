package io.landfall.consumer.kernel;

import io.delta.kernel.Snapshot;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.internal.actions.DeletionVectorDescriptor;
import io.delta.kernel.utils.CloseableIterator;
import io.landfall.cli.LandfallException;
import io.landfall.cli.TableLocation.Folder;
import io.landfall.consumer.damage.NamedFiles;
import io.landfall.consumer.damage.NamedFiles.NamedFile;
import io.landfall.consumer.kernel.TableContent.TableFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  /**
   * The same by their paths in the table's folder, each once.
   *
   * @throws LandfallException if one is named by where it is and not by its place in the folder: in
   *     a copy of the log it would be the original's
   */
  static List<TableFile> inFolder(NamedFiles named, Folder folder) {
    String root = new Path(folder.toString()).toUri().getPath() + "/";
    Map<String, TableFile> files = new LinkedHashMap<>();
    for (NamedFile file : named.files()) {
      String path = URI.create(file.path()).getPath();
      // Vectors of deleted rows are named by their place, and were looked up in the folder.
      if (file.bytes() == NamedFile.ANY_SIZE && path.startsWith(root)) {
        path = path.substring(root.length());
      }
      if (path.startsWith("/")) {
        throw LandfallException.refused(
            "The table at %s has rows in a file that its log names by where it is, %s, as a shallow clone does: a copy of the log would still point there. Nothing was written. Back up the table that the file belongs to."
                .formatted(folder, path));
      }
      files.putIfAbsent(path, new TableFile(path, file.bytes()));
    }
    return List.copyOf(files.values());
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
