package io.landfall.consumer.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.consumer.sql.SqlResult;
import io.landfall.consumer.testing.SharedSpark;
import io.landfall.program.OutputFormat;
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

  private static String printed(OutputFormat format) {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    RowPrinter.print(
        new SqlResult(SPARK.sql(QUERY), false), format, new PrintStream(printed, true, UTF_8));
    return printed.toString(UTF_8).replace(System.lineSeparator(), "\n");
  }
}
