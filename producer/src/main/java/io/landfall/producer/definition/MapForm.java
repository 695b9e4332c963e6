package io.landfall.producer.definition;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Values by names that the writer chooses, in order.
 *
 * @param lenient whether those that can be read are of use without the others
 * @param fits an {@link IllegalArgumentException} says why a value does not go with its name
 */
record MapForm<K, V>(Scalar<K> key, Form<V> value, boolean lenient, BiConsumer<K, V> fits)
    implements Form<Map<K, V>> {

  static <K, V> MapForm<K, V> of(Scalar<K> key, Form<V> value) {
    return new MapForm<>(key, value, false, (name, held) -> {});
  }

  @Override
  public Optional<Map<K, V>> read(Node node, KeyPath path, Problems problems) {
    if (!(node instanceof MappingNode mapping)) {
      problems.add(path, node, "expected %s, not %s".formatted(words(), Found.words(node)));
      return Optional.empty();
    }
    Map<String, Node> entries = Group.entries(mapping, path, problems);
    Map<K, V> all = new LinkedHashMap<>();
    entries.forEach(
        (name, each) -> {
          KeyPath here = path.to(name);
          Optional<K> read = keyOf(name, here, problems);
          Optional<V> held = value.read(each, here, problems);
          if (read.isPresent()
              && held.isPresent()
              && fits(read.get(), held.get(), here, problems)) {
            all.put(read.get(), held.get());
          }
        });
    if (entries.isEmpty()) {
      problems.add(path, node, "nothing stands here; expected " + words());
    }
    boolean whole = all.size() == mapping.getValue().size();
    return all.isEmpty() || (!whole && !lenient) ? Optional.empty() : Optional.of(all);
  }

  private boolean fits(K name, V held, KeyPath path, Problems problems) {
    try {
      fits.accept(name, held);
      return true;
    } catch (IllegalArgumentException e) {
      problems.add(path, String.valueOf(e.getMessage()));
      return false;
    }
  }

  private Optional<K> keyOf(String name, KeyPath path, Problems problems) {
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
    // Of the names, which are text whatever they are read as, only what limits text.
    ObjectNode names = key.schema().retain("pattern", "maxLength");
    if (!names.isEmpty()) {
      schema.set("propertyNames", names);
    }
    schema.set("additionalProperties", value.schema());
    return schema;
  }

  @Override
  public List<Group<?>> groups() {
    return value.groups();
  }
}
