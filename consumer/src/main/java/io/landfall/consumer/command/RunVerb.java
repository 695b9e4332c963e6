package io.landfall.consumer.command;

import io.landfall.consumer.bronze.BronzeTable;
import io.landfall.consumer.ingest.BatchWriter;
import io.landfall.consumer.ingest.Ingest;
import io.landfall.consumer.ingest.SparkBatchWriter;
import io.landfall.consumer.landing.KafkaCluster;
import io.landfall.consumer.landing.KafkaLandingTopic;
import io.landfall.consumer.landing.LandingTopic;
import io.landfall.program.Count;
import io.landfall.program.ExitCode;
import io.landfall.program.LandfallSettings;
import io.landfall.program.Ready;
import io.landfall.program.Setting;
import io.landfall.program.Settings;
import io.landfall.program.StorageFailure;
import io.landfall.program.Verb;
import io.landfall.schemas.Dataset;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

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
        LandfallSettings.ONCE,
        LandfallSettings.RECORDS_PER_COMMIT,
        LandfallSettings.SCRATCH_DIR,
        LandfallSettings.READY_FILE);
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
    Path path = settings.get(LandfallSettings.TABLE);
    StorageFailure.requireWritable(LandfallSettings.TABLE.flag(), path);
    // Before Spark, which takes seconds: a broker that is not there is told at once.
    try (Ready ready = Ready.notYet(this, settings, out);
        LandingTopic topic = topic(path, cluster);
        SparkProcess process = SparkProcess.start(settings, name())) {
      BronzeTable table = BronzeTable.open(process.spark(), dataset, path, topic.id());
      BatchWriter writer = new SparkBatchWriter(process.spark(), cluster, dataset, table.path());
      Ingest ingest =
          new Ingest(
              topic, table, writer, clock, settings.get(LandfallSettings.RECORDS_PER_COMMIT));
      if (!once) {
        ready.announce();
      }
      Ingest.Report report = process.untilStopped(once ? ingest::once : ingest::untilStopped);
      out.printf(
          "%s: %s in %s, version %d, %.1f s%n",
          dataset.name(),
          Count.of(report.rows(), "row"),
          Count.of(report.commits(), "commit"),
          report.state().version(),
          (System.nanoTime() - began) / 1e9);
      if (once && process.stopping()) {
        throw new InterruptedException("Told to stop before everything was in the table");
      }
    }
  }

  /** A topic that is created now has none of the rows that a table already holds. */
  private LandingTopic topic(Path table, KafkaCluster cluster) throws InterruptedException {
    return BronzeTable.isAt(table)
        ? KafkaLandingTopic.existing(dataset.landing(), cluster)
        : KafkaLandingTopic.open(dataset.landing(), cluster);
  }
}
