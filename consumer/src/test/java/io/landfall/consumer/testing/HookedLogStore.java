package io.landfall.consumer.testing;

import io.delta.storage.CloseableIterator;
import io.delta.storage.LogStore;
import io.landfall.consumer.storage.ConditionalPutLogStore;
import io.landfall.consumer.storage.LinkLogStore;
import java.io.IOException;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * Our own log stores, with a place to do something at the last moment before a commit is written,
 * where a frozen writer knows nothing of it, and one behind it, where an answer may be lost.
 */
public final class HookedLogStore extends LogStore {

  /** What happens; a failure is the storage's. */
  public interface Hook {
    void run() throws IOException;
  }

  private static final Hook NOTHING = () -> {};
  private static final AtomicReference<Hook> BEFORE = new AtomicReference<>(NOTHING);
  private static final AtomicReference<Hook> AFTER = new AtomicReference<>(NOTHING);

  private final LogStore local;
  private final LogStore s3;

  public HookedLogStore(Configuration configuration) {
    super(configuration);
    this.local = new LinkLogStore(configuration);
    this.s3 = new ConditionalPutLogStore(configuration);
  }

  /** What is done before the next commit, once. */
  public static void beforeNextCommit(Hook action) {
    BEFORE.set(action);
  }

  /** What is done behind the next commit, once. */
  public static void afterNextCommit(Hook action) {
    AFTER.set(action);
  }

  private LogStore store(Path path) {
    return "s3a".equals(path.toUri().getScheme()) ? s3 : local;
  }

  @Override
  public CloseableIterator<String> read(Path path, Configuration configuration) throws IOException {
    return store(path).read(path, configuration);
  }

  @Override
  public void write(
      Path path, Iterator<String> actions, Boolean overwrite, Configuration configuration)
      throws IOException {
    boolean commit = path.getName().endsWith(".json");
    if (commit) {
      BEFORE.getAndSet(NOTHING).run();
    }
    store(path).write(path, actions, overwrite, configuration);
    if (commit) {
      AFTER.getAndSet(NOTHING).run();
    }
  }

  @Override
  public Iterator<FileStatus> listFrom(Path path, Configuration configuration) throws IOException {
    return store(path).listFrom(path, configuration);
  }

  @Override
  public Path resolvePathOnPhysicalStorage(Path path, Configuration configuration)
      throws IOException {
    return store(path).resolvePathOnPhysicalStorage(path, configuration);
  }

  @Override
  public Boolean isPartialWriteVisible(Path path, Configuration configuration) throws IOException {
    return store(path).isPartialWriteVisible(path, configuration);
  }
}
