package io.landfall.consumer.command;

import io.landfall.cli.Command;
import io.landfall.cli.ExitCode;
import io.landfall.cli.LandfallException;
import io.landfall.cli.LandfallSettings;
import io.landfall.cli.Parsers;
import io.landfall.cli.PassThrough;
import io.landfall.cli.Setting;
import io.landfall.cli.Settings;
import io.landfall.cli.TableLocation;
import io.landfall.cli.kafka.KafkaSettings;
import io.landfall.consumer.bronze.BronzeTable;
import io.landfall.consumer.compare.Compared;
import io.landfall.consumer.compare.Comparison;
import io.landfall.consumer.door.spark.SparkTable;
import io.landfall.consumer.kernel.KernelTable;
import io.landfall.consumer.sql.SparkSql;
import io.landfall.schemas.Dataset;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code compare}: our table against one that somebody else wrote. */
public final class CompareCommand implements Command {

  static final Setting<TableLocation> WITH =
      Setting.required(
          "with",
          "TABLE",
          Parsers::table,
          "The other Delta table, as --table has it. It is only read.");

  static final Setting<String> WHERE =
      Setting.optional(
          "where",
          "CONDITION",
          Parsers::text,
          "Compares only rows of both tables that meet this condition, in Spark's SQL.");

  private final Dataset dataset;

  public CompareCommand(Dataset dataset) {
    this.dataset = dataset;
  }

  @Override
  public String name() {
    return "compare";
  }

  @Override
  public String description() {
    return "Compare the rows in force with those of another Delta table, cell by cell.";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(
        LandfallSettings.TOPIC_PREFIX,
        LandfallSettings.TABLE,
        WITH,
        WHERE,
        LandfallSettings.OUTPUT,
        LandfallSettings.SCRATCH_DIR);
  }

  @Override
  public List<String> problems(Settings settings) {
    List<String> problems =
        new ArrayList<>(Tables.problems(settings, List.of(LandfallSettings.TABLE, WITH)));
    problems.addAll(ReportPrinter.problems(settings));
    return problems;
  }

  @Override
  public ExitCode run(Settings settings, PrintStream out) throws InterruptedException {
    Dataset deployed = dataset.withTopicPrefix(KafkaSettings.topicPrefix(settings));
    Optional<String> where = settings.find(WHERE);
    if (where.isPresent()) {
      // A function in a condition can do more than look, too.
      SparkSql.require(
          "SELECT * FROM %s WHERE (%s)".formatted(dataset.name(), where.get()),
          settings.passedThrough(PassThrough.SPARK));
    }
    Optional<KernelTable> folder = Tables.withoutSpark(settings);
    folder.ifPresent(table -> requireWhole(table, deployed));
    TableLocation location = settings.get(LandfallSettings.TABLE);
    try (SparkProcess process = SparkProcess.start(settings, name())) {
      if (folder.isEmpty()) {
        requireWhole(new SparkTable(process.spark(), location), deployed);
      }
      TableLocation other = settings.get(WITH);
      if (!new SparkTable(process.spark(), other).exists()) {
        throw LandfallException.usage("--with: there is no Delta table at %s.".formatted(other));
      }
      Compared compared = new Comparison(process.spark(), deployed, location, other, where).run();
      ComparedPrinter.print(compared, settings.get(LandfallSettings.OUTPUT), out);
      return compared.isSame() ? ExitCode.OK : ExitCode.REFUSED;
    }
  }

  private static void requireWhole(BronzeTable table, Dataset deployed) {
    Tables.requireReadable(table, deployed)
        .ifPresent(
            damage -> {
              throw damage.refusal();
            });
  }
}
