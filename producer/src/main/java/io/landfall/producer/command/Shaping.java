package io.landfall.producer.command;

import io.landfall.cli.Settings;
import io.landfall.cli.lineage.Lineage;
import io.landfall.cli.lineage.LineageSettings;
import io.landfall.cli.lineage.RunEnd;
import io.landfall.cli.metrics.Metrics;
import io.landfall.producer.shape.ShapeRun;
import io.landfall.producer.shape.ShapeSettings;
import io.landfall.producer.source.Connector;
import java.time.Clock;

/** The shape part of a command. */
final class Shaping {

  private Shaping() {}

  static ShapeRun of(Settings settings, Cluster cluster, Connector connector, Clock clock)
      throws InterruptedException {
    return of(settings, cluster, connector, clock, Metrics.OFF);
  }

  static ShapeRun of(
      Settings settings, Cluster cluster, Connector connector, Clock clock, Metrics metrics)
      throws InterruptedException {
    ShapeRun shape =
        new ShapeRun(
            cluster.connection(),
            cluster.topics(),
            // A state made from another archive must never be taken for this one's.
            ShapeSettings.of(settings).forArchive(cluster.archive().toString()),
            cluster.admin(),
            connector.shaper(),
            clock,
            metrics);
    shape.refuseGaps();
    return shape;
  }

  /** Shapes, and tells of it. */
  static <T> T told(
      Settings settings,
      Cluster cluster,
      Connector connector,
      Clock clock,
      ShapeRun shape,
      boolean isContinuous,
      Lineage.Work<T> work)
      throws InterruptedException {
    return new Lineage(LineageSettings.of(settings), clock)
        .of(
            Jobs.shape(cluster, connector, isContinuous, shape.counts()),
            work,
            done -> RunEnd.COMPLETE);
  }
}
