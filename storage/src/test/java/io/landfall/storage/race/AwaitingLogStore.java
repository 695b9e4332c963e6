package io.landfall.storage.race;

import io.delta.storage.S3SingleDriverLogStore;
import io.landfall.consumer.storage.ConditionalPutLogStore;
import java.io.IOException;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/** The log store under test, whose next commit waits at the starting line. */
public final class AwaitingLogStore extends S3SingleDriverLogStore {

  private static final AtomicReference<@Nullable Racer> NEXT = new AtomicReference<>();

  private final ConditionalPutLogStore tested;

  public AwaitingLogStore(Configuration configuration) {
    super(configuration);
    tested = new ConditionalPutLogStore(configuration);
  }

  /** The next commit of this process waits; a later try of the same one does not. */
  static void awaitNextCommit(Racer racer) {
    NEXT.set(racer);
  }

  @Override
  public void write(
      Path path, Iterator<String> actions, Boolean overwrite, Configuration configuration)
      throws IOException {
    if (!overwrite && path.getName().matches("\\d{20}\\.json")) {
      Racer racer = NEXT.getAndSet(null);
      if (racer != null) {
        racer.awaitStart();
      }
    }
    tested.write(path, actions, overwrite, configuration);
  }
}
