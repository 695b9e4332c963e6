package io.landfall.consumer.duckdb;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.landfall.cli.LandfallException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lets queries through that are made of known parts only: the table's views and what the statement
 * itself defines, functions without side effects. DuckDB's own parser takes the statement apart.
 */
final class QueryGuard {

  private static final JsonMapper JSON = new JsonMapper();

  private static final Pattern EXPLAIN =
      Pattern.compile(
          "\\s*EXPLAIN(\\s+ANALYZE)?\\s+(?<query>.*)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  /** Where rows come from. Anything else that a later release adds is refused until it is known. */
  private static final Set<String> SOURCES =
      Set.of(
          "BASE_TABLE",
          "SUBQUERY",
          "JOIN",
          "EXPRESSION_LIST",
          "TABLE_FUNCTION",
          "EMPTY",
          "SHOW_REF");

  /** Of DuckDB's table functions, most of which read files or change the engine. */
  private static final Set<String> TABLE_FUNCTIONS = Set.of("generate_series", "range", "unnest");

  /** Different at each call, and harmless. */
  private static final Set<String> VOLATILE =
      Set.of("random", "uuid", "uuidv4", "uuidv7", "gen_random_uuid");

  /** Window functions that are no functions elsewhere. */
  private static final Set<String> WINDOW =
      Set.of(
          "row_number",
          "rank",
          "dense_rank",
          "rank_dense",
          "percent_rank",
          "cume_dist",
          "ntile",
          "lag",
          "lead",
          "first_value",
          "last_value",
          "nth_value");

  private final Set<String> tables;
  private final Set<String> functions;

  /**
   * @param views the names that a query may read
   */
  QueryGuard(Connection connection, Set<String> views) throws SQLException {
    this.tables = lowerCase(views);
    this.functions = new HashSet<>(VOLATILE);
    functions.addAll(WINDOW);
    functions.addAll(TABLE_FUNCTIONS);
    try (Statement statement = connection.createStatement();
        ResultSet names =
            statement.executeQuery(
                "SELECT DISTINCT lower(function_name) FROM duckdb_functions() WHERE (function_type IN ('scalar', 'aggregate') AND NOT has_side_effects) OR function_type = 'macro'")) {
      while (names.next()) {
        functions.add(names.getString(1));
      }
    }
    // What the process was given is nobody's business.
    functions.removeAll(Set.of("getenv", "current_setting"));
  }

  /**
   * @throws LandfallException usage, if the statement is not one query or has a part that is not
   *     known to read only
   */
  void require(Connection connection, String statement) throws SQLException {
    Matcher explain = EXPLAIN.matcher(statement);
    String query = explain.matches() ? explain.group("query") : statement;
    JsonNode tree = parse(connection, query);
    if (tree.path("error").asBoolean()) {
      throw tree.path("error_type").asText().equals("parser")
          ? LandfallException.usage(
              tree.path("error_message").asText(), new IllegalArgumentException(query))
          : refusal("a statement that is not a query");
    }
    if (tree.path("statements").size() != 1) {
      throw refusal("more than one statement");
    }
    Set<String> known = new HashSet<>(tables);
    addDefined(tree, known);
    requireKnown(tree, known);
  }

  private static JsonNode parse(Connection connection, String query) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT json_serialize_sql(?::VARCHAR)")) {
      statement.setString(1, query);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return JSON.readTree(rows.getString(1));
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("DuckDB tells what it parsed as JSON", e);
    }
  }

  /** Names that the statement gives to parts of itself. */
  private static void addDefined(JsonNode node, Set<String> known) {
    for (JsonNode entry : node.path("cte_map").path("map")) {
      known.add(lowerCase(entry.path("key")));
    }
    node.forEach(child -> addDefined(child, known));
  }

  private void requireKnown(JsonNode node, Set<String> known) {
    if (node.has("alias") && node.has("sample")) {
      requireKnownSource(node, known);
    }
    String part = node.path("class").asText();
    if (part.equals("FUNCTION") || part.equals("WINDOW")) {
      String name = lowerCase(node.path("function_name"));
      if (!functions.contains(name)) {
        throw refusal("the function " + name);
      }
    }
    node.forEach(child -> requireKnown(child, known));
  }

  private void requireKnownSource(JsonNode source, Set<String> known) {
    String type = source.path("type").asText();
    if (!SOURCES.contains(type)) {
      throw refusal("a source of the kind " + type);
    }
    String table = lowerCase(source.path("table_name"));
    if (type.equals("BASE_TABLE") && !(known.contains(table) && isUnqualified(source))) {
      throw refusal(
          "the table " + table, "a query over " + String.join(" or ", new TreeSet<>(tables)));
    }
    String function = lowerCase(source.path("function").path("function_name"));
    if (type.equals("TABLE_FUNCTION") && !TABLE_FUNCTIONS.contains(function)) {
      throw refusal("the table function " + function);
    }
  }

  private static boolean isUnqualified(JsonNode source) {
    return source.path("schema_name").asText().isEmpty()
        && source.path("catalog_name").asText().isEmpty();
  }

  private static LandfallException refusal(String what) {
    return refusal(what, "a query over the table");
  }

  private static LandfallException refusal(String what, String wanted) {
    return LandfallException.usage(
        "This command only reads, and %s is not known to do no more. Give %s. Nothing was done."
            .formatted(what, wanted),
        new UnsupportedOperationException(what));
  }

  private static String lowerCase(JsonNode text) {
    return text.asText().toLowerCase(Locale.ROOT);
  }

  private static Set<String> lowerCase(Set<String> names) {
    Set<String> all = new HashSet<>();
    names.forEach(name -> all.add(name.toLowerCase(Locale.ROOT)));
    return all;
  }
}
