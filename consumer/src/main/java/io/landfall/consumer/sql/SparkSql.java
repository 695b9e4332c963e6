package io.landfall.consumer.sql;

import io.landfall.cli.LandfallException;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.Dataset$;
import org.apache.spark.sql.execution.CommandExecutionMode;
import org.apache.spark.sql.execution.command.ExplainCommand;

/** Statements that only read, answered by Spark. */
public final class SparkSql {

  private final org.apache.spark.sql.classic.SparkSession session;

  /**
   * @param session closed by {@link ReadOnlySession#close}
   */
  public SparkSql(SparkSession session) {
    this.session = (org.apache.spark.sql.classic.SparkSession) session;
  }

  /**
   * Refuses, without a session, what can be seen to be wrong without one.
   *
   * @param settings of the session to come
   * @throws LandfallException usage, if the statement is not SQL or does more than read
   */
  public static void require(String statement, Map<String, String> settings)
      throws InterruptedException {
    SqlFailure.explained(
        () -> StatementGuard.requireParsed(StatementParser.parse(statement, settings)));
  }

  /**
   * Runs a statement.
   *
   * @param use gets what it found; only there may its rows be asked for
   * @throws LandfallException usage, if Spark refuses the statement or finds a fault in it;
   *     refused, if a file of the table cannot be read
   */
  public void run(String statement, Consumer<QueryResult> use) throws InterruptedException {
    SqlFailure.explained(() -> use.accept(result(statement)));
  }

  private QueryResult result(String statement) throws ParseException {
    LogicalPlan parsed = session.sessionState().sqlParser().parsePlan(statement);
    StatementGuard.requireParsed(parsed);
    LogicalPlan analysed =
        session.sessionState().executePlan(parsed, CommandExecutionMode.SKIP()).analyzed();
    StatementGuard.requireAnalysed(analysed);
    return new SqlResult(
        Dataset$.MODULE$.ofRows(session, analysed), parsed instanceof ExplainCommand);
  }
}
