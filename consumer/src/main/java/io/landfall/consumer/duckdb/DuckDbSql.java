package io.landfall.consumer.duckdb;

import io.landfall.cli.LandfallException;
import io.landfall.consumer.sql.QueryResult;
import io.landfall.schemas.Dataset;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.duckdb.DuckDBDriver;

/** Queries over a table, answered by DuckDB. For one query. */
public final class DuckDbSql {

  /** Statements never name a file, so what is said of one is about the table's. */
  private static final Pattern BROKEN_FILE = Pattern.compile("^IO Error|\\.parquet");

  private final Dataset dataset;
  private final Path table;
  private final Path scratch;

  /**
   * @param table its folder
   * @param scratch where rows go that do not fit into memory
   */
  public DuckDbSql(Dataset dataset, Path table, Path scratch) {
    this.dataset = dataset;
    this.table = table;
    this.scratch = scratch;
  }

  /**
   * Runs a query.
   *
   * @param use gets what it found; only there may its rows be asked for
   * @throws LandfallException usage, if the statement is no query or has a fault; refused, if the
   *     table is not whole or not of a kind that DuckDB reads
   */
  public void run(String query, Consumer<QueryResult> use) throws InterruptedException {
    // Opening the engine, mostly unpacking and linking it, takes as long as reading the log.
    CompletableFuture<TableFiles> files = CompletableFuture.supplyAsync(() -> TableFiles.of(table));
    try (Connection connection = connect()) {
      answer(connection, files, query, use);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /**
   * Not through the list of drivers, which under spark-submit may know those of another class path.
   */
  private static Connection connect() throws SQLException {
    try {
      return new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
    } catch (NoClassDefFoundError e) {
      throw LandfallException.usage(
          "DuckDB is not on the class path; the thin jar leaves it out. Ask Spark with --engine spark, or add the jar of org.duckdb:duckdb_jdbc.",
          e);
    }
  }

  private void answer(
      Connection connection,
      CompletableFuture<TableFiles> files,
      String query,
      Consumer<QueryResult> use)
      throws SQLException, InterruptedException {
    new QueryGuard(connection, Set.of(dataset.name(), dataset.name() + "_current"))
        .require(connection, query);
    open(connection, result(files));
    try (Statement statement = connection.createStatement()) {
      CompletableFuture<Void> answered =
          CompletableFuture.runAsync(() -> answer(statement, query, use), DuckDbSql::inThread);
      try {
        result(answered);
      } catch (InterruptedException e) {
        statement.cancel();
        throw e;
      }
    }
  }

  /** The thread that waits can be told to stop; one within the engine cannot. */
  private static void inThread(Runnable work) {
    Thread thread = new Thread(work, "query");
    thread.setDaemon(true);
    thread.start();
  }

  private static void answer(Statement statement, String query, Consumer<QueryResult> use) {
    try (ResultSet rows = statement.executeQuery(query)) {
      use.accept(new DuckDbResult(rows));
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private void open(Connection connection, TableFiles files) {
    try {
      prepare(connection, files);
    } catch (SQLException e) {
      // The views are ours: what fails is a file whose schema cannot be read.
      throw refused(e);
    }
  }

  /** Makes the views, then locks the engine: it opens no other files and takes no settings. */
  void prepare(Connection connection, TableFiles files) throws SQLException {
    TableViews views = new TableViews(dataset, files);
    String allowed =
        files.files().stream().map(TableViews::text).collect(Collectors.joining(", ", "[", "]"));
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET autoload_known_extensions = false");
      statement.execute("SET autoinstall_known_extensions = false");
      statement.execute("SET TimeZone = 'UTC'");
      statement.execute("SET temp_directory = " + TableViews.text(scratch.resolve("duckdb")));
      statement.execute(views.landed());
      statement.execute(views.inForce());
      statement.execute("SET allowed_paths = " + allowed);
      statement.execute("SET enable_external_access = false");
      statement.execute("SET lock_configuration = true");
    }
  }

  private static <T> T result(CompletableFuture<T> work) throws InterruptedException {
    try {
      return work.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failed) {
        throw failed;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /** What DuckDB says about a query, or about the table's files while it reads them. */
  static LandfallException failed(SQLException e) {
    String said = said(e);
    if (said.startsWith("Out of Memory")) {
      return LandfallException.unavailable(
          said + " Ask for less, or run where there is more memory and room in --scratch-dir.", e);
    }
    return BROKEN_FILE.matcher(said).find() ? refused(e) : LandfallException.usage(said, e);
  }

  private static LandfallException refused(SQLException e) {
    LandfallException refused =
        LandfallException.refused(
            "A data file of the table cannot be read: %s `landfall consumer replay --into DIR` rebuilds the table from the topic."
                .formatted(said(e)));
    refused.addSuppressed(e);
    return refused;
  }

  /** In one line, without the driver's own preface and the statement, which is repeated below. */
  private static String said(SQLException e) {
    String message = String.valueOf(e.getMessage());
    String engine = message.substring(message.lastIndexOf("\nError: ") + 1);
    return engine
        .replaceFirst("^Error: ", "")
        .split("\n\nLINE ", 2)[0]
        .strip()
        .replaceAll("\\s*\\R\\s*", " ");
  }
}
