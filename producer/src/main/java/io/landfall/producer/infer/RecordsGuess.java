package io.landfall.producer.infer;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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

  /** What a record gets its name in an object as. */
  private static final String NAME = "member";

  /** From the most usual to the rarest: of as many records, the first counts. */
  private enum Form {
    ELEMENTS("an array of objects, the longest in the answer") {
      @Override
      String of(JsonPointer at) {
        return quoted(at);
      }

      @Override
      List<JsonNode> records(JsonNode node) {
        return node.isArray() && elements(node).allMatch(JsonNode::isObject)
            ? elements(node).toList()
            : List.of();
      }
    },
    COLUMNS("arrays of the same length side by side") {
      @Override
      String of(JsonPointer at) {
        return "{columns: %s}".formatted(quoted(at));
      }

      @Override
      List<JsonNode> records(JsonNode node) {
        return zipped(node);
      }
    },
    MEMBERS(
        "an object whose members have the same fields; each gets its own name in it as /member") {
      @Override
      String of(JsonPointer at) {
        return "{object: %s, key: %s}".formatted(quoted(at), NAME);
      }

      @Override
      List<JsonNode> records(JsonNode node) {
        return members(node);
      }
    },
    ONE("? the answer is one record, since it has an id; where it is a list of one, that list") {
      @Override
      String of(JsonPointer at) {
        return "{one: %s}".formatted(quoted(at));
      }

      @Override
      List<JsonNode> records(JsonNode node) {
        return List.of();
      }
    };

    private final String why;

    Form(String why) {
      this.why = why;
    }

    abstract String of(JsonPointer at);

    abstract List<JsonNode> records(JsonNode node);
  }

  private record Place(Form form, JsonPointer at) {

    List<JsonNode> records(JsonNode answer) {
      JsonNode node = answer.at(at);
      return form == Form.ONE ? List.of(node) : form.records(node);
    }

    RecordsGuess guess(List<Sample> samples) {
      return new RecordsGuess(form.of(at), records(samples), form.why);
    }

    private List<JsonNode> records(List<Sample> samples) {
      return samples.stream().flatMap(sample -> records(sample.body()).stream()).toList();
    }
  }

  /** The place that has the most records over all answers; empty where none has any. */
  static Optional<RecordsGuess> of(List<Sample> samples) {
    Set<Place> places = new LinkedHashSet<>();
    samples.forEach(sample -> addTo(places, sample.body(), JsonPointer.empty(), 0));
    return places.stream()
        .max(
            Comparator.<Place>comparingInt(place -> place.records(samples).size())
                .thenComparing(Place::form, Comparator.reverseOrder()))
        .or(
            () ->
                samples.stream().allMatch(sample -> isOne(sample.body()))
                    ? Optional.of(new Place(Form.ONE, JsonPointer.empty()))
                    : Optional.empty())
        .map(place -> place.guess(samples));
  }

  /** Within what has records are none; they may have arrays of objects of their own. */
  private static void addTo(Set<Place> places, JsonNode node, JsonPointer at, int depth) {
    for (Form form : Form.values()) {
      if (!form.records(node).isEmpty()) {
        places.add(new Place(form, at));
        return;
      }
    }
    if (depth == DEEPEST) {
      return;
    }
    if (node.isObject()) {
      node.properties()
          .forEach(
              member ->
                  addTo(places, member.getValue(), at.appendProperty(member.getKey()), depth + 1));
    } else if (node.isArray() && elements(node).anyMatch(JsonNode::isArray)) {
      // Some APIs answer a pair: what there is to say of the page, and its records.
      IntStream.range(0, node.size())
          .forEach(i -> addTo(places, node.get(i), at.appendIndex(i), depth + 1));
    }
  }

  private static Stream<JsonNode> elements(JsonNode node) {
    return StreamSupport.stream(node.spliterator(), false);
  }

  private static List<JsonNode> zipped(JsonNode columns) {
    if (!columns.isObject() || columns.size() < 2) {
      return List.of();
    }
    List<Integer> lengths =
        elements(columns).map(column -> column.isArray() ? column.size() : 0).distinct().toList();
    if (lengths.size() != 1 || elements(columns).anyMatch(RecordsGuess::hasObjects)) {
      return List.of();
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
    return records;
  }

  private static boolean hasObjects(JsonNode array) {
    return elements(array).anyMatch(JsonNode::isObject);
  }

  /** Members that are objects with the same fields, of which there are two at least. */
  private static List<JsonNode> members(JsonNode node) {
    if (!node.isObject() || node.size() < 2 || !elements(node).allMatch(JsonNode::isObject)) {
      return List.of();
    }
    Set<String> names = names(node.iterator().next());
    if (names.isEmpty() || !elements(node).allMatch(member -> names(member).equals(names))) {
      return List.of();
    }
    List<JsonNode> records = new ArrayList<>();
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      ObjectNode record = JsonNodeFactory.instance.objectNode().put(NAME, member.getKey());
      record.setAll((ObjectNode) member.getValue());
      records.add(record);
    }
    return records;
  }

  private static Set<String> names(JsonNode object) {
    Set<String> names = new HashSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** An empty list and a message of what went wrong are objects too. */
  private static boolean isOne(JsonNode answer) {
    return answer.properties().stream()
        .anyMatch(
            member ->
                member.getKey().toLowerCase(Locale.ROOT).equals("id")
                    && member.getValue().isValueNode()
                    && !member.getValue().isNull());
  }

  private static String quoted(JsonPointer at) {
    return "\"%s\"".formatted(at);
  }
}
