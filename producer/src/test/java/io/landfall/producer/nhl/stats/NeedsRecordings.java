package io.landfall.producer.nhl.stats;

import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.SkipExecutionHook;

/** Skips a class of properties with a message where there are no recordings. */
final class NeedsRecordings implements SkipExecutionHook {

  @Override
  public SkipResult shouldBeSkipped(LifecycleContext context) {
    return Recordings.present() ? SkipResult.doNotSkip() : SkipResult.skip(Recordings.ABSENT);
  }
}
