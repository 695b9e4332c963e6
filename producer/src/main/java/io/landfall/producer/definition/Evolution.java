package io.landfall.producer.definition;

import io.landfall.schemas.Dataset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What came of a definition since it was last applied.
 *
 * @param refused what the tables that are there cannot bear, each with what to do
 * @param changed what else differs in rows from now on
 */
public record Evolution(List<String> refused, List<String> changed) {

  public Evolution {
    refused = List.copyOf(refused);
    changed = List.copyOf(changed);
  }

  /**
   * From one definition of a source to the next.
   *
   * @param landed every dataset that the source has had: topic and table of one that was taken out
   *     are still there
   */
  public static Evolution of(
      SourceDefinition before, SourceDefinition after, List<Dataset> landed) {
    List<String> refused = new ArrayList<>();
    List<String> changed = new ArrayList<>();
    if (!before.name().equals(after.name())) {
      refused.add(
          "source: %s was %s. Another name is another source, with topics of its own: apply it as one, from a file of its own"
              .formatted(after.name(), before.name()));
      return new Evolution(refused, changed);
    }
    if (!before.forEach().keySet().equals(after.forEach().keySet())) {
      refused.add(
          "for-each: the names %s were %s, which all items are held by. Give the source another name"
              .formatted(after.forEach().keySet(), before.forEach().keySet()));
    }
    if (before.answersTable() != after.answersTable()) {
      changed.add(
          after.answersTable()
              ? "answers-table is new: it is filled from the archive"
              : "answers-table is gone: answers are no longer landed, their topic and table stay");
    }
    Map<String, ResourceDefinition> now = byName(after);
    Map<String, ResourceDefinition> then = byName(before);
    then.forEach(
        (name, old) -> {
          @Nullable ResourceDefinition next = now.get(name);
          if (next == null) {
            changed.add(
                "resources.%s is gone: it is no longer read, its topic and table stay"
                    .formatted(name));
          } else {
            new Step(after.name(), old, next, refused, changed).compare();
          }
        });
    now.keySet().stream()
        .filter(name -> !then.containsKey(name))
        .forEach(name -> changed.add("resources.%s is new".formatted(name)));
    now.forEach(
        (name, next) -> {
          if (!then.containsKey(name)) {
            landed.stream()
                .filter(dataset -> dataset.resource().equals(RowSchema.topicName(next)))
                .forEach(dataset -> refused.addAll(comesBack(after, next, dataset)));
          }
        });
    return new Evolution(refused, changed);
  }

  /** What does not fit topic and table of a resource that was there, was taken out, and is back. */
  private static List<String> comesBack(
      SourceDefinition source, ResourceDefinition next, Dataset old) {
    Dataset now = RowSchema.dataset(source, next);
    List<String> differs = new ArrayList<>();
    if (!old.key().equals(now.key())) {
      differs.add("key %s was %s".formatted(now.key(), old.key()));
    }
    for (Schema.Field was : old.schema().getFields()) {
      Schema.@Nullable Field is = now.schema().getField(was.name());
      if (is == null) {
        differs.add("column %s is gone".formatted(was.name()));
      } else if (!type(is.schema()).equals(type(was.schema()))) {
        differs.add(
            "column %s is %s and was %s"
                .formatted(was.name(), type(is.schema()), type(was.schema())));
      }
    }
    return differs.isEmpty()
        ? List.of()
        : List.of(
            "resources.%s: it was there before, and topic %s and its table have rows of then that these do not fit: %s. Write dataset-version: %d, and both begin anew, filled from the archive; or give it another name"
                .formatted(
                    next.name(),
                    old.landing().name(),
                    String.join(", ", differs),
                    next.version() + 1));
  }

  /** A column's type without whether it may be null, which the key says. */
  private static String type(Schema column) {
    Schema schema = column.isUnion() ? column.getTypes().get(column.getTypes().size() - 1) : column;
    LogicalType logical = schema.getLogicalType();
    return logical instanceof LogicalTypes.Decimal decimal
        ? "decimal(%d,%d)".formatted(decimal.getPrecision(), decimal.getScale())
        : logical != null ? logical.getName() : schema.getType().getName();
  }

  public boolean isAllowed() {
    return refused.isEmpty();
  }

  private static Map<String, ResourceDefinition> byName(SourceDefinition source) {
    return source.resources().stream()
        .collect(
            Collectors.toMap(
                ResourceDefinition::name,
                Function.identity(),
                (a, b) -> a,
                java.util.LinkedHashMap::new));
  }

