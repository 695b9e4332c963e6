package io.landfall.producer.command;

import io.landfall.producer.shape.ShapeRun;
import io.landfall.producer.shape.nhl.NhlShaper;
import io.landfall.program.LandfallSettings;
import io.landfall.program.PassThrough;
import io.landfall.program.Settings;
import java.time.Clock;

/** The shape part of a verb. */
final class Shaping {

  private Shaping() {}

  static ShapeRun of(Settings settings, Cluster cluster, Clock clock) throws InterruptedException {
    return new ShapeRun(
        cluster.connection(),
        settings.passedThrough(PassThrough.STREAMS),
        cluster.admin(),
        // A state made from another archive must never be taken for this one's.
        settings.get(LandfallSettings.STATE_DIR).resolve(cluster.archive().toString()),
        new NhlShaper(),
        clock);
  }
}
