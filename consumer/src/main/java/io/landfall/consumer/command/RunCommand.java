package io.landfall.consumer.command;

import io.landfall.cli.Command;
import io.landfall.cli.Count;
import io.landfall.cli.ExitCode;
import io.landfall.cli.LandfallSettings;
import io.landfall.cli.Readiness;
import io.landfall.cli.Setting;
import io.landfall.cli.Settings;
import io.landfall.cli.TableLocation;
import io.landfall.cli.kafka.KafkaSettings;
import io.landfall.cli.kafka.OpenTransaction;
import io.landfall.consumer.adopt.Adoption;
import io.landfall.consumer.bronze.BronzeTable;
import io.landfall.consumer.bronze.QuarantineTable;
import io.landfall.consumer.bronze.ReadableTable;
import io.landfall.consumer.bronze.TableState;
import io.landfall.consumer.door.Decision;
import io.landfall.consumer.door.Door;
import io.landfall.consumer.door.spark.SparkTable;
import io.landfall.consumer.ingest.Ingest;
import io.landfall.consumer.ingest.IngestSettings;
import io.landfall.consumer.ingest.NothingNew;
import io.landfall.consumer.kernel.KernelTable;
import io.landfall.consumer.landing.KafkaLandingTopic;
import io.landfall.consumer.landing.LandingTopic;
import io.landfall.consumer.quarantine.Completeness;
import io.landfall.schemas.Dataset;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code run}: append what is in the landing topic to the bronze table. */
public final class RunCommand implements Command {

  private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

  private final Dataset dataset;
  private final Clock clock;

  public RunCommand(Dataset dataset, Clock clock) {
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
    return Stream.of(
            KafkaSettings.ALL,
            IngestSettings.ALL,
            List.<Setting<?>>of(
                LandfallSettings.TABLE,
                LandfallSettings.DOOR,
                LandfallSettings.ONCE,
                LandfallSettings.ADOPT_TOPIC,
                LandfallSettings.REFILL,
                LandfallSettings.ACCEPT_VERSION,
                LandfallSettings.READY_FILE))
        .flatMap(List::stream)
        .toList();
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
    Tables.requireWritable(settings, LandfallSettings.TABLE);
    Optional<KernelTable> folder = Tables.withoutSpark(settings);
    try (Readiness ready = Readiness.notYet(this, settings, out)) {
      Ingest.Report report =
          folder.isPresent()
              ? intoFolder(folder.get(), settings, ready, out)
              : throughSpark(settings, ready, out);
      print(report, settings.get(LandfallSettings.TABLE), began, out);
      if (once && report.stopped()) {
        throw new InterruptedException("Told to stop before everything was in the table");
      }
    }
  }

  /**
   * Whatever can be asked of a table in a folder is asked before Spark, which takes seconds: what
   * is wrong with it, whether the broker is there, and whether there is anything to do.
   */
  private Ingest.Report intoFolder(
      KernelTable table, Settings settings, Readiness ready, PrintStream out)
      throws InterruptedException {
    Tables.requireUndamaged(table);
    tellGap(table, Tables.besideWithoutSpark(table, settings));
    try (LandingTopic topic = topic(table, settings)) {
      Optional<TableState> nothingNew =
          settings.get(LandfallSettings.ONCE) && !decides(settings)
              ? NothingNew.in(topic, table, in(settings))
              : Optional.empty();
      if (nothingNew.isPresent()) {
        behind(topic, out);
        return new Ingest.Report(0, 0, nothingNew.get(), false);
      }
      try (SparkProcess process = SparkProcess.start(settings, name())) {
        return land(process, topic, door(process, settings), settings, ready, out);
      }
    }
  }

