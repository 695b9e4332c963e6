package io.landfall.producer.shape;

import io.landfall.cli.LandfallException;
import io.landfall.cli.StorageFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** The folder of shape's state, held by one shape at a time. The lock of a killed one is gone. */
final class StateFolder implements AutoCloseable {

  private final Path path;
  private final FileChannel lock;

  private StateFolder(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Takes it, unless another shape has it.
   *
   * @throws LandfallException if it cannot be used at all
   */
  static Optional<StateFolder> take(Path folder) {
    try {
      Files.createDirectories(folder);
      FileChannel lock =
          FileChannel.open(
              folder.resolve("in-use.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (isTaken(lock)) {
        lock.close();
        return Optional.empty();
      }
      return Optional.of(new StateFolder(folder, lock));
    } catch (IOException e) {
      throw StorageFailure.unusable("--state-dir", folder, e);
    }
  }

  private static boolean isTaken(FileChannel lock) throws IOException {
    try {
      return lock.tryLock() == null;
    } catch (OverlappingFileLockException e) {
      return true;
    }
  }

  Path path() {
    return path;
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
