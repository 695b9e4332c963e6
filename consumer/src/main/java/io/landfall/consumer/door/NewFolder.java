package io.landfall.consumer.door;

import io.landfall.cli.LandfallException;
import io.landfall.cli.RefusalReason;
import io.landfall.cli.TableLocation.Folder;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/** A place where a table is to come into being. */
public final class NewFolder {

  private NewFolder() {}

  /** Refuses a place where something else is. */
  public static void require(Folder folder, Configuration configuration) {
    require(folder, configuration, name -> false);
  }

  /**
   * Refuses a place where something else is.
   *
   * @param ours by their names, files that may be there before the table is
   */
  public static void require(Folder folder, Configuration configuration, Predicate<String> ours) {
    Path path = new Path(folder.toString());
    try {
      FileSystem files = path.getFileSystem(configuration);
      RemoteIterator<FileStatus> entries = files.listStatusIterator(path);
      while (entries.hasNext()) {
        requireLog(folder, entries.next(), files.makeQualified(path), ours);
      }
    } catch (FileNotFoundException e) {
      // The folder comes into being with the table.
    } catch (IOException e) {
      throw unlisted(folder, e);
    }
  }

  /** Whether nothing is there, not even what somebody left who died. */
  public static boolean isEmpty(Folder folder, Configuration configuration) {
    Path path = new Path(folder.toString());
    try {
      return !path.getFileSystem(configuration).listStatusIterator(path).hasNext();
    } catch (FileNotFoundException e) {
      return true;
    } catch (IOException e) {
      throw unlisted(folder, e);
    }
  }

  private static LandfallException unlisted(Folder folder, IOException e) {
    return LandfallException.unavailable(
        "%s cannot be listed: %s. Nothing was written.".formatted(folder, e), e);
  }

  private static void requireLog(
      Folder folder, FileStatus entry, Path path, Predicate<String> ours) {
    if (entry.getPath().equals(path)) {
      throw LandfallException.refused(
          RefusalReason.NOT_OURS,
          "%s is a file, not a folder. Nothing was written.".formatted(folder));
    }
    String name = entry.getPath().getName();
    if (!name.equals("_delta_log") && !ours.test(name)) {
      throw LandfallException.refused(
          RefusalReason.NOT_OURS,
          "%s holds other things (%s) and no Delta table. Nothing was written. Give an empty or a missing folder."
              .formatted(folder, name));
    }
  }
}