  private Ingest.Report throughSpark(Settings settings, Readiness ready, PrintStream out)
      throws InterruptedException {
    try (SparkProcess process = SparkProcess.start(settings, name())) {
      Door door = door(process, settings);
      SparkTable table = new SparkTable(process.spark(), settings.get(LandfallSettings.TABLE));
      Tables.requireUndamaged(table);
      tellGap(table, new SparkTable(process.spark(), QuarantineTable.beside(table.location())));
      try (LandingTopic topic = topic(table, settings)) {
        return land(process, topic, door, settings, ready, out);
      }
    }
  }

  /** No row is missing, so that the run goes on. */
  private static void tellGap(BronzeTable table, ReadableTable beside) {
    if (table.exists()) {
      Completeness.gap(table, table.state(), beside)
          .ifPresent(gap -> LOG.atWarn().addKeyValue("reason", gap).log("Quarantine is not whole"));
    }
  }

  private Ingest.Report land(
      SparkProcess process,
      LandingTopic topic,
      Door door,
      Settings settings,
      Readiness ready,
      PrintStream out)
      throws InterruptedException {
    if (answers(settings) && door.table().exists()) {
      new Decision(process.spark(), door.table(), in(settings))
          .make(
              settings.get(LandfallSettings.REFILL),
              settings
                  .find(LandfallSettings.ACCEPT_VERSION)
                  .map(OptionalLong::of)
                  .orElseGet(OptionalLong::empty));
    }
    if (settings.get(LandfallSettings.ADOPT_TOPIC)) {
      new Adoption(process.spark(), in(settings), door.table()).adopt(topic);
    }
    Ingest ingest = process.ingest(topic, in(settings).topics(), door, clock, settings);
    if (settings.get(LandfallSettings.ONCE)) {
      Ingest.Report report =
          process.untilStopped(stopped -> ingest.run(Ingest.Until.CAUGHT_UP, stopped));
      if (!report.stopped()) {
        behind(topic, out);
      }
      return report;
    }
    ready.announce();
    return process.untilStopped(stopped -> ingest.run(Ingest.Until.STOPPED, stopped));
  }

  /** What is not in the table although it is in the topic. */
  private void behind(LandingTopic topic, PrintStream out) throws InterruptedException {
    for (OpenTransaction open : topic.openTransactions()) {
      out.printf("%s: %s%n", dataset.name(), StatusLines.behind(open, clock.instant()));
    }
  }

  /** Whether somebody has said how to go on, so that there is something to do in any case. */
  private static boolean decides(Settings settings) {
    return settings.get(LandfallSettings.ADOPT_TOPIC) || answers(settings);
  }

  /** Whether somebody has answered for what others did to the table. */
  private static boolean answers(Settings settings) {
    return settings.get(LandfallSettings.REFILL)
        || settings.find(LandfallSettings.ACCEPT_VERSION).isPresent();
  }

  private Dataset in(Settings settings) {
    return dataset.withTopicPrefix(KafkaSettings.topicPrefix(settings));
  }

  private Door door(SparkProcess process, Settings settings) {
    return Tables.door(
        process.spark(), in(settings), settings, settings.get(LandfallSettings.TABLE));
  }

  /** A topic that is created now has none of the rows that a table already holds. */
  private LandingTopic topic(BronzeTable table, Settings settings) throws InterruptedException {
    KafkaSettings kafka = KafkaSettings.of(settings);
    return table.exists()
        ? KafkaLandingTopic.existing(in(settings).landing(), kafka)
        : KafkaLandingTopic.open(in(settings).landing(), kafka);
  }

  private void print(Ingest.Report report, TableLocation table, long began, PrintStream out) {
    out.printf(
        "%s: %s in %s, version %d, %.1f s%n",
        dataset.name(),
        Count.of(report.rows(), "row"),
        Count.of(report.commits(), "commit"),
        report.state().version(),
        (System.nanoTime() - began) / 1e9);
    if (report.quarantined() > 0) {
      out.printf(
          "%s: %s no rows, in %s; `quarantine list` shows them%n",
          dataset.name(),
          report.quarantined() == 1
              ? "1 record is"
              : "%,d records are".formatted(report.quarantined()),
          QuarantineTable.beside(table));
    }
  }
}
