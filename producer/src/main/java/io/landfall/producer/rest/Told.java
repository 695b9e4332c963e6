package io.landfall.producer.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.landfall.producer.definition.Condition;

/** What a record tells of itself. */
final class Told {

  private Told() {}

  /** Whether a record has one of the condition's values. */
  static boolean meets(JsonNode record, Condition condition) {
    JsonNode value = record.at(condition.at());
    return value.isValueNode() && condition.in().contains(value.asText());
  }
}
