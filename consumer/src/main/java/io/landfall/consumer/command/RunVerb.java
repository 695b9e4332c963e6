package io.landfall.consumer.command;

import io.landfall.consumer.bronze.TableState;
import io.landfall.consumer.door.Door;
import io.landfall.consumer.ingest.Ingest;
import io.landfall.consumer.ingest.NothingNew;
import io.landfall.consumer.kernel.KernelTable;
import io.landfall.consumer.landing.KafkaCluster;
import io.landfall.consumer.landing.KafkaLandingTopic;
import io.landfall.consumer.landing.LandingTopic;
import io.landfall.program.ExitCode;
import io.landfall.program.LandfallSettings;
import io.landfall.program.Ready;
import io.landfall.program.Setting;
import io.landfall.program.Settings;
import io.landfall.program.Verb;
import io.landfall.schemas.Dataset;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** {@code run}: append what is in the landing topic to the bronze table. */
public final class RunVerb implements Verb {

  private final Dataset dataset;
  private final Clock clock;

  public RunVerb(Dataset dataset, Clock clock) {
    this.dataset = dataset;
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
    return List.of(
        LandfallSettings.BOOTSTRAP_SERVERS,
        LandfallSettings.TABLE,
        LandfallSettings.DOOR,
        LandfallSettings.ONCE,
        LandfallSettings.RECORDS_PER_COMMIT,
        LandfallSettings.SCRATCH_DIR,
        LandfallSettings.READY_FILE);
  }

  @Override
  public List<String> problems(Settings settings) {
    return Tables.problems(settings, List.of(LandfallSettings.TABLE));
  }

  @Override
  public ExitCode run(Settings settings, PrintStream out) throws InterruptedException {
    boolean once = settings.get(LandfallSettings.ONCE);
    try {
      land(settings, once, out);
    } catch (InterruptedException e) {
      if (once) {
        throw e;
      }
      // To be told to stop is how a continuous run ends, and a batch is whole or not there.
      out.printf(
          "%s: stopped within a batch; the next run asks the table where to go on%n",
          dataset.name());
    }
    return ExitCode.OK;
  }

  private void land(Settings settings, boolean once, PrintStream out) throws InterruptedException {
    long began = System.nanoTime();
    KafkaCluster cluster = Cluster.of(settings);
    // Before Spark, which takes seconds: a broker that is not there is told at once, and so is that
    // there is nothing to do.
    try (Ready ready = Ready.notYet(this, settings, out);
        LandingTopic topic = KafkaLandingTopic.open(dataset.landing(), cluster)) {
      Optional<KernelTable> table = once ? Tables.withoutSpark(settings) : Optional.empty();
      if (table.isPresent()) {
        Optional<TableState> state = NothingNew.in(topic, table.get(), dataset);
        if (state.isPresent()) {
          print(new Ingest.Report(0, 0, state.get()), began, out);
          return;
        }
      }
      try (SparkProcess process = SparkProcess.start(settings, name())) {
        Door door =
            Tables.door(process.spark(), dataset, settings, settings.get(LandfallSettings.TABLE));
        Ingest ingest = process.ingest(topic, cluster, door, clock, settings);
        if (!once) {
          ready.announce();
        }
        Ingest.Until until = once ? Ingest.Until.CAUGHT_UP : Ingest.Until.STOPPED;
        print(process.untilStopped(stopped -> ingest.run(until, stopped)), began, out);
        if (once && process.stopping()) {
          throw new InterruptedException("Told to stop before everything was in the table");
        }
      }
    }
  }

  private void print(Ingest.Report report, long began, PrintStream out) {
    out.printf(
        "%s: %,d rows in %d commits, version %d, %.1f s%n",
        dataset.name(),
        report.rows(),
        report.commits(),
        report.state().version(),
        (System.nanoTime() - began) / 1e9);
  }
}
