package io.landfall.producer.definition;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Values by names that the writer chooses, in order.
 *
 * @param lenient whether those that can be read are of use without the others
 */
record MapForm<K, V>(Scalar<K> key, Form<V> value, boolean lenient) implements Form<Map<K, V>> {

  static <K, V> MapForm<K, V> of(Scalar<K> key, Form<V> value) {
    return new MapForm<>(key, value, false);
  }

  @Override
  public Optional<Map<K, V>> read(Node node, Path path, Problems problems) {
    if (!(node instanceof MappingNode mapping)) {
      problems.add(path, node, "expected %s, not %s".formatted(words(), Found.words(node)));
      return Optional.empty();
    }
    Map<String, Node> entries = Group.entries(mapping, path, problems);
    Map<K, V> all = new LinkedHashMap<>();
    entries.forEach(
        (name, each) -> {
          Path here = path.to(name);
          Optional<K> read = keyOf(name, here, problems);
          Optional<V> held = value.read(each, here, problems);
          if (read.isPresent() && held.isPresent()) {
            all.put(read.get(), held.get());
          }
        });
    if (entries.isEmpty()) {
      problems.add(path, node, "nothing stands here; expected " + words());
    }
    boolean whole = all.size() == mapping.getValue().size();
    return all.isEmpty() || (!whole && !lenient) ? Optional.empty() : Optional.of(all);
  }

  private Optional<K> keyOf(String name, Path path, Problems problems) {
    try {
      return Optional.of(key.parser().apply(name));
    } catch (IllegalArgumentException e) {
      problems.add(path, "\"%s\": %s".formatted(name, e.getMessage()));
      return Optional.empty();
    }
  }

  @Override
  public String words() {
    return "%s, and for each %s".formatted(key.words(), value.words());
  }

  @Override
  public ObjectNode schema() {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    schema.put("type", "object").put("minProperties", 1);
    schema.set("additionalProperties", value.schema());
    return schema;
  }

  @Override
  public List<Group<?>> groups() {
    return value.groups();
  }
}
