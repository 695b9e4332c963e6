package io.landfall.consumer.sql;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.BlockLocation;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;
import org.jspecify.annotations.Nullable;

/**
 * A file system that can be read and not changed. It hands on what reads and nothing else; whatever
 * Hadoop adds to its interface ends, by Hadoop's own defaults, in one of the refusals below.
 *
 * <p>A scheme that is not to be read at all cannot be opened.
 */
public final class ReadOnlyFileSystem extends FileSystem {

  /** The schemes that can be read. */
  static final String SCHEMES = "landfall.read-only.schemes";

  private static final String ORIGINAL = "landfall.read-only.%s.impl";

  private @Nullable FileSystem opened;
  private Path workingDirectory = new Path("/");

  /** Where the class stands that would have opened a scheme. */
  static String original(String scheme) {
    return ORIGINAL.formatted(scheme);
  }

  @Override
  public void initialize(URI uri, Configuration settings) throws IOException {
    super.initialize(uri, settings);
    setConf(settings);
    String scheme = Objects.requireNonNullElse(uri.getScheme(), "file");
    if (!settings.getStringCollection(SCHEMES).contains(scheme)) {
      throw new AccessDeniedException(uri.toString(), null, "sql opens no " + scheme + ":");
    }
    Configuration unlocked = new Configuration(settings);
    unlocked.unset("fs.%s.impl.disable.cache".formatted(scheme));
    String original = settings.get(original(scheme));
    if (original == null) {
      unlocked.unset("fs.%s.impl".formatted(scheme));
    } else {
      unlocked.set("fs.%s.impl".formatted(scheme), original);
    }
    opened = FileSystem.get(uri, unlocked);
    workingDirectory = opened.getWorkingDirectory();
  }

  private FileSystem files() {
    return Objects.requireNonNull(opened, "not initialised");
  }

  @Override
  public URI getUri() {
    return files().getUri();
  }

  @Override
  public String getScheme() {
    return files().getUri().getScheme();
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    return files().open(path, bufferSize);
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    return files().getFileStatus(path);
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    return files().listStatus(path);
  }

  @Override
  public RemoteIterator<LocatedFileStatus> listLocatedStatus(Path path) throws IOException {
    return files().listLocatedStatus(path);
  }

  @Override
  public BlockLocation[] getFileBlockLocations(FileStatus file, long start, long length)
      throws IOException {
    return files().getFileBlockLocations(file, start, length);
  }

  @Override
  public long getDefaultBlockSize(Path path) {
    return files().getDefaultBlockSize(path);
  }

  @Override
  public void setWorkingDirectory(Path path) {
    workingDirectory = path;
  }

  @Override
  public Path getWorkingDirectory() {
    return workingDirectory;
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
    throw refused("create", path);
  }

  @Override
  public FSDataOutputStream append(Path path, int bufferSize, @Nullable Progressable progress)
      throws IOException {
    throw refused("append to", path);
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    throw refused("rename", from);
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    throw refused("delete", path);
  }

  /** A folder that is there need not be made: Spark asks for its empty warehouse at every start. */
  @Override
  public boolean mkdirs(Path path, FsPermission permission) throws IOException {
    try {
      if (files().getFileStatus(path).isDirectory()) {
        return true;
      }
    } catch (FileNotFoundException e) {
      throw refused("make", path);
    }
    throw refused("make", path);
  }

  @Override
  public void setPermission(Path path, FsPermission permission) throws IOException {
    throw refused("change the permissions of", path);
  }

  @Override
  public void setOwner(Path path, String user, String group) throws IOException {
    throw refused("change the owner of", path);
  }

  @Override
  public void setTimes(Path path, long changed, long read) throws IOException {
    throw refused("change the times of", path);
  }

  @Override
  public boolean setReplication(Path path, short replication) throws IOException {
    throw refused("change the replication of", path);
  }

  @Override
  public boolean deleteOnExit(Path path) throws IOException {
    throw refused("delete", path);
  }

  @Override
  public void copyFromLocalFile(boolean delete, boolean overwrite, Path from, Path to)
      throws IOException {
    throw refused("create", to);
  }

  @Override
  public void copyFromLocalFile(boolean delete, boolean overwrite, Path[] from, Path to)
      throws IOException {
    throw refused("create", to);
  }

  @Override
  public void copyToLocalFile(boolean delete, Path from, Path to, boolean raw) throws IOException {
    throw refused("create", to);
  }

  private static IOException refused(String what, Path path) {
    return new AccessDeniedException(
        path.toString(), null, "sql only reads: it does not " + what + " files");
  }
}
