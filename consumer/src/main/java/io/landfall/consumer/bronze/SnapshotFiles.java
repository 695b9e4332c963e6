package io.landfall.consumer.bronze;

import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.DeletionVectorDescriptor;

/** The files that a snapshot of a table names. */
final class SnapshotFiles {

  private SnapshotFiles() {}

  static List<DataFiles.Named> of(Snapshot snapshot) {
    Path table = snapshot.deltaLog().dataPath();
    List<DataFiles.Named> files = new ArrayList<>();
    for (AddFile file : snapshot.allFiles().collectAsList()) {
      files.add(new DataFiles.Named(file.path(), file.size()));
      DeletionVectorDescriptor deleted = file.deletionVector();
      if (deleted != null && deleted.isOnDisk()) {
        // Several may share a file, whose length nobody tells.
        files.add(
            new DataFiles.Named(
                deleted.absolutePath(table).toUri().toString(), DataFiles.ANY_SIZE));
      }
    }
    return files;
  }
}