  /** One resource, before and after. */
  private record Step(
      String source,
      ResourceDefinition old,
      ResourceDefinition next,
      List<String> refused,
      List<String> changed) {

    void compare() {
      if (next.version() < old.version()) {
        refuse(
            "dataset-version",
            "%d was %d. It only grows: write %d or more"
                .formatted(next.version(), old.version(), old.version()));
        return;
      }
      if (next.version() > old.version()) {
        changed.add(
            "resources.%s.dataset-version is %d: topic and table begin anew as %s, filled from the archive"
                .formatted(next.name(), next.version(), RowSchema.topicName(next)));
        return;
      }
      if (!old.key().equals(next.key())) {
        refuse(
            "key",
            "%s was %s: which row is which cannot change in a table. %s"
                .formatted(next.key(), old.key(), anew()));
      }
      if (old.keepRecord() && !next.keepRecord()) {
        refuse("keep-record", "none was text: a column is never taken away. " + anew());
      }
      fields();
      if (!ShapeVersion.of(old).equals(ShapeVersion.of(next))) {
        changed.add(
            "resources.%s: rows are made another way (_shape_version %s was %s); producer reshape --source %s makes those in force anew from the archive"
                .formatted(next.name(), ShapeVersion.of(next), ShapeVersion.of(old), source));
      }
    }

    private void fields() {
      Map<String, FieldDefinition> now = byName(next);
      byName(old)
          .forEach(
              (name, was) -> {
                @Nullable FieldDefinition is = now.get(name);
                if (is == null) {
                  refuse(
                      "fields." + name,
                      "it is gone: a column is never taken away. Write retired: true, and it stays"
                          + " without values; or "
                          + lowered(anew()));
                } else {
                  field(was, is);
                }
              });
      List<String> order = next.fields().stream().map(FieldDefinition::name).toList();
      List<String> kept = order.stream().filter(name -> byName(old).containsKey(name)).toList();
      List<String> before =
          old.fields().stream().map(FieldDefinition::name).filter(order::contains).toList();
      if (!kept.equals(before)) {
        changed.add(
            "resources.%s.fields stand in another order; the table keeps its own"
                .formatted(next.name()));
      }
      order.stream()
          .filter(name -> !byName(old).containsKey(name))
          .forEach(
              name ->
                  changed.add(
                      "resources.%s.fields.%s is new: the table gets the column"
                          .formatted(next.name(), name)));
    }

    private void field(FieldDefinition was, FieldDefinition is) {
      if (!was.type().equals(is.type())) {
        refuse(
            "fields." + is.name() + ".type",
            "%s was %s. %s, or give the new one another name beside the old one"
                .formatted(written(is.type()), written(was.type()), anew()));
      }
      if (was.retired() && !is.retired()) {
        changed.add("resources.%s.fields.%s has values again".formatted(next.name(), is.name()));
      } else if (!was.retired() && is.retired()) {
        changed.add(
            "resources.%s.fields.%s is retired: it stays without values"
                .formatted(next.name(), is.name()));
      }
      if (!was.origin().getClass().equals(is.origin().getClass())) {
        refuse(
            "fields." + is.name(),
            "%s was %s: that is another meaning. %s, or give the new one another name beside the old one"
                .formatted(written(is.origin()), written(was.origin()), anew()));
      } else if (!was.origin().equals(is.origin())) {
        changed.add(
            "resources.%s.fields.%s is read from %s, no longer from %s"
                .formatted(next.name(), is.name(), written(is.origin()), written(was.origin())));
      }
    }

    private String anew() {
      return "Write dataset-version: %d: topic and table begin anew, filled from the archive"
          .formatted(old.version() + 1);
    }

    private static String lowered(String sentence) {
      return sentence.substring(0, 1).toLowerCase(java.util.Locale.ROOT) + sentence.substring(1);
    }

    private void refuse(String key, String message) {
      refused.add("resources.%s.%s: %s".formatted(next.name(), key, message));
    }

    private static Map<String, FieldDefinition> byName(ResourceDefinition resource) {
      Map<String, FieldDefinition> fields = new java.util.LinkedHashMap<>();
      resource.fields().forEach(field -> fields.put(field.name(), field));
      return fields;
    }

    private static String written(FieldDefinition.Type type) {
      return type.kind() == FieldDefinition.Kind.DECIMAL
          ? "decimal(%d,%d)".formatted(type.precision(), type.scale())
          : Scalars.word(type.kind());
    }

    private static String written(FieldDefinition.Origin origin) {
      if (origin instanceof FieldDefinition.Origin.OfRecord record) {
        return "at: \"%s\"".formatted(record.at());
      }
      if (origin instanceof FieldDefinition.Origin.OfAnswer answer) {
        return "answer:" + answer.at();
      }
      return origin instanceof FieldDefinition.Origin.OfItem item
          ? "item." + item.name()
          : "for." + ((FieldDefinition.Origin.OfForEach) origin).name();
    }
  }
}
