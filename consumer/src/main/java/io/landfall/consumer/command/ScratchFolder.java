package io.landfall.consumer.command;

import io.landfall.consumer.ingest.Scratch;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/**
 * A folder for what a process needs for as long as it runs. One that was killed cannot clean up:
 * the next one to start does it. Whether a process still runs is told by the lock that it holds on
 * a file in its folder, which ends with it however it ends.
 */
final class ScratchFolder implements AutoCloseable {

  private static final String LOCK = "lock";

  private final Path path;
  private final FileChannel lock;

  private ScratchFolder(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /** A new folder, after those of processes that are gone were removed. */
  static ScratchFolder in(Path parent, String name) throws IOException {
    Files.createDirectories(parent);
    // A folder without its lock yet would pass for a dead process's.
    try (FileChannel starting = open(parent.resolve(LOCK));
        FileLock oneAtATime = starting.lock()) {
      sweep(parent);
      Path path = Files.createTempDirectory(parent, name + "-");
      FileChannel held = open(path.resolve(LOCK));
      var untilTheEnd = held.lock();
      if (!untilTheEnd.isValid() || !oneAtATime.isValid()) {
        throw new IOException("%s cannot be locked".formatted(path));
      }
      return new ScratchFolder(path, held);
    }
  }

  private static FileChannel open(Path lock) throws IOException {
    return FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private static void sweep(Path parent) throws IOException {
    try (Stream<Path> entries = Files.list(parent)) {
      for (Path entry : entries.filter(path -> Files.exists(path.resolve(LOCK))).toList()) {
        if (isAbandoned(entry)) {
          new Scratch(entry).close();
        }
      }
    }
  }

  private static boolean isAbandoned(Path folder) {
    try (FileChannel channel = open(folder.resolve(LOCK));
        FileLock lock = channel.tryLock()) {
      return lock != null;
    } catch (OverlappingFileLockException | IOException e) {
      // Held by this very process, or somebody else's: not ours to remove.
      return false;
    }
  }

  Path path() {
    return path;
  }

  @Override
  public void close() {
    new Scratch(path).close();
    try {
      lock.close();
    } catch (IOException e) {
      // The process ends, and the lock with it.
      return;
    }
  }
}
