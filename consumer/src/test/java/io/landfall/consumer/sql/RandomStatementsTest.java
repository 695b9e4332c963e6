package io.landfall.consumer.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.cli.ExitCode;
import io.landfall.cli.LandfallException;
import io.landfall.consumer.testing.BronzeTables;
import io.landfall.consumer.testing.FolderState;
import io.landfall.consumer.testing.SharedSpark;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Property: after any statement of Spark's grammar the folder is what it was, bit by bit. */
class RandomStatementsTest {

  private static final int STATEMENTS = Integer.getInteger("landfall.statements", 600);

  private static final int[] RULES = {
    SqlBaseParser.RULE_statement,
    SqlBaseParser.RULE_statement,
    SqlBaseParser.RULE_dmlStatementNoWith,
    SqlBaseParser.RULE_query,
    SqlBaseParser.RULE_queryPrimary,
    SqlBaseParser.RULE_singleCompoundStatement
  };

  @TempDir private Path folder;

  @Test
  void noStatementTouchesAnything() throws Exception {
    long seed = Long.getLong("landfall.seed", System.nanoTime());
    Path table = SmallTable.in(folder);
    SparkSession spark = SharedSpark.session().newSession();
    BronzeTables.views(spark, table);
    SparkSql sql = new SparkSql(spark);
    FolderState before = FolderState.of(folder);
    RandomStatements statements = new RandomStatements(new Random(seed), table);

    int let = 0;
    for (int i = 0; i < STATEMENTS; i++) {
      String statement = statements.next(RULES[i % RULES.length]);
      try {
        SparkSql.require(statement, Map.of());
        let++;
        sql.run(statement, result -> result.rows(10).forEachRemaining(row -> {}));
      } catch (LandfallException e) {
        assertThat(e.exitCode()).as("seed %d: %s", seed, statement).isEqualTo(ExitCode.USAGE);
        assertThat(e.getMessage()).as("seed %d: %s", seed, statement).doesNotContain("\n");
      }
      assertThat(FolderState.of(folder)).as("seed %d: %s", seed, statement).isEqualTo(before);
    }
    System.out.printf("%d statements (seed %d), %d let through%n", STATEMENTS, seed, let);
    assertThat(let).as("seed %d", seed).isPositive();
  }
}
