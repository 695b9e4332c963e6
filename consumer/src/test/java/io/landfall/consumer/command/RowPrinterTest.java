package io.landfall.consumer.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.cli.OutputFormat;
import io.landfall.consumer.sql.SqlResult;
import io.landfall.consumer.testing.SharedSpark;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

class RowPrinterTest {

  private static final SparkSession SPARK = SharedSpark.session();
  private static final String QUERY =
      "SELECT * FROM VALUES ('a', 1, 1.10932663E8D), ('b,\"c', 20, null) AS t (name, goals, time)";

  @Test
  void tableHasNumbersOnTheRight() {
    assertThat(printed(QUERY, OutputFormat.TABLE))
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
    assertThat(printed(QUERY, OutputFormat.CSV))
        .isEqualTo("name,goals,time\na,1,110932663\n\"b,\"\"c\",20,\n");
  }

  @Test
  void jsonIsOneObjectALine() {
    assertThat(printed(QUERY, OutputFormat.JSON))
        .isEqualTo(
            """
            {"name":"a","goals":1,"time":1.10932663E8}
            {"name":"b,\\"c","goals":20}
            """);
  }

  @Test
  void valuesThatAreNoNumbersAreTextOfSparks() {
    assertThat(
            printed(
                """
                SELECT DATE '2024-01-02' AS d, TIMESTAMP '2024-01-02 03:04:05' AS t, X'00ff' AS b,
                  array(1, 2) AS a, named_struct('x', 1) AS s, INTERVAL 1 DAY AS i, 1 AS a, null AS n
                """,
                OutputFormat.CSV))
        .isEqualTo(
            """
            d,t,b,a,s,i,a,n
            2024-01-02,2024-01-02 03:04:05,00FF,"[1, 2]",{1},INTERVAL '1' DAY,1,
            """);
  }

  @Test
  void controlsAreShownInATableAndExactElsewhere() {
    String query = "SELECT 'a\u001b[31m\u202e\nb' AS `x\u0007`";
    assertThat(printed(query, OutputFormat.TABLE))
        .isEqualTo(
            """
            x\\u0007
            --------------------
            a\\u001b[31m\\u202e\\nb
            (1 row)
            """);
    assertThat(printed(query, OutputFormat.CSV)).isEqualTo("x\u0007\n\"a\u001b[31m\u202e\nb\"\n");
    assertThat(printed(query, OutputFormat.JSON))
        .isEqualTo("{\"x\\u0007\":\"a\\u001B[31m\u202e\\nb\"}\n");
  }

  @Test
  void linesOfAPlanAreRowsOfTheTable() {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    RowPrinter.print(
        new SqlResult(SPARK.sql("SELECT 'a\nb' AS plan"), true),
        OutputFormat.TABLE,
        new PrintStream(printed, true, UTF_8));
    assertThat(printed.toString(UTF_8).lines())
        .containsExactly("plan", "----", "a", "b", "(2 rows)");
  }

  private static String printed(String query, OutputFormat format) {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    RowPrinter.print(
        new SqlResult(SPARK.sql(query), false), format, new PrintStream(printed, true, UTF_8));
    return printed.toString(UTF_8).replace(System.lineSeparator(), "\n");
  }
}
