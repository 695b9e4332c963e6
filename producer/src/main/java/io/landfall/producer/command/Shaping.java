package io.landfall.producer.command;

import io.landfall.cli.Settings;
import io.landfall.cli.lineage.Lineage;
import io.landfall.cli.lineage.LineageSettings;
import io.landfall.cli.lineage.RunEnd;
import io.landfall.cli.metrics.Metrics;
import io.landfall.cli.registry.RegistrySettings;
import io.landfall.cli.registry.SchemaRegistry;
import io.landfall.producer.shape.ShapeRun;
import io.landfall.producer.shape.ShapeSettings;
import io.landfall.producer.source.Connector;
import io.landfall.schemas.Dataset;
import io.landfall.schemas.RowFormat;
import io.landfall.schemas.Topics;
import java.time.Clock;

/** The shape part of a command. */
final class Shaping {

  private Shaping() {}

  /** One that writes; the schema of its rows is in the registry, if there is one, before that. */
  static ShapeRun of(Settings settings, Cluster cluster, Connector connector, Clock clock)
      throws InterruptedException {
    return of(settings, cluster, connector, clock, Metrics.OFF);
  }

  static ShapeRun of(
      Settings settings, Cluster cluster, Connector connector, Clock clock, Metrics metrics)
      throws InterruptedException {
    return of(settings, cluster, registered(settings, cluster.topics()), connector, clock, metrics);
  }

  /** One that only looks. */
  static ShapeRun looking(Settings settings, Cluster cluster, Connector connector, Clock clock)
      throws InterruptedException {
    return of(settings, cluster, cluster.topics(), connector, clock, Metrics.OFF);
  }

  private static Topics registered(Settings settings, Topics topics) {
    Dataset dataset = topics.dataset();
    return RegistrySettings.of(settings)
        .map(
            registry ->
                SchemaRegistry.at(registry)
                    .register(topics.landing().name() + "-value", RowFormat.schema(dataset)))
        .map(id -> dataset.withEncoding(dataset.encoding().writing(id)).topics())
        .orElse(topics);
  }

  private static ShapeRun of(
      Settings settings,
      Cluster cluster,
      Topics topics,
      Connector connector,
      Clock clock,
      Metrics metrics)
      throws InterruptedException {
    ShapeRun shape =
        new ShapeRun(
            cluster.connection(),
            topics,
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
