package io.landfall.consumer.command;

import io.landfall.cli.Command;
import io.landfall.cli.Count;
import io.landfall.cli.ExitCode;
import io.landfall.cli.LandfallException;
import io.landfall.cli.LandfallSettings;
import io.landfall.cli.OutputFormat;
import io.landfall.cli.PassThrough;
import io.landfall.cli.Refusal;
import io.landfall.cli.Setting;
import io.landfall.cli.Settings;
import io.landfall.cli.TableLocation;
import io.landfall.cli.kafka.KafkaSettings;
import io.landfall.consumer.bronze.BronzeTable;
import io.landfall.consumer.bronze.TableState;
import io.landfall.consumer.door.spark.SparkTable;
import io.landfall.consumer.kernel.KernelTable;
import io.landfall.consumer.optimize.Compaction;
import io.landfall.consumer.optimize.FileSizes;
import io.landfall.consumer.storage.HadoopSettings;
import io.landfall.consumer.watch.Alarms;
import io.landfall.schemas.Dataset;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code optimize}: few large files in place of many small ones. */
public final class OptimizeCommand implements Command {

  private final Dataset dataset;

  public OptimizeCommand(Dataset dataset) {
    this.dataset = dataset;
  }

  @Override
  public String name() {
    return "optimize";
  }

  @Override
  public String description() {
    return "Put the table's small files together, the same rows in few large ones. Ingest may run meanwhile.";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(
        LandfallSettings.TABLE,
        LandfallSettings.DRY_RUN,
        LandfallSettings.TOPIC_PREFIX,
        LandfallSettings.OUTPUT,
        LandfallSettings.SCRATCH_DIR);
  }

  @Override
  public List<String> problems(Settings settings) {
    List<String> problems =
        new ArrayList<>(Tables.problems(settings, List.of(LandfallSettings.TABLE)));
    try {
      compaction(settings);
    } catch (NumberFormatException e) {
      problems.add(
          "spark.databricks.delta.optimize.…: expected a number of bytes (%s)"
              .formatted(e.getMessage()));
    }
    return problems;
  }

  private static Compaction compaction(Settings settings) {
    return Compaction.of(HadoopSettings.given(settings.passedThrough(PassThrough.SPARK)));
  }

  @Override
  public ExitCode run(Settings settings, PrintStream out) throws InterruptedException {
    Compaction compaction = compaction(settings);
    boolean dry = settings.get(LandfallSettings.DRY_RUN);
    Optional<KernelTable> folder = Tables.withoutSpark(settings);
    if (folder.isPresent()) {
      TableState state = require(folder.get(), settings);
      FileSizes before = FileSizes.of(folder.get().fileSizes(), compaction.below());
      if (dry || before.isCompact()) {
        print(before, Optional.empty(), state, settings, out);
        return ExitCode.OK;
      }
    }
    try (SparkProcess process = SparkProcess.start(settings, name())) {
      TableLocation location = settings.get(LandfallSettings.TABLE);
      SparkTable spark = new SparkTable(process.spark(), location);
      BronzeTable table = folder.isPresent() ? folder.get() : spark;
      Supplier<List<Long>> sizes = folder.isPresent() ? folder.get()::fileSizes : spark::fileSizes;
      TableState state = require(table, settings);
      FileSizes before = FileSizes.of(sizes.get(), compaction.below());
      if (dry || before.isCompact()) {
        print(before, Optional.empty(), state, settings, out);
        return ExitCode.OK;
      }
      compaction.run(process.spark(), location);
      TableState now = table.state();
      if (state.position().isBeyond(now.position())) {
        throw LandfallException.refused(
            "The table at %s stood at %s and stands at %s now: somebody took rows back while it was compacted. See DESCRIBE HISTORY %s."
                .formatted(location, state.position(), now.position(), location.sql()));
      }
      FileSizes after = FileSizes.of(sizes.get(), compaction.below());
      print(before, Optional.of(after), now, settings, out);
    }
    return ExitCode.OK;
  }

  /**
   * Refuses a table that is not whole or that others changed; what is lost must not become harder
   * to bring back.
   */
  private TableState require(BronzeTable table, Settings settings) {
    Dataset deployed = dataset.withTopicPrefix(KafkaSettings.topicPrefix(settings));
    Tables.requireReadable(table, deployed)
        .ifPresent(
            damage -> {
              throw damage.refusal();
            });
    TableState state = table.state();
    Refusal.requireNone(Alarms.refusal(table.location(), table.describe(), state));
    return state;
  }

  private static void print(
      FileSizes before,
      Optional<FileSizes> after,
      TableState state,
      Settings settings,
      PrintStream out) {
    OutputFormat format = settings.get(LandfallSettings.OUTPUT);
    RowList rows =
        new RowList(
            List.of(
                RowList.text("when"),
                RowList.number("files"),
                RowList.number("bytes"),
                RowList.number("small_files"),
                RowList.number("small_bytes")));
    add(rows, after.isEmpty() ? "now" : "before", before);
    after.ifPresent(then -> add(rows, "after", then));
    RowPrinter.print(rows, format, out);
    if (format == OutputFormat.TABLE) {
      out.printf(
          "%s The table stands at version %d and position %s.%n",
          said(before, after), state.version(), state.position());
      out.flush();
    }
  }

  private static String said(FileSizes before, Optional<FileSizes> after) {
    if (after.isPresent()) {
      return "The small files were put together; the old ones stay in the folder until VACUUM.";
    }
    return before.isCompact()
        ? "There is nothing to put together."
        : "%s of %,d bytes would be put together; nothing was changed."
            .formatted(Count.of(before.small(), "small file"), before.smallBytes());
  }

  private static void add(RowList rows, String when, FileSizes sizes) {
    rows.add(when, sizes.files(), sizes.bytes(), sizes.small(), sizes.smallBytes());
  }
}
