package io.landfall.producer.definition;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.landfall.cli.Closest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * One of several things: a single value, or one of some groups, each known by its first key.
 *
 * @param words what to write
 */
record Either<T>(
    String words, Optional<? extends Form<? extends T>> single, List<Group<? extends T>> choices)
    implements Form<T> {

  Either {
    choices = List.copyOf(choices);
  }

  @Override
  public Optional<T> read(Node node, KeyPath path, Problems problems) {
    if (node instanceof ScalarNode && single.isPresent()) {
      return single.get().read(node, path, problems).map(value -> value);
    }
    if (!(node instanceof MappingNode mapping)) {
      problems.add(path, node, "expected %s, not %s".formatted(words, Found.words(node)));
      return Optional.empty();
    }
    Set<String> keys = new LinkedHashSet<>();
    for (NodeTuple tuple : mapping.getValue()) {
      if (tuple.getKeyNode() instanceof ScalarNode key) {
        keys.add(key.getValue());
      }
    }
    for (Group<? extends T> choice : choices) {
      if (keys.contains(first(choice))) {
        return choice.read(node, path, problems).map(value -> value);
      }
    }
    List<String> firsts = choices.stream().map(Either::first).toList();
    problems.add(
        path,
        node,
        "expected %s, by one of the keys %s.%s"
            .formatted(
                words,
                String.join(", ", firsts),
                keys.stream()
                    .map(key -> Closest.hint(key, firsts))
                    .filter(hint -> !hint.isEmpty())
                    .findFirst()
                    .orElse("")));
    return Optional.empty();
  }

  private static String first(Group<?> choice) {
    return choice.keys().get(0).name();
  }

  @Override
  public ObjectNode schema() {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    ArrayNode any = schema.putArray("anyOf");
    single.ifPresent(form -> any.add(form.schema()));
    choices.forEach(choice -> any.add(choice.schema()));
    return schema;
  }

  @Override
  public List<Group<?>> groups() {
    List<Group<?>> all = new ArrayList<>();
    single.ifPresent(form -> all.addAll(form.groups()));
    all.addAll(choices.stream().collect(Collectors.toList()));
    return all;
  }
}
