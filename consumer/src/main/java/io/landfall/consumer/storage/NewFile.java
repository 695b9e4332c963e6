package io.landfall.consumer.storage;

import io.delta.kernel.defaults.internal.logstore.LogStoreProvider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Creates a small file of text that appears whole or not at all, and only if there is none of its
 * name: as Delta creates commits on that storage.
 */
public final class NewFile {

  private NewFile() {}

  /** What a file of these lines holds. */
  public static byte[] content(List<String> lines) {
    return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Creates it.
   *
   * @param lines of which it needs one that no other writer would write: what equals it counts as
   *     written by us
   * @throws FileAlreadyExistsException if one is there
   */
  public static void create(Path path, List<String> lines, Configuration configuration)
      throws IOException {
    FileSystem files = path.getFileSystem(configuration);
    files.mkdirs(path.getParent());
    try {
      // As Kernel would choose it for a commit there.
      LogStoreProvider.getLogStore(configuration, files.getUri().getScheme())
          .write(path, lines.iterator(), false, configuration);
    } catch (org.apache.hadoop.fs.FileAlreadyExistsException e) {
      throw (FileAlreadyExistsException)
          new FileAlreadyExistsException(path.toString()).initCause(e);
    }
  }
}
