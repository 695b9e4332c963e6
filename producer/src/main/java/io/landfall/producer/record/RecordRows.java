package io.landfall.producer.record;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.landfall.producer.definition.FieldDefinition;
import io.landfall.producer.definition.FieldDefinition.Origin;
import io.landfall.producer.definition.RecordForm;
import io.landfall.producer.definition.ResourceDefinition;
import io.landfall.producer.source.ShapedRecords;
import io.landfall.schemas.Item;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.StreamSupport;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * Makes rows of a resource's records. Where a record has parts of which each makes a row, such a
 * row sees the record with its part in the place of the list. Safe for use by several threads.
 */
public final class RecordRows {

  private final ResourceDefinition resource;
  private final Schema schema;
  private final List<Column> columns;
  private final List<JsonPointer> ofAnswer;
  private final boolean ignoresColumns;
  private final BiConsumer<String, String> misfits;

  /**
   * Rows of one resource.
   *
   * @param schema that of its rows
   * @param misfits is told each column that has no value as what is there does not fit, and what
   *     that is
   */
  public RecordRows(
      ResourceDefinition resource, Schema schema, BiConsumer<String, String> misfits) {
    this.resource = resource;
    this.schema = schema;
    this.misfits = misfits;
    this.columns =
        resource.fields().stream()
            .map(
                field ->
                    new Column(
                        field,
                        schema.getField(field.name()).pos(),
                        resource.key().contains(field.name())))
            .toList();
    this.ofAnswer =
        resource.fields().stream()
            .map(FieldDefinition::origin)
            .filter(Origin.OfAnswer.class::isInstance)
            .map(origin -> ((Origin.OfAnswer) origin).at())
            .distinct()
            .toList();
    this.ignoresColumns =
        resource.ignore().stream()
            .anyMatch(
                ignored -> resource.fields().stream().anyMatch(field -> isOf(field, ignored)));
  }

  /** Whether a part of a column's value is at a place or below it. */
  private static boolean isOf(FieldDefinition field, JsonPointer place) {
    if (!(field.origin() instanceof Origin.OfRecord record)) {
      return false;
    }
    String at = record.at() + "/";
    String ignored = place + "/";
    return at.startsWith(ignored) || ignored.startsWith(at);
  }

  /**
   * One answer whose records are made rows.
   *
   * @param item that was asked for
   * @param endpoint which of its answers it is
   * @param sha256 of its body, as it is archived
   */
  public Answer of(Item item, String endpoint, String sha256, byte[] body) throws UnusableBody {
    Map<String, JsonNode> values = new HashMap<>();
    for (JsonPointer at : ofAnswer) {
      try {
        new RecordReader(new RecordForm.One(at))
            .read(body)
            .forEach(found -> values.put(at.toString(), found.value()));
      } catch (UnusableBody nothingThere) {
        // The column has no value then; and of a body that is no JSON at all the records tell.
      }
    }
    return new Answer(item, endpoint, sha256, values);
  }

  /** What a record cannot be a row for. */
  private static final class NoKey extends Exception {
    NoKey(String reason) {
      super(reason);
    }
  }

  /** One answer, and what is known beside its records. */
  public final class Answer {

    private final Item item;
    private final String endpoint;
    private final String sha256;
    private final Map<String, JsonNode> values;
    private int records;

    private Answer(Item item, String endpoint, String sha256, Map<String, JsonNode> values) {
      this.item = item;
      this.endpoint = endpoint;
      this.sha256 = sha256;
      this.values = values;
    }

    /**
     * Makes rows of the answer's next record.
     *
     * @param rows are added to
     * @param problems is told of what cannot be a row, since it has no key
     */
    public void add(ApiRecord record, List<ShapedRecords.Row> rows, List<String> problems) {
      records++;
      JsonNode value = record.value();
      String text = resource.keepRecord() ? record.text() : null;
      for (JsonNode each : parts(value)) {
        try {
          rows.add(row(each, text));
        } catch (NoKey e) {
          problems.add("record %,d of %s: %s".formatted(records, endpoint, e.getMessage()));
        }
      }
    }

    private ShapedRecords.Row row(JsonNode value, @Nullable String text) throws NoKey {
      GenericRecord row = filled(value, text, misfits);
      boolean isDeleted = resource.deleted().map(deleted -> deleted.holds(value)).orElse(false);
      return new ShapedRecords.Row(
          row,
          ignoresColumns
              ? filled(without(value, resource.ignore()), null, (column, told) -> {})
              : row,
          isDeleted,
          Optional.ofNullable((String) text(row.get("_source_version"))));
    }

    private GenericRecord filled(
        JsonNode value, @Nullable String text, BiConsumer<String, String> misfit) throws NoKey {
      GenericRecord row = new GenericData.Record(schema);
      Coverage coverage = new Coverage(misfit);
      Place place = new Place(value, values, item.getAttributes());
      for (Column column : columns) {
        JsonNode found = column.found(place);
        Object content = column.value(found, coverage);
        if (content == null && column.isKey()) {
          throw new NoKey("%s, of the key, is %s".formatted(column.name(), Coverage.told(found)));
        }
        row.put(column.position(), content);
      }
      row.put("_coverage", coverage.text());
      if (resource.keepRecord()) {
        row.put("_record", text);
      }
      row.put("_item", item.getKey());
      row.put("_answer", sha256);
      row.put(
          "_source_version",
          resource
              .sourceVersion()
              .map(value::at)
              .filter(version -> version.isValueNode() && !version.isNull())
              .map(JsonNode::asText)
              .orElse(null));
      return row;
    }
  }

  private static @Nullable Object text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  private Iterable<JsonNode> parts(JsonNode record) {
    if (resource.each().isEmpty()) {
      return List.of(record);
    }
    JsonPointer at = resource.each().get();
    JsonNode parts = record.at(at);
    if (!(parts instanceof ArrayNode)) {
      return List.of();
    }
    return () ->
        StreamSupport.stream(parts.spliterator(), false)
            .map(part -> replaced(record, at, part))
            .iterator();
  }

  /** The record with something else at a place that it has; what is beside that is shared. */
  private static JsonNode replaced(JsonNode record, JsonPointer at, @Nullable JsonNode by) {
    if (at.matches()) {
      return by == null ? record : by;
    }
    if (record instanceof ObjectNode object) {
      String name = at.getMatchingProperty();
      JsonNode child = object.get(name);
      if (child == null) {
        return record;
      }
      ObjectNode copy = object.objectNode();
      copy.setAll(object);
      if (by == null && at.tail().matches()) {
        copy.remove(name);
      } else {
        copy.set(name, replaced(child, at.tail(), by));
      }
      return copy;
    }
    if (record instanceof ArrayNode array && array.has(at.getMatchingIndex())) {
      List<JsonNode> elements = new ArrayList<>();
      array.forEach(elements::add);
      int index = at.getMatchingIndex();
      JsonNode gone = array.nullNode();
      elements.set(
          index,
          by == null && at.tail().matches() ? gone : replaced(elements.get(index), at.tail(), by));
      return array.arrayNode().addAll(elements);
    }
    return record;
  }

  private static JsonNode without(JsonNode record, List<JsonPointer> places) {
    JsonNode left = record;
    for (JsonPointer place : places) {
      left = replaced(left, place, null);
    }
    return left;
  }
}
