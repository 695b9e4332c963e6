package io.landfall.consumer.sql;

import io.landfall.cli.LandfallException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.analysis.UnresolvedGenerator;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.analysis.UnresolvedTable;
import org.apache.spark.sql.catalyst.analysis.UnresolvedTableOrView;
import org.apache.spark.sql.catalyst.analysis.UnresolvedTableValuedFunction;
import org.apache.spark.sql.catalyst.analysis.UnresolvedView;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.trees.TreeNode;
import org.apache.spark.sql.delta.UnresolvedPathBasedDeltaTable;
import org.apache.spark.sql.delta.UnresolvedPathBasedTable;
import org.apache.spark.sql.delta.files.TahoeFileIndex;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Lets a statement through if each of its nodes, functions and sources is one that only reads
 * ({@link AllowedNodes}, {@link AllowedFunctions}, views and Delta tables), and refuses all others,
 * known or not.
 */
final class StatementGuard {

  private static final String READS = "sql only reads: ";

  private static final String INSTEAD =
      " Give a query over the views, over a Delta table (delta.`/PATH`) or over VALUES, or a SHOW, DESCRIBE or EXPLAIN. Nothing was done.";

  private StatementGuard() {}

  /**
   * Looks at a statement before anything of it is resolved: a name that is refused is never looked
   * up, so no class of it is loaded and no file of it opened.
   *
   * @throws LandfallException usage, if it is refused
   */
  static void requireParsed(LogicalPlan statement) {
    for (TreeNode<?> node : PlanNodes.of(statement)) {
      if (node instanceof LogicalPlan plan) {
        requireAllowed(AllowedNodes.parsed(plan), plan);
        requireSource(plan);
      } else if (node instanceof Expression expression) {
        requireAllowed(AllowedNodes.parsed(expression), expression);
        requireFunction(expression);
      }
    }
  }

  /**
   * Looks at it again when Spark has found out what its names mean, before anything runs.
   *
   * @throws LandfallException usage, if it is refused
   */
  static void requireAnalysed(LogicalPlan statement) {
    for (TreeNode<?> node : PlanNodes.of(statement)) {
      if (node instanceof LogicalPlan plan) {
        requireAllowed(AllowedNodes.analysed(plan) || AllowedNodes.parsed(plan), plan);
      }
      if (node instanceof LogicalRelation relation
          && !(relation.relation() instanceof HadoopFsRelation files
              && files.location() instanceof TahoeFileIndex)) {
        throw refused("a source that is not a Delta table is not among what it reads.");
      }
    }
  }

  private static void requireAllowed(boolean allowed, TreeNode<?> node) {
    if (!allowed) {
      throw refused(
          "%s is not among what it lets through."
              .formatted(words(node.getClass().getSimpleName())));
    }
  }

  private static void requireSource(LogicalPlan plan) {
    if (plan instanceof UnresolvedRelation relation) {
      requireSource(relation.multipartIdentifier());
      if (relation.isStreaming() || !relation.options().isEmpty()) {
        throw refused("a table is read as it is, not as a stream and without options.");
      }
    } else if (plan instanceof UnresolvedTable table) {
      requireSource(table.multipartIdentifier());
    } else if (plan instanceof UnresolvedTableOrView table) {
      requireSource(table.multipartIdentifier());
    } else if (plan instanceof UnresolvedView view) {
      requireSource(view.multipartIdentifier());
    } else if (plan instanceof UnresolvedPathBasedDeltaTable table) {
      requireLocal(table.path());
      requireNoOptions(table.options());
    } else if (plan instanceof UnresolvedPathBasedTable table) {
      requireLocal(table.path());
      requireNoOptions(table.options());
    } else if (plan instanceof UnresolvedTableValuedFunction function) {
      requireFunction(CollectionConverters.asJava(function.name()));
      if (function.isStreaming()) {
        throw refused("a table is read as it is, not as a stream and without options.");
      }
    }
  }

  private static void requireNoOptions(scala.collection.immutable.Map<String, String> options) {
    if (!options.isEmpty()) {
      throw refused("a table is read without options.");
    }
  }

  /** A view's or a WITH's name, or a Delta table's folder. */
  private static void requireSource(Seq<String> name) {
    List<String> parts = CollectionConverters.asJava(name);
    if (parts.size() == 1) {
      return;
    }
    if (parts.size() != 2 || !parts.get(0).toLowerCase(Locale.ROOT).equals("delta")) {
      throw refused("%s is not among what it reads.".formatted(quoted(parts)));
    }
    requireLocal(parts.get(1));
  }

  private static void requireLocal(String path) {
    String scheme = scheme(path);
    if (!scheme.equals("file") || !path.substring(path.indexOf(':') + 1).startsWith("/")) {
      throw refused(
          "%s is not the absolute path of a folder on this machine."
              .formatted(quoted(List.of(path))));
    }
  }

  private static String scheme(String path) {
    try {
      String scheme = new Path(path).toUri().getScheme();
      return scheme == null ? "file" : scheme.toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      // No path at all; whoever asks refuses it.
      return "";
    }
  }

  private static void requireFunction(Expression expression) {
    if (expression instanceof UnresolvedFunction function) {
      requireFunction(CollectionConverters.asJava(function.nameParts()));
    } else if (expression instanceof UnresolvedGenerator generator) {
      FunctionIdentifier name = generator.name();
      requireFunction(List.of(name.unquotedString().split("\\.")));
    }
  }

  private static void requireFunction(List<String> name) {
    if (!AllowedFunctions.contains(name)) {
      throw refused("the function %s is not among those that it knows.".formatted(quoted(name)));
    }
  }

  private static String quoted(List<String> parts) {
    return String.join(".", parts);
  }

  private static final Map<String, String> NAMES =
      Map.of("CompoundBody", "a script", "ScriptTransformation", "TRANSFORM");

  /** {@code InsertIntoDir} as INSERT INTO DIR: Spark names its nodes after their statements. */
  private static String words(String node) {
    return NAMES.getOrDefault(
        node,
        node.replaceAll("(Statement|Command)?\\$?$", "")
            .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
            .toUpperCase(Locale.ROOT));
  }

  private static LandfallException refused(String what) {
    return LandfallException.usage(READS + what + INSTEAD, new UnsupportedOperationException(what));
  }
}
