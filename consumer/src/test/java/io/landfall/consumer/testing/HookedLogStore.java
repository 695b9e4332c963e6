package io.landfall.consumer.testing;

import io.delta.storage.CloseableIterator;
import io.delta.storage.LogStore;
import io.landfall.consumer.storage.ConditionalPutLogStore;
import io.landfall.consumer.storage.LinkLogStore;
import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * Our own log stores, with a place to do something at the last moment before a commit is written: a
 * writer that is frozen there knows nothing of it.
 */
public final class HookedLogStore extends LogStore {

  private static final AtomicReference<Optional<Runnable>> HOOK =
      new AtomicReference<>(Optional.empty());

  private final LogStore local;
  private final LogStore s3;

  public HookedLogStore(Configuration configuration) {
    super(configuration);
    this.local = new LinkLogStore(configuration);
    this.s3 = new ConditionalPutLogStore(configuration);
  }

  /** What is done before the next commit, once. */
  public static void beforeNextCommit(Runnable action) {
    HOOK.set(Optional.of(action));
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
    if (path.getName().endsWith(".json")) {
      HOOK.getAndSet(Optional.empty()).ifPresent(Runnable::run);
    }
    store(path).write(path, actions, overwrite, configuration);
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
