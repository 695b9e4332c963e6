package io.landfall.producer.command;

import io.landfall.cli.Count;
import io.landfall.cli.End;
import io.landfall.cli.ExitCode;
import io.landfall.cli.LandfallSettings;
import io.landfall.cli.Progress;
import io.landfall.cli.Setting;
import io.landfall.cli.Settings;
import io.landfall.cli.kafka.KafkaSettings;
import io.landfall.cli.lineage.LineageSettings;
import io.landfall.cli.metrics.MeasuredCommand;
import io.landfall.cli.metrics.Metrics;
import io.landfall.producer.fetch.FetchSettings;
import io.landfall.producer.fetch.LiveReport;
import io.landfall.producer.schedule.ScheduledRuns;
import io.landfall.producer.shape.ShapeCounts;
import io.landfall.producer.shape.ShapeRun;
import io.landfall.producer.shape.ShapeSettings;
import io.landfall.producer.source.Connector;
import io.landfall.schemas.PastRun;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fetch what is due, shape until caught up, end. */
public final class RunCommand implements MeasuredCommand {

  private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

  private static final Duration SHORTEST_ROUND = Duration.ofSeconds(1);

  private final Connector connector;
  private final Clock clock;

  public RunCommand(Connector connector, Clock clock) {
    this.connector = connector;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "run";
  }

  @Override
  public String description() {
    return "Fetches what is due, shapes until caught up, then ends: for cron and workflow schedulers.";
  }

  @Override
  public List<Setting<?>> settings() {
    return Stream.of(
            KafkaSettings.ALL,
            Fetching.settings(connector),
            ShapeSettings.ALL,
            LineageSettings.ALL,
            List.<Setting<?>>of(LandfallSettings.DRY_RUN, LandfallSettings.LIVE),
            WRITTEN)
        .flatMap(List::stream)
        .toList();
  }

  @Override
  public List<String> problems(Settings settings) {
    return Stream.concat(
            FetchSettings.problems(settings).stream(),
            settings.find(LandfallSettings.LIVE).stream()
                .filter(every -> every.compareTo(SHORTEST_ROUND) < 0)
                .map(
                    every ->
                        "--live: %d ms is too short; it is at least 1s"
                            .formatted(every.toMillis())))
        .toList();
  }

  @Override
  public ExitCode run(Settings settings, PrintStream out, Metrics metrics)
      throws InterruptedException {
    if (settings.get(LandfallSettings.DRY_RUN)) {
      return new PlanCommand(connector, clock).run(settings, out);
    }
    try (SourceFigures figures = new SourceFigures(connector, settings, metrics)) {
      figures.ofFetch();
      ScheduledRuns.Result result =
          once(name(), settings, out, settings.find(LandfallSettings.LIVE), metrics);
      result.summary().lines().forEach(out::println);
      return result.exitCode();
    }
  }

  @Override
  public void ended(Settings settings, End end, Metrics metrics) {
    if (!settings.get(LandfallSettings.DRY_RUN)) {
      SourceFigures.ended(connector, end, metrics, clock);
    }
  }

  /**
   * One run.
   *
   * @param command that was given
   * @param live how often what is in progress is fetched until it is not, if at all
   */
  ScheduledRuns.Result once(
      String command, Settings settings, PrintStream out, Optional<Duration> live, Metrics metrics)
      throws InterruptedException {
    try (Cluster cluster = Cluster.open(settings, connector, clock)) {
      return NotedRun.of(
          command, cluster, clock, run -> once(cluster, settings, live, run, out, metrics));
    }
  }

  private ScheduledRuns.Result once(
      Cluster cluster,
      Settings settings,
      Optional<Duration> live,
      PastRun.Builder run,
      PrintStream out,
      Metrics metrics)
      throws InterruptedException {
    long start = System.nanoTime();
    Progress progress = Progress.on(out, clock).living(metrics::alive);
    Done<Fetching.Outcome> done =
        shapingBeside(
            cluster,
            settings,
            progress,
            metrics,
            () -> {
              Fetching.Outcome fetched =
                  Fetching.run(settings, cluster, connector, clock, live, progress, metrics);
              NotedRun.fetched(fetched, run);
              return fetched;
            });
    NotedRun.shaped(done.shaped(), run);
    Fetching.Outcome fetched = done.fetched();
    String summary =
        String.format(
            Locale.ROOT,
            "run: %s; %s emitted, %s; %.1f s",
            fetched.summary(),
            Count.of(done.shaped().rows(), "row"),
            Count.of(done.shaped().deadLetters(), "dead letter"),
            (System.nanoTime() - start) / 1e9);
    return new ScheduledRuns.Result(fetched.exitCode(), fetched.with(summary));
  }

  /** Follows what is in progress until it is not, or until it is late. */
  void follow(Settings settings, PrintStream out, Duration every, Instant latest, Metrics metrics)
      throws InterruptedException {
    Progress progress = Progress.on(out, clock).living(metrics::alive);
    try (Cluster cluster = Cluster.open(settings, connector, clock)) {
      Done<LiveReport> done =
          shapingBeside(
              cluster,
              settings,
              progress,
              metrics,
              () ->
                  Fetching.follow(
                      settings, cluster, connector, clock, every, latest, progress, metrics));
      LOG.atInfo()
          .addKeyValue("rows", done.shaped().rows())
          .addKeyValue("undone", done.fetched().undone())
          .log(Fetching.summary(connector, done.fetched()));
    }
  }

  private record Done<T>(T fetched, ShapeCounts shaped) {
    Done<T> and(ShapeCounts more) {
      return new Done<>(fetched, shaped.plus(more));
    }
  }

  private interface Fetch<T> {
    T fetch() throws InterruptedException;
  }

  private <T> Done<T> shapingBeside(
      Cluster cluster, Settings settings, Progress progress, Metrics metrics, Fetch<T> work)
      throws InterruptedException {
    AtomicBoolean fetching = new AtomicBoolean(true);
    Fetch<Done<T>> all =
        () -> {
          T fetched = work.fetch();
          fetching.set(false);
          return new Done<>(fetched, ShapeCounts.nothing());
        };
    for (Connector resource : connector.resources()) {
      Cluster its = cluster.of(settings, resource);
      ShapeRun shape = Shaping.of(settings, its, resource, clock, metrics);
      all = beside(shape, its, resource, settings, fetching::get, progress, all);
    }
    return all.fetch();
  }

  private <T> Fetch<Done<T>> beside(
      ShapeRun shape,
      Cluster cluster,
      Connector resource,
      Settings settings,
      BooleanSupplier fetching,
      Progress progress,
      Fetch<Done<T>> work) {
    return () -> {
      try (Beside<ShapeCounts> beside =
          Beside.start("shape", () -> shape.whileFilling(fetching, progress))) {
        return Shaping.told(
            settings, cluster, resource, clock, shape, false, () -> work.fetch().and(beside.get()));
      }
    };
  }
}
