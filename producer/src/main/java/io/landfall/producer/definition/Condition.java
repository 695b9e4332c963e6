package io.landfall.producer.definition;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/**
 * Whether a record has one of some values at a place.
 *
 * @param in values as text; a number or a truth value as JSON writes it
 */
public record Condition(JsonPointer at, Set<String> in) {
  public Condition {
    in = Set.copyOf(in);
  }

  /** Whether a record has one of them there. */
  public boolean holds(JsonNode record) {
    JsonNode value = record.at(at);
    return value.isValueNode() && !value.isNull() && in.contains(value.asText());
  }
}
