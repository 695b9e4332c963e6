package io.landfall.consumer.command;

import io.landfall.cli.Command;
import io.landfall.cli.ExitCode;
import io.landfall.cli.LandfallSettings;
import io.landfall.cli.Parsers;
import io.landfall.cli.PassThrough;
import io.landfall.cli.Setting;
import io.landfall.cli.Settings;
import io.landfall.cli.SqlEngine;
import io.landfall.cli.TableLocation;
import io.landfall.cli.TableLocation.Folder;
import io.landfall.consumer.bronze.BronzeTable;
import io.landfall.consumer.bronze.Views;
import io.landfall.consumer.door.spark.SparkTable;
import io.landfall.consumer.duckdb.DuckDbSql;
import io.landfall.consumer.kernel.KernelTable;
import io.landfall.consumer.sql.QueryResult;
import io.landfall.consumer.sql.ReadOnlySession;
import io.landfall.consumer.sql.SparkSql;
import io.landfall.schemas.Dataset;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** {@code sql}: a look at the table. */
public final class SqlCommand implements Command {

  private final Dataset dataset;
  private final Setting<String> query;

  public SqlCommand(Dataset dataset) {
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
  public List<String> problems(Settings settings) {
    List<String> problems =
        new ArrayList<>(Tables.problems(settings, List.of(LandfallSettings.TABLE)));
    Optional<TableLocation> table = settings.find(LandfallSettings.TABLE);
    if (table.isPresent()
        && !isLocal(table.get())
        && settings.find(LandfallSettings.ENGINE).equals(Optional.of(SqlEngine.DUCKDB))) {
      problems.add(
          "--engine duckdb: it reads folders of this machine, and %s is none; --engine spark reads it"
              .formatted(table.get()));
    }
    return problems;
  }

  private static boolean isLocal(TableLocation table) {
    return table instanceof Folder folder && folder.isLocal();
  }

  @Override
  public ExitCode run(Settings settings, PrintStream out) throws InterruptedException {
    Consumer<QueryResult> print =
        result -> RowPrinter.print(result, settings.get(LandfallSettings.OUTPUT), out);
    switch (settings.get(LandfallSettings.ENGINE)) {
      case DUCKDB -> duckDb(settings, print);
      case SPARK -> spark(settings, print);
    }
    return ExitCode.OK;
  }

  private void duckDb(Settings settings, Consumer<QueryResult> print) throws InterruptedException {
    Tables.withoutSpark(settings).ifPresent(table -> Tables.requireIts(table, dataset));
    Path path = Path.of(((Folder) settings.get(LandfallSettings.TABLE)).path());
    // DuckDB makes the folder when it needs one, and removes it.
    Path scratch =
        settings.get(LandfallSettings.SCRATCH_DIR).resolve("sql-" + ProcessHandle.current().pid());
    new DuckDbSql(dataset, path, scratch).run(settings.get(query), print);
  }

  private void spark(Settings settings, Consumer<QueryResult> print) throws InterruptedException {
    TableLocation location = settings.get(LandfallSettings.TABLE);
    Map<String, String> users = settings.passedThrough(PassThrough.SPARK);
    Map<String, String> readOnly = ReadOnlySession.settings(users, location);
    Map<String, String> both = new HashMap<>(users);
    both.putAll(readOnly);
    SparkSql.require(settings.get(query), both);
    Optional<KernelTable> folder = Tables.withoutSpark(settings);
    folder.ifPresent(this::requireWhole);
    try (SparkProcess process = SparkProcess.start(settings, name(), readOnly)) {
      if (folder.isEmpty()) {
        requireWhole(new SparkTable(process.spark(), location));
      }
      Views.create(process.spark(), dataset, location);
      ReadOnlySession.close(process.spark());
      new SparkSql(process.spark()).run(settings.get(query), print);
    }
  }

  private void requireWhole(BronzeTable table) {
    Tables.requireReadable(table, dataset)
        .ifPresent(
            damage -> {
              throw damage.refusal();
            });
  }
}
