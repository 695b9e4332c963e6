package io.landfall.consumer.testing;

import io.landfall.consumer.storage.LinkLogStore;
import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Our log store for folders of this machine, with a place to do something at the last moment before
 * a commit is written: a writer that is frozen there knows nothing of it.
 */
public final class HookedLogStore extends LinkLogStore {

  private static final AtomicReference<Optional<Runnable>> HOOK =
      new AtomicReference<>(Optional.empty());

  public HookedLogStore(Configuration configuration) {
    super(configuration);
  }

  /** What is done before the next commit, once. */
  public static void beforeNextCommit(Runnable action) {
    HOOK.set(Optional.of(action));
  }

  @Override
  public void write(
      Path path, Iterator<String> actions, Boolean overwrite, Configuration configuration)
      throws IOException {
    if (path.getName().endsWith(".json")) {
      HOOK.getAndSet(Optional.empty()).ifPresent(Runnable::run);
    }
    super.write(path, actions, overwrite, configuration);
  }
}
