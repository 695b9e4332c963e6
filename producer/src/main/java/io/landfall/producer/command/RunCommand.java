package io.landfall.producer.command;

import io.landfall.cli.Command;
import io.landfall.cli.Count;
import io.landfall.cli.ExitCode;
import io.landfall.cli.LandfallSettings;
import io.landfall.cli.Progress;
import io.landfall.cli.Setting;
import io.landfall.cli.Settings;
import io.landfall.cli.kafka.KafkaSettings;
import io.landfall.producer.fetch.FetchSettings;
import io.landfall.producer.schedule.ScheduledRuns;
import io.landfall.producer.shape.ShapeCounts;
import io.landfall.producer.shape.ShapeRun;
import io.landfall.producer.shape.ShapeSettings;
import io.landfall.producer.source.Connector;
import io.landfall.schemas.PastRun;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/** Fetch what is due, shape until caught up, end. */
public final class RunCommand implements Command {

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
            List.<Setting<?>>of(LandfallSettings.DRY_RUN))
        .flatMap(List::stream)
        .toList();
  }

  @Override
  public List<String> problems(Settings settings) {
    return FetchSettings.problems(settings);
  }

  @Override
  public ExitCode run(Settings settings, PrintStream out) throws InterruptedException {
    if (settings.get(LandfallSettings.DRY_RUN)) {
      return new PlanCommand(connector, clock).run(settings, out);
    }
    ScheduledRuns.Result result = once(name(), settings, out);
    result.summary().lines().forEach(out::println);
    return result.exitCode();
  }

  /**
   * One run.
   *
   * @param command that was given
   */
  ScheduledRuns.Result once(String command, Settings settings, PrintStream out)
      throws InterruptedException {
    try (Cluster cluster = Cluster.open(settings, connector.dataset())) {
      return NotedRun.of(command, cluster, clock, run -> once(cluster, settings, run, out));
    }
  }

  private ScheduledRuns.Result once(
      Cluster cluster, Settings settings, PastRun.Builder run, PrintStream out)
      throws InterruptedException {
    long start = System.nanoTime();
    Progress progress = Progress.on(out, clock);
    AtomicBoolean fetching = new AtomicBoolean(true);
    ShapeRun shape = Shaping.of(settings, cluster, connector, clock);
    Fetching.Outcome fetched;
    ShapeCounts shaped;
    try (Beside<ShapeCounts> beside =
        Beside.start("shape", () -> shape.whileFilling(fetching::get, progress))) {
      fetched = Fetching.run(settings, cluster, connector, clock, progress);
      NotedRun.fetched(fetched, run);
      fetching.set(false);
      shaped = beside.get();
      NotedRun.shaped(shaped, run);
    }
    String summary =
        String.format(
            Locale.ROOT,
            "run: %s; %s emitted, %s; %.1f s",
            fetched.summary(),
            Count.of(shaped.rows(), "row"),
            Count.of(shaped.deadLetters(), "dead letter"),
            (System.nanoTime() - start) / 1e9);
    return new ScheduledRuns.Result(fetched.exitCode(), fetched.with(summary));
  }
}
