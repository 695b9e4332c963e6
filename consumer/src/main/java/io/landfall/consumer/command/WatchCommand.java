package io.landfall.consumer.command;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.landfall.cli.ExitCode;
import io.landfall.cli.LandfallException;
import io.landfall.cli.LandfallSettings;
import io.landfall.cli.OutputFormat;
import io.landfall.cli.RefusalReason;
import io.landfall.cli.Setting;
import io.landfall.cli.Settings;
import io.landfall.cli.kafka.KafkaSettings;
import io.landfall.cli.metrics.MeasuredCommand;
import io.landfall.cli.metrics.Metric;
import io.landfall.cli.metrics.Metrics;
import io.landfall.consumer.bronze.BronzeTable;
import io.landfall.consumer.bronze.TableCheck;
import io.landfall.consumer.door.spark.SparkTable;
import io.landfall.consumer.kernel.KernelTable;
import io.landfall.consumer.watch.Alarm;
import io.landfall.consumer.watch.TableWatch;
import io.landfall.schemas.Dataset;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** {@code watch}: tell what others do to the table. */
public final class WatchCommand implements MeasuredCommand {

  private static final JsonMapper JSON = new JsonMapper();

  /** How long an alarm may wait, at most. */
  private static final long PAUSE_MILLIS = 10_000;

  private static final long LOOK_MILLIS = 100;

  private final Dataset dataset;

  public WatchCommand(Dataset dataset) {
    this.dataset = dataset;
  }

  @Override
  public String name() {
    return "watch";
  }

  @Override
  public String description() {
    return "Tell what others do to the table that an append-only table does not go on with, every 10 seconds or once. It only reads.";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(
        LandfallSettings.TOPIC_PREFIX,
        LandfallSettings.TABLE,
        LandfallSettings.DOOR,
        LandfallSettings.ONCE,
        LandfallSettings.OUTPUT,
        LandfallSettings.SCRATCH_DIR,
        LandfallSettings.METRICS_ADDRESS,
        LandfallSettings.METRICS_FILE);
  }

  @Override
  public List<String> problems(Settings settings) {
    List<String> problems =
        new ArrayList<>(Tables.problems(settings, List.of(LandfallSettings.TABLE)));
    if (settings.find(LandfallSettings.OUTPUT).equals(Optional.of(OutputFormat.CSV))) {
      problems.add("-o csv: alarms are told as lines for people or as json");
    }
    return problems;
  }

  @Override
  public boolean goesOn(Settings settings) {
    return !settings.get(LandfallSettings.ONCE);
  }

  @Override
  public ExitCode run(Settings settings, PrintStream out, Metrics metrics)
      throws InterruptedException {
    Optional<KernelTable> folder = Tables.withoutSpark(settings);
    if (folder.isPresent()) {
      return watch(folder.get(), settings, out, () -> false, metrics);
    }
    try (SparkProcess process = SparkProcess.start(settings, name())) {
      SparkTable table = new SparkTable(process.spark(), settings.get(LandfallSettings.TABLE));
      return process.untilStopped(stopped -> watch(table, settings, out, stopped, metrics));
    }
  }

  private ExitCode watch(
      BronzeTable table,
      Settings settings,
      PrintStream out,
      BooleanSupplier stopped,
      Metrics metrics) {
    boolean json = settings.get(LandfallSettings.OUTPUT) == OutputFormat.JSON;
    boolean once = settings.get(LandfallSettings.ONCE);
    if (!table.exists()) {
      LandingFigures.stopped(dataset, Optional.of(RefusalReason.TABLE_GONE), metrics);
    }
    requireOurs(table, settings);
    TableWatch watch = new TableWatch(table);
    boolean alarmed = false;
    do {
      TableWatch.Look look = watch.look();
      alarmed |= !look.alarms().isEmpty();
      LandingFigures.stopped(dataset, watch.refusal(), metrics);
      metrics.set(Metric.TABLE_VERSION, watch.version(), dataset.name());
      metrics.alive();
      metrics.ready(true);
      print(table, look, json, out);
      if (!json && once && look.alarms().isEmpty()) {
        out.printf(
            "%s: version %d, nothing that an append-only table does not go on with%n",
            table.location(), watch.version());
      }
    } while (!once && waited(stopped));
    return alarmed ? ExitCode.REFUSED : ExitCode.OK;
  }

  /** Refuses to watch what is not there, which is an alarm of its own, and what is not ours. */
  private void requireOurs(BronzeTable table, Settings settings) {
    if (!table.exists()) {
      throw LandfallException.refused(
          "There is no table at %s: it was dropped, its folder was removed, or it never was; is --table right? `landfall consumer run` makes a new one and lands all that the topic holds."
              .formatted(table.location()));
    }
    Dataset deployed = dataset.withTopicPrefix(KafkaSettings.topicPrefix(settings));
    new TableCheck(table.location(), deployed).requireDataset(table.describe());
  }

  /** False once somebody wants it to end. */
  private static boolean waited(BooleanSupplier stopped) {
    try {
      for (long waited = 0; waited < PAUSE_MILLIS; waited += LOOK_MILLIS) {
        if (stopped.getAsBoolean()) {
          return false;
        }
        Thread.sleep(LOOK_MILLIS);
      }
      return !stopped.getAsBoolean();
    } catch (InterruptedException e) {
      // To be told to stop is how it ends.
      return false;
    }
  }

  private static void print(
      BronzeTable table, TableWatch.Look look, boolean json, PrintStream out) {
    for (Alarm alarm : look.alarms()) {
      out.println(json ? json(table, alarm, look.ways()) : table.location() + ": " + alarm.text());
    }
    if (!json && !look.alarms().isEmpty()) {
      look.ways().forEach(out::println);
    }
    out.flush();
  }

  private static String json(BronzeTable table, Alarm alarm, List<String> ways) {
    ObjectNode line = JSON.createObjectNode();
    line.put("table", table.location().toString());
    line.put("version", alarm.version());
    line.put("kind", alarm.kind().word());
    line.put("what", alarm.what());
    alarm.info().when().ifPresent(when -> line.put("when", when.toString()));
    line.put("who", alarm.info().who());
    line.put("operation", alarm.info().operation());
    ObjectNode parameters = line.putObject("parameters");
    alarm.info().parameters().forEach(parameters::put);
    ways.forEach(line.putArray("ways")::add);
    return line.toString();
  }
}
