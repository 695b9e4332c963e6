package io.landfall.producer.command;

import io.landfall.cli.Count;
import io.landfall.cli.ExitCode;
import io.landfall.cli.LandfallSettings;
import io.landfall.cli.Progress;
import io.landfall.cli.Readiness;
import io.landfall.cli.Setting;
import io.landfall.cli.Settings;
import io.landfall.cli.kafka.KafkaSettings;
import io.landfall.cli.lineage.LineageSettings;
import io.landfall.cli.metrics.MeasuredCommand;
import io.landfall.cli.metrics.Metrics;
import io.landfall.producer.ledger.KafkaLedger;
import io.landfall.producer.shape.ShapeCounts;
import io.landfall.producer.shape.ShapeRun;
import io.landfall.producer.shape.ShapeSettings;
import io.landfall.producer.source.Connector;
import java.io.PrintStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Shape what is in the archive. */
public final class ShapeCommand implements MeasuredCommand {

  private final Connector connector;
  private final Clock clock;

  public ShapeCommand(Connector connector, Clock clock) {
    this.connector = connector;
    this.clock = clock;
  }

  /** The names of the settings that are handed on to Kafka Streams. */
  public static Set<String> streamsNames() {
    return ShapeRun.settingNames();
  }

  @Override
  public String name() {
    return "shape";
  }

  @Override
  public String description() {
    return "Derives rows from the archive: continuously, or with --once until caught up. Makes no API call.";
  }

  @Override
  public List<Setting<?>> settings() {
    return Stream.of(
            KafkaSettings.ALL,
            ShapeSettings.ALL,
            LineageSettings.ALL,
            List.<Setting<?>>of(LandfallSettings.ONCE, LandfallSettings.READY_FILE),
            SERVED)
        .flatMap(List::stream)
        .toList();
  }

  @Override
  public boolean goesOn(Settings settings) {
    return !settings.get(LandfallSettings.ONCE);
  }

  @Override
  public ExitCode run(Settings settings, PrintStream out, Metrics metrics)
      throws InterruptedException {
    try (SourceFigures figures = new SourceFigures(connector, settings, metrics);
        Cluster cluster = Cluster.open(settings, connector, clock)) {
      figures.ofShape();
      KafkaLedger.refuseAnotherArchive(cluster.connection(), cluster.topics());
      if (!settings.get(LandfallSettings.ONCE)) {
        try (Readiness ready = Readiness.notYet(this, settings, out, metrics::ready)) {
          forEver(settings, cluster, metrics, ready);
          return ExitCode.OK;
        }
      }
      ShapeCounts counts = ShapeCounts.nothing();
      for (Connector resource : connector.resources()) {
        counts = counts.plus(untilCaughtUp(settings, cluster, resource, out, metrics));
      }
      out.println(
          "shape: %s, %s emitted, %s"
              .formatted(
                  Count.of(counts.items(), connector.itemName()),
                  Count.of(counts.rows(), "row"),
                  Count.of(counts.deadLetters(), "dead letter")));
      return ExitCode.OK;
    }
  }

  private ShapeCounts untilCaughtUp(
      Settings settings, Cluster cluster, Connector resource, PrintStream out, Metrics metrics)
      throws InterruptedException {
    Cluster its = cluster.of(settings, resource);
    ShapeRun shape = Shaping.of(settings, its, resource, clock, metrics);
    return Shaping.told(
        settings,
        its,
        resource,
        clock,
        shape,
        false,
        () -> shape.untilCaughtUp(Progress.on(out, clock).living(metrics::alive)));
  }

  /** All at once; where one ends by a failure, all do. */
  private void forEver(Settings settings, Cluster cluster, Metrics metrics, Readiness readiness)
      throws InterruptedException {
    List<Connector> resources = connector.resources();
    Set<Connector> ready = ConcurrentHashMap.newKeySet();
    List<Beside<ExitCode>> running = new ArrayList<>();
    try {
      for (Connector resource : resources) {
        Cluster its = cluster.of(settings, resource);
        ShapeRun shape = Shaping.of(settings, its, resource, clock, metrics);
        running.add(
            Beside.start(
                "shape",
                () ->
                    Shaping.told(
                        settings,
                        its,
                        resource,
                        clock,
                        shape,
                        true,
                        () -> {
                          shape.forEver(
                              () -> {
                                ready.add(resource);
                                if (ready.size() == resources.size()) {
                                  readiness.announce();
                                }
                              });
                          return ExitCode.OK;
                        })));
      }
      Beside.first(running);
    } catch (InterruptedException e) {
      // To be told to stop is how it ends.
      return;
    } finally {
      running.forEach(Beside::close);
    }
  }
}
