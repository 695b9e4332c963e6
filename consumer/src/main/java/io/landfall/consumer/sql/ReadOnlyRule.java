package io.landfall.consumer.sql;

import io.landfall.cli.LandfallException;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.analysis.UnresolvedExecuteImmediate;
import org.apache.spark.sql.catalyst.expressions.CallMethodViaReflection;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.ScriptTransformation;
import org.apache.spark.sql.catalyst.trees.TreeNode;
import scala.Function1;
import scala.runtime.AbstractFunction1;
import scala.runtime.BoxedUnit;

/**
 * Part of the lock: Spark asks this after each analysis of a closed session, whoever wanted it, and
 * before anything of the plan runs. Commands are let through that only show; scripts, reflection
 * and functions of the user's are not.
 *
 * <p>Coarser than the guard: Delta reads its own log by plans in the same session.
 */
public final class ReadOnlyRule extends AbstractFunction1<SparkSessionExtensions, BoxedUnit> {

  @Override
  public BoxedUnit apply(SparkSessionExtensions extensions) {
    extensions.injectCheckRule(ReadOnlyRule::of);
    return BoxedUnit.UNIT;
  }

  private static Function1<LogicalPlan, BoxedUnit> of(SparkSession session) {
    return plan -> {
      if (ReadOnlySession.isClosed(session)) {
        PlanNodes.of(plan).forEach(ReadOnlyRule::require);
      }
      return BoxedUnit.UNIT;
    };
  }

  private static void require(TreeNode<?> node) {
    boolean changes = node instanceof Command && !AllowedNodes.COMMANDS.contains(node.getClass());
    boolean runs =
        node instanceof ScriptTransformation
            || node instanceof UnresolvedExecuteImmediate
            || node instanceof CallMethodViaReflection;
    if (changes || runs) {
      throw LandfallException.usage(
          "The session is closed for %s. Nothing was done.".formatted(node.nodeName()),
          new UnsupportedOperationException());
    }
  }
}
