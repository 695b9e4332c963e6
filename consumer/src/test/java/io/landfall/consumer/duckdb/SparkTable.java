package io.landfall.consumer.duckdb;

import io.landfall.consumer.testing.Readings;
import io.landfall.consumer.testing.SharedSpark;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/**
 * A table of readings that Spark wrote: corrected, taken back, and with a column that came late.
 */
final class SparkTable {

  private static final String COLUMNS =
      "station STRING, hour INT, temperature DOUBLE, gusts FLOAT, big BIGINT, ok BOOLEAN, raw BINARY, day DATE, price DECIMAL(12, 3), seen TIMESTAMP, _revision INT, _operation STRING";

  private SparkTable() {}

  static SparkSession spark() {
    return SharedSpark.session();
  }

  /** Makes it in a folder, and the views over it in Spark's session. */
  static Path in(Path folder) {
    Path table = folder.resolve("readings");
    run("CREATE TABLE delta.`%s` (%s) USING delta".formatted(table, COLUMNS));
    run(
        """
        INSERT INTO delta.`%s` SELECT concat('S', id %% 7), cast(id AS INT), if(id %% 3 = 0, NULL, id / 4),
          if(id %% 5 = 0, NULL, cast(id / 8 AS FLOAT)), id * 10000000000, id %% 2 = 0, cast(concat('é', id) AS BINARY),
          date_add(DATE'2024-02-28', cast(id AS INT)), cast(id / 7 AS DECIMAL(12, 3)),
          TIMESTAMP'2024-10-04 23:59:59.123456' + make_interval(0, 0, 0, 0, cast(id AS INT)), 1, 'UPSERT'
        FROM range(40)"""
            .formatted(table));
    run(
        "INSERT INTO delta.`%s` SELECT station, hour, -1.5, gusts, big, ok, raw, day, price, seen, 2, if(hour < 3, 'RETRACT', 'UPSERT') FROM delta.`%s` WHERE hour < 6"
            .formatted(table, table));
    run("ALTER TABLE delta.`%s` ADD COLUMNS (late STRING, never INT)".formatted(table));
    run(
        "INSERT INTO delta.`%s` SELECT station, hour + 100, temperature, gusts, big, ok, raw, day, price, seen, _revision, _operation, 'here', NULL FROM delta.`%s` WHERE hour = 7"
            .formatted(table, table));
    run("ALTER TABLE delta.`%s` ADD COLUMNS (unwritten TIMESTAMP)".formatted(table));
    return table;
  }

  static void run(String statement) {
    spark().sql(statement).collectAsList();
  }

  static DuckDbSql duckDb(Path table) {
    return new DuckDbSql(Readings.FIRST, table, table.resolveSibling("scratch"));
  }
}
