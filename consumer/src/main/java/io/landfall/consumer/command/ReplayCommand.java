package io.landfall.consumer.command;

import io.landfall.cli.Command;
import io.landfall.cli.Count;
import io.landfall.cli.ExitCode;
import io.landfall.cli.LandfallException;
import io.landfall.cli.LandfallSettings;
import io.landfall.cli.Progress;
import io.landfall.cli.Reason;
import io.landfall.cli.Setting;
import io.landfall.cli.Settings;
import io.landfall.cli.TableLocation;
import io.landfall.cli.TableLocation.Folder;
import io.landfall.cli.kafka.KafkaSettings;
import io.landfall.cli.registry.RegistrySettings;
import io.landfall.consumer.bronze.BronzeTable;
import io.landfall.consumer.bronze.QuarantineTable;
import io.landfall.consumer.bronze.TableProperties;
import io.landfall.consumer.door.Door;
import io.landfall.consumer.door.ObservedDoor;
import io.landfall.consumer.door.spark.NewTable;
import io.landfall.consumer.door.spark.SparkTable;
import io.landfall.consumer.ingest.Ingest;
import io.landfall.consumer.ingest.IngestSettings;
import io.landfall.consumer.kernel.KernelTable;
import io.landfall.consumer.landing.KafkaLandingTopic;
import io.landfall.consumer.landing.LandingTopic;
import io.landfall.consumer.landing.Offsets;
import io.landfall.consumer.recover.Original;
import io.landfall.schemas.Dataset;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/** {@code replay}: rebuild the table beside the old one, from the start of the topic. */
public final class ReplayCommand implements Command {

  private final Dataset dataset;
  private final Clock clock;

  public ReplayCommand(Dataset dataset, Clock clock) {
    this.dataset = dataset;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "replay";
  }

  @Override
  public String description() {
    return "Rebuild the table beside the old one, from the start of the topic or a later place, and compare the two.";
  }

  @Override
  public List<Setting<?>> settings() {
    return Stream.of(
            KafkaSettings.ALL,
            RegistrySettings.ALL,
            IngestSettings.ALL,
            List.<Setting<?>>of(
                LandfallSettings.TABLE,
                LandfallSettings.INTO,
                LandfallSettings.FROM_OFFSET,
                LandfallSettings.FROM_TIME,
                LandfallSettings.QUARANTINE_SCHEMA,
                LandfallSettings.DOOR))
        .flatMap(List::stream)
        .toList();
  }

  @Override
  public List<String> problems(Settings settings) {
    List<String> problems =
        new ArrayList<>(
            Tables.problems(settings, List.of(LandfallSettings.TABLE, LandfallSettings.INTO)));
    Optional<TableLocation> into = settings.find(LandfallSettings.INTO);
    Optional<TableLocation> table = settings.find(LandfallSettings.TABLE);
    if (into.isPresent() && table.isPresent() && overlap(into.get(), table.get())) {
      problems.add("--into: %s and %s lie within each other".formatted(into.get(), table.get()));
    } else if (into.isPresent()
        && table.isPresent()
        && into.get().equals(QuarantineTable.beside(table.get()))) {
      problems.add("--into: %s is the quarantine table of %s".formatted(into.get(), table.get()));
    }
    if (settings.find(LandfallSettings.FROM_OFFSET).isPresent()
        && settings.find(LandfallSettings.FROM_TIME).isPresent()) {
      problems.add("--from-offset and --from-time: give one of the two");
    }
    into.ifPresent(location -> notEmpty(location).ifPresent(problems::add));
    return problems;
  }

  private static boolean overlap(TableLocation into, TableLocation table) {
    return into.equals(table)
        || (into instanceof Folder one && table instanceof Folder other && one.overlaps(other));
  }

  /** What other file systems and catalogs hold, they are asked when they are opened. */
  private static Optional<String> notEmpty(TableLocation into) {
    if (!(into instanceof Folder folder) || !folder.isLocal()) {
      return Optional.empty();
    }
    Path path = Path.of(folder.path());
    try (Stream<Path> entries = Files.exists(path) ? Files.list(path) : Stream.empty()) {
      return entries.findAny().map(entry -> "--into: %s is not empty".formatted(path));
    } catch (IOException e) {
      return Optional.of("--into: %s cannot be read: %s".formatted(path, Reason.of(e)));
    } catch (UncheckedIOException e) {
      return Optional.of("--into: %s cannot be read: %s".formatted(path, Reason.of(e)));
    }
  }

  @Override
  public ExitCode run(Settings settings, PrintStream out) throws InterruptedException {
    Dataset deployed = Datasets.deployed(dataset, settings);
    long began = System.nanoTime();
    KafkaSettings kafka = KafkaSettings.of(settings);
    TableLocation into = settings.get(LandfallSettings.INTO);
    Tables.requireWritable(settings, LandfallSettings.INTO);
    Optional<KernelTable> folder = Tables.withoutSpark(settings);
    folder.ifPresent(Tables::requireThere);
    try (LandingTopic topic = KafkaLandingTopic.existing(deployed.landing(), kafka);
        SparkProcess process = SparkProcess.start(settings, name())) {
      SparkSession spark = process.spark();
      BronzeTable table =
          folder.isPresent()
              ? folder.get()
              : new SparkTable(spark, settings.get(LandfallSettings.TABLE));
      Tables.requireThere(table);
      Offsets begins = begins(settings, topic);
      Original old = Original.of(table, deployed, topic, begins);
      Tables.requireNone(spark, into);
      Progress.Work work =
          Progress.on(out, clock).of("offsets", topic.committedEnds().since(begins));
      AtomicReference<Offsets> at = new AtomicReference<>(begins);
      Door door =
          new ObservedDoor(
              Tables.door(spark, deployed, settings, into),
              (commit, took) -> {
                Offsets to = commit.state().position();
                work.done(to.since(at.getAndSet(to)));
              });
      if (!begins.equals(Offsets.START)) {
        NewTable.create(
            spark, deployed, into, TableProperties.of(deployed, topic.id(), begins), name -> false);
      }
      Ingest ingest =
          process.ingest(process.spark(), topic, deployed.topics(), door, clock, settings);
      Ingest.Report report =
          process.untilStopped(stopped -> ingest.run(Ingest.Until.CAUGHT_UP, stopped));
      work.close();
      if (report.stopped()) {
        throw new InterruptedException("Told to stop before the table was rebuilt");
      }
      out.printf(
          "%s: %s in %s to %s, %.1f s%n",
          dataset.name(),
          Count.of(report.rows(), "row"),
          Count.of(report.commits(), "commit"),
          into,
          (System.nanoTime() - began) / 1e9);
      return old.compare(spark, deployed, door.table(), out) ? ExitCode.OK : ExitCode.REFUSED;
    }
  }

  /** From where on the table is to be rebuilt. */
  private static Offsets begins(Settings settings, LandingTopic topic) throws InterruptedException {
    Optional<Instant> time = settings.find(LandfallSettings.FROM_TIME);
    Offsets begins =
        time.isPresent()
            ? topic.since(time.get())
            : new Offsets(settings.find(LandfallSettings.FROM_OFFSET).orElse(new TreeMap<>()));
    for (Map.Entry<Integer, Long> begin : begins.byPartition().entrySet()) {
      long end = topic.ends().in(begin.getKey());
      if (begin.getValue() > end) {
        throw LandfallException.usage(
            "--from-offset: partition %d of topic %s ends at offset %d, before %d. Nothing was written."
                .formatted(begin.getKey(), topic.name(), end, begin.getValue()));
      }
    }
    return begins;
  }
}
