package io.landfall.consumer.command;

import io.landfall.consumer.bronze.BronzeTable;
import io.landfall.consumer.ingest.BatchWriter;
import io.landfall.consumer.ingest.Ingest;
import io.landfall.consumer.ingest.SparkBatchWriter;
import io.landfall.consumer.landing.KafkaCluster;
import io.landfall.consumer.landing.KafkaLandingTopic;
import io.landfall.consumer.landing.LandingTopic;
import io.landfall.consumer.recover.Original;
import io.landfall.program.Count;
import io.landfall.program.ExitCode;
import io.landfall.program.LandfallSettings;
import io.landfall.program.Reason;
import io.landfall.program.Setting;
import io.landfall.program.Settings;
import io.landfall.program.StorageFailure;
import io.landfall.program.Verb;
import io.landfall.schemas.Dataset;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code replay}: rebuild the table beside the old one, from the start of the topic. */
public final class ReplayVerb implements Verb {

  private final Dataset dataset;
  private final Clock clock;

  public ReplayVerb(Dataset dataset, Clock clock) {
    this.dataset = dataset;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "replay";
  }

  @Override
  public String description() {
    return "Rebuild the table beside the old one from the start of the topic, and compare the two.";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(
        LandfallSettings.BOOTSTRAP_SERVERS,
        LandfallSettings.TABLE,
        LandfallSettings.INTO,
        LandfallSettings.RECORDS_PER_COMMIT,
        LandfallSettings.SCRATCH_DIR);
  }

  @Override
  public List<String> problems(Settings settings) {
    Optional<Path> given = settings.find(LandfallSettings.INTO);
    Optional<Path> old = settings.find(LandfallSettings.TABLE);
    if (given.isEmpty() || old.isEmpty()) {
      return List.of();
    }
    Path into = given.get();
    Path table = old.get();
    if (into.startsWith(table) || table.startsWith(into)) {
      return List.of("--into: %s and %s lie within each other".formatted(into, table));
    }
    try (Stream<Path> entries = Files.exists(into) ? Files.list(into) : Stream.empty()) {
      return entries.findAny().isEmpty()
          ? List.of()
          : List.of("--into: %s is not empty".formatted(into));
    } catch (IOException e) {
      return List.of("--into: %s cannot be read: %s".formatted(into, Reason.of(e)));
    } catch (UncheckedIOException e) {
      return List.of("--into: %s cannot be read: %s".formatted(into, Reason.of(e)));
    }
  }

  @Override
  public ExitCode run(Settings settings, PrintStream out) throws InterruptedException {
    long began = System.nanoTime();
    KafkaCluster cluster = Cluster.of(settings);
    StorageFailure.requireWritable(
        LandfallSettings.INTO.flag(), settings.get(LandfallSettings.INTO));
    Path path = settings.get(LandfallSettings.TABLE);
    if (!BronzeTable.isAt(path)) {
      throw MissingTable.at(path);
    }
    try (LandingTopic topic = KafkaLandingTopic.existing(dataset.landing(), cluster);
        SparkProcess process = SparkProcess.start(settings, name())) {
      Original old = Original.at(process.spark(), dataset, path, topic);
      BronzeTable rebuilt =
          BronzeTable.open(
              process.spark(), dataset, settings.get(LandfallSettings.INTO), topic.id());
      BatchWriter writer = new SparkBatchWriter(process.spark(), cluster, dataset, rebuilt.path());
      Ingest ingest =
          new Ingest(
              topic, rebuilt, writer, clock, settings.get(LandfallSettings.RECORDS_PER_COMMIT));
      Ingest.Report report = process.untilStopped(ingest::once);
      if (process.stopping()) {
        throw new InterruptedException("Told to stop before the table was rebuilt");
      }
      out.printf(
          "%s: %s in %s to %s, %.1f s%n",
          dataset.name(),
          Count.of(report.rows(), "row"),
          Count.of(report.commits(), "commit"),
          rebuilt.path(),
          (System.nanoTime() - began) / 1e9);
      return old.compare(process.spark(), rebuilt, out) ? ExitCode.OK : ExitCode.REFUSED;
    }
  }
}
