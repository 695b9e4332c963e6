package io.landfall.consumer.command;

import io.landfall.cli.Count;
import io.landfall.cli.ExitCode;
import io.landfall.cli.LandfallException;
import io.landfall.cli.LandfallSettings;
import io.landfall.cli.OutputFormat;
import io.landfall.cli.Progress;
import io.landfall.cli.Setting;
import io.landfall.cli.Settings;
import io.landfall.cli.TableLocation;
import io.landfall.cli.TableLocation.Folder;
import io.landfall.cli.kafka.KafkaSettings;
import io.landfall.cli.metrics.MeasuredCommand;
import io.landfall.cli.metrics.Metric;
import io.landfall.cli.metrics.Metrics;
import io.landfall.consumer.backup.BackupRun;
import io.landfall.consumer.backup.TableCopy;
import io.landfall.consumer.door.spark.SparkTable;
import io.landfall.consumer.kernel.KernelTable;
import io.landfall.consumer.landing.Offsets;
import io.landfall.schemas.Dataset;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** {@code backup create}: copy the table's newest version to where its backups are. */
public final class BackupCreateCommand implements MeasuredCommand {

  private final Dataset dataset;
  private final Clock clock;

  public BackupCreateCommand(Dataset dataset, Clock clock) {
    this.dataset = dataset;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "backup create";
  }

  @Override
  public String description() {
    return "Copy the table as it is now, as far as no backup has it yet. Ingest may run meanwhile.";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(
        LandfallSettings.TABLE,
        LandfallSettings.BACKUP,
        LandfallSettings.TOPIC_PREFIX,
        LandfallSettings.OUTPUT,
        LandfallSettings.SCRATCH_DIR,
        LandfallSettings.METRICS_FILE);
  }

  @Override
  public List<String> problems(Settings settings) {
    return Backups.problems(settings, LandfallSettings.TABLE);
  }

  @Override
  public ExitCode run(Settings settings, PrintStream out, Metrics metrics)
      throws InterruptedException {
    create(settings, out);
    metrics.set(Metric.BACKUP_TIMESTAMP, clock.instant(), dataset.name());
    return ExitCode.OK;
  }

  private void create(Settings settings, PrintStream out) throws InterruptedException {
    TableLocation location = settings.get(LandfallSettings.TABLE);
    if (location instanceof Folder folder) {
      create(folder, Backups.configuration(settings), settings, out);
      return;
    }
    // Where a catalog keeps a table only Spark knows.
    try (SparkProcess process = SparkProcess.start(settings, "backup-create")) {
      SparkTable table = new SparkTable(process.spark(), location);
      Tables.requireThere(table);
      create(table.folder(), process.spark().sparkContext().hadoopConfiguration(), settings, out);
    }
  }

  private void create(
      Folder folder, Configuration configuration, Settings settings, PrintStream out)
      throws InterruptedException {
    long began = System.nanoTime();
    if (folder.overlaps(settings.get(LandfallSettings.BACKUP))) {
      throw LandfallException.usage(
          "--backup: the catalog keeps the table in %s, which lies within the folder of the backups, or the other way about. Nothing was written."
              .formatted(folder));
    }
    Dataset deployed = dataset.withTopicPrefix(KafkaSettings.topicPrefix(settings));
    Tables.requireReadable(KernelTable.in(folder, configuration), deployed)
        .ifPresent(
            damage -> {
              throw damage.refusal();
            });
    BackupRun.Made made =
        Backups.in(
            settings,
            configuration,
            (place, hadoop) ->
                new BackupRun(place, hadoop, Progress.on(out, clock), clock).make(folder));
    print(made, (System.nanoTime() - began) / 1e9, settings.get(LandfallSettings.OUTPUT), out);
  }

  private static void print(
      BackupRun.Made made, double seconds, OutputFormat format, PrintStream out) {
    TableCopy bronze = made.manifest().bronze();
    if (format == OutputFormat.TABLE) {
      out.printf("backup    %s%n", made.manifest().id());
      out.printf("version   %d%n", bronze.version());
      out.printf("position  %s%n", bronze.position().map(Offsets::toString).orElse("none"));
      out.printf("rows      %,d%n", bronze.rows());
      out.printf(
          "copied    %s, %,d bytes%n", Count.of(made.copied(), "data file"), made.copiedBytes());
      out.printf("kept      %s%n", Count.of(made.kept(), "data file"));
      out.printf("seconds   %.1f%n", seconds);
      out.flush();
      return;
    }
    RowPrinter.print(
        new RowList(
                List.of(
                    RowList.text("id"),
                    RowList.number("version"),
                    RowList.text("position"),
                    RowList.number("rows"),
                    RowList.number("copied_files"),
                    RowList.number("copied_bytes"),
                    RowList.number("kept_files"),
                    RowList.number("seconds")))
            .add(
                made.manifest().id(),
                bronze.version(),
                bronze.position().map(Offsets::toString).orElse(null),
                bronze.rows(),
                made.copied(),
                made.copiedBytes(),
                made.kept(),
                Math.round(seconds * 10) / 10.0),
        format,
        out);
  }
}
