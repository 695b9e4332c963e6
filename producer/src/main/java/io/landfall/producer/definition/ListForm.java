package io.landfall.producer.definition;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** At least one of a kind, in order. */
record ListForm<T>(Form<T> element) implements Form<List<T>> {

  @Override
  public Optional<List<T>> read(Node node, KeyPath path, Problems problems) {
    if (!(node instanceof SequenceNode sequence)) {
      problems.add(path, node, "expected %s, not %s".formatted(words(), Found.words(node)));
      return Optional.empty();
    }
    List<T> all = new ArrayList<>();
    int number = 0;
    for (Node each : sequence.getValue()) {
      KeyPath here = path.to(number++);
      problems.place(here, each);
      element.read(each, here, problems).ifPresent(all::add);
    }
    if (number == 0) {
      problems.add(path, node, "the list is empty; expected " + words());
    }
    return all.isEmpty() || all.size() < number ? Optional.empty() : Optional.of(all);
  }

  @Override
  public String words() {
    return "a list, each " + element.words();
  }

  @Override
  public ObjectNode schema() {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    schema.put("type", "array").put("minItems", 1).set("items", element.schema());
    return schema;
  }

  @Override
  public List<Group<?>> groups() {
    return element.groups();
  }
}
