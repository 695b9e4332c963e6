package io.landfall.consumer.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.landfall.cli.ExitCode;
import io.landfall.cli.LandfallException;
import io.landfall.consumer.sql.QueryResult;
import io.landfall.consumer.sql.SqlResult;
import io.landfall.consumer.testing.SharedSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** DuckDB says of a table what Spark says of it, or says that it cannot. */
class DuckDbSqlTest {

  @TempDir private static Path folder;
  private static Path table;

  @BeforeAll
  static void write() {
    table = SparkTable.in(folder);
    SharedSpark.session()
        .read()
        .format("delta")
        .load(table.toString())
        .createOrReplaceTempView("duck_readings");
    SparkTable.run(
        "CREATE OR REPLACE TEMP VIEW duck_current AS SELECT * FROM duck_readings d WHERE _operation <> 'RETRACT' AND _revision = (SELECT max(_revision) FROM duck_readings e WHERE d.station = e.station AND d.hour = e.hour)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT count(*) FROM %s",
        "SELECT * FROM %s ORDER BY hour, _revision",
        "SELECT station, count(*), sum(temperature), max(big), count(DISTINCT (hour, _revision)) FROM %s GROUP BY station ORDER BY station",
        "SELECT a.hour, b.price FROM %s a JOIN %s b USING (station, hour) WHERE a._revision < b._revision ORDER BY 1",
        "WITH x AS (SELECT hour FROM %s WHERE late IS NOT NULL OR unwritten IS NOT NULL) SELECT * FROM x",
        "SELECT hour, row_number() OVER (PARTITION BY station ORDER BY hour, _revision) AS n FROM %s ORDER BY hour, _revision",
      })
  void answersAsSparkDoes(String query) throws InterruptedException {
    for (String[] names :
        List.of(
            new String[] {"readings", "duck_readings"},
            new String[] {"readings_current", "duck_current"})) {
      List<List<String>> expected = new ArrayList<>();
      new SqlResult(SharedSpark.session().sql(query.replace("%s", names[1])), false)
          .rows(Integer.MAX_VALUE)
          .forEachRemaining(row -> expected.add(row.stream().map(String::valueOf).toList()));
      assertThat(cells(query.replace("%s", names[0])))
          .as(query)
          .containsExactlyElementsOf(expected);
    }
  }

  private static List<List<String>> cells(String query) throws InterruptedException {
    List<List<String>> found = new ArrayList<>();
    SparkTable.duckDb(table)
        .run(
            query,
            result ->
                result
                    .rows(Integer.MAX_VALUE)
                    .forEachRemaining(
                        row -> found.add(row.stream().map(String::valueOf).toList())));
    return found;
  }

  @Test
  void tellsColumnsAndWhichAreNumbers() throws InterruptedException {
    SparkTable.duckDb(table)
        .run(
            "SELECT station, hour, sum(big) AS s, price, ok FROM readings GROUP BY ALL",
            result ->
                assertThat(result.columns())
                    .containsExactly(
                        new QueryResult.Column("station", false),
                        new QueryResult.Column("hour", true),
                        new QueryResult.Column("s", true),
                        new QueryResult.Column("price", true),
                        new QueryResult.Column("ok", false)));
  }

  @Test
  void jsonLeavesOutWhatIsNull() throws InterruptedException {
    List<String> rows = new ArrayList<>();
    SparkTable.duckDb(table)
        .run(
            "SELECT station, hour, temperature, ok, price, late, seen FROM readings WHERE hour IN (0, 107) ORDER BY hour, _revision LIMIT 1",
            result -> result.json().forEachRemaining(rows::add));
    assertThat(rows)
        .containsExactly(
            "{\"station\":\"S0\",\"hour\":0,\"ok\":true,\"price\":0.000,\"seen\":\"2024-10-04 23:59:59.123456\"}");
  }

  @Test
  void asManyRowsAsAskedFor() throws InterruptedException {
    List<Object> rows = new ArrayList<>();
    SparkTable.duckDb(table)
        .run("SELECT * FROM readings", result -> result.rows(3).forEachRemaining(rows::add));
    assertThat(rows).hasSize(3);
  }

  @Test
  void faultsInAQueryAreTheUsers() {
    assertThatThrownBy(() -> cells("SELECT nothing FROM readings"))
        .isInstanceOfSatisfying(
            LandfallException.class, stop -> assertThat(stop.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageContaining("nothing")
        .hasMessageNotContaining("closed pending query");
    assertThatThrownBy(() -> cells("SELEC 1"))
        .isInstanceOfSatisfying(
            LandfallException.class, stop -> assertThat(stop.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageContaining("syntax error");
  }

  @Test
  void aFileThatIsGoneOrBrokenIsRefused(@TempDir Path other) throws IOException {
    Path copy = SparkTable.in(other);
    Path file = dataFile(copy);
    byte[] content = Files.readAllBytes(file);
    Files.write(file, new byte[] {1, 2, 3});
    assertRefused(copy, file.getFileName().toString());
    Files.write(file, java.util.Arrays.copyOf(content, content.length / 2));
    assertRefused(copy, file.getFileName().toString());
    Files.write(file, new byte[content.length]);
    assertRefused(copy, file.getFileName().toString());
    Files.delete(file);
    assertRefused(copy, file.getFileName().toString());
  }

  @Test
  void aLogThatIsNotWholeIsRefused(@TempDir Path other) throws IOException {
    Path copy = SparkTable.in(other);
    Path commit = copy.resolve("_delta_log/00000000000000000002.json");
    String content = Files.readString(commit);
    for (String broken : List.of("", "\n", content.substring(0, content.length() / 2))) {
      // Hadoop's own checksum would tell of the change before anybody reads the content.
      Files.deleteIfExists(commit.resolveSibling("." + commit.getFileName() + ".crc"));
      Files.writeString(commit, broken);
      assertRefused(copy, commit.getFileName().toString());
    }
    Files.delete(commit);
    assertRefused(copy, commit.getFileName().toString());
  }

  private static Path dataFile(Path table) throws IOException {
    try (Stream<Path> files = Files.list(table)) {
      return files.filter(file -> file.toString().endsWith(".parquet")).findFirst().orElseThrow();
    }
  }

  @Test
  void deletionVectorsAreRefused(@TempDir Path other) {
    Path copy = SparkTable.in(other);
    SparkTable.run(
        "ALTER TABLE delta.`%s` SET TBLPROPERTIES ('delta.enableDeletionVectors' = true)"
            .formatted(copy));
    SparkTable.run("DELETE FROM delta.`%s` WHERE hour = 20".formatted(copy));
    assertRefused(copy, "--engine spark");
  }

  @Test
  void partitionedTablesAreRefused(@TempDir Path other) {
    Path copy = other.resolve("readings");
    SparkTable.run(
        "CREATE TABLE delta.`%s` (hour INT, day DATE) USING delta PARTITIONED BY (day)"
            .formatted(copy));
    assertRefused(copy, "--engine spark");
  }

  private static void assertRefused(Path table, String with) {
    assertThatThrownBy(
            () ->
                SparkTable.duckDb(table)
                    .run(
                        "SELECT * FROM readings",
                        result -> result.rows(Integer.MAX_VALUE).forEachRemaining(row -> {})))
        .isInstanceOfSatisfying(
            LandfallException.class,
            stop -> assertThat(stop.exitCode()).isEqualTo(ExitCode.REFUSED))
        .hasMessageContaining(with);
  }
}
