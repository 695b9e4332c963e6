package io.landfall.consumer.command;

import io.landfall.cli.Command;
import io.landfall.cli.Count;
import io.landfall.cli.ExitCode;
import io.landfall.cli.LandfallException;
import io.landfall.cli.LandfallSettings;
import io.landfall.cli.Setting;
import io.landfall.cli.Settings;
import io.landfall.cli.registry.RegistrySettings;
import io.landfall.consumer.bronze.BronzeTable;
import io.landfall.consumer.bronze.QuarantineTable;
import io.landfall.consumer.bronze.ReadableTable;
import io.landfall.consumer.door.Door;
import io.landfall.consumer.door.Supplying;
import io.landfall.consumer.door.fast.FastDoor;
import io.landfall.consumer.door.spark.SparkDoor;
import io.landfall.consumer.door.spark.SparkTable;
import io.landfall.consumer.kernel.KernelTable;
import io.landfall.consumer.quarantine.Place;
import io.landfall.consumer.quarantine.Replay;
import io.landfall.schemas.Dataset;
import java.io.PrintStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code quarantine replay}: records that are rows by now become rows of the table. */
public final class QuarantineReplayCommand implements Command {

  private static final Setting<List<Place>> ORIGINS =
      Setting.arguments(
          "origins",
          "ORIGIN",
          Place::parse,
          "Which records: topic-partition@offset each, as `quarantine list` shows them.");

  private static final Setting<Boolean> ALL =
      Setting.onOff("all", "Instead of some: all that are open.");

  private final Dataset dataset;
  private final Clock clock;

  public QuarantineReplayCommand(Dataset dataset, Clock clock) {
    this.dataset = dataset;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "quarantine replay";
  }

  @Override
  public String description() {
    return "Decodes records in quarantine again, and appends those that are rows by now. One that the table has is not appended again.";
  }

  @Override
  public List<Setting<?>> settings() {
    return Stream.concat(
            Stream.of(ORIGINS, ALL, LandfallSettings.DRY_RUN, LandfallSettings.TOPIC_PREFIX),
            Stream.concat(
                RegistrySettings.ALL.stream(),
                Stream.of(
                    LandfallSettings.TABLE, LandfallSettings.DOOR, LandfallSettings.SCRATCH_DIR)))
        .toList();
  }

  @Override
  public List<String> problems(Settings settings) {
    List<String> problems =
        new ArrayList<>(Tables.problems(settings, List.of(LandfallSettings.TABLE)));
    boolean all = settings.find(ALL).orElse(false);
    boolean some = settings.find(ORIGINS).isPresent();
    if (settings.find(ALL).isPresent() && all == some) {
      problems.add(
          all
              ? "--all and single records: give one or the other"
              : "Which records? Give their origins, as `quarantine list` shows them, or --all");
    }
    return problems;
  }

  @Override
  public ExitCode run(Settings settings, PrintStream out) throws InterruptedException {
    Dataset deployed = Datasets.deployed(dataset, settings);
    Tables.requireWritable(settings, LandfallSettings.TABLE);
    Optional<KernelTable> folder = Tables.withoutSpark(settings);
    if (folder.isPresent()) {
      KernelTable bronze = folder.get();
      KernelTable beside = Tables.besideWithoutSpark(bronze, settings);
      if (isNothingThere(bronze, beside, deployed, settings, out)) {
        return ExitCode.OK;
      }
      try (SparkProcess process = SparkProcess.start(settings, name())) {
        return replay(
            process, new FastDoor(process.spark(), deployed, bronze.location()), settings, out);
      }
    }
    try (SparkProcess process = SparkProcess.start(settings, name())) {
      SparkTable bronze = new SparkTable(process.spark(), settings.get(LandfallSettings.TABLE));
      SparkTable beside =
          new SparkTable(process.spark(), QuarantineTable.beside(bronze.location()));
      return isNothingThere(bronze, beside, deployed, settings, out)
          ? ExitCode.OK
          : replay(
              process, new SparkDoor(process.spark(), deployed, bronze.location()), settings, out);
    }
  }

  private boolean isNothingThere(
      BronzeTable bronze,
      ReadableTable beside,
      Dataset deployed,
      Settings settings,
      PrintStream out) {
    Tables.requireReadable(bronze, deployed)
        .ifPresent(
            damage -> {
              throw damage.refusal();
            });
    String topic = Tables.topic(bronze);
    for (Place place : settings.find(ORIGINS).orElse(List.of())) {
      if (!place.topic().equals(topic)) {
        throw LandfallException.usage(
            "%s: the table at %s holds records of %s".formatted(place, bronze.location(), topic));
      }
    }
    if (beside.exists()) {
      return false;
    }
    out.println("quarantine replay: there is nothing in quarantine");
    return true;
  }

  private <D extends Door & Supplying> ExitCode replay(
      SparkProcess process, D door, Settings settings, PrintStream out)
      throws InterruptedException {
    boolean dry = settings.get(LandfallSettings.DRY_RUN);
    Replay.Report report =
        process.untilStopped(
            stopped -> new Replay<>(process.spark(), door, clock).run(settings.find(ORIGINS), dry));
    out.printf(
        "quarantine replay: %s, %,d in the table already, %s%n",
        dry
            ? "%s to append".formatted(Count.of(report.landed(), "row"))
            : "%s appended".formatted(Count.of(report.landed(), "row")),
        report.there(),
        report
            .still()
            .first()
            .map(
                first ->
                    "%s still no rows, the first at %s"
                        .formatted(Count.of(report.still().records(), "record"), first))
            .orElse("nothing is left"));
    return ExitCode.OK;
  }
}
