package io.landfall.consumer.door.fast;

import io.landfall.consumer.bronze.WrittenFile;
import io.landfall.program.Stop;
import io.landfall.program.TableLocation.Folder;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
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

  /** Refuses a place where something else is. */
  void requireNothingElse() {
    Path path = new Path(folder.toString());
    try {
      FileSystem files = path.getFileSystem(configuration);
      RemoteIterator<FileStatus> entries = files.listStatusIterator(path);
      while (entries.hasNext()) {
        FileStatus entry = entries.next();
        if (entry.getPath().equals(files.makeQualified(path))) {
          throw Stop.refused("%s is a file, not a folder. Nothing was written.".formatted(folder));
        }
        if (!entry.getPath().getName().equals("_delta_log")) {
          throw Stop.refused(
              "%s holds other things (%s) and no Delta table. Nothing was written. Give an empty or a missing folder."
                  .formatted(folder, entry.getPath().getName()));
        }
      }
    } catch (FileNotFoundException e) {
      // The folder comes into being with the table.
    } catch (IOException e) {
      throw Stop.unavailable(
          "%s cannot be listed: %s. Nothing was written.".formatted(folder, e), e);
    }
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
