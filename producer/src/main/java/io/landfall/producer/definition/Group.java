package io.landfall.producer.definition;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.landfall.cli.Closest;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Keys that stand together.
 *
 * @param name what it is called, with hyphens
 * @param title where it stands, for people
 * @param doc what it is for
 * @param make from values to what they mean; it may refuse some that do not go together
 */
record Group<T>(
    String name, String title, String doc, List<Key<?>> keys, Function<Values, Optional<T>> make)
    implements Form<T> {

  Group {
    keys = List.copyOf(keys);
  }

  @Override
  public Optional<T> read(Node node, KeyPath path, Problems problems) {
    if (!(node instanceof MappingNode mapping)) {
      problems.add(path, node, "expected %s, not %s".formatted(words(), Found.words(node)));
      return Optional.empty();
    }
    Values values = values(mapping, path, problems);
    return values.isRefused()
        ? Optional.empty()
        : make.apply(values).filter(made -> !values.isRefused());
  }

  /** What its keys have, as far as it can be read. */
  Values values(MappingNode mapping, KeyPath path, Problems problems) {
    Values values = new Values(path, problems);
    entries(mapping, path, problems)
        .forEach((key, value) -> read(key, value, path, values, problems));
    keys.forEach(values::require);
    return values;
  }

  private void read(String name, Node value, KeyPath path, Values values, Problems problems) {
    Optional<Key<?>> key = keys.stream().filter(each -> each.name().equals(name)).findFirst();
    if (key.isPresent()) {
      values.read(key.get(), value);
    } else {
      problems.add(
          path.to(name),
          "no such key.%s Here there are: %s"
              .formatted(Closest.hint(name, names()), String.join(", ", names())));
    }
  }

  /** By key, in order. A key that stands there twice is a problem: nobody knows which is meant. */
  static Map<String, Node> entries(MappingNode mapping, KeyPath path, Problems problems) {
    Map<String, Node> entries = new LinkedHashMap<>();
    Map<String, Mark> first = new HashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        problems.add(
            path, tuple.getKeyNode(), "expected a key, not " + Found.words(tuple.getKeyNode()));
        continue;
      }
      String name = key.getValue();
      @Nullable Mark before = first.putIfAbsent(name, key.getStartMark());
      if (before != null) {
        problems.add(
            path.to(name),
            key,
            "it is there twice, first in line %d; only one of the two can be meant"
                .formatted(before.getLine() + 1));
        continue;
      }
      problems.place(path.to(name), key);
      entries.put(name, tuple.getValueNode());
    }
    return entries;
  }

  List<String> names() {
    return keys.stream().map(Key::name).toList();
  }

  @Override
  public String words() {
    return "the keys of " + title;
  }

  @Override
  public ObjectNode schema() {
    return JsonNodeFactory.instance.objectNode().put("$ref", "#/definitions/" + name);
  }

  /** What others refer to. */
  ObjectNode definition() {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    schema.put("type", "object").put("description", doc).put("additionalProperties", false);
    ObjectNode properties = schema.putObject("properties");
    for (Key<?> key : keys) {
      ObjectNode form = key.form().schema();
      if (form.has("$ref")) {
        // What stands beside a reference is passed over, in the version of JSON Schema that editors
        // know.
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        all.putArray("allOf").add(form);
        form = all;
      }
      form.put("description", key.doc());
      if (key.form() instanceof Scalar && !key.fallbackText().isEmpty()) {
        putDefault(form, key.fallbackText());
      }
      properties.set(key.name(), form);
    }
    List<String> required = keys.stream().filter(Key::required).map(Key::name).toList();
    if (!required.isEmpty()) {
      ArrayNode names = schema.putArray("required");
      required.forEach(names::add);
    }
    return schema;
  }

  private static void putDefault(ObjectNode form, String text) {
    switch (form.path("type").asText()) {
      case "integer" -> form.put("default", Integer.parseInt(text));
      case "boolean" -> form.put("default", Boolean.parseBoolean(text));
      default -> form.put("default", text);
    }
  }

  @Override
  public List<Group<?>> groups() {
    return List.of(this);
  }

  /** The groups that its keys lead to. */
  Stream<Group<?>> next() {
    return keys.stream().flatMap(key -> key.form().groups().stream());
  }
}
