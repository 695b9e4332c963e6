package io.landfall.consumer.backup;

import io.landfall.consumer.storage.LinkLogStore;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;
import org.jspecify.annotations.Nullable;

/**
 * The folders of this machine, for a process that is killed at one of its operations: a file that
 * it was writing stays half, and nothing that it tries afterwards happens.
 */
public final class DyingFileSystem extends RawLocalFileSystem {

  private static final AtomicLong LEFT = new AtomicLong(Long.MAX_VALUE);

  /** What somebody who is dead gets, if he still asks. */
  static final class Killed extends IOException {
    Killed() {
      super("killed");
    }
  }

  /** Settings of one who uses it. */
  static Configuration configuration() {
    Configuration configuration = new Configuration();
    configuration.set("fs.file.impl", DyingFileSystem.class.getName());
    configuration.setBoolean("fs.file.impl.disable.cache", true);
    configuration.set("io.delta.kernel.logStore.file.impl", DyingLogStore.class.getName());
    return configuration;
  }

  /** How many operations are still done. */
  static void dieAfter(long operations) {
    LEFT.set(operations);
  }

  /** Lives again, and tells how many operations of those that it had are left. */
  static long revive() {
    return LEFT.getAndSet(Long.MAX_VALUE);
  }

  private static void live() throws Killed {
    if (LEFT.decrementAndGet() < 0) {
      throw new Killed();
    }
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    live();
    return super.open(path, bufferSize);
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      @Nullable Progressable progress)
      throws IOException {
    live();
    return dying(
        super.create(path, permission, overwrite, bufferSize, replication, blockSize, progress));
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      @Nullable Progressable progress)
      throws IOException {
    live();
    return dying(super.create(path, overwrite, bufferSize, replication, blockSize, progress));
  }

  private static FSDataOutputStream dying(FSDataOutputStream out) {
    return new FSDataOutputStream(
        new FilterOutputStream(out) {
          @Override
          public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length / 2);
            out.flush();
            live();
            out.write(bytes, offset + length / 2, length - length / 2);
          }
        },
        (FileSystem.@Nullable Statistics) null);
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    live();
    return super.listStatus(path);
  }

  @Override
  public boolean mkdirs(Path path) throws IOException {
    live();
    return super.mkdirs(path);
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    live();
    return super.delete(path, recursive);
  }

  /** Creates files as our own does, and may die before or behind that. */
  public static final class DyingLogStore extends LinkLogStore {

    public DyingLogStore(Configuration configuration) {
      super(configuration);
    }

    @Override
    public void write(
        Path path, Iterator<String> actions, Boolean overwrite, Configuration configuration)
        throws IOException {
      live();
      super.write(path, actions, overwrite, configuration);
      live();
    }
  }
}
