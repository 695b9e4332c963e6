package io.landfall.consumer.door.fast;

import io.landfall.cli.TableLocation.Folder;
import io.landfall.consumer.bronze.WrittenFile;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files in a table's folder, which are nothing to readers until a commit names them. */
final class TableFolder {

  private static final Logger LOG = LoggerFactory.getLogger(TableFolder.class);

  private final Folder folder;
  private final Configuration configuration;

  TableFolder(Folder folder, Configuration configuration) {
    this.folder = folder;
    this.configuration = configuration;
  }

  /** Removes files that no commit will name. What cannot be removed is left to VACUUM. */
  void discard(List<WrittenFile> files) {
    for (WrittenFile file : files) {
      Path path = new Path(folder.toString(), file.name());
      try {
        path.getFileSystem(configuration).delete(path, false);
      } catch (IOException e) {
        LOG.atWarn()
            .addKeyValue("file", path)
            .addKeyValue("error", e.toString())
            .log("A file that no commit names stays until VACUUM");
      }
    }
  }
}
