package io.landfall.producer.record;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * Where a record was found: all that a column may take its value from.
 *
 * @param record what it says
 * @param answer values of the answer that it is in, by the places that columns name
 * @param attributes of the item that was asked for
 */
record Place(JsonNode record, Map<String, JsonNode> answer, Map<String, String> attributes) {}
