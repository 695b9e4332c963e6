package io.landfall.consumer.sql;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.analysis.CurrentNamespace$;
import org.apache.spark.sql.catalyst.analysis.MultiAlias;
import org.apache.spark.sql.catalyst.analysis.RelationTimeTravel;
import org.apache.spark.sql.catalyst.analysis.ResolvedNamespace;
import org.apache.spark.sql.catalyst.analysis.ResolvedNonPersistentFunc;
import org.apache.spark.sql.catalyst.analysis.ResolvedTable;
import org.apache.spark.sql.catalyst.analysis.ResolvedTempView;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAlias;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.analysis.UnresolvedExtractValue;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunctionName;
import org.apache.spark.sql.catalyst.analysis.UnresolvedGenerator;
import org.apache.spark.sql.catalyst.analysis.UnresolvedHaving;
import org.apache.spark.sql.catalyst.analysis.UnresolvedInlineTable;
import org.apache.spark.sql.catalyst.analysis.UnresolvedNamespace;
import org.apache.spark.sql.catalyst.analysis.UnresolvedOrdinal;
import org.apache.spark.sql.catalyst.analysis.UnresolvedPipeAggregateOrdinal;
import org.apache.spark.sql.catalyst.analysis.UnresolvedQualify;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRegex;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.analysis.UnresolvedStar;
import org.apache.spark.sql.catalyst.analysis.UnresolvedStarExceptOrReplace;
import org.apache.spark.sql.catalyst.analysis.UnresolvedSubqueryColumnAliases;
import org.apache.spark.sql.catalyst.analysis.UnresolvedTVFAliases;
import org.apache.spark.sql.catalyst.analysis.UnresolvedTable;
import org.apache.spark.sql.catalyst.analysis.UnresolvedTableOrView;
import org.apache.spark.sql.catalyst.analysis.UnresolvedTableValuedFunction;
import org.apache.spark.sql.catalyst.analysis.UnresolvedView;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.Collate;
import org.apache.spark.sql.catalyst.expressions.Cube;
import org.apache.spark.sql.catalyst.expressions.CurrentRow$;
import org.apache.spark.sql.catalyst.expressions.Exists;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GroupingSets;
import org.apache.spark.sql.catalyst.expressions.InSubquery;
import org.apache.spark.sql.catalyst.expressions.LambdaFunction;
import org.apache.spark.sql.catalyst.expressions.LateralSubquery;
import org.apache.spark.sql.catalyst.expressions.LikeAll;
import org.apache.spark.sql.catalyst.expressions.LikeAny;
import org.apache.spark.sql.catalyst.expressions.ListQuery;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamePlaceholder$;
import org.apache.spark.sql.catalyst.expressions.NamedArgumentExpression;
import org.apache.spark.sql.catalyst.expressions.NotLikeAll;
import org.apache.spark.sql.catalyst.expressions.NotLikeAny;
import org.apache.spark.sql.catalyst.expressions.PipeExpression;
import org.apache.spark.sql.catalyst.expressions.PipeOperator;
import org.apache.spark.sql.catalyst.expressions.Rollup;
import org.apache.spark.sql.catalyst.expressions.ScalarSubquery;
import org.apache.spark.sql.catalyst.expressions.SemiStructuredExtract;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.expressions.SpecifiedWindowFrame;
import org.apache.spark.sql.catalyst.expressions.TimestampAdd;
import org.apache.spark.sql.catalyst.expressions.TimestampDiff;
import org.apache.spark.sql.catalyst.expressions.UnboundedFollowing$;
import org.apache.spark.sql.catalyst.expressions.UnboundedPreceding$;
import org.apache.spark.sql.catalyst.expressions.UnresolvedCollation;
import org.apache.spark.sql.catalyst.expressions.UnresolvedNamedLambdaVariable;
import org.apache.spark.sql.catalyst.expressions.UnresolvedWindowExpression;
import org.apache.spark.sql.catalyst.expressions.UnspecifiedFrame$;
import org.apache.spark.sql.catalyst.expressions.WindowExpression;
import org.apache.spark.sql.catalyst.expressions.WindowSpecDefinition;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.CTERelationDef;
import org.apache.spark.sql.catalyst.plans.logical.CTERelationRef;
import org.apache.spark.sql.catalyst.plans.logical.DescribeColumn;
import org.apache.spark.sql.catalyst.plans.logical.DescribeFunction;
import org.apache.spark.sql.catalyst.plans.logical.DescribeRelation;
import org.apache.spark.sql.catalyst.plans.logical.Distinct;
import org.apache.spark.sql.catalyst.plans.logical.Except;
import org.apache.spark.sql.catalyst.plans.logical.Expand;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.Generate;
import org.apache.spark.sql.catalyst.plans.logical.GlobalLimit;
import org.apache.spark.sql.catalyst.plans.logical.Intersect;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LateralJoin;
import org.apache.spark.sql.catalyst.plans.logical.LimitAll;
import org.apache.spark.sql.catalyst.plans.logical.LocalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Offset;
import org.apache.spark.sql.catalyst.plans.logical.OneRowRelation;
import org.apache.spark.sql.catalyst.plans.logical.Pivot;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Range;
import org.apache.spark.sql.catalyst.plans.logical.RebalancePartitions;
import org.apache.spark.sql.catalyst.plans.logical.Repartition;
import org.apache.spark.sql.catalyst.plans.logical.RepartitionByExpression;
import org.apache.spark.sql.catalyst.plans.logical.ResolvedHint;
import org.apache.spark.sql.catalyst.plans.logical.Sample;
import org.apache.spark.sql.catalyst.plans.logical.ShowColumns;
import org.apache.spark.sql.catalyst.plans.logical.ShowFunctions;
import org.apache.spark.sql.catalyst.plans.logical.ShowPartitions;
import org.apache.spark.sql.catalyst.plans.logical.ShowTableProperties;
import org.apache.spark.sql.catalyst.plans.logical.ShowTables;
import org.apache.spark.sql.catalyst.plans.logical.ShowViews;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import org.apache.spark.sql.catalyst.plans.logical.UnionLoop;
import org.apache.spark.sql.catalyst.plans.logical.UnionLoopRef;
import org.apache.spark.sql.catalyst.plans.logical.Unpivot;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedHint;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedWith;
import org.apache.spark.sql.catalyst.plans.logical.View;
import org.apache.spark.sql.catalyst.plans.logical.Window;
import org.apache.spark.sql.catalyst.plans.logical.WithCTE;
import org.apache.spark.sql.catalyst.plans.logical.WithWindowDefinition;
import org.apache.spark.sql.delta.UnresolvedPathBasedDeltaTable;
import org.apache.spark.sql.delta.UnresolvedPathBasedTable;
import org.apache.spark.sql.delta.commands.DescribeDeltaDetailCommand;
import org.apache.spark.sql.delta.commands.DescribeDeltaHistory;
import org.apache.spark.sql.delta.commands.DescribeDeltaHistoryCommand;
import org.apache.spark.sql.delta.commands.ShowDeltaPartitionsCommand;
import org.apache.spark.sql.delta.commands.ShowDeltaTableColumnsCommand;
import org.apache.spark.sql.execution.command.DescribeColumnCommand;
import org.apache.spark.sql.execution.command.DescribeFunctionCommand;
import org.apache.spark.sql.execution.command.DescribeQueryCommand;
import org.apache.spark.sql.execution.command.DescribeRelationJsonCommand;
import org.apache.spark.sql.execution.command.DescribeTableCommand;
import org.apache.spark.sql.execution.command.ExplainCommand;
import org.apache.spark.sql.execution.command.ShowCatalogsCommand;
import org.apache.spark.sql.execution.command.ShowCollationsCommand;
import org.apache.spark.sql.execution.command.ShowColumnsCommand;
import org.apache.spark.sql.execution.command.ShowCurrentNamespaceCommand;
import org.apache.spark.sql.execution.command.ShowFunctionsCommand;
import org.apache.spark.sql.execution.command.ShowNamespacesCommand;
import org.apache.spark.sql.execution.command.ShowTablePropertiesCommand;
import org.apache.spark.sql.execution.command.ShowTablesCommand;
import org.apache.spark.sql.execution.command.ShowViewsCommand;
import org.apache.spark.sql.execution.datasources.LogicalRelation;

