package io.landfall.consumer.command;

import io.landfall.cli.Command;
import io.landfall.cli.Count;
import io.landfall.cli.ExitCode;
import io.landfall.cli.LandfallSettings;
import io.landfall.cli.OutputFormat;
import io.landfall.cli.Progress;
import io.landfall.cli.Setting;
import io.landfall.cli.Settings;
import io.landfall.cli.TableLocation.Folder;
import io.landfall.cli.kafka.KafkaSettings;
import io.landfall.cli.registry.RegistrySettings;
import io.landfall.consumer.bronze.TableState;
import io.landfall.consumer.door.Door;
import io.landfall.consumer.door.Supplying;
import io.landfall.consumer.door.fast.FastDoor;
import io.landfall.consumer.door.spark.SparkDoor;
import io.landfall.consumer.door.spark.SparkTable;
import io.landfall.consumer.kernel.KernelTable;
import io.landfall.consumer.landing.KafkaLandingTopic;
import io.landfall.consumer.landing.LandingStream;
import io.landfall.consumer.landing.LandingTopic;
import io.landfall.consumer.recover.Repair;
import io.landfall.consumer.verify.VerifyReport;
import io.landfall.schemas.Dataset;
import java.io.PrintStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code repair}: append what the topic has and the table lacks. */
public final class RepairCommand implements Command {

  private final Dataset dataset;
  private final Clock clock;

  public RepairCommand(Dataset dataset, Clock clock) {
    this.dataset = dataset;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "repair";
  }

  @Override
  public String description() {
    return "Append the rows that verify finds missing, from the topic, and only those.";
  }

  @Override
  public List<Setting<?>> settings() {
    return Stream.of(
            KafkaSettings.ALL,
            RegistrySettings.ALL,
            List.<Setting<?>>of(
                LandfallSettings.TABLE,
                LandfallSettings.DOOR,
                LandfallSettings.DRY_RUN,
                LandfallSettings.OUTPUT,
                LandfallSettings.SCRATCH_DIR))
        .flatMap(List::stream)
        .toList();
  }

  @Override
  public List<String> problems(Settings settings) {
    List<String> problems =
        new ArrayList<>(Tables.problems(settings, List.of(LandfallSettings.TABLE)));
    problems.addAll(ReportPrinter.problems(settings));
    return problems;
  }

  @Override
  public ExitCode run(Settings settings, PrintStream out) throws InterruptedException {
    Verification verification =
        new Verification(settings, in(settings), false, Progress.on(out, clock));
    Optional<KernelTable> folder = Tables.withoutSpark(settings);
    if (folder.isEmpty()) {
      try (SparkProcess process = SparkProcess.start(settings, name())) {
        SparkTable table = new SparkTable(process.spark(), settings.get(LandfallSettings.TABLE));
        return repair(() -> verification.of(table, process), Optional.of(process), settings, out);
      }
    }
    return repair(() -> verification.of(folder.get(), name()), Optional.empty(), settings, out);
  }

  private interface Look {
    VerifyReport now() throws InterruptedException;
  }

  private ExitCode repair(
      Look look, Optional<SparkProcess> running, Settings settings, PrintStream out)
      throws InterruptedException {
    VerifyReport found = look.now();
    Repair.requireReadable(found, settings.get(LandfallSettings.TABLE));
    long missing = found.missing().size();
    boolean isDry = settings.get(LandfallSettings.DRY_RUN);
    if (missing == 0 || isDry) {
      return end(found, missing, 0, settings, out);
    }
    Tables.requireWritable(settings, LandfallSettings.TABLE);
    long appended;
    if (running.isPresent()) {
      appended = append(running.get(), found, settings);
    } else {
      try (SparkProcess process = SparkProcess.start(settings, name())) {
        appended = append(process, found, settings);
      }
    }
    return end(look.now(), missing, appended, settings, out);
  }

  private long append(SparkProcess process, VerifyReport found, Settings settings)
      throws InterruptedException {
    return settings.get(LandfallSettings.TABLE) instanceof Folder folder
            && Tables.withoutSpark(settings).isPresent()
        ? append(process, new FastDoor(process.spark(), in(settings), folder), found, settings)
        : append(
            process,
            new SparkDoor(process.spark(), in(settings), settings.get(LandfallSettings.TABLE)),
            found,
            settings);
  }

  private <D extends Door & Supplying> long append(
      SparkProcess process, D door, VerifyReport found, Settings settings)
      throws InterruptedException {
    Dataset deployed = in(settings);
    KafkaSettings kafka = KafkaSettings.of(settings);
    try (LandingTopic topic = KafkaLandingTopic.existing(deployed.landing(), kafka)) {
      TableState unused = door.open(topic.id());
      LandingStream records =
          new LandingStream(process.spark(), kafka, deployed.topics(), Long.MAX_VALUE);
      return process.untilStopped(
          stopped ->
              Repair.append(process.spark(), records, topic.id(), door, found, clock.instant()));
    }
  }

  private ExitCode end(
      VerifyReport report, long missing, long appended, Settings settings, PrintStream out) {
    OutputFormat format = settings.get(LandfallSettings.OUTPUT);
    ReportPrinter.print(report, settings.get(LandfallSettings.TABLE), in(settings), format, out);
    boolean isDry = settings.get(LandfallSettings.DRY_RUN);
    if (format == OutputFormat.JSON) {
      ReportPrinter.repair(missing, appended, isDry, out);
    } else if (missing == 0) {
      out.println("repair: no row is missing; nothing was written");
    } else if (isDry) {
      out.printf("repair: %s would be appended; nothing was written%n", Count.of(missing, "row"));
    } else {
      out.printf("repair: %s appended%n", Count.of(appended, "row"));
    }
    out.flush();
    return report.isWhole() ? ExitCode.OK : ExitCode.REFUSED;
  }

  private Dataset in(Settings settings) {
    return Datasets.deployed(dataset, settings);
  }
}
