package io.landfall.consumer.command;

import io.landfall.consumer.bronze.Views;
import io.landfall.program.ExitCode;
import io.landfall.program.LandfallSettings;
import io.landfall.program.OutputFormat;
import io.landfall.program.Parsers;
import io.landfall.program.Setting;
import io.landfall.program.Settings;
import io.landfall.program.Stop;
import io.landfall.program.TableLocation;
import io.landfall.program.Verb;
import io.landfall.schemas.Dataset;
import java.io.PrintStream;
import java.util.List;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.parser.ParseException;

/** {@code sql}: a look at the table. */
public final class SqlVerb implements Verb {

  private final Dataset dataset;
  private final Setting<String> query;

  public SqlVerb(Dataset dataset) {
    this.dataset = dataset;
    this.query =
        Setting.argument(
            "query",
            "QUERY",
            Parsers::text,
            "The query, in Spark's SQL, over %1$s (every row landed) and %1$s_current (the rows in force)."
                .formatted(dataset.name()));
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
        query, LandfallSettings.TABLE, LandfallSettings.OUTPUT, LandfallSettings.SCRATCH_DIR);
  }

  @Override
  public List<String> problems(Settings settings) {
    return Tables.problems(settings, List.of(LandfallSettings.TABLE));
  }

  @Override
  public ExitCode run(Settings settings, PrintStream out) {
    TableLocation location = settings.get(LandfallSettings.TABLE);
    Tables.withoutSpark(settings).ifPresent(table -> Tables.existing(table, dataset));
    try (SparkProcess process = SparkProcess.start(settings, name())) {
      Tables.existing(process.spark(), dataset, location);
      Views.create(process.spark(), dataset, location);
      print(process.spark(), settings.get(query), settings.get(LandfallSettings.OUTPUT), out);
    }
    return ExitCode.OK;
  }

  private static void print(
      SparkSession spark, String query, OutputFormat format, PrintStream out) {
    try {
      ReadOnly.require(spark, query);
      RowPrinter.print(spark.sql(query), format, out);
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
