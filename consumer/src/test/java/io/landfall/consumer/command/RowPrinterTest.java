package io.landfall.consumer.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.landfall.consumer.testing.SharedSpark;
import io.landfall.program.OutputFormat;
import io.landfall.program.Stop;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowPrinterTest {

  private static final SparkSession SPARK = SharedSpark.session();
  private static final String QUERY =
      "SELECT * FROM VALUES ('a', 1, 1.10932663E8D), ('b,\"c', 20, null) AS t (name, goals, time)";

  @Test
  void tableHasNumbersOnTheRight() {
    assertThat(printed(OutputFormat.TABLE))
        .isEqualTo(
            """
            name  goals       time
            ----  -----  ---------
            a         1  110932663
            b,"c     20       null
            (2 rows)
            """);
  }

  @Test
  void csvQuotesWhatNeedsItAndLeavesNullsEmpty() {
    assertThat(printed(OutputFormat.CSV))
        .isEqualTo("name,goals,time\na,1,110932663\n\"b,\"\"c\",20,\n");
  }

  @Test
  void jsonIsOneObjectALine() {
    assertThat(printed(OutputFormat.JSON))
        .isEqualTo(
            """
            {"name":"a","goals":1,"time":1.10932663E8}
            {"name":"b,\\"c","goals":20}
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1",
        "WITH a AS (SELECT 1) SELECT * FROM a UNION ALL SELECT 2",
        "SHOW TABLES",
        "DESCRIBE FUNCTION abs",
        "EXPLAIN SELECT 1",
        "VALUES (1)"
      })
  void queriesAndDescriptionsAreLetThrough(String query) {
    assertThatCode(() -> ReadOnly.require(SPARK, query)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE FROM t",
        "UPDATE t SET a = 1",
        "INSERT INTO t VALUES (1)",
        "WITH a AS (SELECT 1) INSERT INTO t SELECT * FROM a",
        "MERGE INTO t USING s ON t.a = s.a WHEN MATCHED THEN DELETE",
        "DROP TABLE t",
        "TRUNCATE TABLE t",
        "CREATE TABLE u AS SELECT 1",
        "CREATE OR REPLACE TABLE t AS SELECT 1",
        "ALTER TABLE t SET TBLPROPERTIES ('delta.appendOnly' = 'false')",
        "RESTORE TABLE t TO VERSION AS OF 0",
        "CREATE TABLE u SHALLOW CLONE t",
        "REORG TABLE t APPLY (PURGE)",
        "CONVERT TO DELTA parquet.`/tmp/x`",
        "VACUUM t",
        "OPTIMIZE t",
        "SET a = b"
      })
  void whateverCouldChangeATableIsNot(String query) {
    assertThatThrownBy(() -> ReadOnly.require(SPARK, query))
        .isInstanceOf(Stop.class)
        .hasMessageContaining("only reads");
  }

  private static String printed(OutputFormat format) {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    RowPrinter.print(SPARK.sql(QUERY), format, new PrintStream(printed, true, UTF_8));
    return printed.toString(UTF_8).replace(System.lineSeparator(), "\n");
  }
}
