package io.landfall.consumer.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.delta.sql.parser.DeltaSqlBaseLexer;
import io.delta.sql.parser.DeltaSqlBaseParser;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.tree.ParseTree;
import org.apache.spark.sql.catalyst.parser.SqlBaseLexer;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That the corpus leaves out no kind of statement of the two grammars in use. */
class GrammarTest {

  private static final List<String> STATEMENTS =
      Stream.of(Corpus.letThrough(Path.of("/t")), Corpus.refused(Path.of("/t")))
          .flatMap(List::stream)
          .toList();

  @ParameterizedTest
  @ValueSource(
      classes = {
        SqlBaseParser.StatementContext.class,
        SqlBaseParser.DmlStatementNoWithContext.class,
        SqlBaseParser.InsertIntoContext.class,
        SqlBaseParser.SetResetStatementContext.class,
        SqlBaseParser.QueryPrimaryContext.class,
        SqlBaseParser.QueryTermContext.class,
        SqlBaseParser.QuerySpecificationContext.class,
        SqlBaseParser.RelationPrimaryContext.class,
      })
  void everyAlternativeOfSparksRuleIsTried(Class<?> rule) {
    Set<String> tried = new TreeSet<>();
    for (String statement : STATEMENTS) {
      SqlBaseParser parser =
          new SqlBaseParser(
              new CommonTokenStream(new SqlBaseLexer(CharStreams.fromString(upper(statement)))));
      parser.removeErrorListeners();
      collect(parser.compoundOrSingleStatement(), rule, tried);
    }
    assertThat(tried).containsExactlyInAnyOrderElementsOf(alternatives(SqlBaseParser.class, rule));
  }

  @Test
  void everyStatementOfDeltasIsTried() {
    Class<?> rule = DeltaSqlBaseParser.StatementContext.class;
    Set<String> tried = new TreeSet<>();
    for (String statement : STATEMENTS) {
      DeltaSqlBaseParser parser =
          new DeltaSqlBaseParser(
              new CommonTokenStream(
                  new DeltaSqlBaseLexer(CharStreams.fromString(upper(statement)))));
      parser.removeErrorListeners();
      collect(parser.singleStatement(), rule, tried);
    }
    assertThat(tried)
        .containsExactlyInAnyOrderElementsOf(alternatives(DeltaSqlBaseParser.class, rule));
  }

  private static String upper(String statement) {
    return statement.toUpperCase(java.util.Locale.ROOT);
  }

  private static List<String> alternatives(Class<?> parser, Class<?> rule) {
    List<String> labels =
        Arrays.stream(parser.getDeclaredClasses())
            .filter(each -> each.getSuperclass() == rule)
            .map(Class::getSimpleName)
            .toList();
    assertThat(labels).isNotEmpty();
    return labels;
  }

  private static void collect(ParseTree tree, Class<?> rule, Set<String> found) {
    if (tree.getClass().getSuperclass() == rule) {
      found.add(tree.getClass().getSimpleName());
    }
    for (int i = 0; i < tree.getChildCount(); i++) {
      collect(tree.getChild(i), rule, found);
    }
  }
}
