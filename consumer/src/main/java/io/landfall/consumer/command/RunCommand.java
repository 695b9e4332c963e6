package io.landfall.consumer.command;

import io.landfall.cli.End;
import io.landfall.cli.ExitCode;
import io.landfall.cli.LandfallSettings;
import io.landfall.cli.Readiness;
import io.landfall.cli.Setting;
import io.landfall.cli.Settings;
import io.landfall.cli.kafka.KafkaSettings;
import io.landfall.cli.lineage.LineageSettings;
import io.landfall.cli.metrics.MeasuredCommand;
import io.landfall.cli.metrics.Metrics;
import io.landfall.cli.registry.RegistrySettings;
import io.landfall.consumer.ingest.Ingest;
import io.landfall.consumer.ingest.IngestSettings;
import java.io.PrintStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** {@code run}: append what is in the landing topics to their bronze tables, all at once. */
public final class RunCommand implements MeasuredCommand {

  private final Datasets datasets;
  private final Clock clock;

  public RunCommand(Datasets datasets, Clock clock) {
    this.datasets = datasets;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "run";
  }

  @Override
  public String description() {
    return "Append what is in the landing topic to the bronze table, and go on doing so.";
  }

  @Override
  public List<Setting<?>> settings() {
    return Stream.of(
            KafkaSettings.ALL,
            RegistrySettings.ALL,
            IngestSettings.ALL,
            LineageSettings.ALL,
            List.<Setting<?>>of(
                LandfallSettings.DATASET,
                LandfallSettings.TABLE,
                LandfallSettings.DOOR,
                LandfallSettings.ONCE,
                LandfallSettings.ADOPT_TOPIC,
                LandfallSettings.REFILL,
                LandfallSettings.ACCEPT_VERSION,
                LandfallSettings.QUARANTINE_SCHEMA,
                LandfallSettings.READY_FILE),
            SERVED)
        .flatMap(List::stream)
        .toList();
  }

  @Override
  public List<String> problems(Settings settings) {
    List<String> problems = new ArrayList<>(datasets.problems(settings));
    if (datasets.tables(settings).size() > 1) {
      settings
          .find(LandfallSettings.ACCEPT_VERSION)
          .ifPresent(
              version ->
                  problems.add(
                      "--accept-version %d: a version is one table's; choose whose with --dataset"
                          .formatted(version)));
    }
    for (String table : datasets.tables(settings)) {
      problems.addAll(Tables.problems(settings.of(table), List.of(LandfallSettings.TABLE)));
    }
    return problems.stream().distinct().toList();
  }

  @Override
  public boolean goesOn(Settings settings) {
    return !settings.get(LandfallSettings.ONCE);
  }

  @Override
  public void ended(Settings settings, End end, Metrics metrics) {
    datasets.found(settings).forEach(dataset -> LandingFigures.ended(dataset, end, metrics));
  }

  @Override
  public ExitCode run(Settings settings, PrintStream out, Metrics metrics)
      throws InterruptedException {
    boolean once = settings.get(LandfallSettings.ONCE);
    try {
      land(settings, once, out, metrics);
    } catch (InterruptedException e) {
      if (once) {
        throw e;
      }
      // To be told to stop is how a continuous run ends, and a batch is whole or not there.
      out.printf(
          "%s: stopped within a batch; the next run asks the table where to go on%n",
          Datasets.names(datasets.found(settings)));
    }
    return ExitCode.OK;
  }

  private void land(Settings settings, boolean once, PrintStream out, Metrics metrics)
      throws InterruptedException {
    long began = System.nanoTime();
    List<Landing> landings =
        datasets.chosen(settings).stream()
            .map(dataset -> new Landing(dataset, settings.of(dataset.name()), clock, out, metrics))
            .toList();
    for (Landing landing : landings) {
      landing.requireWritable();
    }
    try (Readiness ready = Readiness.notYet(this, settings, out, metrics::ready)) {
      land(landings, settings, once, ready);
      landings.forEach(landing -> landing.print(began));
      if (once && landings.stream().anyMatch(Landing::wasStopped)) {
        throw new InterruptedException("Told to stop before everything was in the table");
      }
    } finally {
      landings.forEach(Landing::close);
    }
  }

  /** No row of any is written before all of them may go on. */
  private void land(List<Landing> landings, Settings settings, boolean once, Readiness ready)
      throws InterruptedException {
    for (Landing landing : landings) {
      landing.lookWithoutSpark();
    }
    List<Landing> open = landings.stream().filter(landing -> !landing.isDone()).toList();
    if (open.isEmpty()) {
      return;
    }
    try (SparkProcess process = SparkProcess.start(settings, name())) {
      for (Landing landing : open) {
        landing.begin(process, landings.size() == 1 ? process.spark() : process.newSession());
      }
      if (!once) {
        ready.announce();
      }
      List<Ingest.Report> unused =
          process.untilStopped(
              open.stream()
                  .map(
                      landing ->
                          (SparkProcess.Stoppable<Ingest.Report>)
                              stopped -> landing.run(once, stopped))
                  .toList());
    }
  }
}
