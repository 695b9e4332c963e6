package io.landfall.consumer.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.landfall.cli.ExitCode;
import io.landfall.cli.LandfallException;
import io.landfall.consumer.testing.FolderState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the statement, table and neighbours stay bit for bit as they are. */
class OnlyReadsTest {

  @TempDir private static Path folder;
  private static Path table;
  private static Connection connection;
  private static QueryGuard guard;
  private FolderState before;

  @BeforeAll
  static void write() throws IOException, SQLException {
    table = SparkTable.in(folder);
    Files.writeString(folder.resolve("precious.csv"), "a,b\n1,2\n");
    connection = DriverManager.getConnection("jdbc:duckdb:");
    guard = new QueryGuard(connection, Set.of("readings", "readings_current"));
    SparkTable.duckDb(table).prepare(connection, TableFiles.of(table));
  }

  @AfterAll
  static void close() throws SQLException {
    connection.close();
  }

  @BeforeEach
  void look() {
    before = FolderState.of(folder);
  }

  @AfterEach
  void nothingWasTouched() {
    assertThat(FolderState.of(folder)).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALTER TABLE readings ADD COLUMN x INT",
        "ALTER VIEW readings RENAME TO x",
        "ANALYZE",
        "ATTACH 'DIR/x.db'",
        "BEGIN",
        "CALL enable_logging(storage = 'file', storage_path = 'DIR/log')",
        "CHECKPOINT",
        "COMMENT ON VIEW readings IS 'x'",
        "COMMIT",
        "COPY (SELECT 1) TO 'DIR/precious.csv'",
        "COPY readings TO 'DIR/readings'  (FORMAT parquet, PARTITION_BY (station))",
        "CREATE TABLE x AS SELECT 1",
        "CREATE OR REPLACE VIEW readings AS SELECT 1",
        "CREATE MACRO m(x) AS x",
        "CREATE SECRET s (TYPE s3)",
        "CREATE SEQUENCE s",
        "CREATE TYPE t AS ENUM ('a')",
        "DEALLOCATE x",
        "DELETE FROM readings",
        "DETACH memory",
        "DROP VIEW readings",
        "EXECUTE x",
        "EXPLAIN COPY (SELECT 1) TO 'DIR/precious.csv'",
        "EXPLAIN ANALYZE COPY (SELECT 1) TO 'DIR/precious.csv'",
        "EXPLAIN EXPLAIN ANALYZE COPY (SELECT 1) TO 'DIR/precious.csv'",
        "EXPORT DATABASE 'DIR/export'",
        "IMPORT DATABASE 'DIR/export'",
        "INSERT INTO readings SELECT * FROM readings",
        "INSTALL httpfs",
        "LOAD httpfs",
        "MERGE INTO readings USING readings r ON false WHEN NOT MATCHED THEN INSERT VALUES (1)",
        "PIVOT readings ON station USING count(*)",
        "PRAGMA enable_profiling",
        "PREPARE x AS COPY (SELECT 1) TO 'DIR/precious.csv'",
        "RESET TimeZone",
        "SELECT 1; SELECT 2",
        "SELECT 1; COPY (SELECT 1) TO 'DIR/precious.csv'",
        "SELECT * FROM enable_logging(storage = 'file', storage_path = 'DIR/log')",
        "SELECT * FROM enable_profiling()",
        "SELECT * FROM force_checkpoint()",
        "SELECT * FROM 'DIR/precious.csv'",
        "SELECT * FROM \"DIR/precious.csv\"",
        "SELECT * FROM read_csv('DIR/precious.csv')",
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM read_blob('/etc/passwd')",
        "SELECT * FROM glob('/etc/*')",
        "SELECT * FROM sniff_csv('/etc/passwd')",
        "SELECT * FROM parquet_metadata('DIR/readings/*.parquet')",
        "SELECT * FROM json_execute_serialized_sql('{}')",
        "SELECT * FROM query('COPY (SELECT 1) TO ''DIR/precious.csv''')",
        "SELECT * FROM query_table('DIR/precious.csv')",
        "SELECT * FROM duckdb_settings()",
        "SELECT * FROM duckdb_secrets()",
        "SELECT * FROM information_schema.tables",
        "SELECT * FROM memory.main.readings",
        "SELECT * FROM readings WHERE EXISTS (SELECT * FROM read_text('/etc/passwd'))",
        "SELECT (SELECT content FROM read_text('/etc/passwd'))",
        "SELECT * FROM (VALUES (1)) t, LATERAL (SELECT * FROM read_text('/etc/passwd'))",
        "SELECT * FROM readings UNION ALL BY NAME SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM readings JOIN read_text('/etc/passwd') ON true",
        "SELECT * FROM (DESCRIBE SELECT * FROM read_text('/etc/passwd'))",
        "SELECT * FROM (PIVOT readings ON station USING count(*))",
        "WITH x AS (FROM read_text('/etc/passwd')) FROM x",
        "WITH RECURSIVE x AS (SELECT 1 UNION ALL FROM read_text('/etc/passwd')) FROM x",
        "FROM read_text('/etc/passwd')",
        "DESCRIBE 'DIR/precious.csv'",
        "SUMMARIZE FROM read_csv('DIR/precious.csv')",
        "SELECT getenv('HOME')",
        "SELECT current_setting('temp_directory')",
        "SELECT write_log('x')",
        "SELECT list_transform([1], x -> write_log('x'))",
        "SELECT count(*) FILTER (WHERE write_log('x') IS NULL) FROM readings",
        "SELECT sum(sleep_ms(1)) OVER () FROM readings",
        "SELECT nextval('s')",
        "SET threads = 1",
        "SET VARIABLE x = 1",
        "TRUNCATE readings",
        "UPDATE readings SET hour = 1",
        "USE memory",
        "VACUUM",
        "",
        ";",
        "-- nothing",
      })
  void refusesWhatIsNotKnownToOnlyRead(String statement) {
    assertThatThrownBy(() -> guard.require(connection, statement.replace("DIR", folder.toString())))
        .isInstanceOfSatisfying(
            LandfallException.class, stop -> assertThat(stop.exitCode()).isEqualTo(ExitCode.USAGE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1",
        "select 1;",
        "VALUES (1), (2)",
        "FROM readings",
        "TABLE readings",
        "DESCRIBE readings",
        "SHOW TABLES",
        "SUMMARIZE readings",
        "EXPLAIN SELECT * FROM readings",
        "EXPLAIN ANALYZE SELECT * FROM readings_current",
        "SELECT * EXCLUDE (station) FROM Readings",
        "SELECT COLUMNS('h.*') FROM readings",
        "SELECT * FROM range(3) CROSS JOIN generate_series(1, 2)",
        "SELECT unnest([1, 2]), list_transform([1, 2], x -> x + 1)",
        "SELECT * FROM unnest([1, 2])",
        "SELECT count(*) FILTER (WHERE hour > 1), quantile_cont(hour, 0.5), string_agg(station, ',' ORDER BY hour) FROM readings",
        "SELECT rank() OVER w, lag(hour) OVER w, sum(hour) OVER w FROM readings WINDOW w AS (ORDER BY hour)",
        "SELECT hour FROM readings QUALIFY row_number() OVER (PARTITION BY station ORDER BY hour) = 1",
        "SELECT CASE WHEN hour BETWEEN 1 AND 3 THEN 'a' ELSE station::VARCHAR END, hour IN (SELECT 1) FROM readings",
        "WITH x AS (FROM readings), y AS MATERIALIZED (FROM x) SELECT * FROM x JOIN y USING (hour)",
        "WITH RECURSIVE x(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM x WHERE n < 5) FROM x",
        "SELECT * FROM readings ASOF JOIN readings_current USING (station, hour)",
        "SELECT random(), uuid(), now(), current_date, year(day), strftime(seen, '%Y') FROM readings",
        "SELECT * FROM readings TABLESAMPLE 100%",
        "(SELECT 1) UNION (SELECT 2) EXCEPT (SELECT 3) ORDER BY 1 LIMIT 1",
      })
  void answersWhatOnlyReads(String query) throws SQLException {
    guard.require(connection, query);
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      assertThat(rows.next()).isTrue();
    }
  }

  /** The engine is locked too, should the guard ever have a hole. */
  @Test
  void theLockAloneHoldsFilesAndSettings() throws SQLException {
    List<String> done = new ArrayList<>();
    for (String statement :
        List.of(
            "COPY (SELECT 1) TO 'DIR/precious.csv'",
            "COPY readings TO 'DIR/readings' (FORMAT parquet, PARTITION_BY (station))",
            "ATTACH 'DIR/x.db'",
            "EXPORT DATABASE 'DIR/export'",
            "SELECT * FROM read_text('/etc/passwd')",
            "SELECT * FROM 'DIR/precious.csv'",
            "SELECT * FROM glob('/etc/*')",
            "INSTALL httpfs",
            "LOAD '/tmp/x.duckdb_extension'",
            "SET enable_external_access = true",
            "SET allowed_directories = ['/']",
            "SET lock_configuration = false")) {
      try (Statement one = connection.createStatement()) {
        one.execute(statement.replace("DIR", folder.toString()));
        done.add(statement);
      } catch (SQLException e) {
        assertThat(e.getMessage()).containsPattern("disabled|locked|not allowed|cannot");
      }
    }
    assertThat(done).isEmpty();
  }

  /** A release of DuckDB that has further functions with effects shows them here. */
  @Test
  void functionsWithEffectsAreKnownByName() throws SQLException {
    Set<String> found = new java.util.TreeSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet names =
            statement.executeQuery(
                "SELECT DISTINCT function_name FROM duckdb_functions() WHERE function_type IN ('scalar', 'aggregate') AND has_side_effects")) {
      while (names.next()) {
        found.add(names.getString(1));
      }
    }
    assertThat(found)
        .containsExactlyInAnyOrder(
            "current_connection_id",
            "current_query",
            "current_query_id",
            "current_transaction_id",
            "currval",
            "error",
            "gen_random_uuid",
            "nextval",
            "random",
            "setseed",
            "sleep_ms",
            "stats",
            "uuid",
            "uuidv4",
            "uuidv7",
            "write_log");
  }
}
