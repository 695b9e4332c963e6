package io.landfall.consumer.command;

import io.landfall.consumer.bronze.BronzeTable;
import io.landfall.consumer.bronze.Views;
import io.landfall.consumer.duckdb.DuckDbSql;
import io.landfall.consumer.sql.QueryResult;
import io.landfall.consumer.sql.ReadOnlySession;
import io.landfall.consumer.sql.SparkSql;
import io.landfall.program.ExitCode;
import io.landfall.program.LandfallSettings;
import io.landfall.program.Parsers;
import io.landfall.program.PassThrough;
import io.landfall.program.Setting;
import io.landfall.program.Settings;
import io.landfall.program.Verb;
import io.landfall.schemas.Dataset;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

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
            "The query, over %1$s (every row landed) and %1$s_current (the rows in force)."
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
        query,
        LandfallSettings.ENGINE,
        LandfallSettings.TABLE,
        LandfallSettings.OUTPUT,
        LandfallSettings.SCRATCH_DIR);
  }

  @Override
  public ExitCode run(Settings settings, PrintStream out) throws InterruptedException {
    Path path = settings.get(LandfallSettings.TABLE);
    Consumer<QueryResult> print =
        result -> RowPrinter.print(result, settings.get(LandfallSettings.OUTPUT), out);
    switch (settings.get(LandfallSettings.ENGINE)) {
      case DUCKDB -> duckDb(settings, path, print);
      case SPARK -> spark(settings, path, print);
    }
    return ExitCode.OK;
  }

  private void duckDb(Settings settings, Path path, Consumer<QueryResult> print)
      throws InterruptedException {
    requireTable(path);
    // DuckDB makes the folder when it needs one, and removes it.
    Path scratch =
        settings.get(LandfallSettings.SCRATCH_DIR).resolve("sql-" + ProcessHandle.current().pid());
    new DuckDbSql(dataset, path, scratch).run(settings.get(query), print);
  }

  private void spark(Settings settings, Path path, Consumer<QueryResult> print)
      throws InterruptedException {
    Map<String, String> users = settings.passedThrough(PassThrough.SPARK);
    Map<String, String> readOnly = ReadOnlySession.settings(users);
    Map<String, String> both = new HashMap<>(users);
    both.putAll(readOnly);
    SparkSql.require(settings.get(query), both);
    requireTable(path);
    try (SparkProcess process = SparkProcess.start(settings, name(), readOnly)) {
      BronzeTable table =
          BronzeTable.find(process.spark(), dataset, path).orElseThrow(() -> MissingTable.at(path));
      Views.create(process.spark(), table);
      ReadOnlySession.close(process.spark());
      new SparkSql(process.spark()).run(settings.get(query), print);
    }
  }

  private static void requireTable(Path path) {
    if (!Files.isDirectory(path.resolve("_delta_log"))) {
      throw MissingTable.at(path);
    }
  }
}
