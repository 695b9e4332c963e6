package io.landfall.consumer.command;

import io.landfall.consumer.bronze.BronzeTable;
import io.landfall.consumer.bronze.Views;
import io.landfall.program.ExitCode;
import io.landfall.program.LandfallSettings;
import io.landfall.program.Parsers;
import io.landfall.program.Setting;
import io.landfall.program.Settings;
import io.landfall.program.Stop;
import io.landfall.program.Verb;
import io.landfall.schemas.Dataset;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.parser.ParseException;

/** {@code sql}: a look at the table. */
public final class SqlVerb implements Verb {

  private static final Setting<String> QUERY =
      Setting.argument(
          "query",
          "QUERY",
          Parsers::text,
          "The query, in Spark's SQL, over player_game_stats (every row landed) and player_game_stats_current (the rows in force).");

  private final Dataset dataset;

  public SqlVerb(Dataset dataset) {
    this.dataset = dataset;
  }

  @Override
  public String name() {
    return "sql";
  }

  @Override
  public String description() {
    return "Print what a query finds in the table. It only reads.";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(
        QUERY, LandfallSettings.TABLE, LandfallSettings.OUTPUT, LandfallSettings.SCRATCH_DIR);
  }

  @Override
  public ExitCode run(Settings settings, PrintStream out) {
    Path path = settings.get(LandfallSettings.TABLE);
    if (!Files.isDirectory(path.resolve("_delta_log"))) {
      throw MissingTable.at(path);
    }
    try (SparkProcess process =
        SparkProcess.start(settings.get(LandfallSettings.SCRATCH_DIR), name())) {
      BronzeTable table =
          BronzeTable.find(process.spark(), dataset, path).orElseThrow(() -> MissingTable.at(path));
      Views.create(process.spark(), table);
      print(process.spark(), settings, out);
    }
    return ExitCode.OK;
  }

  private static void print(SparkSession spark, Settings settings, PrintStream out) {
    String query = settings.get(QUERY);
    try {
      ReadOnly.require(spark, query);
      RowPrinter.print(spark.sql(query), settings.get(LandfallSettings.OUTPUT), out);
    } catch (Exception e) {
      // Spark throws checked exceptions that its methods do not declare. Whatever it says about the
      // query is the user's; anything else stays what it is.
      if (e instanceof SparkThrowable) {
        throw Stop.usage(said(e), e);
      }
      throw e instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(e);
    }
  }

  /** Without the query's plan, which Spark appends to some messages. */
  private static String said(Exception e) {
    return e instanceof AnalysisException analysis && !(e instanceof ParseException)
        ? analysis.getSimpleMessage()
        : String.valueOf(e.getMessage()).strip();
  }
}
