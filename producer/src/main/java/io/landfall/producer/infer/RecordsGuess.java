package io.landfall.producer.infer;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * Where the records of some answers are.
 *
 * @param form as a definition has it: a pointer, or a flow mapping
 * @param records those of all answers, as objects
 * @param why what was seen
 */
record RecordsGuess(String form, List<JsonNode> records, String why) {

  private static final int DEEPEST = 4;

  /** An array of objects. */
  private record Place(JsonPointer at, int records) {}

  /** The place that has the most records over all answers; empty where none has any. */
  static Optional<RecordsGuess> of(List<Sample> samples) {
    return elements(samples).or(() -> columns(samples));
  }

  private static Optional<RecordsGuess> elements(List<Sample> samples) {
    Optional<Place> place =
        samples.stream()
            .flatMap(sample -> places(sample.body(), JsonPointer.empty(), 0).stream())
            .max(Comparator.comparingInt(Place::records));
    return place.map(
        found -> {
          List<JsonNode> records = new ArrayList<>();
          samples.forEach(sample -> sample.body().at(found.at()).forEach(records::add));
          return new RecordsGuess(
              "\"%s\"".formatted(found.at()),
              records,
              "an array of %d objects, the longest in the answer".formatted(found.records()));
        });
  }

  private static List<Place> places(JsonNode node, JsonPointer at, int depth) {
    List<Place> places = new ArrayList<>();
    if (node.isArray() && !node.isEmpty() && allObjects(node)) {
      places.add(new Place(at, node.size()));
    } else if (node.isObject() && depth < DEEPEST) {
      node.properties()
          .forEach(
              member ->
                  places.addAll(
                      places(member.getValue(), at.appendProperty(member.getKey()), depth + 1)));
    }
    return places;
  }

  private static boolean allObjects(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).allMatch(JsonNode::isObject);
  }

  /** Arrays of the same length side by side. */
  private static Optional<RecordsGuess> columns(List<Sample> samples) {
    for (Sample sample : samples) {
      for (Map.Entry<String, JsonNode> member : sample.body().properties()) {
        Optional<List<JsonNode>> zipped = zipped(member.getValue());
        if (zipped.isPresent()) {
          return Optional.of(
              new RecordsGuess(
                  "{columns: /%s}".formatted(member.getKey()),
                  zipped.get(),
                  "arrays of the same length side by side"));
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<List<JsonNode>> zipped(JsonNode columns) {
    if (!columns.isObject() || columns.size() < 2) {
      return Optional.empty();
    }
    List<Integer> lengths =
        StreamSupport.stream(columns.spliterator(), false)
            .map(column -> column.isArray() ? column.size() : -1)
            .distinct()
            .toList();
    if (lengths.size() != 1 || lengths.get(0) < 1) {
      return Optional.empty();
    }
    List<JsonNode> records = new ArrayList<>();
    for (int row = 0; row < lengths.get(0); row++) {
      int index = row;
      ObjectNode record = JsonNodeFactory.instance.objectNode();
      columns
          .properties()
          .forEach(column -> record.set(column.getKey(), column.getValue().get(index)));
      records.add(record);
    }
    return Optional.of(records);
  }
}
