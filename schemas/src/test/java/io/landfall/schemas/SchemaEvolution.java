package io.landfall.schemas;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.avro.JsonProperties;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;

/**
 * What is wrong with a newer version of a schema, for those who have records or rows of an older.
 */
final class SchemaEvolution {

  private SchemaEvolution() {}

  /** For whoever reads records: what Avro says, and what it does not look at. */
  static List<String> problemsOfRecords(Schema older, Schema newer) {
    List<String> problems = new ArrayList<>();
    var compatibility = SchemaCompatibility.checkReaderWriterCompatibility(newer, older);
    if (compatibility.getType() != SchemaCompatibilityType.COMPATIBLE) {
      problems.add("records of the older version cannot be read: " + compatibility.getResult());
    }
    // Neither Avro's rules nor fingerprints know logical types: a millisecond would become a
    // microsecond without a word.
    Map<String, String> before = logicalTypes(older);
    logicalTypes(newer)
        .forEach(
            (path, type) -> {
              String was = before.getOrDefault(path, type);
              if (!was.equals(type)) {
                problems.add("%s was %s and is %s".formatted(path, was, type));
              }
            });
    return problems;
  }

  /** For a table that has rows of the older version, too: its columns stay what they are. */
  static List<String> problemsOfRows(Schema older, Schema newer) {
    List<String> problems = new ArrayList<>(problemsOfRecords(older, newer));
    for (Schema.Field was : older.getFields()) {
      Schema.Field is = newer.getField(was.name());
      if (is == null) {
        problems.add("%s is gone: a table that is rebuilt would lose it".formatted(was.name()));
      } else {
        problems.addAll(problemsOfColumn(was, is));
      }
    }
    for (Schema.Field is : newer.getFields()) {
      if (older.getField(is.name()) == null && !isNullBefore(is)) {
        problems.add(
            "%s is new and must be optional with default null: older rows have no value in it"
                .formatted(is.name()));
      }
    }
    return problems;
  }

  private static List<String> problemsOfColumn(Schema.Field was, Schema.Field is) {
    List<String> problems = new ArrayList<>();
    Schema before = value(was.schema());
    Schema now = value(is.schema());
    if (was.schema().isNullable() != is.schema().isNullable()) {
      problems.add(
          is.schema().isNullable()
              ? "%s becomes optional, and its column may not be null".formatted(is.name())
              : "%s is no longer optional, and its column has nulls".formatted(is.name()));
    }
    if (before.getType() != now.getType()) {
      problems.add(
          "%s was %s and is %s: a column keeps its type"
              .formatted(is.name(), before.getType(), now.getType()));
    } else if (before.getType() == Schema.Type.ENUM
        && !new HashSet<>(now.getEnumSymbols()).containsAll(before.getEnumSymbols())) {
      problems.add("%s loses symbols that rows have".formatted(is.name()));
    }
    if (is.schema().isNullable() && !Objects.equals(was.defaultVal(), is.defaultVal())) {
      problems.add("%s has another default than it had".formatted(is.name()));
    }
    return problems;
  }

  private static boolean isNullBefore(Schema.Field field) {
    return field.schema().isNullable()
        && field.hasDefaultValue()
        && Objects.equals(field.defaultVal(), JsonProperties.NULL_VALUE);
  }

  private static Schema value(Schema schema) {
    return schema.isUnion()
        ? schema.getTypes().stream()
            .filter(part -> part.getType() != Schema.Type.NULL)
            .findFirst()
            .orElseThrow()
        : schema;
  }

  /** By the path of each value that is no record, what it means. */
  private static Map<String, String> logicalTypes(Schema schema) {
    Map<String, String> found = new TreeMap<>();
    gather(schema, "", found);
    return found;
  }

  private static void gather(Schema schema, String path, Map<String, String> found) {
    switch (schema.getType()) {
      case RECORD ->
          schema
              .getFields()
              .forEach(field -> gather(field.schema(), path + "/" + field.name(), found));
      case UNION -> schema.getTypes().forEach(part -> gather(part, path, found));
      case ARRAY -> gather(schema.getElementType(), path + "[]", found);
      case MAP -> gather(schema.getValueType(), path + "{}", found);
      case NULL -> {
        // Nothing that could mean anything.
      }
      default -> found.put(path, meaning(schema));
    }
  }

  private static String meaning(Schema schema) {
    if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
      return "decimal(%d,%d)".formatted(decimal.getPrecision(), decimal.getScale());
    }
    return schema.getLogicalType() == null ? "plain" : schema.getLogicalType().getName();
  }
}
