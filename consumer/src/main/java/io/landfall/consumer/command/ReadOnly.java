package io.landfall.consumer.command;

import io.landfall.program.Stop;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.ParsedStatement;
import scala.jdk.javaapi.CollectionConverters;

/** Lets queries and descriptions through, and nothing that could change a table. */
final class ReadOnly {

  private ReadOnly() {}

  static void require(SparkSession spark, String query) throws ParseException {
    if (changes(classic(spark).sessionState().sqlParser().parsePlan(query))) {
      throw Stop.usage(
          "This command only reads: give a SELECT, a SHOW or a DESCRIBE. Nothing was done.",
          new IllegalArgumentException(query));
    }
  }

  private static org.apache.spark.sql.classic.SparkSession classic(SparkSession spark) {
    return (org.apache.spark.sql.classic.SparkSession) spark;
  }

  private static boolean changes(LogicalPlan plan) {
    // Delta's RESTORE and CLONE are statements by name only.
    boolean acts =
        plan instanceof ParsedStatement
            || plan instanceof Command
            || plan.getClass().getSimpleName().endsWith("Statement");
    if (acts && !describes(plan)) {
      return true;
    }
    return CollectionConverters.asJava(plan.children()).stream().anyMatch(ReadOnly::changes);
  }

  /** Spark and Delta have a class for each of these commands, named like it. */
  private static boolean describes(LogicalPlan plan) {
    String name = plan.getClass().getSimpleName();
    return name.startsWith("Describe") || name.startsWith("Show") || name.startsWith("Explain");
  }
}
