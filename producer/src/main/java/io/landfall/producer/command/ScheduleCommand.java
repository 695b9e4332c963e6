package io.landfall.producer.command;

import io.landfall.cli.ExitCode;
import io.landfall.cli.LandfallException;
import io.landfall.cli.LandfallSettings;
import io.landfall.cli.Readiness;
import io.landfall.cli.Setting;
import io.landfall.cli.Settings;
import io.landfall.cli.metrics.MeasuredCommand;
import io.landfall.cli.metrics.Metrics;
import io.landfall.producer.schedule.CronTimes;
import io.landfall.producer.schedule.KafkaJournal;
import io.landfall.producer.schedule.ScheduledRuns;
import io.landfall.producer.source.Connector;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.InterruptException;

/** The same as run, at the times of a cron expression. */
public final class ScheduleCommand implements MeasuredCommand {

  private final Connector connector;
  private final Clock clock;
  private final RunCommand run;

  public ScheduleCommand(Connector connector, Clock clock) {
    this.connector = connector;
    this.clock = clock;
    this.run = new RunCommand(connector, clock);
  }

  @Override
  public String name() {
    return "schedule";
  }

  @Override
  public String description() {
    return "The same as run, at the times of a cron expression, until it is stopped.";
  }

  @Override
  public List<Setting<?>> settings() {
    return Stream.of(
            List.<Setting<?>>of(
                LandfallSettings.CRON,
                LandfallSettings.ZONE,
                LandfallSettings.READY_FILE,
                LandfallSettings.METRICS_ADDRESS),
            run.settings())
        .flatMap(List::stream)
        .toList();
  }

  @Override
  public List<String> problems(Settings settings) {
    return Stream.concat(
            settings.find(LandfallSettings.CRON).flatMap(ScheduleCommand::problem).stream(),
            run.problems(settings).stream())
        .toList();
  }

  private static Optional<String> problem(String cron) {
    try {
      // Whether it names a time at all is the same question in every zone.
      var unused = new CronTimes(cron, ZoneOffset.UTC);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of("--cron \"%s\": %s".formatted(cron, e.getMessage()));
    }
  }

  private CronTimes times(Settings settings) {
    return new CronTimes(
        settings.get(LandfallSettings.CRON),
        settings.find(LandfallSettings.ZONE).orElse(connector.zone()));
  }

  private ScheduledRuns.Waiting waiting(Settings settings, PrintStream out, Metrics metrics) {
    ScheduledRuns.Waiting sleep = time -> Sleep.until(time, clock, metrics::alive);
    return settings
        .find(LandfallSettings.LIVE)
        .<ScheduledRuns.Waiting>map(
            every -> new BetweenRuns(look(settings, out, every, metrics), clock, sleep)::until)
        .orElse(sleep);
  }

  private BetweenRuns.Look look(
      Settings settings, PrintStream out, Duration every, Metrics metrics) {
    return new BetweenRuns.Look() {
      @Override
      public boolean isInProgress() throws InterruptedException {
        return Fetching.isInProgress(settings, connector, clock, metrics);
      }

      @Override
      public void follow(Instant latest) throws InterruptedException {
        run.follow(settings, out, every, latest, metrics);
      }
    };
  }

  @Override
  public boolean goesOn(Settings settings) {
    return true;
  }

  @Override
  public ExitCode run(Settings settings, PrintStream out, Metrics metrics) {
    try (SourceFigures figures = new SourceFigures(connector, settings, metrics);
        Readiness ready = Readiness.notYet(this, settings, out, metrics::ready)) {
      KafkaJournal journal;
      try (Cluster cluster = Cluster.open(settings, connector, clock)) {
        journal = new KafkaJournal(cluster.connection(), cluster.topics().runs());
      }
      figures.ofFetch();
      ready.announce();
      new ScheduledRuns(
              times(settings),
              () -> once(settings, out, metrics, figures),
              journal,
              clock,
              waiting(settings, out, metrics))
          .run();
      throw new IllegalStateException("A schedule ends only when it is interrupted");
    } catch (InterruptedException | InterruptException e) {
      // The normal end of a service. A run that was under way has left nothing half done.
      return ExitCode.OK;
    }
  }

  private ScheduledRuns.Result once(
      Settings settings, PrintStream out, Metrics metrics, SourceFigures figures)
      throws InterruptedException {
    try {
      ScheduledRuns.Result result = run.once(name(), settings, out, Optional.empty(), metrics);
      figures.ended(clock.instant(), result.exitCode().code());
      return result;
    } catch (LandfallException e) {
      figures.ended(clock.instant(), e.exitCode().code());
      throw e;
    }
  }
}