/**
 * What a statement may consist of: nodes that ask, and commands that show. Nothing here writes,
 * runs anything of the user's or changes the session; what is not here is refused.
 */
final class AllowedNodes {

  /** Queries, as parsed and as analysed. */
  private static final Set<Class<?>> QUERIES =
      Set.of(
          Aggregate.class,
          Distinct.class,
          Except.class,
          Filter.class,
          Generate.class,
          GlobalLimit.class,
          Intersect.class,
          Join.class,
          LateralJoin.class,
          LimitAll.class,
          LocalLimit.class,
          LocalRelation.class,
          Offset.class,
          OneRowRelation.class,
          Project.class,
          Range.class,
          RebalancePartitions.class,
          Repartition.class,
          RepartitionByExpression.class,
          Sample.class,
          Sort.class,
          SubqueryAlias.class,
          Union.class,
          Window.class);

  /** What analysis takes away again. */
  private static final Set<Class<?>> PARSED_QUERIES =
      Set.of(
          PipeOperator.class,
          Pivot.class,
          RelationTimeTravel.class,
          Unpivot.class,
          UnresolvedHaving.class,
          UnresolvedHint.class,
          UnresolvedInlineTable.class,
          UnresolvedQualify.class,
          UnresolvedRelation.class,
          UnresolvedSubqueryColumnAliases.class,
          UnresolvedTVFAliases.class,
          UnresolvedTableValuedFunction.class,
          UnresolvedWith.class,
          WithWindowDefinition.class);

