package io.landfall.consumer.command;

import io.landfall.cli.Count;
import io.landfall.cli.LandfallException;
import io.landfall.cli.LandfallSettings;
import io.landfall.cli.RefusalReason;
import io.landfall.cli.Settings;
import io.landfall.cli.TableLocation;
import io.landfall.cli.kafka.KafkaSettings;
import io.landfall.cli.kafka.OpenTransaction;
import io.landfall.cli.lineage.Lineage;
import io.landfall.cli.lineage.LineageSettings;
import io.landfall.cli.lineage.RunEnd;
import io.landfall.cli.metrics.Metrics;
import io.landfall.consumer.adopt.Adoption;
import io.landfall.consumer.bronze.BronzeTable;
import io.landfall.consumer.bronze.QuarantineTable;
import io.landfall.consumer.bronze.ReadableTable;
import io.landfall.consumer.bronze.TableState;
import io.landfall.consumer.door.Decision;
import io.landfall.consumer.door.Door;
import io.landfall.consumer.door.ObservedDoor;
import io.landfall.consumer.door.spark.SparkTable;
import io.landfall.consumer.ingest.Ingest;
import io.landfall.consumer.ingest.NothingNew;
import io.landfall.consumer.ingest.QueryFigures;
import io.landfall.consumer.kernel.KernelTable;
import io.landfall.consumer.landing.KafkaLandingTopic;
import io.landfall.consumer.landing.LandingTopic;
import io.landfall.consumer.quarantine.Completeness;
import io.landfall.schemas.Dataset;
import java.io.PrintStream;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One dataset of a run: first looked at, then landed. For one thread at a time. */
final class Landing implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Landing.class);

  /** As it is known by now. */
  private Dataset dataset;

  private final Settings settings;
  private final Clock clock;
  private final PrintStream out;
  private final AtomicLong records = new AtomicLong();
  private final AtomicLong rows = new AtomicLong();
  private final AtomicLong setAside = new AtomicLong();
  private final AtomicInteger commits = new AtomicInteger();
  private final Metrics metrics;
  private final LandingFigures figures;
  private @Nullable KafkaLandingTopic topic;
  private @Nullable Begun begun;
  private Ingest.@Nullable Report report;
  private Metrics.Closing listening = () -> {};

  Landing(Dataset dataset, Settings settings, Clock clock, PrintStream out, Metrics metrics) {
    this.dataset = Datasets.deployed(dataset, settings);
    this.settings = settings;
    this.clock = clock;
    this.out = out;
    this.metrics = metrics;
    this.figures = new LandingFigures(this.dataset, metrics, clock);
  }

  /** What a run is made of once Spark is there. */
  private record Begun(
      SparkProcess process, SparkSession session, KafkaLandingTopic topic, Ingest ingest) {
    Begun with(Ingest another) {
      return new Begun(process, session, topic, another);
    }
  }

  void requireWritable() {
    Tables.requireWritable(settings, LandfallSettings.TABLE);
  }

  /**
   * Whatever can be asked of a table in a folder is asked before Spark, which takes seconds: what
   * is wrong with it, whether the broker is there, and whether there is anything to do.
   */
  void lookWithoutSpark() throws InterruptedException {
    Optional<KernelTable> folder = Tables.withoutSpark(settings);
    if (folder.isEmpty()) {
      return;
    }
    KernelTable table = folder.get();
    Tables.requireUndamaged(table);
    tellGap(table, Tables.besideWithoutSpark(table, settings));
    KafkaLandingTopic opened = open(table);
    if (settings.get(LandfallSettings.ONCE) && !decides()) {
      Optional<TableState> nothingNew = NothingNew.in(opened, table, dataset);
      if (nothingNew.isPresent()) {
        behind(opened);
        figures.opened(nothingNew.get());
        figures.begin(opened, table, Tables.besideWithoutSpark(table, settings));
        report = told(() -> new Ingest.Report(0, 0, nothingNew.get(), false));
      }
    }
  }

  /** Whether there is nothing to do, or it was done. */
  boolean isDone() {
    return report != null;
  }

  /**
   * Makes sure of table and topic.
   *
   * @param session in which its rows are read and committed
   */
  void begin(SparkProcess process, SparkSession session) throws InterruptedException {
    TableLocation location = settings.get(LandfallSettings.TABLE);
    Door door = door(session);
    if (topic == null) {
      SparkTable table = new SparkTable(session, location);
      Tables.requireUndamaged(table);
      tellGap(table, new SparkTable(session, QuarantineTable.beside(location)));
    }
    KafkaLandingTopic opened = topic == null ? open(door.table()) : topic;
    if (answers() && door.table().exists()) {
      new Decision(session, door.table(), dataset)
          .make(
              settings.get(LandfallSettings.REFILL),
              settings
                  .find(LandfallSettings.ACCEPT_VERSION)
                  .map(OptionalLong::of)
                  .orElseGet(OptionalLong::empty),
              opened.ends());
    }
    if (settings.get(LandfallSettings.ADOPT_TOPIC)) {
      new Adoption(session, dataset, door.table()).adopt(opened);
    }
    begun = new Begun(process, session, opened, ingest(process, session, opened, door));
    measure(opened, session, location);
    listening = QueryFigures.listen(session, opened.name(), dataset.name(), metrics);
  }

  private Door door(SparkSession session) {
    return new ObservedDoor(
        Tables.door(session, dataset, settings, settings.get(LandfallSettings.TABLE)),
        (commit, took) -> {
          rows.addAndGet(commit.rows());
          setAside.addAndGet(commit.setAside().records());
          records.addAndGet(commit.rows() + commit.setAside().records());
          commits.incrementAndGet();
        });
  }

  private Ingest ingest(
      SparkProcess process, SparkSession session, KafkaLandingTopic opened, Door door)
      throws InterruptedException {
    return process.ingest(
        session, opened, dataset.topics(), new ObservedDoor(door, figures), clock, settings);
  }

  /** By tables of its own, since each is for one thread. */
  private void measure(KafkaLandingTopic of, SparkSession session, TableLocation location) {
    Optional<KernelTable> folder = Tables.withoutSpark(settings);
    if (folder.isPresent()) {
      figures.begin(of, folder.get(), Tables.besideWithoutSpark(folder.get(), settings));
    } else {
      figures.begin(
          of,
          new SparkTable(session, location),
          new SparkTable(session, QuarantineTable.beside(location)));
    }
  }

  /** Lands what is in the topic: until nothing is left of what was there, or until stopped. */
  Ingest.Report run(boolean once, BooleanSupplier stopped) throws InterruptedException {
    if (begun == null) {
      throw new IllegalStateException("It has not begun");
    }
    BooleanSupplier living =
        () -> {
          figures.alive();
          return stopped.getAsBoolean();
        };
    try {
      Ingest.Report done = told(once, living, begun);
      report = done;
      if (once && !done.stopped()) {
        behind(begun.topic());
      }
      return done;
    } finally {
      // While Spark is there.
      listening.close();
      figures.endLooking();
    }
  }

  /** Goes on as often as a definition has said more than the run began with. */
  private Ingest.Report told(boolean once, BooleanSupplier living, Begun first)
      throws InterruptedException {
    Ingest.Until until = once ? Ingest.Until.CAUGHT_UP : Ingest.Until.STOPPED;
    Begun now = first;
    while (true) {
      Ingest ingest = now.ingest();
      try {
        Ingest.Report last = told(() -> ingest.run(until, living));
        // Those before it ended without a report.
        return new Ingest.Report(
            rows.get(), setAside.get(), commits.get(), last.state(), last.stopped());
      } catch (LandfallException e) {
        if (!e.reason().equals(Optional.of(RefusalReason.UNKNOWN_SCHEMA))) {
          throw e;
        }
        // The definition is written before the first row that needs it.
        dataset = Datasets.newer(dataset, settings).orElseThrow(() -> e);
        LOG.atInfo()
            .addKeyValue("dataset", dataset.title())
            .addKeyValue("schemas", dataset.history().versions().size())
            .log("Its definition has a schema more; going on with that");
        now = now.with(ingest(now.process(), now.session(), now.topic(), door(now.session())));
      }
    }
  }

  /** A run that is to end by itself and was told to is not what was asked for. */
  private Ingest.Report told(Lineage.Work<Ingest.Report> work) throws InterruptedException {
    boolean once = settings.get(LandfallSettings.ONCE);
    return new Lineage(LineageSettings.of(settings), clock)
        .of(
            Jobs.land(dataset, settings, records, rows),
            work,
            done -> once && done.stopped() ? RunEnd.ABORTED : RunEnd.COMPLETE);
  }

  /** Whether it ended because it was told to. */
  boolean wasStopped() {
    return report != null && report.stopped();
  }

  /** No row is missing, so that the run goes on. */
  private static void tellGap(BronzeTable table, ReadableTable beside) {
    if (table.exists()) {
      Completeness.gap(table, table.state(), beside)
          .ifPresent(gap -> LOG.atWarn().addKeyValue("reason", gap).log("Quarantine is not whole"));
    }
  }

  /** What is not in the table although it is in the topic. */
  private void behind(LandingTopic of) throws InterruptedException {
    for (OpenTransaction open : of.openTransactions()) {
      out.printf("%s: %s%n", dataset.name(), StatusLines.behind(open, clock.instant()));
    }
  }

  /** Whether somebody has said how to go on, so that there is something to do in any case. */
  private boolean decides() {
    return settings.get(LandfallSettings.ADOPT_TOPIC) || answers();
  }

  /** Whether somebody has answered for what others did to the table. */
  private boolean answers() {
    return settings.get(LandfallSettings.REFILL)
        || settings.find(LandfallSettings.ACCEPT_VERSION).isPresent();
  }

  /** A topic that is created now has none of the rows that a table already holds. */
  private KafkaLandingTopic open(BronzeTable table) throws InterruptedException {
    KafkaSettings kafka = KafkaSettings.of(settings);
    KafkaLandingTopic opened =
        table.exists()
            ? KafkaLandingTopic.existing(dataset.landing(), kafka)
            : KafkaLandingTopic.open(dataset.landing(), kafka);
    topic = opened;
    return opened;
  }

  void print(long began) {
    if (report == null) {
      return;
    }
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
          QuarantineTable.beside(settings.get(LandfallSettings.TABLE)));
    }
  }

  @Override
  public void close() {
    figures.close();
    if (topic != null) {
      topic.close();
    }
  }
}
