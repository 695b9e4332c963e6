package io.landfall.consumer.storage;

import io.delta.storage.LocalLogStore;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Commits to a folder of this machine: of all processes and threads that write one version, one
 * gets it.
 *
 * <p>Delta's own log stores look whether the file is there and then rename another one to it, which
 * on a local file system replaces what came in between: of two writers at once both are told that
 * they committed, and one commit is gone. Here a whole file is given its name by a hard link, which
 * the file system refuses if the name is taken.
 */
public class LinkLogStore extends LocalLogStore {

  /** Made by Delta, through its settings. */
  public LinkLogStore(Configuration configuration) {
    super(configuration);
  }

  @Override
  public void write(
      Path path, Iterator<String> actions, Boolean overwrite, Configuration configuration)
      throws IOException {
    if (overwrite) {
      super.write(path, actions, true, configuration);
      return;
    }
    java.nio.file.Path target = java.nio.file.Path.of(path.toUri().getPath());
    java.nio.file.Path folder = target.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new FileNotFoundException("No such file or directory: " + folder);
    }
    // Readers of a log pass over names that begin with a dot.
    java.nio.file.Path whole = Files.createTempFile(folder, "." + target.getFileName(), ".tmp");
    try {
      Files.write(whole, (Iterable<String>) () -> actions, StandardCharsets.UTF_8);
      try (FileChannel channel = FileChannel.open(whole, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      link(target, whole);
    } finally {
      Files.delete(whole);
    }
  }

  private static void link(java.nio.file.Path target, java.nio.file.Path whole) throws IOException {
    try {
      Files.createLink(target, whole);
    } catch (FileAlreadyExistsException e) {
      throw new FileAlreadyExistsException(target.toString());
    } catch (UnsupportedOperationException e) {
      throw new IOException(
          "The file system of %s has no hard links, without which two writers could both believe that they committed"
              .formatted(target),
          e);
    }
  }

  @Override
  public Boolean isPartialWriteVisible(Path path, Configuration configuration) {
    return false;
  }
}
