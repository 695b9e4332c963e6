package io.landfall.consumer.sql;

import io.delta.sql.parser.DeltaSqlParser;
import java.util.Map;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.SparkSqlParser;
import org.apache.spark.sql.internal.SQLConf;

/** The parsers of Spark and Delta, one behind the other as in a session, without a session. */
final class StatementParser {

  /** Spark's parser looks ahead over all parentheses at each of them; thousands take it hours. */
  private static final int DEEPEST = 500;

  private StatementParser() {}

  /**
   * @param settings of the session that the statement is for; some change the grammar
   */
  static LogicalPlan parse(String statement, Map<String, String> settings) {
    requireShallow(statement);
    SQLConf conf = new SQLConf();
    settings.forEach(
        (name, value) -> {
          if (name.startsWith("spark.sql.")) {
            conf.setConfString(name, value);
          }
        });
    DeltaSqlParser parser = new DeltaSqlParser(new SparkSqlParser());
    return SQLConf.withExistingConf(conf, () -> parser.parsePlan(statement));
  }

  private static void requireShallow(String statement) {
    int depth = 0;
    for (int i = 0; i < statement.length(); i++) {
      depth += statement.charAt(i) == '(' ? 1 : statement.charAt(i) == ')' ? -1 : 0;
      if (depth > DEEPEST) {
        throw SqlFailure.tooDeep(new IllegalArgumentException());
      }
    }
  }
}
