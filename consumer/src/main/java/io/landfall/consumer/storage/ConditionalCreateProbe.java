package io.landfall.consumer.storage;

import io.landfall.cli.LandfallException;
import io.landfall.cli.Reason;
import io.landfall.cli.RefusalReason;
import io.landfall.cli.TableLocation.Folder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Set;
import java.util.UUID;
import java.util.WeakHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathIOException;

/**
 * Finds out whether a storage honours conditional creation, by creating one object twice.
 *
 * <p>The object is named like the temporary files that Delta's own log store for HDFS puts into a
 * table's log, which every reader passes over, and sorts before every version. Its name is new each
 * time, so that two who probe at once do not see each other's.
 */
public final class ConditionalCreateProbe {

  private static final Set<FileSystem> HONOURED =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  private ConditionalCreateProbe() {}

  /**
   * Probes the storage of a table, if commits there are to be created so.
   *
   * @param table its folder, which need not exist
   * @throws LandfallException refused, if the storage does not honour it; unavailable, if it does
   *     not answer
   */
  public static void require(Folder table, Configuration configuration) {
    if (!LogStoreSettings.areConditional(table.scheme(), configuration)) {
      return;
    }
    Path log = new Path(table.toString(), "_delta_log");
    try {
      require(log.getFileSystem(configuration), log);
    } catch (UnsafeStorageException e) {
      throw LandfallException.refused(RefusalReason.UNSAFE_STORAGE, Reason.of(e));
    } catch (IOException e) {
      throw LandfallException.unavailable(
          "%s cannot be written: %s. Nothing was written to the table."
              .formatted(table, Reason.of(e)),
          e);
    }
  }

  /**
   * Probes the storage that holds a table's log, once for each file system of this process.
   *
   * @param log the folder {@code _delta_log} of a table, which need not exist
   * @throws UnsafeStorageException if the storage does not honour it
   * @throws IOException if it could not be found out
   */
  static void require(FileSystem files, Path log) throws IOException {
    if (HONOURED.contains(files)) {
      return;
    }
    Path object = new Path(log, ".landfall-probe.%s.tmp".formatted(UUID.randomUUID()));
    new ConditionalCreate(files, time -> Thread.sleep(time.toMillis()))
        .create(object, "first".getBytes(StandardCharsets.UTF_8));
    try {
      requireRefusal(files, object);
    } finally {
      delete(files, object);
    }
    HONOURED.add(files);
  }

  private static void requireRefusal(FileSystem files, Path object) throws IOException {
    try {
      ConditionalCreate.once(files, object, "second".getBytes(StandardCharsets.UTF_8));
    } catch (PathIOException | FileAlreadyExistsException e) {
      // What a file system says of this path, not of the network or the service: it is there.
      return;
    }
    throw UnsafeStorageException.ignored(files.getUri().toString());
  }

  private static void delete(FileSystem files, Path object) {
    try {
      files.delete(object, false);
    } catch (IOException e) {
      // A writer of an append-only table may well have no right to delete; nobody reads the object.
      return;
    }
  }
}
