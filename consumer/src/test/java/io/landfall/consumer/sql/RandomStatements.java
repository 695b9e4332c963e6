package io.landfall.consumer.sql;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.ATN;
import org.antlr.v4.runtime.atn.ATNState;
import org.antlr.v4.runtime.atn.AtomTransition;
import org.antlr.v4.runtime.atn.RuleStopState;
import org.antlr.v4.runtime.atn.RuleTransition;
import org.antlr.v4.runtime.atn.SetTransition;
import org.antlr.v4.runtime.atn.Transition;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;

/**
 * Statements that a walk at random through Spark's own grammar gives: all of its syntax, most of it
 * senseless, over names that stand for something here.
 */
final class RandomStatements {

  private static final ATN GRAMMAR = SqlBaseParser._ATN;

  /** After so many words each choice is the shortest. */
  private static final int WORDS = 25;

  private static final int NEVER = 1_000_000;

  private static final int[] SHORTEST = shortest();

  private final Random random;
  private final Map<String, List<String>> words;
  private int left;

  RandomStatements(Random random, Path table) {
    this.random = random;
    String path = table.toString();
    String beside = table.resolveSibling("beside").toString();
    List<String> texts =
        List.of("'" + path + "'", "'" + beside + "'", "'parquet'", "'1'", "'2024-01-01'", "'a'");
    this.words =
        Map.ofEntries(
            Map.entry(
                "IDENTIFIER",
                List.of(
                    "readings",
                    "hour",
                    "station",
                    "delta",
                    "parquet",
                    "text",
                    "x",
                    "abs",
                    "count",
                    "reflect",
                    "range",
                    "sum",
                    "x",
                    "hour",
                    "readings")),
            Map.entry(
                "BACKQUOTED_IDENTIFIER",
                List.of("`" + path + "`", "`" + beside + "`", "`/etc/passwd`", "`hour`")),
            Map.entry("STRING_LITERAL", texts),
            Map.entry("DOUBLEQUOTED_STRING", List.of("\"" + path + "\"", "\"a\"")),
            Map.entry("INTEGER_VALUE", List.of("0", "1", "2")),
            Map.entry("BIGINT_LITERAL", List.of("1L")),
            Map.entry("SMALLINT_LITERAL", List.of("1S")),
            Map.entry("TINYINT_LITERAL", List.of("1Y")),
            Map.entry("EXPONENT_VALUE", List.of("1E1")),
            Map.entry("DECIMAL_VALUE", List.of("1.5")),
            Map.entry("FLOAT_LITERAL", List.of("1F")),
            Map.entry("DOUBLE_LITERAL", List.of("1D")),
            Map.entry("BIGDECIMAL_LITERAL", List.of("1BD")),
            Map.entry("BEGIN_DOLLAR_QUOTED_STRING", List.of("$$")),
            Map.entry("DOLLAR_QUOTED_STRING_BODY", List.of("return 1")),
            Map.entry("END_DOLLAR_QUOTED_STRING", List.of("$$")),
            Map.entry("NOT", List.of("NOT")),
            Map.entry("EQ", List.of("=")),
            Map.entry("NEQ", List.of("<>")),
            Map.entry("LTE", List.of("<=")),
            Map.entry("GTE", List.of(">=")));
  }

  String next(int rule) {
    left = WORDS;
    StringBuilder text = new StringBuilder();
    walk(GRAMMAR.ruleToStartState[rule], text);
    return text.toString().strip();
  }

  private void walk(ATNState from, StringBuilder text) {
    ATNState state = from;
    while (!(state instanceof RuleStopState)) {
      Transition chosen = choose(state);
      if (chosen instanceof RuleTransition rule) {
        walk(rule.target, text);
        state = rule.followState;
      } else {
        if (chosen instanceof AtomTransition || chosen instanceof SetTransition) {
          List<Integer> tokens = chosen.label().toList();
          text.append(word(tokens.get(random.nextInt(tokens.size())))).append(' ');
          left--;
        }
        state = chosen.target;
      }
    }
  }

  private Transition choose(ATNState state) {
    Transition[] all = state.getTransitions();
    List<Transition> possible =
        Arrays.stream(all).filter(transition -> cost(transition) < NEVER).toList();
    if (left > 0) {
      return possible.get(random.nextInt(possible.size()));
    }
    return possible.stream().min((a, b) -> Integer.compare(cost(a), cost(b))).orElseThrow();
  }

  private String word(int token) {
    if (token == Token.EOF) {
      return "";
    }
    String symbol = SqlBaseParser.VOCABULARY.getSymbolicName(token);
    List<String> known = words.get(symbol);
    if (known != null) {
      return known.get(random.nextInt(known.size()));
    }
    String literal = SqlBaseParser.VOCABULARY.getLiteralName(token);
    return literal == null ? symbol : literal.substring(1, literal.length() - 1);
  }

  private static int cost(Transition transition) {
    if (transition instanceof RuleTransition rule) {
      return SHORTEST[rule.target.stateNumber] + SHORTEST[rule.followState.stateNumber];
    }
    return SHORTEST[transition.target.stateNumber] + (transition.isEpsilon() ? 0 : 1);
  }

  /** For each state, how many words there are at least up to the end of its rule. */
  private static int[] shortest() {
    int[] shortest = new int[GRAMMAR.states.size()];
    Arrays.fill(shortest, NEVER);
    for (ATNState state : GRAMMAR.states) {
      if (state instanceof RuleStopState) {
        shortest[state.stateNumber] = 0;
      }
    }
    boolean changed = true;
    while (changed) {
      changed = false;
      for (ATNState state : GRAMMAR.states) {
        if (state == null || state instanceof RuleStopState) {
          continue;
        }
        for (Transition transition : state.getTransitions()) {
          int cost =
              transition instanceof RuleTransition rule
                  ? shortest[rule.target.stateNumber] + shortest[rule.followState.stateNumber]
                  : shortest[transition.target.stateNumber] + (transition.isEpsilon() ? 0 : 1);
          if (cost < shortest[state.stateNumber]) {
            shortest[state.stateNumber] = cost;
            changed = true;
          }
        }
      }
    }
    return shortest;
  }
}