  /** What analysis puts in. */
  private static final Set<Class<?>> ANALYSED_QUERIES =
      Set.of(
          CTERelationDef.class,
          CTERelationRef.class,
          Expand.class,
          LogicalRelation.class,
          ResolvedHint.class,
          UnionLoop.class,
          UnionLoopRef.class,
          View.class,
          WithCTE.class);

  /** Commands that show something, as parsed or as analysed: many are both. */
  static final Set<Class<?>> COMMANDS =
      Set.of(
          DescribeColumn.class,
          DescribeColumnCommand.class,
          DescribeDeltaDetailCommand.class,
          DescribeDeltaHistory.class,
          DescribeDeltaHistoryCommand.class,
          DescribeFunction.class,
          DescribeFunctionCommand.class,
          DescribeQueryCommand.class,
          DescribeRelation.class,
          DescribeRelationJsonCommand.class,
          DescribeTableCommand.class,
          ExplainCommand.class,
          ShowCatalogsCommand.class,
          ShowCollationsCommand.class,
          ShowColumns.class,
          ShowColumnsCommand.class,
          ShowCurrentNamespaceCommand.class,
          ShowDeltaPartitionsCommand.class,
          ShowDeltaTableColumnsCommand.class,
          ShowFunctions.class,
          ShowFunctionsCommand.class,
          ShowNamespacesCommand.class,
          ShowPartitions.class,
          ShowTableProperties.class,
          ShowTablePropertiesCommand.class,
          ShowTables.class,
          ShowTablesCommand.class,
          ShowViews.class,
          ShowViewsCommand.class);

  /** What these commands speak of. */
  private static final Set<Class<?>> PARSED_SUBJECTS =
      Set.of(
          CurrentNamespace$.class,
          UnresolvedFunctionName.class,
          UnresolvedNamespace.class,
          UnresolvedPathBasedDeltaTable.class,
          UnresolvedPathBasedTable.class,
          UnresolvedTable.class,
          UnresolvedTableOrView.class,
          UnresolvedView.class);

  private static final Set<Class<?>> ANALYSED_SUBJECTS =
      Set.of(
          ResolvedNamespace.class,
          ResolvedNonPersistentFunc.class,
          ResolvedTable.class,
          ResolvedTempView.class);

  /** What the parser makes of expressions, apart from the functions' own classes. */
  private static final Set<Class<?>> PARSED_EXPRESSIONS =
      Set.of(
          AggregateExpression.class,
          Alias.class,
          AttributeReference.class,
          Collate.class,
          Cube.class,
          CurrentRow$.class,
          Exists.class,
          GroupingSets.class,
          InSubquery.class,
          LambdaFunction.class,
          LateralSubquery.class,
          LikeAll.class,
          LikeAny.class,
          ListQuery.class,
          Literal.class,
          MultiAlias.class,
          NamePlaceholder$.class,
          NamedArgumentExpression.class,
          NotLikeAll.class,
          NotLikeAny.class,
          PipeExpression.class,
          Rollup.class,
          ScalarSubquery.class,
          SemiStructuredExtract.class,
          SortOrder.class,
          SpecifiedWindowFrame.class,
          TimestampAdd.class,
          TimestampDiff.class,
          UnboundedFollowing$.class,
          UnboundedPreceding$.class,
          UnresolvedAlias.class,
          UnresolvedAttribute.class,
          UnresolvedCollation.class,
          UnresolvedExtractValue.class,
          UnresolvedFunction.class,
          UnresolvedGenerator.class,
          UnresolvedNamedLambdaVariable.class,
          UnresolvedOrdinal.class,
          UnresolvedPipeAggregateOrdinal.class,
          UnresolvedRegex.class,
          UnresolvedStar.class,
          UnresolvedStarExceptOrReplace.class,
          UnresolvedWindowExpression.class,
          UnspecifiedFrame$.class,
          WindowExpression.class,
          WindowSpecDefinition.class);

  private static final Set<Class<?>> PARSED =
      union(List.of(QUERIES, PARSED_QUERIES, COMMANDS, PARSED_SUBJECTS));

  private static final Set<Class<?>> ANALYSED =
      union(List.of(QUERIES, ANALYSED_QUERIES, COMMANDS, ANALYSED_SUBJECTS));

  private AllowedNodes() {}

  static boolean parsed(LogicalPlan node) {
    return PARSED.contains(node.getClass());
  }

  static boolean analysed(LogicalPlan node) {
    return ANALYSED.contains(node.getClass());
  }

  static boolean parsed(Expression node) {
    return PARSED_EXPRESSIONS.contains(node.getClass())
        || AllowedFunctions.CLASSES.contains(node.getClass().getName());
  }

  private static Set<Class<?>> union(List<Set<Class<?>>> sets) {
    return sets.stream().flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());
  }
}
