package io.landfall.producer.rest;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.landfall.producer.definition.Reading.Listed;
import io.landfall.producer.source.Sequel;
import io.landfall.schemas.Item;
import io.landfall.schemas.ItemState;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which items the records of a listing, or of another resource, name.
 *
 * @param resource whose items they are
 */
record Children(String resource, Listed listed) {

  /**
   * The item that a record names; empty where it counts for none, or does not have what names it.
   *
   * @param day what the item is listed for
   */
  Optional<Item> named(JsonNode record, Map<String, String> forEach, LocalDate day) {
    if (listed.only().filter(only -> !only.holds(record)).isPresent()) {
      return Optional.empty();
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (Map.Entry<String, JsonPointer> one : listed.values().entrySet()) {
      JsonNode value = record.at(one.getValue());
      if (!value.isValueNode() || value.isNull() || value.asText().isEmpty()) {
        return Optional.empty();
      }
      values.put(one.getKey(), value.asText());
    }
    Map<String, String> again = new HashMap<>();
    listed
        .againWhen()
        .forEach(
            pointer -> {
              JsonNode value = record.at(pointer);
              again.put(
                  Sequel.AGAIN + pointer, value.isValueNode() ? value.asText() : value.toString());
            });
    return values.isEmpty()
        ? Optional.empty()
        : Optional.of(Items.listed(resource, forEach, values, again, state(record), day));
  }

  private ItemState state(JsonNode record) {
    if (listed.gone().filter(gone -> gone.holds(record)).isPresent()) {
      return ItemState.CANCELLED;
    }
    return listed.ready().filter(ready -> !ready.holds(record)).isPresent()
        ? ItemState.PENDING
        : ItemState.AVAILABLE;
  }
}
