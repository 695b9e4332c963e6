package io.landfall.producer.command;

import io.landfall.producer.schedule.ScheduledRuns;
import io.landfall.producer.shape.ShapeCounts;
import io.landfall.program.Count;
import io.landfall.program.ExitCode;
import io.landfall.program.LandfallSettings;
import io.landfall.program.Progress;
import io.landfall.program.Setting;
import io.landfall.program.Settings;
import io.landfall.program.Verb;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Fetch what is due, shape until caught up, end. */
public final class RunVerb implements Verb {

  private final Clock clock;

  public RunVerb(Clock clock) {
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
            List.<Setting<?>>of(LandfallSettings.BOOTSTRAP_SERVERS),
            Fetching.SETTINGS,
            List.<Setting<?>>of(LandfallSettings.STATE_DIR))
        .flatMap(List::stream)
        .toList();
  }

  @Override
  public List<String> problems(Settings settings) {
    return Fetching.problems(settings);
  }

  @Override
  public ExitCode run(Settings settings, PrintStream out) throws InterruptedException {
    ScheduledRuns.Result result = once(settings, out);
    result.summary().lines().forEach(out::println);
    return result.exitCode();
  }

  ScheduledRuns.Result once(Settings settings, PrintStream out) throws InterruptedException {
    long start = System.nanoTime();
    Progress progress = Progress.on(out, clock);
    try (Cluster cluster = Cluster.open(settings)) {
      Fetching.Outcome fetched = Fetching.run(settings, cluster, clock, progress);
      ShapeCounts shaped = Shaping.of(settings, cluster, clock).untilCaughtUp(progress);
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
}
