package io.landfall.producer.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.landfall.producer.definition.FieldDefinition;
import io.landfall.producer.definition.FieldDefinition.As;
import io.landfall.producer.definition.FieldDefinition.Origin;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where a column's value comes from, and what becomes of it. */
final class Column {

  /** An item's attributes are texts, whatever they were in JSON. */
  private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]{0,40})(\\.[0-9]{1,40})?");

  private final FieldDefinition field;
  private final Values values;
  private final int position;
  private final boolean isKey;

  Column(FieldDefinition field, int position, boolean isKey) {
    this.field = field;
    this.values = new Values(field.type(), field.as());
    this.position = position;
    this.isKey = isKey;
  }

  String name() {
    return field.name();
  }

  int position() {
    return position;
  }

  boolean isKey() {
    return isKey;
  }

  /** What stands where the value comes from; missing where there is nothing. */
  JsonNode found(Place place) {
    Origin origin = field.origin();
    if (origin instanceof Origin.OfRecord record) {
      return place.record().at(record.at());
    }
    if (origin instanceof Origin.OfAnswer answer) {
      return place.answer().getOrDefault(answer.at().toString(), MissingNode.getInstance());
    }
    if (origin instanceof Origin.OfItem item) {
      return attribute(place.attributes().get("item." + item.name()));
    }
    if (origin instanceof Origin.OfForEach forEach) {
      return attribute(place.attributes().get("for." + forEach.name()));
    }
    throw new IllegalStateException("There is no further origin than those, but " + origin);
  }

  private JsonNode attribute(@Nullable String text) {
    if (text == null) {
      return MissingNode.getInstance();
    }
    return switch (field.type().kind()) {
      case INT, LONG, DOUBLE, DECIMAL -> number(text);
      case TIMESTAMP, DATE -> field.as() == As.PLAIN ? TextNode.valueOf(text) : number(text);
      case BOOLEAN ->
          text.equals("true") || text.equals("false")
              ? BooleanNode.valueOf(text.equals("true"))
              : TextNode.valueOf(text);
      case TEXT, JSON -> TextNode.valueOf(text);
    };
  }

  private static JsonNode number(String text) {
    return NUMBER.matcher(text).matches()
        ? DecimalNode.valueOf(new BigDecimal(text))
        : TextNode.valueOf(text);
  }

  /**
   * The column's value of what was found; null where it has none.
   *
   * @param coverage is told what does not fit
   */
  @Nullable Object value(JsonNode found, Coverage coverage) {
    if (field.retired()) {
      return null;
    }
    if (field.as() == As.PRESENT) {
      return Values.isThere(found);
    }
    if (!Values.isThere(found)) {
      return null;
    }
    Object value = values.of(found);
    if (value == null) {
      coverage.without(field.name(), found);
    }
    return value;
  }
}
